import type { Day, ForecastPoint, ForecastResult, MarkedDays, Money } from '../domain.ts';
import {
  type ChartContext,
  defineChart,
  type LineSeries,
  type MarkLine,
  type Pointed,
  type ScatterSeries,
  type Tooltip,
} from './chart.ts';
import { emptyOption, frame, tooltip, valueAxis } from './parts.ts';
import { bandLegend, bandLines, periodAxis, periodText, periodZoom, placeOf, type Values } from './time-parts.ts';

/** A forecast and, where the user set one, a target for the total of its horizon. */
type Data = ForecastResult & { target?: Money | null };

interface Shaped {
  dates: Day[];
  history: Values;
  partial: Values;
  closed: Values;
  missing: Values;
  mean: Values;
  /** What each period must bring for the target, spread over them as the forecast is. */
  target: Values;
  /** Names of the holidays and events of each day or week, by kind. */
  holidays: string[][];
  events: string[][];
  points: (ForecastPoint | undefined)[];
  /** Index of the last period with data; −1 without history. */
  today: number;
}

/** Paper shows three times the forecast's length of history, the screen all of it with a zoom. */
const shownHistory = (result: ForecastResult): number => Math.max(3 * result.points.length, 30);

function shape(result: Data, context: ChartContext): Shaped {
  const { dates, values, status } = result.history;
  const first = context.theme.name === 'paper' ? Math.max(0, dates.length - shownHistory(result)) : 0;
  const past = dates.slice(first);
  const at = new Map(result.points.map((point) => [point.date, point]));
  const all = [...past, ...result.points.map((point) => point.date).filter((date) => !past.includes(date))].sort();
  const index = new Map(dates.map((date, i) => [date, i]));
  const statusOf = (date: Day) => status[index.get(date) ?? -1];
  const soldOn = (date: Day): Money => values[index.get(date) ?? -1];
  const sold = (date: Day) => statusOf(date) === 'sold' || statusOf(date) === 'zero';
  const points = all.map((date) => at.get(date));
  const zeroWhere = (test: (date: Day, i: number) => boolean): Values => all.map((d, i) => (test(d, i) ? 0 : null));
  const lastSold = all.findLastIndex(sold);
  return {
    dates: all,
    history: all.map((date) => (sold(date) ? soldOn(date) : null)),
    partial: all.map((date) => (statusOf(date) === 'partial' ? soldOn(date) : null)),
    closed: zeroWhere((date, i) => statusOf(date) === 'closed' || points[i]?.closed === true),
    missing: zeroWhere((date) => statusOf(date) === 'missing'),
    // The dashed line starts where the history ends, so that the eye finds the way.
    mean: all.map((date, i) => (i === lastSold ? soldOn(date) : openMean(points[i]))),
    target: points.map((point) => (point ? targetOf(result, point) : null)),
    holidays: namesOn(all, result, (kind) => kind === 'holiday'),
    events: namesOn(all, result, (kind) => kind === 'promotion' || kind === 'special'),
    points,
    today: all.findLastIndex((date) => index.has(date)),
  };
}

const openMean = (point: ForecastPoint | undefined): Money | null => (point && !point.closed ? point.mean : null);

const targetOf = ({ target, total }: Data, { mean, closed }: ForecastPoint): Money | null =>
  !target || closed || total.mean <= 0 ? null : (mean * target) / total.mean;

/** Names of the marks of each date; in months nearly every period would have one. */
function namesOn(
  dates: Day[],
  { frequency, history }: Data,
  wanted: (kind: MarkedDays['kind']) => boolean,
): string[][] {
  const marked = frequency === 'month' ? [] : history.marked.filter(({ kind }) => wanted(kind));
  return dates.map((date, i) => {
    const end = frequency === 'week' ? (dates[i + 1] ?? `${date}~`) : `${date}~`;
    return marked.filter(({ from, to }) => from < end && to >= date).map(({ name }) => name);
  });
}

