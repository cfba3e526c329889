import type { CustomerRow } from '../domain.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, rowsHeightPx } from './parts.ts';
import { segmentColours } from './segment-colours.ts';
import { groupName } from './segment-names.ts';

/** Customers by revenue, in the order given, each in its segment's colour. */
export const topCustomers = defineChart<CustomerRow[]>({
  heightPx: (rows) => rowsHeightPx(rows.length),
  option(rows, context) {
    if (rows.length === 0) return emptyOption(context);
    const { t, format } = context;
    const bars = rows.map((row) => ({
      name: row.customer,
      value: row.monetary,
      label: format.money(row.monetary),
      colour: segmentColours[row.segment],
    }));
    return barRows(context, bars, t('charts.column.revenue'), format.money);
  },
  table(rows, { t, format }) {
    return {
      columns: [
        t('charts.column.customer'),
        t('charts.column.revenue'),
        t('charts.column.orders'),
        t('charts.column.lastPurchase'),
        t('charts.column.segment'),
      ],
      rows: rows.map((row) => [
        row.customer,
        format.money(row.monetary),
        format.number(row.frequency),
        format.day(row.lastDay),
        groupName(t, 'segments', row.segment),
      ]),
    };
  },
});
