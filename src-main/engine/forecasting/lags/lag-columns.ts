import { ascending, mean, populationVariance, quantile } from '../../numeric/statistics.ts';
import { weekdayOf } from '../../series/calendar.ts';
import type { PartId } from '../model.ts';
import { type LagPlan, weeksOfWindow, yearAngle } from './lag-plan.ts';

/** What is known at the moment of forecasting: everything up to the last period, as the model sees values. */
export interface Origin {
  /** Smoothed level: what the model's answer is counted from. */
  level: number;
  /** Newest first. */
  recent: Float64Array;
  /** [week] mean of the window's weeks for the 1st, 2nd … period ahead, and their median; one entry without a week. */
  usual: Float64Array;
  median: Float64Array;
  /** Means over a quarter, half, all and twice the window. */
  short: number;
  half: number;
  flat: number;
  long: number;
  spread: number;
  /** [2·waves] mean of the yearly waves, weighted as in the level. */
  waves: Float64Array;
}

/** What is known of a period to forecast. */
export interface Target {
  /** First day, days since 1970-01-01. */
  day: number;
  /** One a regressor of the plan. */
  regressors: number[];
  /** Days since the last holiday; null before the first. */
  sinceHoliday: number | null;
}

/** One input of the model. Columns of one id speak of the same thing and are shown as one. */
export interface Column {
  id: string;
  part: PartId;
  /** @param step 1 … the plan's steps, beyond that as far as asked */
  at(origin: Origin, step: number, target: Target): number;
}

const daysAfterHoliday = 7;
const lags = 3;

/**
 * The inputs of a plan: what recent periods say against their level, the calendar of the target, how far ahead it is.
 * Values are differences from the level (of logarithms: ratios), so that what was learned at one size of the business
 * holds at another. Contribution ids: 'trend', 'last-periods', 'rolling-average', 'spread', 'same-season', 'weekday',
 * 'day-of-month', 'time-of-year', 'after-holiday', and the regressors' own.
 */
export function lagColumns(plan: LagPlan): Column[] {
  return [...recentColumns(plan), ...seasonColumns(plan), ...calendarColumns(plan)];
}

function recentColumns({ week, steps }: LagPlan): Column[] {
  const ahead = (step: number) => Math.min(step, steps) / steps;
  const usualAgo = (origin: Origin, lag: number) => origin.usual[(week - (lag % week)) % week];
  const column = (id: string, part: PartId, at: Column['at']): Column => ({ id, part, at });
  return [
    column('trend', 'trend', (_, step) => ahead(step)),
    column('trend', 'trend', (origin, step) => ahead(step) * (origin.level - origin.long)),
    ...Array.from({ length: lags }, (_, lag) =>
      // Against its own weekday's mean: the newest period stands where the last place of the week ahead stands.
      column('last-periods', 'recent', (origin) => origin.recent[lag] - usualAgo(origin, lag + 1)),
    ),
    column('rolling-average', 'recent', ({ short, level }) => short - level),
    column('rolling-average', 'recent', ({ half, level }) => half - level),
    column('rolling-average', 'recent', ({ flat, level }) => flat - level),
    column('rolling-average', 'recent', ({ long, level }) => long - level),
    column('spread', 'recent', ({ spread }) => spread),
  ];
}

/** The same weekday, or the same month a year before. */
function seasonColumns({ week, look, window, frequency }: LagPlan): Column[] {
  const place = (step: number) => (step - 1) % week;
  if (week > 1) {
    const back = (weeks: number) => (origin: Origin, step: number) =>
      origin.recent[weeks * week - 1 - place(step)] - origin.usual[place(step)];
    return [
      { id: 'weekday', part: 'weekly', at: ({ usual, flat }, step) => usual[place(step)] - flat },
      { id: 'weekday', part: 'weekly', at: ({ median, usual }, step) => median[place(step)] - usual[place(step)] },
      { id: 'same-season', part: 'recent', at: back(1) },
      { id: 'same-season', part: 'recent', at: back(2) },
    ];
  }
  if (frequency !== 'month' || look <= 2 * window) return [];
  // Twelve months are looked back: their mean is what last year's month is held against.
  return [
    {
      id: 'same-season',
      part: 'recent',
      at: ({ recent }, step) => recent[look - 1 - ((step - 1) % look)] - mean(recent.subarray(0, look)),
    },
  ];
}

