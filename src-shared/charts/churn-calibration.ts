import type { ChurnCalibration } from '../domain.ts';
import { type ChartContext, defineChart, type ValueAxis } from './chart.ts';
import { emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';

const axisName = ({ theme }: ChartContext, name: string, nameGap: number): ValueAxis => ({
  name,
  nameLocation: 'middle',
  nameGap,
  nameTextStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
});

/** Share that really stayed away over the predicted chance, one mark per class; on the dashed line they agree. */
export const churnCalibration = defineChart<Pick<ChurnCalibration, 'classes'>>({
  heightPx: () => 340,
  option({ classes }, context) {
    if (classes.length === 0) return emptyOption(context);
    const { t, format, theme } = context;
    const observed = t('charts.churnCalibration.observed');
    const perfect = t('charts.churnCalibration.perfect');
    const limits = { min: 0, max: 1, interval: 0.2 };
    return {
      ...frame(context),
      grid: { left: 28, right: 20, top: 16, bottom: 58, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: legend(context, [observed, perfect]),
      tooltip: tooltip(context, 'item', format.share),
      xAxis: valueAxis(context, format.share, {
        ...limits,
        ...axisName(context, t('charts.churnCalibration.predicted'), 26),
      }),
      yAxis: valueAxis(context, format.share, { ...limits, ...axisName(context, observed, 44) }),
      series: [
        {
          type: 'line',
          name: observed,
          symbol: 'circle',
          symbolSize: 9,
          lineStyle: { color: theme.primary, width: 2 },
          itemStyle: { color: theme.primary },
          data: classes.map((one) => [one.predicted, one.observed]),
        },
        {
          type: 'line',
          name: perfect,
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
  table({ classes }, { t, format }) {
    return {
      columns: [
        t('charts.column.cluster'),
        t('charts.column.customers'),
        t('charts.churnCalibration.predicted'),
        t('charts.churnCalibration.observed'),
      ],
      rows: classes.map((one, i) => [
        t('charts.churnCalibration.group', { n: i + 1 }),
        format.number(one.customers),
        format.share(one.predicted),
        format.share(one.observed),
      ]),
    };
  },
});
