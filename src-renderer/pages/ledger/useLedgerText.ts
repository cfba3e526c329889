import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Filter, LedgerEntry, LedgerHistory, PublishedForecast } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { adjustmentCells, adjustmentColumns, entryCells, entryColumns, scopeOf, type Words } from './ledger-cells.ts';

const numeric = new Set(['scored', 'wape', 'naive', 'bias', 'hits80', 'hits95', 'adjusted', 'change', 'gain']);

/** Published forecasts and their scores, in words and cells. */
export function useLedgerText() {
  const { t } = useI18n();
  const format = useFormat();
  const words = computed<Words>(() => ({ t: (key, params) => t(key, params ?? {}), format: format.value }));
  const column = (id: string) => ({ label: t(`screen.ledger.column.${id}`), number: numeric.has(id) });

  function summary({ all }: LedgerHistory): string[] {
    if (all.scored === 0) return [t('screen.ledger.notYet')];
    const { share, number } = format.value;
    const params = { n: number(all.scored), wape: share(all.wape), naive: share(all.naiveWape) };
    return [
      t('screen.ledger.sentence', params, all.scored),
      t('screen.ledger.hits', { hits80: share(all.hits80), hits95: share(all.hits95) }),
      ...(all.adjustedWape === null ? [] : [t('screen.ledger.byHand', { wape: share(all.adjustedWape) })]),
    ];
  }

  return {
    summary,
    scope: (filter: Filter) => scopeOf(filter, words.value),
    columns: () => entryColumns.map(column),
    cells: (entry: PublishedForecast) => entryCells(entry, words.value),
    adjustmentColumns: () => adjustmentColumns.map(column),
    adjustmentRows: ({ adjustments }: LedgerEntry) =>
      adjustments.map((one) => ({ key: String(one.id), cells: adjustmentCells(one, words.value) })),
  };
}