function calendarColumns({ weekdays, waves, regressors, frequency }: LagPlan): Column[] {
  const columns: Column[] = [];
  for (const weekday of weekdays.slice(1)) {
    const is = (day: number) => (weekdayOf(day) === weekday ? 1 : 0);
    columns.push({ id: 'weekday', part: 'weekly', at: (_, _step, { day }) => is(day) });
  }
  if (frequency === 'day') {
    for (const wave of [Math.sin, Math.cos]) {
      columns.push({ id: 'day-of-month', part: 'yearly', at: (_, _step, { day }) => wave(monthAngle(day)) });
    }
  }
  for (let k = 0; k < 2 * waves; k++) {
    // Against the waves of the level's own weeks: the level already holds its time of the year.
    columns.push({
      id: 'time-of-year',
      part: 'yearly',
      at: (origin, _, { day }) => yearWave(day, k) - origin.waves[k],
    });
  }
  regressors.forEach(({ id, part }, k) => {
    columns.push({ id, part, at: (_, _step, target) => target.regressors[k] });
  });
  if (regressors.some(({ part }) => part === 'holidays')) {
    const near = (since: number | null) => (since === null ? 0 : Math.max(0, 1 - since / (daysAfterHoliday + 1)));
    columns.push({ id: 'after-holiday', part: 'holidays', at: (_, _step, target) => near(target.sinceHoliday) });
  }
  return columns;
}

const yearWave = (day: number, k: number): number => {
  const angle = (1 + (k >> 1)) * yearAngle(day);
  return k % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
};

/** Where in its month a day lies, 0 … 2π. */
function monthAngle(day: number): number {
  const date = new Date(day * 86_400_000);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return (2 * Math.PI * (date.getUTCDate() - 1)) / length;
}

/**
 * Sums up the past for every step ahead.
 * @param past values up to the last known period, oldest first, as many as the plan looks back (fewer: the level's window)
 * @param days first days of those periods
 */
export function originOf(plan: LagPlan, past: Float64Array, days: ArrayLike<number>): Origin {
  const { week, window, waves } = plan;
  const recent = past.slice().reverse();
  const newest = (count: number) => mean(recent.subarray(0, count));
  const weeks = week > 1 ? weeksOfWindow : 1;
  const sameDay = (place: number) => Float64Array.from({ length: weeks }, (_, k) => recent[(k + 1) * week - 1 - place]);
  const flat = newest(window);
  const usual = Float64Array.from({ length: week }, (_, place) => (week > 1 ? mean(sameDay(place)) : flat));
  const weights = smoothingWeights(plan.alpha, recent.length);
  const waveMean = (k: number) =>
    weights.reduce((sum, weight, i) => sum + weight * yearWave(days[days.length - 1 - i], k), 0);
  return {
    level: weights.reduce((sum, weight, i) => sum + weight * recent[i], 0),
    recent,
    usual,
    median: usual.map((value, place) => (week > 1 ? quantile(ascending(sameDay(place)), 0.5) : value)),
    short: newest(week > 1 ? week : 2),
    half: newest(week > 1 ? 2 * week : 3),
    flat,
    long: newest(Math.min(recent.length, 2 * window)),
    spread: Math.sqrt(populationVariance(recent.subarray(0, window))),
    waves: Float64Array.from({ length: 2 * waves }, (_, k) => waveMean(k)),
  };
}

/** Weights of exponential smoothing over the periods looked back, newest first; their sum is 1. */
function smoothingWeights(alpha: number, count: number): number[] {
  const weights = Array.from({ length: count }, (_, i) => (1 - alpha) ** i);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
