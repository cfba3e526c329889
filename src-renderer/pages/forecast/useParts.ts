import { computed, ref } from 'vue';
import type { PartKind } from '../../../src-shared/domain.ts';
import { useCall } from '../../composables/useCall.ts';
import { useChoices } from '../../stores/choices.ts';
import { useFilters } from '../../stores/filters.ts';

const firstParts = 20;
const moreParts = 200;

/**
 * Forecasts of the parts in the background: the twenty largest, and two hundred when asked.
 * @param ready the forecast that they add up to stands on the screen
 */
export function useParts(ready: () => boolean) {
  const filters = useFilters();
  const choices = useChoices();
  const by = ref<PartKind>('product');
  const limit = ref(firstParts);
  const question = computed(() => ({
    filter: filters.filter,
    by: by.value,
    ...choices.forecast,
    limit: limit.value,
  }));
  const parts = useCall('forecast.parts', () => (ready() ? question.value : null));
  const more = (): void => {
    limit.value = moreParts;
  };
  return { by, parts, question, more, moreParts };
}
