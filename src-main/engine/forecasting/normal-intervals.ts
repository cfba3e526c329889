import { normalQuantile } from '../numeric/normal.ts';
import type { Interval } from './model.ts';

/**
 * Symmetric intervals of a normal forecast distribution, one per level.
 * @param point [h]
 * @param deviation [h] standard deviation of the forecast error, same unit
 */
export const normalIntervals = (point: Float64Array, deviation: Float64Array, levels: number[]): Interval[] =>
  levels.map((level) => {
    const z = normalQuantile((1 + level) / 2);
    return {
      level,
      lower: point.map((value, j) => value - z * deviation[j]),
      upper: point.map((value, j) => value + z * deviation[j]),
    };
  });
