import type { LedgerEntry, LedgerPoint, Money } from '../domain.ts';
import { type ChartContext, defineChart, type LineSeries, type Pointed, type Tooltip } from './chart.ts';
import { emptyOption, frame, tooltip, valueAxis } from './parts.ts';
import { bandLegend, bandLines, periodAxis, periodText, placeOf } from './time-parts.ts';

/** Days that were forecast closed and sold nothing would only draw every line to the ground. */
const shownPoints = ({ points }: LedgerEntry): LedgerPoint[] =>
  points.filter(({ high95, actual }) => high95 !== 0 || (actual !== null && actual !== 0));

const band = (name: string, colour: string, edges: [Money, Money][]): LineSeries[] =>
  bandLines(
    name,
    colour,
    edges.map(([low]) => low),
    edges.map(([low, high]) => high - low),
  );

function lines(points: LedgerPoint[], adjusted: boolean, { t, theme }: ChartContext): LineSeries[] {
  const line = (
    id: string,
    colour: string,
    type: 'solid' | 'dashed' | 'dotted',
    pick: (point: LedgerPoint) => Money | null,
  ): LineSeries => ({
    type: 'line',
    name: t(`charts.publishedForecast.${id}`),
    showSymbol: points.length < 40,
    symbolSize: 4,
    z: 4,
    lineStyle: { color: colour, width: id === 'naive' ? 1 : 1.5, type },
    itemStyle: { color: colour },
    data: points.map(pick),
  });
  return [
    line('naive', theme.mark, 'dotted', ({ naive }) => naive),
    line('forecast', theme.forecast, 'dashed', ({ mean }) => mean),
    ...(adjusted ? [line('adjusted', theme.text, 'dashed', (point) => point.adjusted)] : []),
    line('actual', theme.primary, 'solid', ({ actual }) => actual),
  ];
}

function tooltipText({ frequency, adjustments }: LedgerEntry, points: LedgerPoint[], context: ChartContext): Tooltip {
  const { t, format } = context;
  const day = periodText(context, frequency);
  const row = (id: string, text: string) => `<br>${t(`charts.publishedForecast.${id}`)}: <b>${text}</b>`;
  const formatter = (pointed: Pointed) => {
    const point = points[placeOf(pointed)];
    if (!point) return '';
    return [
      day(point.date),
      row('actual', format.money(point.actual)),
      row('forecast', format.money(point.mean)),
      ...(adjustments.length > 0 ? [row('adjusted', format.money(point.adjusted))] : []),
      row('band80', `${format.money(point.low80)} – ${format.money(point.high80)}`),
      row('band95', `${format.money(point.low95)} – ${format.money(point.high95)}`),
      row('naive', format.money(point.naive)),
    ].join('');
  };
  return { ...tooltip(context, 'axis'), formatter };
}

/** A published forecast with its bands, the adjustments by hand and what happened. */
export const publishedForecast = defineChart<LedgerEntry>({
  heightPx: () => 340,
  option(entry, context) {
    const points = shownPoints(entry);
    if (points.length === 0) return emptyOption(context);
    const { t, format, theme } = context;
    const adjusted = entry.adjustments.length > 0;
    const edges95 = points.map(({ low95, high95 }): [Money, Money] => [low95, high95]);
    const edges80 = points.map(({ low80, high80 }): [Money, Money] => [low80, high80]);
    const series = [
      ...band(t('charts.publishedForecast.band95'), theme.band95, edges95),
      ...band(t('charts.publishedForecast.band80'), theme.band80, edges80),
      ...lines(points, adjusted, context),
    ];
    const dates = points.map(({ date }) => date);
    return {
      ...frame(context),
      grid: { left: 8, right: 24, top: 16, bottom: 34, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: bandLegend(context, series),
      tooltip: tooltipText(entry, points, context),
      xAxis: periodAxis(context, entry.frequency, dates, points.length === 1),
      yAxis: valueAxis(context, format.moneyShort),
      series,
    };
  },
  table({ points, frequency }, context) {
    const { t, format } = context;
    const day = periodText(context, frequency);
    const money = (point: LedgerPoint) =>
      [
        ...[point.actual, point.mean, point.adjusted, point.low80, point.high80],
        ...[point.low95, point.high95, point.naive],
      ].map((value) => format.money(value));
    return {
      columns: [
        t('charts.column.date'),
        ...['actual', 'forecast', 'adjusted'].map((id) => t(`charts.publishedForecast.${id}`)),
        ...['low80', 'high80', 'low95', 'high95'].map((id) => t(`charts.column.${id}`)),
        t('charts.publishedForecast.naive'),
      ],
      rows: points.map((point) => [day(point.date), ...money(point)]),
    };
  },
});
