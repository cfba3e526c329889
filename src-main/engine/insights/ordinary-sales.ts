import { median, robustRegression } from '../numeric/robust-regression.ts';
import { findLevelShifts, type LevelShift } from './level-shifts.ts';
import { designOf, type SalesInput, salesInputs } from './sales-inputs.ts';
import type { UsablePeriods } from './usable-periods.ts';

/** What each period would ordinarily sell, on the scale of `UsablePeriods.y`. */
export interface OrdinarySales {
  /** [n] expected: season and marks, and the level of the periods around. */
  expected: Float64Array;
  /** [n] y − season and marks: the level with what is left. */
  levelled: Float64Array;
  /** Standard deviations of what is left, above and below. */
  above: number;
  below: number;
  /** Periods beyond the parameters that were fitted: how well the deviations are known. */
  freedom: number;
  shifts: LevelShift[];
}

/** Periods on each side of the running median that follows the level, and of the window of a level shift. */
const levelHalf = { day: 14, week: 8, month: 0 } as const;
const shiftHalf = { day: 42, week: 13, month: 9 } as const;
/** Fewer periods than this tell nothing about the two sides apart. */
const leastForSides = 100;
const normalMedian = 0.6745;

/** Median of the known values around each place, `half` on each side; near the ends the nearest 2·half + 1. */
function runningMedian(u: Float64Array, use: Uint8Array, half: number): Float64Array {
  const places = Int32Array.from(u.keys()).filter((t) => use[t] === 1);
  const values = Float64Array.from(places, (t) => u[t]);
  const width = Math.min(values.length, 2 * half + 1);
  let nearest = 0;
  return u.map((_, t) => {
    while (nearest + 1 < places.length && places[nearest + 1] <= t) nearest++;
    const first = Math.min(Math.max(0, nearest - half), values.length - width);
    return median(values.subarray(first, first + width));
  });
}

/** Standard deviation of single periods around the level they stand on, whatever that does. */
function besideLevel(levelled: Float64Array, learned: Uint8Array): number {
  const level = runningMedian(levelled, learned, 7);
  return (
    median(levelled.map((value, t) => Math.abs(value - level[t])).filter((_, t) => learned[t] === 1)) / normalMedian
  );
}

/** Standard deviation of residuals on one side of zero, by their median. */
const oneSided = (residuals: Float64Array, sign: number): number =>
  median(residuals.filter((value) => value * sign > 0).map(Math.abs)) / normalMedian;

const stepInput = (shifts: LevelShift[], n: number): SalesInput => ({
  id: 'trend',
  columns: shifts.map(({ at }) => Float64Array.from({ length: n }, (_, t) => (t >= at ? 1 : 0))),
  penalty: 1e-3,
});

/**
 * Ordinary sales by robust regression on weekday, time of the year, trend, holidays and events, with a step at each
 * lasting change of the level, and a running median that follows what the level does besides. Single wild periods
 * bend neither. The deviations are medians of what is left, corrected for the parameters that were fitted.
 * @param learned [n] 0 leaves a period out of every fit
 * @returns null where more than half of the periods are the same to the cent, so that nothing stands out by chance
 * References: Cleveland et al. 1990, Journal of Official Statistics 6(1) (robust seasonal decomposition); Tukey 1977,
 * Exploratory Data Analysis, ch. 7 (running medians); Huber 1981 (the regression).
 */
export function ordinarySales(
  periods: UsablePeriods,
  inputs = salesInputs(periods),
  learned = periods.learned,
): OrdinarySales | null {
  const { y, frequency } = periods;
  const n = y.length;
  let shifts: LevelShift[] = [];
  let fit = fitted(y, inputs, learned);
  for (let round = 0; round < 2 && fit.deviation > 0; round++) {
    // Steps of the last round stand in `levelled` as jumps, so they are found again with any new ones.
    const known = fit.levelled.map((value, t) => (learned[t] === 1 ? value : Number.NaN));
    shifts = findLevelShifts(known, besideLevel(fit.levelled, learned), shiftHalf[frequency]);
    if (shifts.length === 0) break;
    fit = fitted(y, [...inputs, stepInput(shifts, n)], learned, shifts.length);
  }
  if (!(fit.deviation > 1e-9)) return null;
  const half = levelHalf[frequency];
  const offset = half > 0 ? runningMedian(fit.residuals, learned, half) : new Float64Array(n);
  const expected = y.map((value, t) => value - fit.residuals[t] + offset[t]);
  const rest = y.map((value, t) => value - expected[t]).filter((_, t) => learned[t] === 1);
  const level = half > 0 ? n / (2 * half + 1) : 0;
  const parameters = inputs.reduce((sum, { columns }) => sum + columns.length, 1 + shifts.length + level);
  const freedom = Math.max(rest.length / 4, rest.length - parameters);
  const correction = Math.sqrt(rest.length / freedom);
  const both = median(rest.map(Math.abs)) / normalMedian;
  const sides = rest.length >= leastForSides;
  return {
    expected,
    levelled: fit.levelled,
    above: correction * (sides ? oneSided(rest, 1) : both),
    below: correction * (sides ? oneSided(rest, -1) : both),
    freedom,
    shifts,
  };
}

interface Fitted {
  residuals: Float64Array;
  /** Residuals with the steps put back. */
  levelled: Float64Array;
  deviation: number;
}

/** @param steps how many of the last columns are steps of the level */
function fitted(y: Float64Array, inputs: SalesInput[], learned: Uint8Array, steps = 0): Fitted {
  const { X, penalty } = designOf(inputs, y.length);
  const p = penalty.length;
  const { coefficients, residuals, scale } = robustRegression(X, y, learned, penalty);
  const levelled = residuals.map((value, t) => {
    let level = value;
    for (let i = p - steps; i < p; i++) level += X[t * p + i] * coefficients[i];
    return level;
  });
  return { residuals, levelled, deviation: scale };
}
