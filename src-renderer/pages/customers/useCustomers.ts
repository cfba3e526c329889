import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CustomerRow, CustomerSort } from '../../../src-shared/domain.ts';
import type { GroupLevel } from '../../../src-shared/charts/segment-names.ts';
import { call } from '../../client.ts';
import { useCall } from '../../composables/useCall.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { usePages } from '../../composables/usePages.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/** Segments, their money, and the list of all customers. */
export function useCustomers() {
  const { t } = useI18n();
  const format = useFormat();
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
  const column = (id: CustomerSort, width: string, number = false) => ({
    id,
    label: t(`screen.customers.column.${id}`),
    width,
    number,
    sortable: true,
  });
  const columns = computed(() => [
    column('customer', '8rem'),
    column('segment', '11rem'),
    column('recencyDays', '9rem', true),
    column('frequency', '6rem', true),
    column('monetary', '9rem', true),
    column('averageOrder', '9rem', true),
    column('lastDay', '8rem'),
    column('firstDay', '8rem'),
    column('r', '3.5rem', true),
    column('f', '3.5rem', true),
    column('m', '3.5rem', true),
    column('country', '9rem'),
  ]);

  function cells(row: CustomerRow): string[] {
    const { number, money, day } = format.value;
    return [
      row.customer,
      t(`customers.segments.${row.segment}.name`),
      number(row.recencyDays),
      number(row.frequency),
      money(row.monetary),
      money(row.averageOrder),
      day(row.lastDay),
      day(row.firstDay),
      number(row.r),
      number(row.f),
      number(row.m),
      row.country ?? '',
    ];
  }

  function sortBy(id: string): void {
    descending.value =
      sort.value === id ? !descending.value : ['monetary', 'frequency', 'averageOrder', 'lastDay'].includes(id);
    sort.value = id as CustomerSort;
  }

  return { workspace, filters, level, search, sort, descending, rfm, pages, groups, columns, cells, sortBy };
}
