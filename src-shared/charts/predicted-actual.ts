import type { ForecastResult, Frequency, Money } from '../domain.ts';
import { defineChart, type LineSeries } from './chart.ts';
import { categoryAxis, emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';

interface Data {
  frequency: Frequency;
  predicted: ForecastResult['backtest']['predicted'];
}

/** The unseen lines that a band lies between. */
const edge: LineSeries = {
  symbol: 'none',
  stack: 'band',
  stackStrategy: 'all',
  silent: true,
  lineStyle: { opacity: 0 },
};

/** The last round of the test: what was sold, solid, over what was forecast without seeing it, dashed, with its 80 % band. */
export const predictedActual = defineChart<Data>({
  heightPx: () => 300,
  option({ predicted, frequency }, context) {
    if (predicted.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const name = {
      actual: t('charts.forecast.history'),
      predicted: t('charts.forecast.forecast'),
      band: t('charts.forecast.band80'),
    };
    const line = (values: Money[], more: LineSeries): LineSeries => ({ type: 'line', data: values, ...more });
    const axis = categoryAxis(
      context,
      predicted.map(({ date }) => date),
      { boundaryGap: false },
    );
    const write = (day: string) => (frequency === 'month' ? format.month(day) : format.dayShort(day));
    const shown = (colour: string, type: 'solid' | 'dashed'): LineSeries => ({
      z: 4,
      symbolSize: 4,
      showSymbol: predicted.length < 40,
      lineStyle: { color: colour, width: 1.5, type },
      itemStyle: { color: colour },
    });
    return {
      ...frame(context),
      grid: { left: 8, right: 24, top: 12, bottom: 34, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: legend(context, [name.actual, name.predicted, { name: name.band, icon: 'rect' }]),
      tooltip: tooltip(context, 'axis', format.money),
      xAxis: { ...axis, axisLabel: { ...axis.axisLabel, formatter: write } },
      yAxis: valueAxis(context, format.moneyShort),
      series: [
        line(
          predicted.map(({ low80 }) => low80),
          { ...edge, name: `${name.band} `, tooltip: { show: false } },
        ),
        line(
          predicted.map(({ low80, high80 }) => high80 - low80),
          {
            ...edge,
            name: name.band,
            itemStyle: { color: theme.band80 },
            areaStyle: { color: theme.band80, opacity: 1 },
            tooltip: { show: false },
          },
        ),
        line(
          predicted.map(({ actual }) => actual),
          { name: name.actual, ...shown(theme.primary, 'solid') },
        ),
        line(
          predicted.map((one) => one.predicted),
          { name: name.predicted, ...shown(theme.forecast, 'dashed') },
        ),
      ],
    };
  },
  table({ predicted }, { t, format }) {
    return {
      columns: [
        t('charts.column.date'),
        t('charts.forecast.history'),
        t('charts.forecast.forecast'),
        t('charts.column.low80'),
        t('charts.column.high80'),
      ],
      rows: predicted.map((one) => [
        format.day(one.date),
        ...[one.actual, one.predicted, one.low80, one.high80].map((value) => format.money(value)),
      ]),
    };
  },
});
