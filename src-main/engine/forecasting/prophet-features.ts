import type { Covariates } from './covariates.ts';
import type { PartId } from './model.ts';

/** Harmonics of each season; 0: the season is left out. */
export interface SeasonOrders {
  weekly: number;
  yearly: number;
}

/** One explained part of the series: a season's harmonics, a holiday or an event. */
export interface ProphetTerm {
  id: string;
  part: PartId;
  /** [features][n] */
  columns: Float64Array[];
}

const daysPerWeek = 7;
const daysPerYear = 365.25;
/** Prophet's defaults; of a year with few periods only as many harmonics as they can tell apart. */
const weeklyOrder = 3;
const yearlyOrder = { day: 10, week: 10, month: 5 };
const leastWeeks = 2;
/** A year seen once and half again shows in days; weeks and months have too few points for that. */
const leastYears = { day: 1.5, week: 2, month: 2 };
/** The longest: 24 months are two years wherever they begin. */
const periodDays = { day: 1, week: 7, month: 31 };

/** Weekly seasons for days from two weeks on; yearly ones from two full years on, for days from one and a half. */
export function seasonOrders({ frequency, days }: Covariates): SeasonOrders {
  const covered = days[days.length - 1] - days[0] + periodDays[frequency];
  return {
    weekly: frequency === 'day' && covered >= leastWeeks * daysPerWeek ? weeklyOrder : 0,
    yearly: covered >= leastYears[frequency] * 365 ? yearlyOrder[frequency] : 0,
  };
}

/** Pairs of sine and cosine: [2 · order][n]. Reference: Taylor & Letham 2018, §3.2; days count from 1970-01-01. */
function harmonics(days: Int32Array, period: number, order: number): Float64Array[] {
  return Array.from({ length: 2 * order }, (_, i) => {
    const wave = i % 2 === 0 ? Math.sin : Math.cos;
    const turns = (2 * Math.PI * ((i >> 1) + 1)) / period;
    return Float64Array.from(days, (day) => wave(turns * day));
  });
}

/** All terms of a stretch of periods, past or future, in the order of the model's coefficients. */
export function prophetTerms({ days, regressors }: Covariates, { weekly, yearly }: SeasonOrders): ProphetTerm[] {
  const seasons: ProphetTerm[] = [
    { id: 'weekly', part: 'weekly', columns: harmonics(days, daysPerWeek, weekly) },
    { id: 'yearly', part: 'yearly', columns: harmonics(days, daysPerYear, yearly) },
  ];
  const marked = regressors.map(({ id, part, values }): ProphetTerm => ({ id, part, columns: [values] }));
  return [...seasons.filter(({ columns }) => columns.length > 0), ...marked];
}
