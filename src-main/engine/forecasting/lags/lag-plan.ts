import type { Frequency } from '../../../../src-shared/domain.ts';
import { ascending, mean, quantile } from '../../numeric/statistics.ts';
import { weekdayOf } from '../../series/calendar.ts';
import type { FitContext, PartId } from '../model.ts';
import { isSeasonal, seasonalFactors } from '../season.ts';

/** Everything needed to build the inputs of one period ahead: plain JSON, stored with the model. */
export interface LagPlan {
  frequency: Frequency;
  /** Open days of a week (2–7) for daily series, else 1. */
  week: number;
  /** log: the model sees logarithms; linear: values divided by `unit` (a series with many values ≤ 0). */
  scale: 'log' | 'linear';
  unit: number;
  /** [period] what a weekday or month has above the others, taken out before the model learns; empty: none. */
  season: number[];
  /** Steps the model answers itself; later periods are asked as the last of them, on their own calendar day. */
  steps: number;
  /** Smoothing of the level, 0 … 1: a large one follows the newest periods. */
  alpha: number;
  /** Periods that make the habit of a weekday, and periods looked back for it all. */
  window: number;
  look: number;
  /** Weekdays that occur, Monday 0; empty unless daily. */
  weekdays: number[];
  /** Pairs of yearly waves. */
  waves: number;
  regressors: { id: string; part: PartId }[];
  /** Periods of the series the model learned from. */
  length: number;
  /** [≤ look] the newest values, as the model sees them, and the first days of their periods. */
  tail: number[];
  tailDays: number[];
  /** First day of the last period with a holiday; null without any. */
  lastHoliday: number | null;
}

const longestWeek = 7;
/** Weeks that make a weekday's habit. */
export const weeksOfWindow = 4;
/** Window of a weekly or monthly series. */
const periodsOfWindow = 4;
const year = { months: 12, days: 365.25 };
/** Steps learned at most: a quarter of daily sales, half a year of weeks, a year and a half of months. */
const mostSteps = { day: 13, week: 26, month: 18 };
const wavesOf = { day: 3, week: 3, month: 0 };
/** Below this share of positive values there are no logarithms. */
const positiveShare = 0.95;
/** A day or week counts in logarithms as at least this share of the median: a day at 0.01 is no news about others. */
const leastShare = 0.05;

/** Fewest periods to learn from. */
export const leastHistory = (period: number): number =>
  period <= 1 ? 16 : period <= longestWeek ? 8 * period : 2 * period;

/** Reads scale, season and reach off the series. @param y [n] currency units @returns the plan and [n] what models see */
export function planLags(
  y: Float64Array,
  { period, horizon, covariates }: FitContext,
): { plan: LagPlan; z: Float64Array } {
  const { frequency, days, regressors } = covariates;
  const n = y.length;
  const week = frequency === 'day' && period > 1 && period <= longestWeek ? period : 1;
  const { scale, unit, floor } = scaleOf(y, frequency);
  const seen = y.map((value) => (scale === 'log' ? Math.log(Math.max(value, floor)) : value / unit));
  const seasonal = (week > 1 || (frequency === 'month' && period === year.months)) && isSeasonal(seen, period);
  const season = seasonal ? seasonalFactors(seen, period, 'additive', true) : [];
  const z = seasonal ? seen.map((value, t) => value - season[t % period]) : seen;
  const window = week > 1 ? weeksOfWindow * week : periodsOfWindow;
  const look = Math.max(2 * window, frequency === 'month' && period === year.months ? year.months : 0);
  const reach = mostSteps[frequency] * (week > 1 ? week : 1);
  const steps = Math.max(1, Math.min(horizon, reach, Math.floor((n - window) / 2)));
  const span = days[n - 1] - days[0];
  const ahead = Math.ceil((span / Math.max(1, n - 1)) * steps);
  const used = regressors.filter(({ values }) => values.some((value) => value !== 0));
  const holidays = days.filter((_, t) => used.some(({ part, values }) => part === 'holidays' && values[t] > 0));
  const plan: LagPlan = {
    ...{ frequency, week, scale, unit, season, steps, alpha: 0.1, window, look },
    weekdays: frequency === 'day' ? [...new Set(days.map(weekdayOf))].sort() : [],
    waves: span >= year.days + ahead ? wavesOf[frequency] : 0,
    regressors: used.map(({ id, part }) => ({ id, part })),
    length: n,
    tail: Array.from(z.subarray(-look)),
    tailDays: Array.from(days.subarray(-look)),
    lastHoliday: holidays.length > 0 ? holidays[holidays.length - 1] : null,
  };
  return { plan, z };
}

function scaleOf(y: Float64Array, frequency: Frequency): Pick<LagPlan, 'scale' | 'unit'> & { floor: number } {
  const positive = y.filter((value) => value > 0).length / y.length;
  const middle = quantile(ascending(y), 0.5);
  const log = frequency === 'month' ? positive === 1 : positive >= positiveShare;
  if (!log) return { scale: 'linear', unit: mean(y.map(Math.abs)) || 1, floor: 0 };
  return { scale: 'log', unit: 1, floor: frequency === 'month' ? 0 : leastShare * middle };
}

/** Angle of a day in the year, in radians. */
export const yearAngle = (day: number): number => (2 * Math.PI * day) / year.days;