/** More closed days in a row than a long weekend: the line goes down to 0 for them. */
const longestBridge = 4;

/** A long closure is drawn at 0, so that nobody reads sales into it; shorter ones stay open. */
function closuresAtZero(values: Values): Values {
  return values.map((value, i) => {
    if (value !== null) return value;
    const before = values.findLastIndex((one, at) => at < i && one !== null);
    const after = values.findIndex((one, at) => at > i && one !== null);
    return before >= 0 && after - before > longestBridge + 1 ? 0 : null;
  });
}

/** Straight lines across a few closed days, so that a band does not fall to nothing between two open ones. */
function bridged(open: Values): Values {
  const values = closuresAtZero(open);
  const known = values.flatMap((value, i) => (value === null ? [] : [i]));
  return values.map((value, i) => {
    const after = known.find((at) => at >= i);
    const before = known.findLast((at) => at <= i);
    if (value !== null || before === undefined) return value;
    const low = values[before] as Money;
    if (after === undefined) return low;
    return low + ((values[after] as Money) - low) * ((i - before) / (after - before));
  });
}

/** A band that begins at the last known value. */
function band(
  shaped: Shaped,
  name: string,
  colour: string,
  edges: (point: ForecastPoint) => [Money, Money],
): LineSeries[] {
  const start = shaped.mean.findIndex((value, i) => value !== null && !shaped.points[i]);
  const of = (pick: (low: Money, high: Money) => Money, joint: Money | null): Values =>
    bridged(
      shaped.points.map((point, i) => (i === start ? joint : point && !point.closed ? pick(...edges(point)) : null)),
    );
  const at = start < 0 ? null : shaped.mean[start];
  const width = of((low, high) => high - low, at === null ? null : 0);
  return bandLines(
    name,
    colour,
    of((low) => low, at),
    width,
  );
}

function marks(
  name: string,
  data: Values,
  symbol: string,
  size: number | number[],
  itemStyle: ScatterSeries['itemStyle'],
): ScatterSeries[] {
  return data.some((value) => value !== null)
    ? [{ type: 'scatter', name, data, symbol, symbolSize: size, itemStyle }]
    : [];
}

const atZero = (names: string[][]): Values => names.map((list) => (list.length > 0 ? 0 : null));

function lines(shaped: Shaped, context: ChartContext): LineSeries[] {
  const { theme, t } = context;
  const line: LineSeries = { type: 'line', connectNulls: true, showSymbol: shaped.dates.length < 40, symbolSize: 4 };
  const target: LineSeries = {
    ...line,
    name: t('charts.forecast.target'),
    data: shaped.target,
    z: 5,
    showSymbol: false,
    lineStyle: { color: theme.text, width: 1.5, type: 'dotted' },
    itemStyle: { color: theme.text },
  };
  return [
    {
      ...line,
      name: t('charts.forecast.history'),
      data: shaped.history,
      z: 4,
      lineStyle: { color: theme.primary, width: 1.5 },
      itemStyle: { color: theme.primary },
      ...(shaped.today >= 0 ? { markLine: todayLine(shaped, context) } : {}),
    },
    {
      ...line,
      name: t('charts.forecast.forecast'),
      data: closuresAtZero(shaped.mean),
      z: 4,
      showSymbol: false,
      lineStyle: { color: theme.forecast, width: 1.5, type: 'dashed' },
      itemStyle: { color: theme.forecast },
    },
    ...(shaped.target.some((value) => value !== null) ? [target] : []),
  ];
}

const todayLine = (shaped: Shaped, { theme, t }: ChartContext): MarkLine => ({
  symbol: 'none',
  silent: true,
  animation: false,
  lineStyle: { color: theme.mark, type: 'solid', width: 1 },
  label: {
    formatter: t('charts.forecast.today'),
    position: 'end',
    distance: 3,
    color: theme.muted,
    fontFamily: theme.fontFamily,
    fontSize: theme.fontSize,
  },
  data: [{ xAxis: shaped.today }],
});

