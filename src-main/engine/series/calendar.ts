import type { MarkedDays, PeriodStatus } from '../../../src-shared/domain.ts';
import { dayNumber } from '../sales/sale-lines.ts';

/** Net sales per calendar day, without holes: index 0 is `firstDay`. */
export interface DailySales {
  /** Days since 1970-01-01. */
  firstDay: number;
  /** [n] net revenue in 1/10 000 currency unit. */
  amounts: Float64Array;
  /** [n] sale lines of the day; 0: the day has no row. */
  counts: Int32Array;
}

/** One amount a day, a week or a month: how finely the data themselves are kept. */
export type Grain = 'day' | 'week' | 'month';

const daysPerWeek = 7;
/** A weekday is judged by its last year, so that a change of opening hours shows up within months. */
const judgedDays = 364;
const closedShare = 0.8;
/** Against the busiest weekday: a product sold on one day in ten is slow, not closed on nine. */
const closedAgainstBest = 0.25;
const leastOccurrences = 2;
const leastMissingRun = 3;
const missingChance = 0.001;

/** Monday 0 … Sunday 6 of days since 1970-01-01 (a Thursday). */
export const weekdayOf = (day: number): number => (((day + 3) % daysPerWeek) + daysPerWeek) % daysPerWeek;

/** 1970-01-05, the first Monday. */
const firstMonday = 4;

/** Weeks since 1970-01-05 of days since 1970-01-01; weeks start on Monday (ISO 8601). */
export const weekOf = (day: number): number => Math.floor((day - firstMonday) / daysPerWeek);

/** Monday of a week given as weeks since 1970-01-05, in days since 1970-01-01. */
export const weekStart = (week: number): number => week * daysPerWeek + firstMonday;

/** Months since 1970-01 of days since 1970-01-01. */
export function monthOf(day: number): number {
  const date = new Date(day * 86_400_000);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** First day of a month given as months since 1970-01, in days since 1970-01-01. */
export const monthStart = (month: number): number => Date.UTC(1970, month, 1) / 86_400_000;

/**
 * Finds the weekdays on which the business trades: a weekday without a sale on 80 % or more of its dates in the last
 * year, and sold on at most a quarter as often as the busiest weekday, is closed. Unseen weekdays count as open.
 * @returns [7] Monday first
 */
export function findOpenWeekdays(daily: DailySales): boolean[] {
  const seen = new Array<number>(daysPerWeek).fill(0);
  const sold = new Array<number>(daysPerWeek).fill(0);
  const n = daily.counts.length;
  for (let i = Math.max(0, n - judgedDays); i < n; i++) {
    const weekday = weekdayOf(daily.firstDay + i);
    seen[weekday]++;
    if (daily.counts[i] > 0) sold[weekday]++;
  }
  const shares = sold.map((count, weekday) => (seen[weekday] > 0 ? count / seen[weekday] : 0));
  const best = Math.max(...shares);
  return shares.map(
    (share, weekday) =>
      seen[weekday] < leastOccurrences || 1 - share < closedShare || share > closedAgainstBest * best || best === 0,
  );
}

/**
 * Says of each calendar day whether it sold, was closed, sold nothing, or is missing. A run of open days without a
 * sale is missing (a holiday closure or a hole in the import) when it lasts three open days or more and would happen
 * by chance less than once in a thousand, given how often the business sells on an open day. The run that reaches the
 * last day is never missing: the data say that nothing sells any more.
 * @param closures days since 1970-01-01 on which the business was closed; one that sold after all is sold
 * @returns [n] one status a day
 */
export function dayStatuses(
  daily: DailySales,
  openWeekdays: boolean[],
  closures: ReadonlySet<number> = new Set(),
): PeriodStatus[] {
  const n = daily.counts.length;
  const status = new Array<PeriodStatus>(n);
  let open = 0;
  let sold = 0;
  for (let i = 0; i < n; i++) {
    const isOpen = openWeekdays[weekdayOf(daily.firstDay + i)] && !closures.has(daily.firstDay + i);
    if (isOpen) open++;
    if (isOpen && daily.counts[i] > 0) sold++;
    status[i] = daily.counts[i] > 0 ? 'sold' : isOpen ? 'zero' : 'closed';
  }
  const emptyChance = open > 0 ? 1 - sold / open : 1;
  let run: number[] = [];
  for (let i = 0; i < n; i++) {
    if (status[i] === 'zero') run.push(i);
    if (status[i] !== 'sold') continue;
    if (run.length >= leastMissingRun && emptyChance ** run.length < missingChance) {
      for (const day of run) status[day] = 'missing';
    }
    run = [];
  }
  return status;
}

/** The days, since 1970-01-01, that are marked as closed. */
export function closedDays(marked: MarkedDays[]): Set<number> {
  const days = new Set<number>();
  for (const { kind, from, to } of marked)
    if (kind === 'closed') for (let day = dayNumber(from); day <= dayNumber(to); day++) days.add(day);
  return days;
}

/** Open days without a sale at the very end of the data. */
export function trailingEmptyDays(status: PeriodStatus[]): number {
  let count = 0;
  for (let i = status.length - 1; i >= 0 && status[i] !== 'sold'; i--) if (status[i] === 'zero') count++;
  return count;
}

/**
 * Tells amounts that were already summed per week or month from daily ones: at most one dated row per month (or one
 * row a week, always on one weekday), three rows at least, and regular enough to be a habit.
 */
export function findGrain(daily: DailySales): Grain {
  const days: number[] = [];
  for (let i = 0; i < daily.counts.length; i++) if (daily.counts[i] > 0) days.push(daily.firstDay + i);
  if (days.length < 3) return 'day';
  const gaps = days.slice(1).map((day, i) => day - days[i]);
  const onePerMonth = days.slice(1).every((day, i) => monthOf(day) > monthOf(days[i]));
  const monthly = gaps.filter((gap) => gap >= 28 && gap <= 31).length;
  if (onePerMonth && monthly >= closedShare * gaps.length) return 'month';
  const weekly = gaps.filter((gap) => gap === daysPerWeek).length;
  if (gaps.every((gap) => gap % daysPerWeek === 0) && weekly >= closedShare * gaps.length) return 'week';
  return 'day';
}

/**
 * Dates ('MM-DD') on which the business did not trade in any year of the data, twice at least on a day it would have
 * been open (Christmas, New Year's Day). A closed weekday between two such days counts as part of the closure.
 * @param dates [n] consecutive days
 * @param status [n]
 */
export function closedEveryYear(dates: string[], status: PeriodStatus[]): Set<string> {
  const empty = (one: PeriodStatus | undefined) => one === 'zero' || one === 'missing';
  const times = new Map<string, number>();
  const sold = new Set<string>();
  const nextOpen = (i: number, step: number) => {
    let k = i + step;
    while (status[k] === 'closed') k += step;
    return status[k];
  };
  status.forEach((one, i) => {
    const date = dates[i].slice(5);
    if (one === 'sold') sold.add(date);
    const inside = one === 'closed' && empty(nextOpen(i, -1)) && empty(nextOpen(i, 1));
    if (empty(one) || inside) times.set(date, (times.get(date) ?? 0) + 1);
  });
  return new Set([...times].filter(([date, count]) => count >= 2 && !sold.has(date)).map(([date]) => date));
}
