import { computed } from 'vue';
import { useCall } from '../../composables/useCall.ts';
import { useChoices } from '../../stores/choices.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/**
 * The forecast of the present choices: first the classical models' answer, replaced by that of all models. What is on
 * the screen stays there until a newer answer has come.
 */
export function useForecast() {
  const workspace = useWorkspace();
  const filters = useFilters();
  const choices = useChoices();
  const question = (effort: 'quick' | 'full') => ({ filter: filters.filter, ...choices.forecast, effort });
  // A model that the user chose may be none of the quick ones.
  const quick = useCall('forecast.run', () =>
    workspace.hasSales && choices.forecast.model === 'auto' ? question('quick') : null,
  );
  const full = useCall('forecast.run', () => (workspace.hasSales ? question('full') : null));

  const stopped = computed(() => full.error.value?.code === 'cancelled');
  const quickNow = computed(() => (quick.loading.value ? null : quick.data.value));
  const data = computed(() => {
    if (!full.loading.value && full.data.value) return full.data.value;
    return quickNow.value ?? full.data.value ?? quick.data.value;
  });
  /** The answer on the screen is to the present choices, but not all models have been tested for it. */
  const isFirst = computed(
    () => data.value !== null && data.value === quickNow.value && data.value !== full.data.value,
  );
  /** A stopped test leaves the first answer standing. */
  const error = computed(() => (stopped.value && isFirst.value ? null : full.error.value));
  const older = computed(() => full.loading.value && !isFirst.value);

  return { workspace, data, error, isFirst, stopped, older, full, question };
}
