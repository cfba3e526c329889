import type { Fitted, Forecast } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';

/** What the three models for slow sellers leave behind: one level that goes on. */
export interface SlowDemand extends Fitted {
  /** Expected sales of a period, currency units. */
  level: number;
  /** Root mean square of the one-step errors since the first sale. */
  deviation: number;
}

/**
 * Fixed, in the range 0.05–0.2 that Syntetos & Boylan 2005 use and R's forecast::croston takes: on sparse series the
 * usual in-sample errors are poor guides (Kourentzes 2014, International Journal of Production Economics 156).
 */
export const smoothing = 0.1;
export const leastPeriods = 6;

/** One period of a slow seller. */
export interface SlowStep {
  /** The period's sales; 0: none. */
  value: number;
  /** Periods since the last sale, this one included. */
  waited: number;
}

/**
 * Walks through a series from its first sale on and collects the one-step errors.
 * @param first makes the state at the first sale  @param next the state after a later period  @param level of a state
 * @returns a level of 0 when nothing was ever sold
 */
export function learnSlowDemand<State>(
  y: Float64Array,
  first: (step: SlowStep) => State,
  next: (state: State, step: SlowStep) => State,
  level: (state: State) => number,
): SlowDemand {
  const start = y.findIndex((value) => value !== 0);
  if (start < 0) return { version: 1, level: 0, deviation: 0 };
  let state = first({ value: y[start], waited: start + 1 });
  let waited = 0;
  let squares = 0;
  for (let t = start + 1; t < y.length; t++) {
    squares += (y[t] - level(state)) ** 2;
    waited++;
    state = next(state, { value: y[t], waited });
    if (y[t] !== 0) waited = 0;
  }
  return { version: 1, level: level(state), deviation: Math.sqrt(squares / Math.max(1, y.length - 1 - start)) };
}

/** The level goes on; its variance grows as that of exponential smoothing (FPP3 §8.7). */
export function continueSlowDemand({ level, deviation }: SlowDemand, horizon: number, levels: number[]): Forecast {
  const point = new Float64Array(horizon).fill(level);
  const spread = point.map((_, j) => deviation * Math.sqrt(1 + j * smoothing ** 2));
  return {
    point,
    intervals: normalIntervals(point, spread, levels),
    contributions: [{ id: 'level', part: 'trend', values: point.slice() }],
  };
}
