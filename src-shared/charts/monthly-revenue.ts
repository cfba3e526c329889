import type { Money, MonthRow } from '../domain.ts';
import { type BarSeries, type ChartContext, defineChart } from './chart.ts';
import type { MonthAhead } from './months-ahead.ts';
import { categoryAxis, emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';

export interface MonthlyRevenueData {
  months: MonthRow[];
  /** What is still expected, from `monthsAhead`. */
  ahead?: MonthAhead[];
}

const names = ({ t }: ChartContext) => ({
  whole: t('charts.monthlyRevenue.actual'),
  partial: t('charts.monthlyRevenue.partial'),
  ahead: t('charts.monthlyRevenue.forecast'),
});

function bars(name: string, data: (Money | null)[], itemStyle: BarSeries['itemStyle']): BarSeries {
  return { type: 'bar', name, stack: 'month', barMaxWidth: 36, barCategoryGap: '25%', data, itemStyle };
}

/** Revenue per month; a month that is not over is lighter, what is expected is dashed and stands on what has come. */
export const monthlyRevenue = defineChart<MonthlyRevenueData>({
  heightPx: () => 280,
  option({ months, ahead = [] }, context) {
    if (months.length === 0) return emptyOption(context);
    const { theme, format } = context;
    const all = [...new Set([...months.map((row) => row.month), ...ahead.map((row) => row.month)])];
    const done = new Map(months.map((row) => [row.month, row]));
    const coming = new Map(ahead.map((row) => [row.month, row.expected]));
    const valuesOf = (partial: boolean) =>
      all.map((month) => (done.get(month)?.partial === partial ? (done.get(month)?.revenue ?? null) : null));
    const name = names(context);
    const series = [
      bars(name.whole, valuesOf(false), { color: theme.primary }),
      bars(name.partial, valuesOf(true), { color: theme.partial }),
      bars(
        name.ahead,
        all.map((month) => coming.get(month) ?? null),
        {
          color: theme.band95,
          borderColor: theme.forecast,
          borderType: 'dashed',
          borderWidth: 1,
        },
      ),
    ].filter((one) => (one.data as (number | null)[]).some((value) => value !== null));
    return {
      ...frame(context),
      grid: { left: 8, right: 12, top: 12, bottom: 30, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: legend(
        context,
        series.map((one) => String(one.name)),
      ),
      tooltip: tooltip(context, 'axis', format.money),
      xAxis: categoryAxis(
        context,
        all.map((month) => format.month(month)),
      ),
      yAxis: valueAxis(context, format.moneyShort),
      series,
    };
  },
  table({ months, ahead = [] }, { t, format }) {
    const coming = new Map(ahead.map((row) => [row.month, row.expected]));
    const rows = months.map((row) => [
      format.month(row.month),
      format.money(row.revenue),
      row.partial ? t('charts.monthlyRevenue.partial') : '',
      format.money(coming.get(row.month)),
    ]);
    const later = ahead
      .filter((row) => !months.some((month) => month.month === row.month))
      .map((row) => [format.month(row.month), format.money(null), '', format.money(row.expected)]);
    return {
      columns: [
        t('charts.column.month'),
        t('charts.column.revenue'),
        t('charts.column.remark'),
        t('charts.monthlyRevenue.forecast'),
      ],
      rows: [...rows, ...later],
    };
  },
});