function tooltipText(shaped: Shaped, context: ChartContext, day: (day: Day) => string): Tooltip {
  const { t, format } = context;
  const row = (label: string, text: string) => `<br>${label}: <b>${text}</b>`;
  const formatter = (pointed: Pointed) => {
    const i = placeOf(pointed);
    if (i < 0) return '';
    const point = shaped.points[i];
    const sold = shaped.history[i] ?? shaped.partial[i];
    const parts = [day(shaped.dates[i])];
    if (sold !== null) parts.push(row(t('charts.forecast.history'), format.money(sold)));
    if (shaped.closed[i] !== null) parts.push(row(t('charts.forecast.closed'), format.money(0)));
    if (shaped.missing[i] !== null) parts.push(row(t('charts.forecast.missing'), format.money(null)));
    if (point && !point.closed) {
      parts.push(row(t('charts.forecast.forecast'), format.money(point.mean)));
      parts.push(row(t('charts.forecast.band80'), `${format.money(point.low80)} – ${format.money(point.high80)}`));
      parts.push(row(t('charts.forecast.band95'), `${format.money(point.low95)} – ${format.money(point.high95)}`));
    }
    const target = shaped.target[i];
    if (target !== null) parts.push(row(t('charts.forecast.target'), format.money(target)));
    for (const name of [...shaped.holidays[i], ...shaped.events[i]]) parts.push(`<br>${escaped(name)}`);
    return parts.join('');
  };
  return { ...tooltip(context, 'axis'), formatter };
}

/** Names of events are the user's own words. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** History solid, forecast dashed, the 80 % band dark, the 95 % band light, a line for today, closed days on the axis. */
export const forecast = defineChart<Data>({
  heightPx: () => 340,
  option(result, context) {
    if (result.points.length === 0 && result.history.dates.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const shaped = shape(result, context);
    const day = periodText(context, result.frequency);
    const series = [
      ...band(shaped, t('charts.forecast.band95'), theme.band95, (point) => [point.low95, point.high95]),
      ...band(shaped, t('charts.forecast.band80'), theme.band80, (point) => [point.low80, point.high80]),
      ...lines(shaped, context),
      ...marks(t('charts.forecast.partial'), shaped.partial, 'emptyCircle', 6, { color: theme.primary }),
      ...marks(t('charts.forecast.holiday'), atZero(shaped.holidays), 'triangle', 8, { color: theme.muted }),
      ...marks(t('charts.forecast.event'), atZero(shaped.events), 'roundRect', 7, { color: theme.partial }),
      ...marks(t('charts.forecast.closed'), shaped.closed, 'rect', [2, 5], { color: theme.mark }),
      ...marks(t('charts.forecast.missing'), shaped.missing, 'diamond', 6, { color: theme.forecast }),
    ];
    const first = shaped.dates.length - shownHistory(result) - result.points.length;
    const zoom = theme.name !== 'paper' && result.history.dates.length > shownHistory(result);
    return {
      ...frame(context),
      grid: {
        left: 8,
        right: 24,
        top: 26,
        bottom: zoom ? 66 : 34,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      legend: bandLegend(context, series),
      tooltip: tooltipText(shaped, context, day),
      xAxis: periodAxis(context, result.frequency, shaped.dates, false),
      yAxis: valueAxis(context, format.moneyShort),
      ...(zoom ? { dataZoom: periodZoom(context, first, shaped.dates.length) } : {}),
      series,
    };
  },
  table(result, { t, format }) {
    return {
      columns: [
        t('charts.column.date'),
        t('charts.forecast.forecast'),
        t('charts.column.low80'),
        t('charts.column.high80'),
        t('charts.column.low95'),
        t('charts.column.high95'),
        t('charts.column.remark'),
      ],
      rows: result.points.map((point) => [
        format.day(point.date),
        ...[point.mean, point.low80, point.high80, point.low95, point.high95].map((value) => format.money(value)),
        point.closed ? t('charts.forecast.closed') : '',
      ]),
    };
  },
});
