import { ridge } from './ridge.ts';

export interface RobustFit {
  /** [p] */
  coefficients: Float64Array;
  /** [n] y − X b, of rows with weight 0 too. */
  residuals: Float64Array;
  /** Median of |residual| / 0.6745 over the rows with weight: the standard deviation of normal residuals. */
  scale: number;
}

/** Efficiency of 95 % under normal residuals. */
const bisquare = 4.685;
const huber = 1.345;
const normalMedian = 0.6745;
const huberRounds = 10;
const mostRounds = 200;
const tolerance = 1e-7;

/** Median of a list in any order; NaN for an empty one. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

const scaleOf = (residuals: Float64Array, weights: ArrayLike<number>): number =>
  median(residuals.map(Math.abs).filter((_, t) => weights[t] > 0)) / normalMedian;

function residualsOf(X: Float64Array, y: Float64Array, b: Float64Array): Float64Array {
  const p = b.length;
  return y.map((value, t) => {
    let fitted = 0;
    for (let i = 0; i < p; i++) fitted += X[t * p + i] * b[i];
    return value - fitted;
  });
}

const huberWeight = (u: number): number => (Math.abs(u) <= huber ? 1 : huber / Math.abs(u));
const bisquareWeight = (u: number): number => (Math.abs(u) >= bisquare ? 0 : (1 - (u / bisquare) ** 2) ** 2);

/**
 * Linear regression that a few wild values cannot bend: iteratively reweighted least squares, first with Huber's
 * weights, from there with Tukey's bisquare, the scale by the median absolute residual in every round. O(rounds·n·p²).
 * @param X [n·p] row-major
 * @param y [n]
 * @param weights [n] 0 leaves a row out of the fit
 * @param penalty [p] ridge penalty in observations of unit variance
 * Reference: Huber 1981, Robust Statistics, §7.8; as R's MASS::rlm(psi = psi.bisquare).
 */
export function robustRegression(
  X: Float64Array,
  y: Float64Array,
  weights: ArrayLike<number>,
  penalty: ArrayLike<number>,
): RobustFit {
  let coefficients = ridge(X, y, weights, penalty);
  let residuals = residualsOf(X, y, coefficients);
  let scale = scaleOf(residuals, weights);
  for (let round = 0; round < mostRounds && scale > 0; round++) {
    const weightOf = round < huberRounds ? huberWeight : bisquareWeight;
    const now = residuals.map((value, t) => weights[t] * weightOf(value / scale));
    coefficients = ridge(X, y, now, penalty);
    const next = residualsOf(X, y, coefficients);
    let moved = 0;
    for (let t = 0; t < next.length; t++) moved = Math.max(moved, Math.abs(next[t] - residuals[t]));
    residuals = next;
    const settled = moved < tolerance * scale;
    scale = scaleOf(residuals, weights);
    if (settled && round >= huberRounds) break;
    if (settled) round = Math.max(round, huberRounds - 1);
  }
  return { coefficients, residuals, scale };
}
