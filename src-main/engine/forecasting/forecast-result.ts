import type {
  ForecastDriver,
  ForecastPoint,
  ForecastResult,
  ForecastTotal,
  Frequency,
  ModelScore,
  PeriodTotal,
} from '../../../src-shared/domain.ts';
import { quantile } from '../numeric/statistics.ts';
import { dayNumber, dayText } from '../sales/sale-lines.ts';
import { monthOf, monthStart, weekOf, weekStart } from '../series/calendar.ts';
import type { BacktestPlan } from './backtest.ts';
import type { FuturePeriod } from './future-periods.ts';
import type { Bands } from './bands.ts';
import { bandRule, measuredCoverage } from './intervals.ts';
import type { Forecast } from './model.ts';
import type { Trial } from './scores.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { pathTotals } from './simulated-paths.ts';
import { type TrainingInput, wholeMoney as money } from './training-input.ts';

/** The answer for the open periods ahead, in currency units. */
export interface Answer {
  future: FuturePeriod[];
  /** [open periods] */
  forecast: Forecast;
  bands: Bands;
  /** [paths][open periods] */
  paths: Float64Array[];
}

const noPoint = { mean: 0, low80: 0, high80: 0, low95: 0, high95: 0 };
const sentencePeriods = 30;

/** The shown periods with their place among the open ones; −1: closed. */
function shownPeriods(future: FuturePeriod[]): { period: FuturePeriod; j: number }[] {
  let open = 0;
  return future
    .map((period) => ({ period, j: period.open ? open++ : -1 }))
    .filter(({ period }) => period.shown)
    .map(({ period, j }) => ({ period, j: period.closed ? -1 : j }));
}

/** One point a period; closed ones are exactly 0. */
export function pointsOf({ future, forecast: { point }, bands }: Answer): ForecastPoint[] {
  return shownPeriods(future).map(({ period: { date, closed }, j }) => {
    if (closed) return { date, ...noPoint, closed };
    const low80 = money(Math.min(bands.low80[j], point[j]));
    const high80 = money(Math.max(bands.high80[j], point[j]));
    const low95 = Math.min(money(bands.low95[j]), low80);
    const high95 = Math.max(money(bands.high95[j]), high80);
    return { date, mean: money(point[j]), low80, high80, low95, high95, closed };
  });
}

/** Sums with bands from the joint paths: limits are never summed. */
export function totalsOf(
  { future, paths }: Answer,
  points: ForecastPoint[],
  frequency: Frequency,
): Pick<ForecastResult, 'total' | 'next' | 'totals' | 'totalQuantiles'> {
  const shown = shownPeriods(future);
  const sorted = (from: number, to: number) =>
    pathTotals(
      paths,
      shown.slice(from, to).flatMap(({ j }) => (j >= 0 ? [j] : [])),
    );
  const totalOf = (from: number, to: number, sums = sorted(from, to)): ForecastTotal => {
    const mean = points.slice(from, to).reduce((sum, one) => sum + one.mean, 0);
    const at = (p: number) => money(quantile(sums, p));
    const low80 = Math.min(mean, at(0.1));
    const high80 = Math.max(mean, at(0.9));
    return { mean, low80, high80, low95: Math.min(low80, at(0.025)), high95: Math.max(high80, at(0.975)) };
  };
  const all = sorted(0, points.length);
  const periods = Math.min(points.length, sentencePeriods);
  return {
    total: totalOf(0, points.length, all),
    next: { ...totalOf(0, periods), periods },
    totals: coarserSpans(points, frequency).map(({ first, last, ...span }) => ({
      ...span,
      ...totalOf(first, last + 1),
    })),
    totalQuantiles: Array.from({ length: 199 }, (_, i) => money(quantile(all, (i + 1) / 200))),
  };
}

type Span = Pick<PeriodTotal, 'unit' | 'from' | 'to' | 'periods' | 'whole'> & { first: number; last: number };

