import type { VisitHabits } from '../domain.ts';
import { type ChartContext, defineChart } from './chart.ts';
import { categoryAxis, emptyOption, frame, tooltip, valueAxis } from './parts.ts';

type Frequency = VisitHabits['frequency'];

const className = ({ t, format }: Pick<ChartContext, 't' | 'format'>, one: Frequency[number]): string =>
  one.orMore ? t('charts.ordersPerCustomer.orMore', { n: format.number(one.orders) }) : format.number(one.orders);

/** How many customers bought once, twice, …, each bar with its number. */
export const ordersPerCustomer = defineChart<Frequency>({
  heightPx: () => 260,
  option(frequency, context) {
    if (frequency.length === 0) return emptyOption(context);
    const { t, format, theme } = context;
    const letters = { fontFamily: theme.fontFamily, fontSize: theme.fontSize };
    return {
      ...frame(context),
      grid: { left: 8, right: 12, top: 24, bottom: 28, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: tooltip(context, 'item', format.number),
      xAxis: categoryAxis(
        context,
        frequency.map((one) => className(context, one)),
        {
          name: t('charts.ordersPerCustomer.axis'),
          nameLocation: 'middle',
          nameGap: 26,
          nameTextStyle: { color: theme.text, ...letters },
        },
      ),
      yAxis: valueAxis(context, format.number),
      series: [
        {
          type: 'bar',
          name: t('charts.column.customers'),
          barMaxWidth: 48,
          barCategoryGap: '25%',
          itemStyle: { color: theme.primary },
          label: { show: true, position: 'top', color: theme.text, ...letters },
          data: frequency.map((one) => ({
            value: one.customers,
            label: { formatter: format.number(one.customers) },
          })),
        },
      ],
    };
  },
  table(frequency, context) {
    const { t, format } = context;
    const customers = frequency.reduce((sum, one) => sum + one.customers, 0);
    const revenue = frequency.reduce((sum, one) => sum + one.revenue, 0);
    return {
      columns: [
        t('charts.column.orders'),
        t('charts.column.customers'),
        t('charts.column.customerShare'),
        t('charts.column.revenue'),
        t('charts.column.revenueShare'),
      ],
      rows: frequency.map((one) => [
        className(context, one),
        format.number(one.customers),
        format.share(one.customers / customers),
        format.money(one.revenue),
        format.share(revenue > 0 ? one.revenue / revenue : null),
      ]),
    };
  },
});
