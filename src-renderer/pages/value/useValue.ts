import { computed, ref } from 'vue';
import type { ValueSort } from '../../../src-shared/domain.ts';
import { call } from '../../client.ts';
import { useCall } from '../../composables/useCall.ts';
import { usePages } from '../../composables/usePages.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

const smallestFirst = new Set<ValueSort>(['customer', 'segment', 'lastDay']);

/** Lifetime value under the filter and its settings, and the list of customers behind it. */
export function useValue() {
  const workspace = useWorkspace();
  const filters = useFilters();
  const settings = ref({ horizonDays: 365, discountRate: 0.1, factor: 2 });
  const search = ref('');
  const overdueOnly = ref(false);
  const sort = ref<ValueSort>('predicted');
  const descending = ref(true);
  const question = computed(() => ({ filter: filters.filter, ...settings.value }));
  const listQuestion = computed(() => ({
    ...question.value,
    search: search.value,
    overdueOnly: overdueOnly.value,
    sort: sort.value,
    descending: descending.value,
  }));
  const value = useCall('customers.value', () => (workspace.hasSales ? question.value : null));
  const pages = usePages(
    // The list waits for the models, which both need.
    () => (value.data.value && !value.loading.value ? listQuestion.value : null),
    (asked, paging, signal) => call('customers.valueList', { ...asked, ...paging }, { signal }),
  );

  function sortBy(id: string): void {
    const wanted = id as ValueSort;
    descending.value = sort.value === wanted ? !descending.value : !smallestFirst.has(wanted);
    sort.value = wanted;
  }

  return { workspace, settings, search, overdueOnly, sort, descending, value, pages, listQuestion, sortBy };
}
