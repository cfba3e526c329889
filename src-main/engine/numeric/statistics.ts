import type { Quartiles } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';

/** Arithmetic mean; the array must not be empty. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Population variance (divided by n), in two passes; the array must not be empty. */
export function populationVariance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2;
  return sum / values.length;
}

/** An ascending copy. */
export const ascending = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort();

/**
 * Quantile with linear interpolation between order statistics (type 7, numpy's and R's default).
 * @param sorted [n] ascending, n ≥ 1
 * @param p 0..1
 * Reference: Hyndman & Fan 1996, The American Statistician 50(4), definition 7.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/**
 * Minimum, quartiles, maximum and mean.
 * @param values [n] finite numbers
 * @throws AppError 'no-data' when n = 0. O(n log n).
 */
export function quartiles(values: ArrayLike<number>): Quartiles {
  if (values.length === 0) throw new AppError('no-data', 'There are no values to summarise.');
  const sorted = ascending(values);
  return {
    min: sorted[0],
    q1: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q3: quantile(sorted, 0.75),
    max: sorted[sorted.length - 1],
    mean: mean(values),
  };
}
