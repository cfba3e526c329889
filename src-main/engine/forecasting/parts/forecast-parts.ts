import { errorGrowth, halfWidthsFor } from '../error-growth.ts';
import type {
  Day,
  ForecastParts,
  ForecastResult,
  ForecastTotal,
  Money,
  Note,
  PartForecast,
  PartKind,
  SalesSeries,
} from '../../../../src-shared/domain.ts';
import { dayNumber, dayText } from '../../sales/sale-lines.ts';
import { monthOf, monthStart, weekdayOf } from '../../series/calendar.ts';
import { periodEnd } from '../../series/period-days.ts';
import type { FitContext } from '../model.ts';
import { moneyPerUnit, type TrainingInput, trainingInput } from '../training-input.ts';
import { forecastPart, type PartAnswer, type PartContext } from './part-forecast.ts';
import { reconciled, wholeParts } from './reconcile.ts';

/** Revenue of the parts in the periods of the total's history. */
export interface PartSums {
  by: PartKind;
  /** The listed parts, most revenue first. */
  parts: { id: string; name: string }[];
  /** [(parts + 1) · periods] row-major, 1/10 000 currency unit; the last row holds all that is not listed. */
  sums: Float64Array;
  /** Parts there are in all. */
  count: number;
}

export interface PartsContext {
  tick(done: number, total: number | null, note?: string): void;
  pause(): Promise<void>;
  runtimes: Pick<FitContext, 'training' | 'augurs'>;
}

const recentPeriods = { least: 12, most: 90 };
const daysOf52Weeks = 364;
/**
 * Half-widths of the bands in units of the tested error, and of a part too short for a test. On Online Retail II (products
 * by month and week, five cuts) 80 % of totals fell within 0.7–1.6, 95 % within 1.3–6.5 of them.
 */
const widths = { tested: halfWidthsFor(Number.MAX_SAFE_INTEGER), untested: halfWidthsFor(0) };

/**
 * Forecasts each part by itself and moves the parts so that they add up to the total's own forecast in every period, to
 * the last 1/10 000 of a currency unit.
 * @param total the forecast of all parts together, kept as it is
 * @throws AppError 'cancelled'
 */
export async function forecastParts(
  { by, parts, sums, count }: PartSums,
  total: ForecastResult,
  seed: number,
  context: PartsContext,
): Promise<ForecastParts> {
  const frame = frameOf(total);
  const periods = total.history.dates.length;
  const rowOf = (i: number) => sums.subarray(i * periods, (i + 1) * periods);
  const rest = rowOf(parts.length).some((value) => value !== 0) ? [{ id: null, name: '' }] : [];
  const listed = [...parts, ...rest];
  const answers: PartAnswer[] = [];
  for (const [i, { name }] of listed.entries()) {
    context.tick(i, listed.length, name);
    const tick = (): void => context.tick(i, listed.length, name);
    const partContext: PartContext = { ...frame, seed, tick, runtimes: context.runtimes };
    answers.push(await forecastPart(learnedFrom(frame, total.history, rowOf(i)), frame.steps, partContext));
    await context.pause();
  }
  const means = reconciledMeans(answers, frame, total);
  const rows = listed.map(({ id, name }, i): PartForecast => {
    const own = means.map((of) => of[i]);
    return {
      id,
      name,
      ...pastOf(rowOf(i), frame, total),
      means: own,
      total: listed.length === 1 ? total.total : totalOf(answers[i], own, frame, total),
      way: answers[i].way,
      wape: answers[i].wape,
    };
  });
  return {
    by,
    frequency: total.frequency,
    horizon: total.horizon,
    dates: total.points.map(({ date }) => date),
    total: total.total,
    rows,
    count,
    notes: notesOf(answers, total),
  };
}

interface Frame {
  input: TrainingInput;
  /** Usable periods before the forecast's first one. */
  n: number;
  period: number;
  covariates: PartContext['covariates'];
  /** Open periods from the last usable one to the last point. */
  steps: number;
  /** Step of each point, −1 on a closed weekday. */
  stepOf: Int32Array;
}

/** The total's periods, past and ahead: every part is forecast over the same ones. */
function frameOf({ history, points }: ForecastResult): Frame {
  const input = trainingInput(history);
  const firstAhead = dayNumber(points[0].date);
  const n = input.days.filter((day) => day < firstAhead).length;
  const ahead: number[] = [];
  const stepOf = new Int32Array(points.length).fill(-1);
  const last = dayNumber(points[points.length - 1].date);
  const at = new Map(points.map(({ date }, j) => [dayNumber(date), j]));
  for (let day = nextPeriod(history, input.days[n - 1]); day <= last; day = nextPeriod(history, day)) {
    const j = at.get(day);
    if (j !== undefined) stepOf[j] = ahead.length;
    ahead.push(day);
  }
  const days = Int32Array.from([...input.days.subarray(0, n), ...ahead]);
  const covariates = { frequency: history.frequency, days, regressors: [] };
  return { input, n, period: input.period, covariates, steps: ahead.length, stepOf };
}

