import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ForecastResult, Money } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';

const shownSteps = 7;

/** The next steps as a table, and the whole forecast in four figures. */
export function usePoints(result: () => ForecastResult) {
  const { t } = useI18n();
  const format = useFormat();

  const date = (day: string): string => {
    const { frequency } = result();
    if (frequency === 'month') return format.value.month(day);
    return frequency === 'day' ? `${format.value.weekday(day)}, ${format.value.day(day)}` : format.value.day(day);
  };
  const range = (low: Money, high: Money): string => `${format.value.money(low)} – ${format.value.money(high)}`;
  const columns = computed(() => [
    { label: t('screen.forecast.date') },
    { label: t('screen.forecast.expected'), number: true },
    { label: t('screen.forecast.range80'), number: true },
    { label: t('screen.forecast.range95'), number: true },
  ]);
  const rows = computed(() =>
    result()
      .points.slice(0, shownSteps)
      .map((point) => ({
        key: point.date,
        cells: point.closed
          ? [date(point.date), format.value.money(0), t('screen.forecast.closed'), t('screen.forecast.closed')]
          : [
              date(point.date),
              format.value.money(point.mean),
              range(point.low80, point.high80),
              range(point.low95, point.high95),
            ],
      })),
  );

  const summary = computed(() => {
    const { points, total } = result();
    const open = points.filter((point) => !point.closed);
    const lowest = Math.min(...open.map((point) => point.mean));
    const highest = Math.max(...open.map((point) => point.mean));
    return [
      { id: 'total', text: format.value.money(total.mean) },
      { id: 'totalRange', text: range(total.low80, total.high80) },
      { id: 'average', text: open.length ? format.value.money(total.mean / open.length) : '–' },
      { id: 'range', text: open.length ? range(lowest, highest) : '–' },
    ].map((row) => ({ ...row, label: t(`screen.forecast.summary.${row.id}`) }));
  });
  return { columns, rows, summary };
}
