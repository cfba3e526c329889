export interface Slope {
  value: number;
  gradient: Float64Array;
}

export interface SmoothMinimum {
  x: Float64Array;
  value: number;
  /** Largest absolute component of the gradient at x. */
  slope: number;
}

const longestStep = 2;
const mostIterations = 100;
const sufficientDecrease = 1e-4;
/** Near the minimum the value changes by less than its own rounding; such a step is no rise. */
const rounding = 1e-15;

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
const largest = (a: Float64Array): number => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Identity, row by row. */
const identity = (p: number): Float64Array[] =>
  Array.from({ length: p }, (_, i) => Float64Array.from({ length: p }, (_, j) => (i === j ? 1 : 0)));

/** The update of the inverse Hessian; left out where the curvature along the step is not positive. */
function update(inverse: Float64Array[], step: Float64Array, change: Float64Array): void {
  const curvature = dot(step, change);
  if (!(curvature > 1e-14)) return;
  const moved = Float64Array.from(inverse, (row) => dot(row, change));
  const weight = (1 + dot(change, moved) / curvature) / curvature;
  for (let i = 0; i < step.length; i++)
    for (let j = 0; j < step.length; j++)
      inverse[i][j] += weight * step[i] * step[j] - (moved[i] * step[j] + step[i] * moved[j]) / curvature;
}

/**
 * Goes down from one start by the gradient.
 * @param tolerance stops once no component of the gradient is larger
 * Reference: Nocedal & Wright 2006, Numerical Optimization, algorithm 6.1, eq. (6.17); step rule (3.4).
 */
function bfgs(
  f: (x: Float64Array) => Slope,
  start: ArrayLike<number>,
  tolerance: number,
  tick: () => void,
): SmoothMinimum {
  let x = Float64Array.from(start);
  let at = f(x);
  let inverse = identity(x.length);
  for (let i = 0; i < mostIterations && largest(at.gradient) > tolerance; i++) {
    tick();
    let direction = Float64Array.from(inverse, (row) => -dot(row, at.gradient));
    if (!(dot(direction, at.gradient) < 0)) {
      inverse = identity(x.length);
      direction = at.gradient.map((value) => -value);
    }
    const next = search(f, x, at, direction);
    if (next === null) break;
    update(
      inverse,
      next.x.map((value, j) => value - x[j]),
      next.at.gradient.map((value, j) => value - at.gradient[j]),
    );
    x = next.x;
    at = next.at;
  }
  return { x, value: at.value, slope: largest(at.gradient) };
}

/** Halves the step until the value falls enough; null where it does not fall at all. */
function search(f: (x: Float64Array) => Slope, x: Float64Array<ArrayBuffer>, at: Slope, direction: Float64Array) {
  const along = dot(direction, at.gradient);
  for (let factor = Math.min(1, longestStep / largest(direction)); factor > 1e-8; factor /= 2) {
    const there = x.map((value, i) => value + factor * direction[i]);
    const next = f(there);
    const allowed = at.value + sufficientDecrease * factor * along + rounding * Math.abs(at.value);
    if (Number.isFinite(next.value) && next.value <= allowed) return { x: there, at: next };
  }
  return null;
}

/** Slope at which a start shows where it leads, and slope of the minimum that is answered. */
const rough = 1e-3;
const fine = 1e-8;

/**
 * Minimises a smooth function of a few variables from several starts (BFGS with a backtracking line search).
 * @param f value and gradient [p]; a value that is not finite marks a point as not allowed
 * @param starts [p] each, with a finite value; all are followed roughly, the best to the end
 * @param tick called before each iteration
 * @returns the lowest point found; `slope` tells whether it is flat there
 */
export function minimise(
  f: (x: Float64Array) => Slope,
  starts: number[][],
  tick: () => void = () => {},
): SmoothMinimum {
  const found = starts
    .map((start) => bfgs(f, start, rough, tick))
    .reduce((best, one) => (one.value < best.value ? one : best));
  return bfgs(f, found.x, fine, tick);
}

/** Log-parameters inside ± this are left alone: e^6 is 400. */
const freeWithin = 6;

/**
 * Adds a wall far outside all ordinary parameters, so that a fit ends where the data pull one towards 0 or infinity.
 * @param at value and gradient by log-parameters  @param weight of the wall against the value
 */
export function walled({ value, gradient }: Slope, theta: Float64Array, weight: number): Slope {
  const beyond = theta.map((part) => Math.sign(part) * Math.max(0, Math.abs(part) - freeWithin));
  return {
    value: value + weight * beyond.reduce((sum, part) => sum + part * part, 0),
    gradient: gradient.map((part, i) => part + 2 * weight * beyond[i]),
  };
}
