import { mean, populationVariance } from '../numeric/statistics.ts';
import { lineMinimum } from '../numeric/line-minimum.ts';

/** λ is looked for in steps of this from −2 to 2, further out only while it betters. */
const gridStep = 0.5;
const farthest = 40;
/** Powers this close to 0 are logarithms. */
const nearZero = 1e-12;

/** (e^(power·log) − 1) / power, which is log itself at power 0. */
const power = (log: number, exponent: number): number =>
  Math.abs(exponent) < nearZero ? log : Math.expm1(exponent * log) / exponent;

/**
 * The Yeo–Johnson power transform of one value: a Box–Cox transform of x + 1 that also takes values below zero.
 * Reference: Yeo & Johnson 2000, Biometrika 87(4), equation (2.1).
 */
export const yeoJohnson = (value: number, lambda: number): number =>
  value >= 0 ? power(Math.log1p(value), lambda) : -power(Math.log1p(-value), 2 - lambda);

/**
 * λ of greatest likelihood for a normal distribution of the transformed values (their mean and variance profiled out).
 * @param values [n] finite, at least two different ones
 * @returns −40 … 40, to about 1e-8. O(n) per step, some thirty steps.
 * Reference: Yeo & Johnson 2000, Biometrika 87(4), equation (3.1).
 */
export function bestYeoJohnson(values: Float64Array): number {
  const n = values.length;
  const logs = values.map((value) => Math.log1p(Math.abs(value)));
  const signed = logs.reduce((sum, log, i) => sum + (values[i] < 0 ? -log : log), 0);
  const changed = new Float64Array(n);
  const cost = (lambda: number): number => {
    for (let i = 0; i < n; i++) changed[i] = values[i] < 0 ? -power(logs[i], 2 - lambda) : power(logs[i], lambda);
    const spread = populationVariance(changed);
    // A spread lost in rounding tells nothing; it must not win.
    const lost = !(spread > (1e-13 * mean(changed)) ** 2) || !Number.isFinite(spread);
    return lost ? Number.MAX_VALUE : (n / 2) * Math.log(spread) - (lambda - 1) * signed;
  };
  const grid: { lambda: number; cost: number }[] = [];
  for (let lambda = -2; lambda <= 2; lambda += gridStep) grid.push({ lambda, cost: cost(lambda) });
  let best = grid.reduce((least, one) => (one.cost < least.cost ? one : least));
  const direction = best.lambda <= -2 ? -gridStep : gridStep;
  while (Math.abs(best.lambda) >= 2 && Math.abs(best.lambda) < farthest) {
    const further = { lambda: best.lambda + direction, cost: cost(best.lambda + direction) };
    if (further.cost >= best.cost) break;
    best = further;
  }
  return lineMinimum(cost, best.lambda - gridStep, best.lambda + gridStep);
}
