import type { Day, MarkedDays, MarkKind, PeriodStatus, SalesSeries } from '../domain.ts';
import { type ChartContext, type ChartOption, defineChart, type ScatterSeries } from './chart.ts';
import { categoryAxis, emptyOption, frame, legend, tooltip } from './parts.ts';
import type { ChartTheme } from './theme.ts';

export interface YearCalendarData {
  year: number;
  /** A daily series with its marks. */
  days: SalesSeries;
}

type CellStatus = Exclude<PeriodStatus, 'partial'> | 'ahead';
const statuses: CellStatus[] = ['sold', 'zero', 'closed', 'missing', 'ahead'];
const markKinds: MarkKind[] = ['holiday', 'promotion', 'special', 'closed'];
const markSymbols: Record<MarkKind, string> = {
  holiday: 'circle',
  promotion: 'triangle',
  special: 'diamond',
  closed: 'rect',
};

/** A day of the year; `at` is its column (week of the year) and its row (Monday 0). */
interface Cell {
  date: Day;
  at: [number, number];
  status: CellStatus | null;
  value: number | null;
  marks: MarkedDays[];
}

const dayMs = 86_400_000;
const dateOf = (time: number): Day => new Date(time).toISOString().slice(0, 10);
const weekdayOf = (time: number): number => (new Date(time).getUTCDay() + 6) % 7;

/** All days of the year, before, inside and after the data. */
function cellsOf({ year, days }: YearCalendarData): Cell[] {
  const first = Date.UTC(year, 0, 1);
  const count = (Date.UTC(year + 1, 0, 1) - first) / dayMs;
  const offset = weekdayOf(first);
  const index = new Map(days.dates.map((date, i) => [date, i]));
  return Array.from({ length: count }, (_, i): Cell => {
    const date = dateOf(first + i * dayMs);
    const row = (offset + i) % 7;
    const at = index.get(date);
    const marks = days.marked.filter(({ from, to }) => from <= date && date <= to);
    const found = at === undefined ? null : days.status[at];
    return {
      date,
      at: [Math.floor((offset + i) / 7), row],
      status: found === 'partial' ? 'sold' : (found ?? statusAhead(days, date, row, marks)),
      value: at === undefined ? null : days.values[at],
      marks,
    };
  });
}

/** The days that the chart and its table show, in their order. */
export const calendarDays = (data: YearCalendarData): Day[] =>
  cellsOf(data).flatMap(({ date, status }) => (status === null ? [] : [date]));

/** A day after the data is closed or open; one before them is nothing. */
function statusAhead(
  { lastDay, openWeekdays }: SalesSeries,
  date: Day,
  row: number,
  marks: MarkedDays[],
): CellStatus | null {
  if (lastDay === null || date <= lastDay) return null;
  return !openWeekdays[row] || marks.some(({ kind }) => kind === 'closed') ? 'closed' : 'ahead';
}

const coloursOf = (theme: ChartTheme): Record<CellStatus, string> => ({
  sold: theme.primary,
  zero: theme.forecast,
  closed: theme.grid,
  missing: theme.mark,
  ahead: theme.partial,
});

function words({ date, status, value, marks }: Cell, { t, format }: ChartContext): string {
  const parts = [
    `${format.weekday(date)}, ${format.day(date)}`,
    ...(status ? [t(`charts.yearCalendar.status.${status}`)] : []),
    ...(status === 'sold' ? [format.money(value)] : []),
    ...marks.map(({ name, kind }) => `${name} (${t(`charts.yearCalendar.mark.${kind}`)})`),
  ];
  return parts.join(' · ');
}

