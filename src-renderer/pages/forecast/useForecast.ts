import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Money } from '../../../src-shared/domain.ts';
import { useCall } from '../../composables/useCall.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useChoices } from '../../stores/choices.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/** The forecast with its table, summary and leader board. */
export function useForecast() {
  const { t } = useI18n();
  const format = useFormat();
  const workspace = useWorkspace();
  const filters = useFilters();
  const choices = useChoices();
  const forecast = useCall('forecast.run', () =>
    workspace.hasSales ? { filter: filters.filter, ...choices.forecast } : null,
  );
  const { data } = forecast;

  const date = (day: string): string => {
    if (data.value?.frequency === 'month') return format.value.month(day);
    return data.value?.frequency === 'day'
      ? `${format.value.weekday(day)}, ${format.value.day(day)}`
      : format.value.day(day);
  };
  const range = (low: Money, high: Money): string => `${format.value.money(low)} – ${format.value.money(high)}`;
  const tableColumns = computed(() => [
    { label: t('screen.forecast.date') },
    { label: t('screen.forecast.expected'), number: true },
    { label: t('screen.forecast.range80'), number: true },
    { label: t('screen.forecast.range95'), number: true },
  ]);
  const tableRows = computed(() =>
    (data.value?.points ?? []).slice(0, 7).map((point) => ({
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
    const result = data.value;
    if (!result) return [];
    const open = result.points.filter((point) => !point.closed);
    const lowest = Math.min(...open.map((point) => point.mean));
    const highest = Math.max(...open.map((point) => point.mean));
    return [
      { id: 'total', text: format.value.money(result.total.mean) },
      { id: 'totalRange', text: range(result.total.low80, result.total.high80) },
      { id: 'average', text: open.length ? format.value.money(result.total.mean / open.length) : '–' },
      { id: 'range', text: open.length ? range(lowest, highest) : '–' },
    ].map((row) => ({ ...row, label: t(`screen.forecast.summary.${row.id}`) }));
  });

  const boardColumns = computed(() =>
    ['model', 'mae', 'rmse', 'mape', 'wape', 'mase', 'remark'].map((id) => ({
      label: t(`screen.forecast.board.${id}`),
      number: !['model', 'remark'].includes(id),
    })),
  );
  return { workspace, forecast, tableColumns, tableRows, summary, boardColumns };
}