/** First day of the next period in which the business is open. */
function nextPeriod({ frequency, openWeekdays }: SalesSeries, day: number): number {
  let next = periodEnd(frequency, day) + 1;
  if (frequency === 'day') while (!openWeekdays[weekdayOf(next)]) next++;
  return next;
}

/** A part seen through the total's calendar: the same periods are left out and filled. */
const learnedFrom = ({ n }: Frame, history: SalesSeries, values: Float64Array): Float64Array =>
  trainingInput({ ...history, values: Array.from(values) }).y.slice(0, n);

/**
 * [points][parts] whole 1/10 000 currency units that add up to each point of the total. A part moves in proportion to the
 * standard deviation of its errors and not to their variance: what the parts miss together, such as the season of the
 * whole shop, they miss alike (Online Retail II, autumn 2011, 50 products: WAPE 45 % instead of 76 %).
 */
function reconciledMeans(answers: PartAnswer[], { stepOf }: Frame, { points }: ForecastResult): number[][] {
  const doubt = Float64Array.from(answers, ({ variance }) => Math.sqrt(variance));
  return points.map(({ mean }, j) => {
    if (mean === 0) return answers.map(() => 0);
    const base = Float64Array.from(answers, ({ point }) => point[stepOf[j]] ?? 0);
    return wholeParts(reconciled(base, doubt, mean / moneyPerUnit), mean);
  });
}

/** Bands around the reconciled sum: errors of one part hang together over the periods as the total's do. */
function totalOf({ variance, way }: PartAnswer, own: Money[], frame: Frame, total: ForecastResult): ForecastTotal {
  const mean = own.reduce((sum, value) => sum + value, 0);
  const { k80, k95 } = way === 'average' ? widths.untested : widths.tested;
  const squares = own.reduce(
    (sum, _, j) => sum + (total.points[j].closed ? 0 : errorGrowth(frame.stepOf[j] + 1) ** 2),
    0,
  );
  const deviation = Math.sqrt(variance * squares) * togetherness(total) * moneyPerUnit;
  const low = (k: number) => Math.max(0, Math.round(mean - k * deviation));
  const high = (k: number) => Math.round(mean + k * deviation);
  return { mean, low80: low(k80), high80: high(k80), low95: low(k95), high95: high(k95) };
}

/** Width of the total's own 80 % band against independent errors of its periods; 1 or more. */
function togetherness({ points, total }: ForecastResult): number {
  const independent = Math.sqrt(points.reduce((sum, { low80, high80 }) => sum + (high80 - low80) ** 2, 0));
  return independent > 0 ? Math.max(1, (total.high80 - total.low80) / independent) : 1;
}

/** What the part sold lately, in the periods just before the forecast, and a year before its periods. */
function pastOf(
  values: Float64Array,
  { n, input }: Frame,
  { horizon, history, points }: ForecastResult,
): Pick<PartForecast, 'recent' | 'before' | 'lastYear'> {
  // Closed days between the usable periods count: a week has seven days.
  const end = input.index[n - 1] + 1;
  const whole = (i: number) => history.status[i] !== 'partial';
  const first = whole(0) ? 0 : 1;
  const past = Array.from(values.subarray(first, end));
  const place = new Map(history.dates.map((date, i) => [date, i]));
  const earlier = points.map(({ date }) => place.get(yearEarlier(date, history.frequency)));
  const known = earlier.every((i) => i !== undefined && i < end && whole(i));
  const shown = Math.min(recentPeriods.most, Math.max(recentPeriods.least, horizon));
  return {
    recent: past.slice(-shown),
    before: past.length >= horizon ? sum(past.slice(-horizon)) : null,
    lastYear: known ? sum(earlier.map((i) => values[i!])) : null,
  };
}

const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0);

/** The same month, or the same weekday 52 weeks before. */
const yearEarlier = (date: Day, frequency: SalesSeries['frequency']): Day =>
  frequency === 'month' ? dayText(monthStart(monthOf(dayNumber(date)) - 12)) : dayText(dayNumber(date) - daysOf52Weeks);

function notesOf(answers: PartAnswer[], { ladder }: ForecastResult): Note[] {
  const notes: Note[] = [];
  const seldom = answers.filter(({ way }) => way === 'seldom-sold').length;
  const short = answers.filter(({ way }) => way === 'average').length;
  if (ladder !== 'tested') notes.push({ code: 'parts-short-history', params: {}, level: 'warning' });
  if (seldom > 0) notes.push({ code: 'parts-seldom-sold', params: { count: seldom }, level: 'info' });
  if (short > 0) notes.push({ code: 'parts-average', params: { count: short }, level: 'info' });
  return notes;
}
