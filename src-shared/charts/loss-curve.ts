import type { LossCurve } from '../domain.ts';
import { type ChartContext, defineChart, type LineSeries, type MarkLine } from './chart.ts';
import { categoryAxis, emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';

function line(name: string, data: number[], colour: string, type: 'solid' | 'dashed'): LineSeries {
  return {
    type: 'line',
    name,
    data,
    showSymbol: data.length < 2,
    symbolSize: 5,
    lineStyle: { color: colour, width: 1.5, type },
    itemStyle: { color: colour },
  };
}

const bestEpochLine = (best: number, { theme, t }: ChartContext): MarkLine => ({
  symbol: 'none',
  silent: true,
  animation: false,
  lineStyle: { color: theme.mark, type: 'solid' },
  label: {
    formatter: t('charts.lossCurve.best'),
    position: 'end',
    color: theme.muted,
    fontFamily: theme.fontFamily,
    fontSize: theme.fontSize,
  },
  data: [{ xAxis: best - 1 }],
});

/** Training loss solid, validation loss dashed, a line at the epoch that was kept. */
export const lossCurve = defineChart<LossCurve>({
  heightPx: () => 260,
  option(curve, context) {
    const epochs = Math.max(curve.training.length, curve.validation.length);
    if (epochs === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const name = { training: t('charts.lossCurve.training'), validation: t('charts.lossCurve.validation') };
    return {
      ...frame(context),
      grid: { left: 8, right: 24, top: 24, bottom: 34, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: legend(context, Object.values(name)),
      tooltip: tooltip(context, 'axis', (value) => format.decimal(value, 5)),
      xAxis: categoryAxis(
        context,
        Array.from({ length: epochs }, (_, i) => String(i + 1)),
        { boundaryGap: false },
      ),
      yAxis: valueAxis(context, format.number, { scale: true }),
      series: [
        {
          ...line(name.training, curve.training, theme.primary, 'solid'),
          markLine: bestEpochLine(curve.bestEpoch, context),
        },
        line(name.validation, curve.validation, theme.forecast, 'dashed'),
      ],
    };
  },
  table(curve, { t, format }) {
    const epochs = Math.max(curve.training.length, curve.validation.length);
    return {
      columns: [
        t('charts.column.epoch'),
        t('charts.lossCurve.training'),
        t('charts.lossCurve.validation'),
        t('charts.column.remark'),
      ],
      rows: Array.from({ length: epochs }, (_, i) => [
        format.number(i + 1),
        format.decimal(curve.training[i], 5),
        format.decimal(curve.validation[i], 5),
        i + 1 === curve.bestEpoch ? t('charts.lossCurve.best') : '',
      ]),
    };
  },
});
