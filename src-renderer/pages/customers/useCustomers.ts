import { computed, ref } from 'vue';
import type { CustomerSort } from '../../../src-shared/domain.ts';
import type { GroupLevel } from '../../../src-shared/charts/segment-names.ts';
import { call } from '../../client.ts';
import { useCall } from '../../composables/useCall.ts';
import { usePages } from '../../composables/usePages.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/** Segments, their money, and the list of all customers. */
export function useCustomers() {
  const workspace = useWorkspace();
  const filters = useFilters();
  const level = ref<GroupLevel>('segments');
  const search = ref('');
  const sort = ref<CustomerSort>('monetary');
  const descending = ref(true);
  const rfm = useCall('customers.rfm', () => (workspace.hasSales ? { filter: filters.filter } : null));
  const pages = usePages(
    () =>
      workspace.hasSales
        ? { filter: filters.filter, search: search.value, sort: sort.value, descending: descending.value }
        : null,
    (question, paging, signal) => call('customers.list', { ...question, ...paging }, { signal }),
  );

  const groups = computed(() => ({ level: level.value, groups: rfm.data.value?.[level.value] ?? [] }));
  function sortBy(id: string): void {
    descending.value =
      sort.value === id ? !descending.value : ['monetary', 'frequency', 'averageOrder', 'lastDay'].includes(id);
    sort.value = id as CustomerSort;
  }

  return { workspace, level, search, sort, descending, rfm, pages, groups, sortBy };
}
