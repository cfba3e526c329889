import type { Overview } from '../domain.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, rowsHeightPx } from './parts.ts';

type ProductRow = Overview['topProducts'][number];

const nameOf = (row: ProductRow): string => row.description.trim() || row.product;

/** Products by revenue, in the order given. */
export const topProducts = defineChart<ProductRow[]>({
  heightPx: (rows) => rowsHeightPx(rows.length),
  option(rows, context) {
    if (rows.length === 0) return emptyOption(context);
    const { t, format, theme } = context;
    const bars = rows.map((row) => ({
      name: nameOf(row),
      value: row.revenue,
      label: format.money(row.revenue),
      colour: theme.primary,
    }));
    return barRows(context, bars, t('charts.column.revenue'), format.money);
  },
  table(rows, { t, format }) {
    return {
      columns: [
        t('charts.column.product'),
        t('charts.column.description'),
        t('charts.column.revenue'),
        t('charts.column.units'),
      ],
      rows: rows.map((row) => [row.product, row.description, format.money(row.revenue), format.number(row.units)]),
    };
  },
});
