import type { Frequency, MarkedDays, SalesSeries } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { dayNumber } from '../sales/sale-lines.ts';
import { weekdayOf } from '../series/calendar.ts';
import { mean } from '../numeric/statistics.ts';

/** 1/10 000 currency unit. */
export const moneyPerUnit = 10_000;
/** Currency units as whole 1/10 000; never −0, which JSON would turn into 0. */
export const wholeMoney = (value: number): number => Math.round(value * moneyPerUnit) || 0;
/** PRODUCT.md: below this many periods there is no forecast. */
export const leastPeriods = 6;

/** What models learn from: one number per open period, without holes. */
export interface TrainingInput {
  frequency: Frequency;
  /** [n] currency units; gaps stand filled (see fillGaps), so that the season keeps its step. */
  y: Float64Array;
  /** [n] currency units, as the data have them; forecasts are scored against these. */
  actual: Float64Array;
  /** [n] 0: missing in the data or closed, never scored. */
  known: Uint8Array;
  /** [n] 0: filled in `y`. */
  learned: Uint8Array;
  /** [n] first day of the period, days since 1970-01-01. */
  days: Int32Array;
  /** Index of each period in the series' arrays. */
  index: Int32Array;
  /** Periods of one season: open days of a week, 52 weeks, 12 months; 1 before two full seasons are there. */
  period: number;
  /** The business sells on nearly every open period. */
  dense: boolean;
  marked: MarkedDays[];
}

/** A business that sells on at least this share of its open days did not choose to sell nothing on the others. */
const denseShare = 0.9;
const seldomShare = 0.5;

/**
 * Turns a series into what models learn from: closed days and partial periods are left out, missing periods (and, in a
 * business that sells nearly every open day, days without a sale) are filled for the models' eyes only.
 * @throws AppError 'not-enough-data' below six usable periods, or when the data are summed more coarsely than asked
 */
export function trainingInput(series: SalesSeries): TrainingInput {
  refuseCoarseData(series);
  const index = series.status.flatMap((status, i) => (isUsable(series, i) && status !== 'partial' ? [i] : []));
  const usable = index.filter((i) => series.status[i] !== 'missing' && series.status[i] !== 'closed').length;
  if (usable < leastPeriods) {
    const unit = { day: 'open days', week: 'whole weeks', month: 'whole months' }[series.frequency];
    throw new AppError(
      'not-enough-data',
      `A forecast needs at least ${leastPeriods} ${unit} of sales; there are ${usable}. Import more history or choose a shorter period.`,
      { needed: leastPeriods, given: usable, frequency: series.frequency },
    );
  }
  const period = seasonOf(series, index.length);
  const status = index.map((i) => series.status[i]);
  const open = status.filter((one) => one === 'sold' || one === 'zero').length;
  const dense = status.filter((one) => one === 'sold').length >= denseShare * open;
  const noDemand = status.map((one) => one === 'missing' || one === 'closed');
  const gap = status.map((one, t) => noDemand[t] || (one === 'zero' && dense && series.frequency === 'day'));
  const values = Float64Array.from(index, (i) => series.values[i] / moneyPerUnit);
  return {
    frequency: series.frequency,
    y: fillGaps(values, gap, period),
    actual: values,
    learned: Uint8Array.from(gap, (one) => (one ? 0 : 1)),
    known: Uint8Array.from(noDemand, (one) => (one ? 0 : 1)),
    days: Int32Array.from(index, (i) => dayNumber(series.dates[i])),
    index: Int32Array.from(index),
    period,
    dense,
    marked: series.marked,
  };
}

/** Most periods sold nothing: the chance of a sale and its size are forecast apart. */
export function isSeldomSold({ actual, known }: Pick<TrainingInput, 'actual' | 'known'>): boolean {
  const count = known.reduce((sum, one) => sum + one, 0);
  const empty = actual.reduce((sum, value, t) => sum + (known[t] && value === 0 ? 1 : 0), 0);
  return empty > seldomShare * count && empty < count;
}

function refuseCoarseData({ notes, frequency }: SalesSeries): void {
  const coarse = notes.find(({ code }) => code === 'series-summed-by-month' || code === 'series-summed-by-week');
  if (!coarse) return;
  const unit = coarse.code.endsWith('month') ? 'month' : 'week';
  throw new AppError('not-enough-data', `These data hold one amount a ${unit}: choose a forecast by ${unit}.`, {
    frequency,
    grain: unit,
  });
}

/** Days on closed weekdays are no demand, even where one of them sold. */
const isUsable = ({ frequency, dates, openWeekdays }: SalesSeries, i: number): boolean =>
  frequency !== 'day' || openWeekdays[weekdayOf(dayNumber(dates[i]))];

function seasonOf({ frequency, openWeekdays }: SalesSeries, n: number): number {
  const full = { day: openWeekdays.filter(Boolean).length, week: 52, month: 12 }[frequency];
  return n >= 2 * full ? full : 1;
}

/**
 * Fills each gap with the mean of the nearest known values at the same place of the season, before and after it.
 * Only models see these numbers: the series, its sums and the scores never do.
 */
function fillGaps(values: Float64Array, gap: boolean[], period: number): Float64Array {
  const nearest = (from: number, step: number): number | null => {
    for (let i = from + step; i >= 0 && i < values.length; i += step) if (!gap[i]) return values[i];
    return null;
  };
  return values.map((value, i) => {
    if (!gap[i]) return value;
    const around = [nearest(i, -period), nearest(i, period)].filter((one) => one !== null);
    const fallback = [nearest(i, -1), nearest(i, 1)].filter((one) => one !== null);
    return mean(around.length > 0 ? around : fallback);
  });
}
