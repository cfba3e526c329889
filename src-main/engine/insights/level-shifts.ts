import { median } from '../numeric/robust-regression.ts';
import { solveLinear } from '../numeric/linear-solve.ts';

/** From period `at` on, sales are higher or lower by `size` (on the scale of y). */
export interface LevelShift {
  at: number;
  size: number;
}

/** A wild value counts as one this many deviations away. */
const winsor = 2.5;
const leastRatio = 5;
/** In standard deviations of one period: less is no change anybody would see. */
const leastSize = 1.5;
const mostShifts = 20;

/** Pulls values further than 2.5 deviations from their side's median in to there. */
function withoutWild(side: Float64Array): Float64Array {
  const centre = median(side);
  const limit = winsor * (median(side.map((value) => Math.abs(value - centre))) / 0.6745);
  return side.map((value) => Math.min(centre + limit, Math.max(centre - limit, value)));
}

/** Least squares of a line with one slope on both sides of a jump, for windows of one length. */
class StepFit {
  private readonly n: number;
  /** [3·n] row-major: constant, time, step. */
  private readonly X: Float64Array;
  /** [3·n] the rows of (XᵀX)⁻¹Xᵀ. */
  private readonly solver: Float64Array;
  private readonly stepVariance: number;

  constructor(half: number) {
    const n = 2 * half;
    const X = Float64Array.from({ length: 3 * n }, (_, at) => {
      const k = Math.floor(at / 3);
      return [1, k - (n - 1) / 2, k < half ? 0 : 1][at % 3];
    });
    const gram = new Float64Array(9);
    for (let k = 0; k < n; k++)
      for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) gram[3 * i + j] += X[3 * k + i] * X[3 * k + j];
    const inverse = [0, 1, 2].map((i) => {
      const unit = Float64Array.from([0, 1, 2], (j) => (i === j ? 1 : 0));
      solveLinear(Float64Array.from(gram), unit);
      return unit;
    });
    this.n = n;
    this.X = X;
    this.solver = Float64Array.from({ length: 3 * n }, (_, at) => {
      const [i, k] = [Math.floor(at / n), at % n];
      return inverse[i][0] * X[3 * k] + inverse[i][1] * X[3 * k + 1] + inverse[i][2] * X[3 * k + 2];
    });
    this.stepVariance = inverse[2][2];
  }

  /** The step and its standard error, larger where what is left follows what was left a period before. */
  between(before: Float64Array, after: Float64Array): { size: number; error: number } {
    const { n, X, solver } = this;
    const values = new Float64Array(n);
    values.set(withoutWild(before));
    values.set(withoutWild(after), before.length);
    const b = [0, 0, 0];
    for (let i = 0; i < 3; i++) for (let k = 0; k < n; k++) b[i] += solver[i * n + k] * values[k];
    let squares = 0;
    let lagged = 0;
    let last = 0;
    for (let k = 0; k < n; k++) {
      const rest = values[k] - b[0] - b[1] * X[3 * k + 1] - b[2] * X[3 * k + 2];
      squares += rest * rest;
      if (k > 0) lagged += rest * last;
      last = rest;
    }
    const rho = squares > 0 ? Math.min(0.8, Math.max(0, lagged / squares)) : 0;
    return { size: b[2], error: Math.sqrt((this.stepVariance * squares * (1 + rho)) / ((n - 3) * (1 - rho))) };
  }
}

/**
 * Finds lasting jumps of the level: in a window around each period a straight line with a jump is fitted, and the jump
 * must be five times its standard error, which allows for autocorrelation of the first order. A slope is no jump.
 * @param u [n] what is left of sales without season; NaN where unknown
 * @param deviation standard deviation of one ordinary period
 * @param half periods on each side of the window
 * Reference: Tsay 1988, Journal of Forecasting 7(1) (level shifts against single outliers); Andrews 1993 (scanning).
 */
export function findLevelShifts(u: Float64Array, deviation: number, half: number): LevelShift[] {
  const places = Int32Array.from(u.keys()).filter((t) => !Number.isNaN(u[t]));
  const values = Float64Array.from(places, (t) => u[t]);
  const fit = new StepFit(half);
  const found: { k: number; ratio: number; size: number }[] = [];
  for (let k = half; k + half <= values.length; k++) {
    const before = values.subarray(k - half, k);
    const after = values.subarray(k, k + half);
    if (Math.abs(median(after) - median(before)) < (leastSize * deviation) / 2) continue;
    const { size, error } = fit.between(before, after);
    const ratio = Math.abs(size) / error;
    if (ratio >= leastRatio && Math.abs(size) >= leastSize * deviation) found.push({ k, ratio, size });
  }
  found.sort((a, b) => b.ratio - a.ratio || a.k - b.k);
  const kept: typeof found = [];
  for (const one of found) {
    if (kept.length < mostShifts && kept.every(({ k }) => Math.abs(k - one.k) >= half)) kept.push(one);
  }
  return kept.map(({ k, size }) => ({ at: places[k], size })).sort((a, b) => a.at - b.at);
}
