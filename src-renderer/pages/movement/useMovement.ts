import { computed, reactive, ref, watch } from 'vue';
import type { Day, MovementState, SegmentId } from '../../../src-shared/domain.ts';
import { call } from '../../client.ts';
import { useCall } from '../../composables/useCall.ts';
import { usePages } from '../../composables/usePages.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';
import { type DatePreset, earlierDate } from './movement-dates.ts';

export type MoverChoice = 'all' | 'up' | 'down' | 'arrived' | 'everybody';

/** The movement between two dates and the list of movers, with what the user chose. */
export function useMovement() {
  const workspace = useWorkspace();
  const filters = useFilters();
  const preset = ref<DatePreset>('quarter');
  const own = reactive<{ from: Day | null; to: Day | null }>({ from: null, to: null });
  const choice = ref<MoverChoice>('all');
  const cell = ref<{ from: MovementState; to: SegmentId } | null>(null);
  const search = ref('');

  const lastDay = computed(() => filters.to ?? workspace.info?.lastDay ?? null);
  /** null leaves a date to the program: the last day of the data, a quarter before. */
  const dates = computed<{ from: Day | null; to: Day | null }>(() => {
    if (preset.value === 'own') return { from: own.from, to: own.to };
    if (preset.value === 'quarter' || lastDay.value === null) return { from: null, to: null };
    return { from: earlierDate(lastDay.value, preset.value), to: null };
  });
  const question = computed(() => (workspace.hasSales ? { filter: filters.filter, ...dates.value } : null));
  const migration = useCall('customers.migration', () => question.value);

  const moversInput = computed(() => ({
    ...dates.value,
    direction: choice.value === 'everybody' ? ('all' as const) : choice.value,
    stayers: choice.value === 'everybody',
    fromSegment: cell.value?.from ?? null,
    toSegment: cell.value?.to ?? null,
    search: search.value,
  }));
  const movers = usePages(
    () => (question.value === null ? null : { filter: filters.filter, ...moversInput.value }),
    (asked, paging, signal) => call('customers.movers', { ...asked, ...paging }, { signal }),
  );

  /** The pickers begin with the dates in use. */
  watch(preset, (now) => {
    const shown = migration.data.value;
    if (now !== 'own' || !shown) return;
    own.from = shown.from;
    own.to = shown.to;
  });

  function show(key: string): void {
    const [from, to] = key.split(' ') as [MovementState, SegmentId];
    cell.value = { from, to };
    choice.value = 'all';
  }

  return { workspace, filters, preset, own, choice, cell, search, dates, migration, movers, moversInput, show };
}
