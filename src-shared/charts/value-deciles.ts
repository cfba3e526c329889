import type { LifetimeValue } from '../domain.ts';
import { type BarSeries, type ChartContext, defineChart } from './chart.ts';
import { categoryAxis, emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';

type Deciles = LifetimeValue['deciles'];

const names = (data: Deciles, { t }: ChartContext): string[] =>
  data.map((_, i) => t('charts.valueDeciles.group', { n: i + 1 }));

/** Likely to come beside brought so far, in ten groups of customers, the most promising first. */
export const valueDeciles = defineChart<Deciles>({
  heightPx: () => 300,
  option(data, context) {
    if (data.length === 0) return emptyOption(context);
    const { t, format, theme } = context;
    const bar = (name: string, colour: string, values: number[]): BarSeries => ({
      type: 'bar',
      name,
      barMaxWidth: 22,
      itemStyle: { color: colour },
      data: values,
    });
    const predicted = t('charts.valueDeciles.predicted');
    const historic = t('charts.valueDeciles.historic');
    return {
      ...frame(context),
      grid: { left: 8, right: 12, top: 16, bottom: 34, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: legend(context, [predicted, historic]),
      tooltip: tooltip(context, 'axis', format.money),
      xAxis: categoryAxis(context, names(data, context)),
      yAxis: valueAxis(context, format.moneyShort),
      series: [
        bar(
          predicted,
          theme.forecast,
          data.map((group) => group.predicted),
        ),
        bar(
          historic,
          theme.primary,
          data.map((group) => group.historic),
        ),
      ],
    };
  },
  table(data, context) {
    const { t, format } = context;
    return {
      columns: [
        t('charts.column.cluster'),
        t('charts.column.customers'),
        t('charts.valueDeciles.predicted'),
        t('charts.valueDeciles.historic'),
      ],
      rows: data.map((group, i) => [
        names(data, context)[i],
        format.number(group.customers),
        format.money(group.predicted),
        format.money(group.historic),
      ]),
    };
  },
});
