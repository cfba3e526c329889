import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { signedMoney } from '../../../src-shared/charts/signed.ts';
import type { EventEffect, EventEffects } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useSentences } from '../../composables/useSentences.ts';

const columnIds = ['name', 'verdict', 'when', 'days', 'actual', 'without', 'effect', 'range', 'type'] as const;
const numbers: readonly string[] = ['days', 'actual', 'without', 'effect', 'range'];
const isClosed = ({ reason }: EventEffect): boolean => reason.code === 'effect-closed';

/** What promotions and holidays were worth as rows; those on which the business was closed in one sentence. */
export function useEventTable(data: Ref<EventEffects | null>) {
  const { t } = useI18n();
  const format = useFormat();
  const sentences = useSentences();

  function verdictOf(row: EventEffect): string {
    const { verdict, reason, effect, lift, pulledForward } = row;
    if (verdict === 'cannot-tell') return sentences.note({ ...reason, level: 'info' });
    const write = (money: number) => format.value.money(Math.abs(money));
    const share = format.value.change(lift);
    const text = `${t(`screen.insights.verdict.${verdict}`, { money: write(effect), share })}.`;
    if (pulledForward === null) return text;
    return `${text} ${t('screen.insights.pulledForward', { money: write(pulledForward) })}`;
  }

  function cellsOf(row: EventEffect): string[] {
    // Without anything to compare with, the figures say nothing and stay empty.
    const told = row.verdict !== 'cannot-tell' || row.reason.code === 'effect-noisy';
    const money = (amount: number) => format.value.money(told ? amount : null);
    const signed = (amount: number) => signedMoney(format.value, amount);
    const times = row.times > 1 ? `, ${t('screen.insights.times', { n: row.times }, row.times)}` : '';
    return [
      row.name,
      verdictOf(row),
      `${format.value.period(row.from, row.to)}${times}`,
      format.value.number(row.days),
      money(row.actual),
      money(row.expected),
      told ? signed(row.effect) : format.value.money(null),
      told ? `${signed(row.low80)} … ${signed(row.high80)}` : format.value.money(null),
      t(`screen.insights.eventKind.${row.kind}`),
    ];
  }

  const shown = computed(() => (data.value?.effects ?? []).filter((row) => !isClosed(row)));
  const closedNames = computed(() => (data.value?.effects ?? []).filter(isClosed).map(({ name }) => name));
  return {
    columns: computed(() =>
      columnIds.map((id) => ({ label: t(`screen.insights.column.${id}`), number: numbers.includes(id) })),
    ),
    rows: computed(() => shown.value.map((row) => ({ key: row.id, cells: cellsOf(row) }))),
    closed: computed(() =>
      closedNames.value.length > 0
        ? t('screen.insights.closedOn', { names: [...new Set(closedNames.value)].join(', ') })
        : '',
    ),
  };
}
