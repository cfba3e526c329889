import { covariatesOf } from '../forecasting/covariates.ts';
import { weekdayOf } from '../series/calendar.ts';
import type { UsablePeriods } from './usable-periods.ts';

/** What sales may depend on, as columns of a regression. */
export interface SalesInput {
  id: 'trend' | 'weekday' | 'year' | 'holidays' | 'events';
  /** Each [n]. */
  columns: Float64Array[];
  /** Ridge penalty of each column, in observations. */
  penalty: number;
}

const daysPerYear = 365.25;
const fullYears = 2;
/** Waves a year: ten bend within eighteen days, enough for a Christmas season; months cannot show more than three. */
const waves = { day: 10, week: 10, month: 3 } as const;
/** Prior weight of "no season" and of "no effect", in periods: an event of one day keeps half of its day. */
const penalties = { trend: 1e-6, weekday: 1e-3, year: 1, holidays: 1, events: 1 } as const;

/** A time of the year can be told only when it was there twice. */
export const hasTwoYears = ({ days, frequency }: UsablePeriods): boolean => {
  const last = { day: 1, week: 7, month: 28 }[frequency];
  return days.length > 0 && days[days.length - 1] - days[0] + last >= Math.floor(fullYears * daysPerYear);
};

function weekdayColumns({ days, frequency }: UsablePeriods): Float64Array[] {
  if (frequency !== 'day') return [];
  const found = [...new Set(Array.from(days, weekdayOf))].sort((a, b) => a - b);
  return found.slice(1).map((weekday) => Float64Array.from(days, (day) => (weekdayOf(day) === weekday ? 1 : 0)));
}

function yearColumns(periods: UsablePeriods, most: number): Float64Array[] {
  if (!hasTwoYears(periods)) return [];
  const { days, frequency } = periods;
  return Array.from({ length: 2 * Math.min(most, waves[frequency]) }, (_, k) =>
    Float64Array.from(days, (day) => {
      const angle = (2 * Math.PI * (1 + (k >> 1)) * day) / daysPerYear;
      return k % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }),
  );
}

function trendColumns({ days }: UsablePeriods): Float64Array[] {
  const span = Math.max(1, days[days.length - 1] - days[0]);
  const time = Float64Array.from(days, (day) => (day - days[0]) / span - 0.5);
  return [time, time.map((value) => value * value)];
}

/**
 * Trend, weekday, time of the year (after two years), holidays and events; inputs without a column are left out.
 * @param mostWaves waves a year at most
 */
export function salesInputs(periods: UsablePeriods, mostWaves = Number.POSITIVE_INFINITY): SalesInput[] {
  const { regressors } = covariatesOf(periods.frequency, periods.days, periods.marked);
  const marks = (part: 'holidays' | 'events') =>
    regressors.filter((one) => one.part === part && one.values.some((value) => value > 0)).map(({ values }) => values);
  const columns: [SalesInput['id'], Float64Array[]][] = [
    ['trend', trendColumns(periods)],
    ['weekday', weekdayColumns(periods)],
    ['year', yearColumns(periods, mostWaves)],
    ['holidays', marks('holidays')],
    ['events', marks('events')],
  ];
  return columns
    .filter(([, list]) => list.length > 0)
    .map(([id, list]) => ({ id, columns: list, penalty: penalties[id] }));
}

/** Row-major matrix of a constant and the inputs' columns, and the penalty of each column. */
export function designOf(inputs: SalesInput[], n: number): { X: Float64Array; penalty: Float64Array } {
  const columns = inputs.flatMap((input) => input.columns);
  const p = columns.length + 1;
  const X = new Float64Array(n * p);
  for (let t = 0; t < n; t++) {
    X[t * p] = 1;
    for (let i = 1; i < p; i++) X[t * p + i] = columns[i - 1][t];
  }
  const penalty = [1e-9, ...inputs.flatMap((input) => input.columns.map(() => input.penalty))];
  return { X, penalty: Float64Array.from(penalty) };
}
