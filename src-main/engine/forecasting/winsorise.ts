import { ascending, quantile } from '../numeric/statistics.ts';
import type { Covariates } from './covariates.ts';

/** Days are compared with the same day of the season in this many seasons before and after. */
const seasonsAround = 4;
/** Robust standard deviations; Tukey's outer fence of a normal distribution lies at 4.7. */
const fence = 3;
/** Turns a median absolute deviation into a standard deviation (normal distribution). */
const perDeviation = 1.4826;

const median = (values: ArrayLike<number>): number => quantile(ascending(values), 0.5);

/**
 * Pulls single extreme periods back to the fence around their neighbours, so that one order does not bend the trend.
 * Periods with a holiday or an event stay as they are: they have their own term.
 * @param y [n]  @param period periods of one season
 * @returns [n] a copy
 */
export function winsorise(y: Float64Array, period: number, { regressors }: Covariates): Float64Array {
  const usual = y.map((_, t) => {
    const around: number[] = [];
    for (let s = -seasonsAround; s <= seasonsAround; s++) {
      const i = t + s * period;
      if (i >= 0 && i < y.length) around.push(y[i]);
    }
    return median(around);
  });
  const size = (t: number) => Math.abs(usual[t]);
  // Relative to the neighbours: busy weeks vary more.
  const relative = y.map((value, t) => (size(t) > 0 ? (value - usual[t]) / size(t) : 0));
  const limit = fence * perDeviation * median(relative.map(Math.abs));
  return y.map((value, t) => {
    if (Math.abs(relative[t]) <= limit || regressors.some(({ values }) => values[t] > 0)) return value;
    return usual[t] + Math.sign(relative[t]) * limit * size(t);
  });
}
