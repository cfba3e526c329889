import type { LedgerHistory } from '../domain.ts';
import { type ChartContext, type ChartOption, defineChart, type Series, type ValueAxis } from './chart.ts';
import { categoryAxis, emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';

type Month = LedgerHistory['months'][number];

/** The frame of shares over months of the ledger. @param axis more of the axis of shares */
export function overMonths(
  months: Month[],
  series: Series[],
  context: ChartContext,
  axis: ValueAxis = {},
): ChartOption {
  const { format } = context;
  return {
    ...frame(context),
    grid: { left: 8, right: 12, top: 16, bottom: 34, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: legend(
      context,
      series.map((one) => String(one.name)),
    ),
    tooltip: tooltip(context, 'axis', format.share),
    xAxis: categoryAxis(
      context,
      months.map(({ month }) => format.month(month)),
    ),
    yAxis: valueAxis(context, format.share, axis),
    series,
  };
}

/** Error of published forecasts by month, beside what repeating the last season would have missed. */
export const ownAccuracy = defineChart<Month[]>({
  heightPx: () => 280,
  option(months, context) {
    if (months.length === 0) return emptyOption(context);
    const { t, theme } = context;
    const series: Series[] = [
      {
        type: 'bar',
        name: t('charts.ownAccuracy.own'),
        barMaxWidth: 32,
        itemStyle: { color: theme.primary },
        data: months.map(({ wape }) => wape),
      },
      {
        type: 'line',
        name: t('charts.ownAccuracy.naive'),
        symbol: 'triangle',
        symbolSize: 8,
        lineStyle: { color: theme.forecast, width: 2, type: 'dashed' },
        itemStyle: { color: theme.forecast },
        data: months.map(({ naiveWape }) => naiveWape),
      },
    ];
    return overMonths(months, series, context);
  },
  table(months, { t, format }) {
    return {
      columns: [
        t('charts.ownAccuracy.month'),
        t('charts.ownAccuracy.periods'),
        t('charts.ownAccuracy.own'),
        t('charts.ownAccuracy.naive'),
        t('charts.ownAccuracy.bias'),
      ],
      rows: months.map(({ month, periods, wape, naiveWape, bias }) => [
        format.month(month),
        format.number(periods),
        format.share(wape),
        format.share(naiveWape),
        format.change(bias),
      ]),
    };
  },
});
