import { useI18n } from 'vue-i18n';
import type { Filter, LedgerEntry, LedgerHistory, PublishedForecast } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';

/** Published forecasts and their scores, in words and cells. */
export function useLedgerText() {
  const { t } = useI18n();
  const format = useFormat();

  /** Whose sales: the chosen segments, countries and products, or all. */
  function scope({ segments = [], countries = [], products = [] }: Filter): string {
    const names = [...segments.map((id) => t(`customers.segments.${id}.name`)), ...countries, ...products];
    return names.length > 0 ? names.join(', ') : t('screen.ledger.all');
  }

  function summary({ all }: LedgerHistory): string[] {
    if (all.scored === 0) return [t('screen.ledger.notYet')];
    const { share, number } = format.value;
    return [
      t(
        'screen.ledger.sentence',
        { n: number(all.scored), wape: share(all.wape), naive: share(all.naiveWape) },
        all.scored,
      ),
      t('screen.ledger.hits', { hits80: share(all.hits80), hits95: share(all.hits95) }),
      ...(all.adjustedWape === null ? [] : [t('screen.ledger.byHand', { wape: share(all.adjustedWape) })]),
    ];
  }

  const columnIds = [
    ...['name', 'period', 'scored', 'wape', 'naive', 'bias', 'hits80', 'hits95', 'adjusted'],
    ...['about', 'model', 'published'],
  ];
  const numeric = new Set(['scored', 'wape', 'naive', 'bias', 'hits80', 'hits95', 'adjusted', 'change', 'gain']);
  const column = (id: string) => ({ label: t(`screen.ledger.column.${id}`), number: numeric.has(id) });
  const columns = () => columnIds.map(column);

  function cells(entry: PublishedForecast): string[] {
    const { day, period, share, change, number } = format.value;
    const { score } = entry;
    return [
      entry.name,
      period(entry.from, entry.to),
      t('screen.ledger.scoredOf', { scored: number(score.scored), all: number(entry.horizon) }),
      ...[score.wape, score.naiveWape].map((value) => share(value)),
      change(score.bias),
      ...[score.hits80, score.hits95, score.adjustedWape].map((value) => share(value)),
      scope(entry.filter),
      entry.modelName,
      day(entry.publishedAt.slice(0, 10)),
    ];
  }

  function gainText(gain: number | null): string {
    if (gain === null) return t('screen.ledger.unjudged');
    if (gain === 0) return t('screen.ledger.neither');
    const money = format.value.money(Math.abs(gain));
    return t(gain > 0 ? 'screen.ledger.closer' : 'screen.ledger.further', { money });
  }

  const adjustmentColumns = () => ['days', 'change', 'note', 'made', 'gain'].map(column);
  const adjustmentRows = ({ adjustments }: LedgerEntry) =>
    adjustments.map((one) => ({
      key: String(one.id),
      cells: [
        format.value.period(one.from, one.to),
        format.value.change(one.change),
        one.note,
        format.value.day(one.madeAt.slice(0, 10)),
        gainText(one.gain),
      ],
    }));

  return { scope, summary, columns, cells, adjustmentColumns, adjustmentRows };
}
