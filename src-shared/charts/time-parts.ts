/** What the charts over days, weeks or months share: bands, the zoom, the way a period is written. */
import type { Day, Frequency, Money } from '../domain.ts';
import type { CategoryAxis, ChartContext, DataZoom, Legend, LineSeries, Pointed, Series } from './chart.ts';
import { categoryAxis, legend } from './parts.ts';

export type Values = (Money | null)[];

/** A band is two stacked lines: its lower edge, unseen and named with a blank at the end, and its width, filled. */
export function bandLines(name: string, colour: string, low: Values, width: Values): LineSeries[] {
  const line: LineSeries = {
    type: 'line',
    symbol: 'none',
    stack: name,
    stackStrategy: 'all',
    silent: true,
    connectNulls: true,
    lineStyle: { opacity: 0 },
    itemStyle: { color: colour },
  };
  return [
    { ...line, name: `${name} `, data: low },
    { ...line, name, data: width, areaStyle: { color: colour, opacity: 1 } },
  ];
}

/** The legend of series some of which are bands: a band has one entry, a filled square. */
export const bandLegend = (context: ChartContext, series: Series[]): Legend =>
  legend(
    context,
    series
      .filter(({ name }) => !String(name).endsWith(' '))
      .map((one) => ({ name: String(one.name), ...('areaStyle' in one ? { icon: 'rect' } : {}) })),
  );

/** Writes the first day of a period. */
export const periodText =
  ({ format }: ChartContext, frequency: Frequency) =>
  (day: Day): string =>
    frequency === 'month' ? format.month(day) : format.day(day);

/** An axis of periods by their first days. */
export function periodAxis(
  context: ChartContext,
  frequency: Frequency,
  dates: Day[],
  boundaryGap: boolean,
): CategoryAxis {
  const axis = categoryAxis(context, dates, { boundaryGap });
  return { ...axis, axisLabel: { ...axis.axisLabel, formatter: periodText(context, frequency) } };
}

/** The place on the axis that the pointer is over; −1: none. */
export const placeOf = (pointed: Pointed): number =>
  (Array.isArray(pointed) ? pointed[0]?.dataIndex : pointed.dataIndex) ?? -1;

/** A zoom of `periods` periods that shows those from number `first` on. */
export function periodZoom({ theme, format }: ChartContext, first: number, periods: number): DataZoom[] {
  const range = { startValue: Math.max(0, first), endValue: periods - 1 };
  return [
    { type: 'inside', ...range, zoomOnMouseWheel: 'ctrl' },
    {
      type: 'slider',
      ...range,
      bottom: 28,
      height: 18,
      brushSelect: false,
      textStyle: { color: theme.muted, fontFamily: theme.fontFamily, fontSize: theme.fontSize - 1 },
      labelFormatter: (_, day) => format.day(day),
    },
  ];
}
