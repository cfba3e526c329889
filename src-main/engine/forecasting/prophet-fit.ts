import { AppError } from '../../../src-shared/errors.ts';
import type { ProphetOptimizer, ProphetParameters } from './augurs-modules.ts';
import type { ProphetTerm } from './prophet-features.ts';
import { changepointsOf, type ProphetTrend } from './prophet-trend.ts';

/** Estimates in scaled units: y / max|y|, time from 0 to 1 over the history. */
export interface ProphetEstimates {
  trend: ProphetTrend;
  /** [features] */
  beta: number[];
  /** Standard deviation of the noise. */
  sigma: number;
}

/** Prophet's default prior scales: of seasons and regressors, and of bends. */
const seasonScale = 10;
const bendScale = 0.05;
const options = { algorithm: 'lbfgs', iter: 10_000, seed: 1 } as const;

/**
 * Maximum a posteriori estimates of Prophet's Stan model.
 * @param y [n] scaled  @param t [n] scaled times  @param multiplicative seasons and regressors scale with the trend
 * @throws AppError 'model-failed'
 */
export function fitProphet(
  optimizer: ProphetOptimizer,
  y: Float64Array,
  t: Float64Array,
  terms: ProphetTerm[],
  multiplicative: boolean,
): ProphetEstimates {
  const n = y.length;
  const changepoints = changepointsOf(t);
  const columns = terms.flatMap((term) => term.columns);
  // The model wants at least one feature.
  const features = columns.length > 0 ? columns : [new Float64Array(n)];
  const flags = (on: boolean) => new Array(features.length).fill(on ? 1 : 0);
  const data = {
    T: n,
    K: features.length,
    S: changepoints.length,
    t: Array.from(t),
    cap: new Array(n).fill(0),
    y: Array.from(y),
    t_change: changepoints,
    X: Array.from({ length: n }, (_, i) => features.map((values) => values[i])),
    sigmas: features.map(() => seasonScale),
    tau: bendScale,
    trend_indicator: 0,
    s_a: flags(!multiplicative),
    s_m: flags(multiplicative),
  };
  const initial = {
    k: y[n - 1] - y[0],
    m: y[0],
    delta: new Float64Array(changepoints.length),
    beta: new Float64Array(features.length),
    sigmaObs: 1,
  };
  const { params } = optimise(optimizer, initial, JSON.stringify(data));
  const { k, m, delta, beta, sigmaObs } = params;
  const trend = { k, m, changepoints, delta: Array.from(delta) };
  return { trend, beta: Array.from(beta).slice(0, columns.length), sigma: sigmaObs };
}

/** The library's own words are kept as the reason. */
function optimise(optimizer: ProphetOptimizer, initial: ProphetParameters, data: string) {
  try {
    return optimizer.optimize(initial, data, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new AppError('model-failed', `Prophet found no usable forecast for this series: ${reason}`, {
      model: 'prophet',
    });
  }
}
