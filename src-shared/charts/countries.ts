import type { Overview } from '../domain.ts';
import { defineChart } from './chart.ts';
import { barRows, emptyOption, rowsHeightPx } from './parts.ts';

/** Revenue by country, in the order given, with its share. */
export const countries = defineChart<Overview['topCountries']>({
  heightPx: (rows) => rowsHeightPx(rows.length),
  option(rows, context) {
    if (rows.length === 0) return emptyOption(context);
    const { t, format, theme } = context;
    const bars = rows.map((row) => ({
      name: row.country || t('charts.unknown'),
      value: row.revenue,
      label: `${format.moneyShort(row.revenue)} · ${format.share(row.share)}`,
      colour: theme.primary,
    }));
    return barRows(context, bars, t('charts.column.revenue'), format.money);
  },
  table(rows, { t, format }) {
    return {
      columns: [t('charts.column.country'), t('charts.column.revenue'), t('charts.column.revenueShare')],
      rows: rows.map((row) => [row.country || t('charts.unknown'), format.money(row.revenue), format.share(row.share)]),
    };
  },
});
