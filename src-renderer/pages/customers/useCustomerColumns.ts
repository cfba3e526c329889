import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CustomerRow, CustomerSort } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';

/** The columns of the list of all customers and how a row is written into them. */
export function useCustomerColumns() {
  const { t } = useI18n();
  const format = useFormat();
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

  return { columns, cells };
}
