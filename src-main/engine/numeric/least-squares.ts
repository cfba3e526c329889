import { solveLinear } from './linear-solve.ts';

export interface LeastSquares {
  x: Float64Array;
  /** Sum of squared residuals at x. */
  squares: number;
}

const differenceStep = 1e-5;
const firstDamping = 1e-3;
const mostDamping = 1e8;
const leastDamping = 1e-9;
/** Steps below this move nothing any more. */
const leastStep = 1e-10;

/**
 * Minimises a sum of squares of smooth residuals by Levenberg–Marquardt with one-sided differences.
 * @param residuals writes [n] residuals at x into `out`; answers false where x is not allowed
 * @param start [p]; must be allowed
 * @param n number of residuals
 * @param limit every |x| stays at or below it
 * @param tolerance ends once a step lowers the sum by less than this share
 * Reference: Marquardt 1963, Journal of SIAM 11(2), scaling by the diagonal as there; damping by the gain: Nielsen 1999,
 * report IMM-REP-1999-05, Technical University of Denmark, eq. 2.5.
 */
export function leastSquares(
  residuals: (x: Float64Array, out: Float64Array) => boolean,
  start: ArrayLike<number>,
  n: number,
  limit: number,
  tolerance: number,
  mostSteps = 30,
): LeastSquares {
  const p = start.length;
  let x = Float64Array.from(start);
  let r: Float64Array = new Float64Array(n);
  const moved = new Float64Array(n);
  let trial: Float64Array = new Float64Array(n);
  residuals(x, r);
  let squares = sumOfSquares(r);
  const jacobian = Array.from({ length: p }, () => new Float64Array(n));
  let damping = firstDamping;
  for (let iteration = 0; iteration < mostSteps && p > 0; iteration++) {
    for (let i = 0; i < p; i++) {
      const there = x.slice();
      const step = x[i] > 0 ? -differenceStep : differenceStep;
      there[i] += step;
      if (!residuals(there, moved)) return { x, squares };
      const column = jacobian[i];
      for (let t = 0; t < n; t++) column[t] = (moved[t] - r[t]) / step;
    }
    const { gram, slope } = normalEquations(jacobian, r);
    let lowered = 0;
    let growth = 2;
    while (damping < mostDamping) {
      const next = dampedStep(gram, slope, x, damping, limit);
      if (next?.step.every((value) => Math.abs(value) < leastStep)) break;
      const there = next !== null && residuals(next.x, trial) ? sumOfSquares(trial) : Number.POSITIVE_INFINITY;
      if (next !== null && there < squares) {
        lowered = squares - there;
        damping = Math.max(leastDamping, damping * Math.max(1 / 3, 1 - (2 * (lowered / next.promised) - 1) ** 3));
        [x, squares] = [next.x, there];
        [r, trial] = [trial, r];
        break;
      }
      damping *= growth;
      growth *= 2;
    }
    if (lowered <= tolerance * squares) break;
  }
  return { x, squares };
}

function sumOfSquares(r: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < r.length; t++) sum += r[t] * r[t];
  return sum;
}

/** JᵀJ row-major and −Jᵀr. */
function normalEquations(jacobian: Float64Array[], r: Float64Array) {
  const p = jacobian.length;
  const gram = new Float64Array(p * p);
  const slope = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    for (let t = 0; t < r.length; t++) slope[i] -= jacobian[i][t] * r[t];
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < r.length; t++) sum += jacobian[i][t] * jacobian[j][t];
      gram[i * p + j] = sum;
      gram[j * p + i] = sum;
    }
  }
  return { gram, slope };
}

/** x after one damped step, cut at the limit, and what it promises to lower; null where the equations have no solution. */
function dampedStep(gram: Float64Array, slope: Float64Array, x: Float64Array, damping: number, limit: number) {
  const p = slope.length;
  const a = gram.slice();
  const full = slope.slice();
  let largest = 0;
  for (let i = 0; i < p; i++) largest = Math.max(largest, gram[i * p + i]);
  for (let i = 0; i < p; i++) a[i * p + i] += damping * Math.max(gram[i * p + i], 1e-8 * largest + 1e-300);
  if (!solveLinear(a, full)) return null;
  const next = x.map((value, i) => Math.max(-limit, Math.min(limit, value + full[i])));
  const step = next.map((value, i) => value - x[i]);
  if (!step.every(Number.isFinite)) return null;
  let promised = 0;
  for (let i = 0; i < p; i++) {
    let curved = 0;
    for (let j = 0; j < p; j++) curved += gram[i * p + j] * step[j];
    promised += step[i] * (2 * slope[i] - curved);
  }
  return { x: next, step, promised: Math.max(promised, 1e-300) };
}