function markSeries(cells: Cell[], context: ChartContext): ScatterSeries[] {
  const { t, theme } = context;
  return markKinds.flatMap((kind) => {
    const marked = cells.filter(({ marks }) => marks.some((mark) => mark.kind === kind));
    if (marked.length === 0) return [];
    return [
      {
        type: 'scatter',
        name: t(`charts.yearCalendar.mark.${kind}`),
        symbol: markSymbols[kind],
        symbolSize: 7,
        // The day under the sign speaks for both.
        silent: true,
        itemStyle: { color: theme.surface, borderColor: theme.text, borderWidth: 1 },
        data: marked.map((cell) => ({ value: cell.at, name: words(cell, context) })),
      },
    ];
  });
}

/** Column of the first day of each month, where its name stands. */
function monthNames(cells: Cell[], { format }: ChartContext): string[] {
  const names: string[] = [];
  for (const { date, at } of cells) {
    names[at[0]] ??= '';
    if (date.endsWith('-01')) names[at[0]] = format.month(date).replace(/[\s.]*\d{4}$/, '');
  }
  return names;
}

/** Signs and colours, at the left: seen however far the chart is scrolled; signs keep their shape. */
function legends(context: ChartContext, marks: ScatterSeries[], present: CellStatus[]): ChartOption {
  const { t, theme } = context;
  const size = { left: 4, itemWidth: 11, itemHeight: 11 };
  const names = marks.map(({ name }) => String(name));
  const colours = coloursOf(theme);
  return {
    legend: { ...legend(context, names), ...size, bottom: 30 },
    visualMap: {
      type: 'piecewise',
      seriesIndex: 0,
      dimension: 2,
      orient: 'horizontal',
      ...size,
      bottom: 0,
      itemGap: 14,
      textStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
      selectedMode: false,
      pieces: present.map((status) => ({
        value: statuses.indexOf(status),
        label: t(`charts.yearCalendar.status.${status}`),
        color: colours[status],
      })),
    },
  };
}

/** One year by day, weeks to the right: what each day was, and what was marked on it. */
export const yearCalendar = defineChart<YearCalendarData>({
  heightPx: () => 250,
  widthPx: () => 900,
  option(data, context) {
    const cells = cellsOf(data).filter(({ status }) => status !== null);
    if (data.days.dates.length === 0 || cells.length === 0) return emptyOption(context);
    const { t, theme } = context;
    const present = statuses.filter((status) => cells.some((cell) => cell.status === status));
    const marks = markSeries(cells, context);
    const letters = { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize };
    return {
      ...frame(context),
      grid: { left: 8, right: 12, top: 8, bottom: 66, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      // Names are plain text of our own and the user's, which the library escapes.
      tooltip: { ...tooltip(context, 'item'), formatter: '{b}' },
      ...legends(context, marks, present),
      xAxis: categoryAxis(context, monthNames(cellsOf(data), context), {
        axisLine: { show: false },
        axisLabel: { ...letters, interval: 0 },
      }),
      yAxis: categoryAxis(
        context,
        Array.from({ length: 7 }, (_, weekday) => context.format.weekday(weekday)),
        { inverse: true, axisLine: { show: false }, axisLabel: { ...letters, interval: 0 } },
      ),
      series: [
        {
          type: 'heatmap',
          progressive: 0,
          name: t('charts.yearCalendar.days'),
          data: cells.map((cell) => ({
            value: [...cell.at, statuses.indexOf(cell.status!)],
            name: words(cell, context),
          })),
          itemStyle: { borderColor: theme.surface, borderWidth: 1.5 },
        },
        ...marks,
      ],
    };
  },
  table(data, context) {
    const { t, format } = context;
    return {
      columns: ['day', 'weekday', 'status', 'revenue', 'marks'].map((id) => t(`charts.yearCalendar.column.${id}`)),
      rows: cellsOf(data)
        .filter(({ status }) => status !== null)
        .map(({ date, status, value, marks }) => [
          format.day(date),
          format.weekday(date),
          t(`charts.yearCalendar.status.${status}`),
          value === null ? '' : format.money(value),
          marks.map(({ name }) => name).join(', '),
        ]),
    };
  },
});
