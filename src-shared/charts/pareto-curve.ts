import type { Concentration } from '../domain.ts';
import { type ChartContext, defineChart, type MarkLine, type ValueAxis } from './chart.ts';
import { emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';

const target = 0.8;

function axisName({ theme }: ChartContext, name: string, nameGap: number): ValueAxis {
  return {
    name,
    nameLocation: 'middle',
    nameGap,
    nameTextStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
  };
}

/** Where 80 % of the revenue is reached. */
function reached(data: Concentration, { t, format, theme }: ChartContext): MarkLine {
  const share = data.customersFor80 / data.customers;
  return {
    symbol: 'none',
    silent: true,
    animation: false,
    lineStyle: { color: theme.mark, type: 'dotted', width: 1.5 },
    label: {
      color: theme.text,
      fontFamily: theme.fontFamily,
      fontSize: theme.fontSize,
      position: 'insideStartBottom',
      formatter: t('charts.paretoCurve.reached', { share: format.share(share), target: format.share(target) }),
    },
    data: [[{ coord: [share, target] }, { coord: [1, target] }]],
  };
}

/** Share of revenue over share of customers, the best first; the straight line is where all customers are equal. */
export const paretoCurve = defineChart<Concentration>({
  heightPx: () => 340,
  option(data, context) {
    if (data.curve.length < 2) return emptyOption(context);
    const { t, format, theme } = context;
    const name = { curve: t('charts.paretoCurve.curve'), equal: t('charts.paretoCurve.equal') };
    const limits = { min: 0, max: 1, interval: 0.2 };
    return {
      ...frame(context),
      grid: { left: 28, right: 20, top: 16, bottom: 58, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: legend(context, [name.curve, name.equal]),
      tooltip: tooltip(context, 'axis', format.share),
      xAxis: valueAxis(context, format.share, {
        ...limits,
        ...axisName(context, t('charts.column.customerShare'), 26),
        axisPointer: { label: { show: false } },
      }),
      yAxis: valueAxis(context, format.share, { ...limits, ...axisName(context, t('charts.column.revenueShare'), 44) }),
      series: [
        {
          type: 'line',
          name: name.curve,
          showSymbol: false,
          symbol: 'circle',
          lineStyle: { color: theme.primary, width: 2.5 },
          itemStyle: { color: theme.primary },
          areaStyle: { color: theme.primary, opacity: 0.12 },
          data: data.curve.map((point) => [point.customers, point.revenue]),
          markLine: reached(data, context),
        },
        {
          type: 'line',
          name: name.equal,
          showSymbol: false,
          silent: true,
          lineStyle: { color: theme.mark, width: 1.5, type: 'dashed' },
          itemStyle: { color: theme.mark },
          data: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    };
  },
  table(data, { t, format }) {
    return {
      columns: [t('charts.column.customerShare'), t('charts.column.revenueShare')],
      rows: data.curve.map((point) => [format.share(point.customers), format.share(point.revenue)]),
    };
  },
});
