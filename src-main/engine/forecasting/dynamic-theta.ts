import { valleyMinimum } from '../numeric/valley-minimum.ts';

/** State after t observations: level, intercept and slope of the regression line so far, mean so far. */
interface ThetaState {
  t: number;
  level: number;
  A: number;
  B: number;
  mean: number;
}

/** A series without season, smoothed; plain JSON. */
export interface ThetaFit {
  alpha: number;
  theta: number;
  state: ThetaState;
  /** Standard deviation of the one-step errors. */
  sigma: number;
}

const alphaRange = { low: 0.1, high: 0.99 };
/** Of 1 − 1/θ: θ from 1 to a million. */
const shareRange = { low: 0, high: 1 - 1e-6 };
const fittedParameters = 3;

/** One more observation on the regression line; the level is the caller's. */
function extendLine(state: ThetaState, y: number): void {
  const t = state.t + 1;
  if (t > 1) state.B = ((t - 2) * state.B + (6 * (y - state.mean)) / t) / (t + 1);
  state.mean = ((t - 1) * state.mean + y) / t;
  state.A = state.mean - ((t + 1) / 2) * state.B;
  state.t = t;
}

/** [n] intercept and slope of the regression line through the first t + 1 values. */
function lines(z: Float64Array): { A: Float64Array; B: Float64Array; last: ThetaState } {
  const [A, B] = [new Float64Array(z.length), new Float64Array(z.length)];
  const last: ThetaState = { t: 0, level: 0, A: 0, B: 0, mean: 0 };
  for (let i = 0; i < z.length; i++) {
    extendLine(last, z[i]);
    A[i] = last.A;
    B[i] = last.B;
  }
  return { A, B, last };
}

/** What the line adds to the level of one step ahead, per unit of 1 − 1/θ, after t observations; power is (1 − α)^t. */
const lineShare = (A: number, B: number, alpha: number, power: number): number =>
  power * A + ((1 - power * (1 - alpha)) / alpha) * B;

/**
 * For a given α the errors are linear in the initial level and in 1 − 1/θ: both by least squares, the latter held inside
 * its range. The first forecast stands on nothing but the initial level and is not counted.
 */
function bestFor(alpha: number, z: Float64Array, A: Float64Array, B: Float64Array) {
  const q = 1 - alpha;
  let [ll, lg, gg, lr, gr, rr] = [0, 0, 0, 0, 0, 0];
  let smoothed = alpha * z[0];
  let power = q;
  for (let i = 1; i < z.length; i++) {
    const g = lineShare(A[i - 1], B[i - 1], alpha, power);
    const rest = z[i] - smoothed;
    ll += power * power;
    lg += power * g;
    gg += g * g;
    lr += power * rest;
    gr += g * rest;
    rr += rest * rest;
    smoothed += alpha * rest;
    power *= q;
  }
  const free = gg - (lg * lg) / ll;
  const wanted = free > 1e-12 * gg ? (gr - (lg * lr) / ll) / free : 0;
  const share = Math.min(shareRange.high, Math.max(shareRange.low, wanted));
  const level = (lr - share * lg) / ll;
  const squares = rr - 2 * (level * lr + share * gr) + level * level * ll + 2 * level * share * lg + share * share * gg;
  return { share, level, squares: Math.max(0, squares) };
}

/**
 * Dynamic Optimised Theta: α, θ and the initial level with the least one-step squares.
 * @param z [n] n ≥ 4, without season; any unit
 * Reference: Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016, International Journal of Forecasting 32(4), eq. 9–13.
 */
export function fitDynamicTheta(z: Float64Array): ThetaFit {
  // Around 0 the two unknowns stay apart; a shift of the series moves the initial level only.
  const shift = z[0];
  const near = z.map((value) => value - shift);
  const { A, B, last } = lines(near);
  const alpha = valleyMinimum((one) => bestFor(one, near, A, B).squares, alphaRange.low, alphaRange.high);
  const { share, level, squares } = bestFor(alpha, near, A, B);
  let smoothed = level;
  for (const value of near) smoothed += alpha * (value - smoothed);
  // In the shifted series the line explains its share of the shift as well: the level keeps the rest.
  const power = (1 - alpha) ** z.length;
  const state = {
    ...last,
    level: smoothed + shift * (1 - share * power),
    A: last.A + shift,
    mean: last.mean + shift,
  };
  const sigma = Math.sqrt(squares / Math.max(1, z.length - 1 - fittedParameters));
  return { alpha, theta: 1 / (1 - share), state, sigma };
}

/** A series that never moves goes on as it is. */
export const constantTheta = (value: number, n: number): ThetaFit => ({
  alpha: 0.5,
  theta: 1,
  state: { t: n, level: value, A: value, B: 0, mean: value },
  sigma: 0,
});

/** Continues the series: [horizon] points and their standard deviations. */
export function continueDynamicTheta(
  { alpha, theta, state: last, sigma }: ThetaFit,
  horizon: number,
): { point: Float64Array; deviation: Float64Array } {
  const state = { ...last };
  const point = new Float64Array(horizon);
  const deviation = new Float64Array(horizon);
  for (let j = 0; j < horizon; j++) {
    point[j] = state.level + (1 - 1 / theta) * lineShare(state.A, state.B, alpha, (1 - alpha) ** state.t);
    deviation[j] = sigma * Math.sqrt(1 + j * alpha ** 2);
    state.level += alpha * (point[j] - state.level);
    extendLine(state, point[j]);
  }
  return { point, deviation };
}
