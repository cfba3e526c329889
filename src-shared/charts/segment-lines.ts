/** Lines over months, one per segment: what the charts of visits and of baskets share. */
import type { SegmentId, VisitHabits } from '../domain.ts';
import type { ChartContext, ChartOption, ChartTable, LineSeries, Translate } from './chart.ts';
import { categoryAxis, emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';
import { segmentColours } from './segment-colours.ts';
import { groupName } from './segment-names.ts';

export interface SegmentLinesData {
  habits: VisitHabits;
  /** Which lines to draw; the table holds the same. */
  segments: (SegmentId | 'all')[];
}

type Segment = VisitHabits['segments'][number];
type Write = (value: number | null) => string;

export const segmentLineName = (t: Translate, segment: SegmentId | 'all'): string =>
  segment === 'all' ? t('charts.visitFrequency.all') : groupName(t, 'segments', segment);

const chosen = ({ habits, segments }: SegmentLinesData): Segment[] =>
  habits.segments.filter(({ segment }) => segments.includes(segment));

/** A month that is not covered whole stands as a ring. */
function lineOf(context: ChartContext, one: Segment, values: (number | null)[], partial: boolean[]): LineSeries {
  const { t, theme } = context;
  const colour = one.segment === 'all' ? theme.primary : segmentColours[one.segment];
  return {
    type: 'line',
    name: segmentLineName(t, one.segment),
    showSymbol: true,
    symbol: 'circle',
    symbolSize: values.length > 36 ? 2 : 4,
    lineStyle: { color: colour, width: one.segment === 'all' ? 3 : 1.5 },
    itemStyle: { color: colour },
    data: values.map((value, i) => (partial[i] ? { value, symbol: 'emptyCircle', symbolSize: 9 } : value)),
  };
}

export function segmentLinesOption(
  data: SegmentLinesData,
  context: ChartContext,
  valuesOf: (one: Segment) => (number | null)[],
  write: { axis: (value: number) => string; tooltip: (value: number) => string },
): ChartOption {
  const shown = chosen(data);
  const { months, partial } = data.habits;
  if (months.length === 0 || shown.length === 0) return emptyOption(context);
  return {
    ...frame(context),
    grid: { left: 8, right: 32, top: 12, bottom: 34, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: legend(
      context,
      shown.map(({ segment }) => segmentLineName(context.t, segment)),
    ),
    tooltip: tooltip(context, 'axis', write.tooltip),
    xAxis: categoryAxis(
      context,
      months.map((month) => context.format.month(month)),
    ),
    yAxis: valueAxis(context, write.axis, { min: 0 }),
    series: shown.map((one) => lineOf(context, one, valuesOf(one), partial)),
  };
}

export function segmentLinesTable(
  data: SegmentLinesData,
  { t, format }: ChartContext,
  valuesOf: (one: Segment) => (number | null)[],
  write: Write,
): ChartTable {
  const shown = chosen(data);
  const { months, partial } = data.habits;
  return {
    columns: [
      t('charts.column.month'),
      ...shown.map(({ segment }) => segmentLineName(t, segment)),
      t('charts.column.remark'),
    ],
    rows: months.map((month, i) => [
      format.month(month),
      ...shown.map((one) => write(valuesOf(one)[i])),
      partial[i] ? t('charts.monthlyRevenue.partial') : '',
    ]),
  };
}
