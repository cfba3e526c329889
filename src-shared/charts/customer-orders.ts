import type { CustomerProfile } from '../domain.ts';
import { defineChart } from './chart.ts';
import { emptyOption, frame, tooltip, valueAxis } from './parts.ts';

type Orders = CustomerProfile['orders'];

/** A stem for each order on the line of time; the gaps between them are the customer's habit. */
export const customerOrders = defineChart<Orders>({
  heightPx: () => 240,
  option(data, context) {
    if (data.length === 0) return emptyOption(context);
    const { t, format, theme } = context;
    return {
      ...frame(context),
      grid: { left: 8, right: 20, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: tooltip(context, 'item', format.money),
      xAxis: {
        type: 'time',
        axisLine: { lineStyle: { color: theme.grid } },
        axisLabel: {
          color: theme.muted,
          fontFamily: theme.fontFamily,
          fontSize: theme.fontSize,
          hideOverlap: true,
          formatter: (moment: number) => format.month(new Date(moment).toISOString().slice(0, 10)),
        },
        minInterval: 28 * 86_400_000,
      },
      yAxis: valueAxis(context, format.moneyShort),
      series: [
        {
          type: 'bar',
          name: t('charts.customerOrders.amount'),
          barWidth: 4,
          itemStyle: { color: theme.primary },
          data: [...data].reverse().map(({ day, revenue, invoice }) => ({ name: invoice, value: [day, revenue] })),
        },
      ],
    };
  },
  table(data, { t, format }) {
    return {
      columns: [t('charts.customerOrders.order'), t('charts.column.date'), t('charts.customerOrders.amount')],
      rows: data.map(({ invoice, day, revenue }) => [invoice, format.day(day), format.money(revenue)]),
    };
  },
});
