import type { ValueBacktest } from '../domain.ts';
import { type ChartContext, defineChart, type LineSeries, type Series } from './chart.ts';
import { categoryAxis, emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';

type Class = ValueBacktest['classes'][number];

const name = ({ repeatOrders, orMore }: Class, { t }: ChartContext): string =>
  t(orMore ? 'charts.valueBacktest.timesOrMore' : 'charts.valueBacktest.times', { n: repeatOrders });
const each = (orders: number, { customers }: Class): number => orders / customers;

/** Orders per customer in the held-out part, by how often customers had come back: actual, predicted, and the simple rule. */
export const valueBacktest = defineChart<ValueBacktest>({
  heightPx: () => 320,
  option(data, context) {
    const shown = data.classes.filter((one) => one.customers > 0);
    if (shown.length === 0) return emptyOption(context);
    const { t, format, theme } = context;
    const write = (value: number) => format.decimal(value, 2);
    const line = (id: 'predicted' | 'naive', colour: string, symbol: string, type: 'solid' | 'dashed'): LineSeries => ({
      type: 'line',
      name: t(`charts.valueBacktest.${id}`),
      symbol,
      symbolSize: 8,
      lineStyle: { color: colour, width: 2, type },
      itemStyle: { color: colour },
      data: shown.map((one) => each(one[id], one)),
    });
    const series: Series[] = [
      {
        type: 'bar',
        name: t('charts.valueBacktest.actual'),
        barMaxWidth: 32,
        itemStyle: { color: theme.primary },
        data: shown.map((one) => each(one.actual, one)),
      },
      line('predicted', theme.forecast, 'circle', 'solid'),
      line('naive', theme.mark, 'triangle', 'dashed'),
    ];
    return {
      ...frame(context),
      grid: { left: 8, right: 12, top: 16, bottom: 34, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: legend(
        context,
        series.map((one) => String(one.name)),
      ),
      tooltip: tooltip(context, 'axis', write),
      xAxis: categoryAxis(
        context,
        shown.map((one) => name(one, context)),
      ),
      yAxis: valueAxis(context, format.number),
      series,
    };
  },
  table(data, context) {
    const { t, format } = context;
    return {
      columns: [
        t('charts.valueBacktest.back'),
        t('charts.column.customers'),
        t('charts.valueBacktest.actual'),
        t('charts.valueBacktest.predicted'),
        t('charts.valueBacktest.naive'),
      ],
      rows: data.classes.map((one) => [
        name(one, context),
        format.number(one.customers),
        format.number(one.actual),
        format.decimal(one.predicted, 1),
        format.decimal(one.naive, 1),
      ]),
    };
  },
});