/** Weeks and months that the points of a daily forecast fill; none for coarser steps. */
function coarserSpans(points: ForecastPoint[], frequency: Frequency): Span[] {
  if (frequency !== 'day') return [];
  const days = points.map(({ date }) => dayNumber(date));
  const spans = (unit: 'week' | 'month'): Span[] => {
    const keyOf = unit === 'week' ? weekOf : monthOf;
    const startOf = unit === 'week' ? weekStart : monthStart;
    return [...new Set(days.map(keyOf))].map((key) => {
      const first = days.findIndex((day) => keyOf(day) === key);
      const last = days.findLastIndex((day) => keyOf(day) === key);
      const periods = last - first + 1;
      const whole = periods === startOf(key + 1) - startOf(key);
      return { unit, from: dayText(days[first]), to: dayText(days[last]), periods, whole, first, last };
    });
  };
  return [...spans('week'), ...spans('month')];
}

/** What each input adds, in whole money; what rounding, the floor at 0 and closures leave over goes to the trend. */
export function driversOf({ future, forecast }: Answer, points: ForecastPoint[]): ForecastDriver[] {
  const shown = shownPeriods(future);
  const given = forecast.contributions ?? [];
  const others = given
    .filter(({ id }) => id !== 'trend')
    .map(({ id, part, values }) => ({ id, part, values: shown.map(({ j }) => (j >= 0 ? money(values[j]) : 0)) }))
    .filter(({ values }) => values.some((value) => value !== 0));
  const trend = points.map(({ mean }, i) => mean - others.reduce((sum, { values }) => sum + values[i], 0));
  return [{ id: 'trend', part: 'trend', values: trend }, ...others];
}

/** Newest full trial beside what happened, with bands from the other trials where there are any. */
export function backtestOf(trials: Trial[], input: TrainingInput, plan: BacktestPlan): ForecastResult['backtest'] {
  const coverage = measuredCoverage(trials, input.frequency, input.y.length);
  const shown = trials.reduce<Trial | null>(
    (best, trial) => (best === null || trial.actual.length >= best.actual.length ? trial : best),
    null,
  );
  const others = trials.filter((trial) => trial !== shown);
  const rule = bandRule(others, input.frequency, input.y.length) ?? bandRule(trials, input.frequency, input.y.length);
  const bands = shown ? rule?.bands(shown.predicted) : null;
  const predicted = Array.from(shown?.actual ?? [], (actual, j) => ({
    date: dayText(input.days[shown!.origin + j]),
    actual: money(actual),
    predicted: money(shown!.predicted[j]),
    low80: money(bands?.low80[j] ?? shown!.predicted[j]),
    high80: money(bands?.high80[j] ?? shown!.predicted[j]),
  }));
  return {
    origins: trials.map(({ origin }) => dayText(input.days[origin])),
    steps: plan.steps,
    predicted,
    coverage80: coverage?.coverage80 ?? null,
    coverage95: coverage?.coverage95 ?? null,
  };
}

/** PRODUCT.md's words for the mean absolute percentage error. */
const words = [
  { below: 0.1, word: 'excellent' },
  { below: 0.2, word: 'good' },
  { below: 0.3, word: 'fair' },
  { below: Number.POSITIVE_INFINITY, word: 'poor' },
] as const;

/** A word of praise or blame wants this many held-out periods. */
const leastHeldOut = 6;

/** How far the forecast may be believed: its word, and its gain over repeating the last season. */
export function reliabilityOf(
  chosen: ModelScore | undefined,
  board: ModelScore[],
  trials: Trial[],
): Pick<ForecastResult, 'skill' | 'word'> {
  const naive = board.find(({ id }) => id === seasonalNaive.id)?.mae ?? null;
  const own = chosen?.mae ?? null;
  const held = trials.reduce((sum, { known }) => sum + known.reduce((a, b) => a + b, 0), 0);
  const mape = held >= leastHeldOut ? (chosen?.mape ?? null) : null;
  return {
    skill: own !== null && naive ? 1 - own / naive : null,
    word: mape === null ? null : words.find(({ below }) => mape < below)!.word,
  };
}

const shortHistory = { day: 36, week: 36, month: 24 };

/** Which rung of the ladder the history reaches. */
export function ladderOf({ origins }: BacktestPlan, { y, frequency }: TrainingInput): ForecastResult['ladder'] {
  if (origins.length === 0) return 'thin';
  return y.length < shortHistory[frequency] ? 'short' : 'tested';
}
