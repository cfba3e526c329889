import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Anomaly, Day, Filter, Frequency } from '../../../src-shared/domain.ts';
import { useCall } from '../../composables/useCall.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useFilters } from '../../stores/filters.ts';
import { useRowsPanel } from '../../stores/rows-panel.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/** First and last day of a week. */
function weekFrom(date: Day): { from: Day; to: Day } {
  const last = new Date(Date.parse(`${date}T00:00:00Z`) + 6 * 86_400_000);
  return { from: date, to: last.toISOString().slice(0, 10) };
}

/** What stood out at a frequency, what events were worth, and the rows behind a period. */
export function useInsights() {
  const { t } = useI18n();
  const format = useFormat();
  const workspace = useWorkspace();
  const filters = useFilters();
  const rowsPanel = useRowsPanel();
  const frequency = ref<Frequency>('day');
  const frequencies = computed(() =>
    (['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`screen.insights.frequencies.${value}`) })),
  );
  const found = useCall('anomalies.list', () =>
    workspace.hasSales ? { filter: filters.filter, frequency: frequency.value } : null,
  );
  const events = useCall('events.effects', () => (workspace.hasSales ? { filter: filters.filter } : null));

  function periodName(date: Day, of: Frequency): string {
    if (of === 'month') return format.value.monthLong(date);
    if (of === 'day') return `${format.value.weekday(date)}, ${format.value.day(date)}`;
    const { from, to } = weekFrom(date);
    return format.value.period(from, to);
  }

  /** The lines of one period; a week is narrowed by the filter's own dates. */
  function showRows({ date }: Anomaly, of: Frequency): void {
    const week = weekFrom(date);
    const latest = (a: Day, b: Day | undefined | null) => (b && b > a ? b : a);
    const earliest = (a: Day, b: Day | undefined | null) => (b && b < a ? b : a);
    const filter: Filter =
      of === 'week'
        ? {
            ...filters.filter,
            from: latest(week.from, filters.filter.from),
            to: earliest(week.to, filters.filter.to),
          }
        : filters.filter;
    rowsPanel.show({
      title: t('screen.insights.rowsOf', { period: periodName(date, of) }),
      of: of === 'day' ? { day: date } : of === 'month' ? { month: date.slice(0, 7) } : {},
      filter,
    });
  }

  return { workspace, frequency, frequencies, found, events, periodName, showRows };
}
