import { leastSquares } from '../numeric/least-squares.ts';
import { mean } from '../numeric/statistics.ts';
import {
  type ArimaOrder,
  type ArmaPolynomials,
  armaPolynomials,
  differencing,
  type LagPolynomial,
  multiply,
  psiWeights,
} from './arima-polynomials.ts';
import { createArmaLikelihood } from './arma-likelihood.ts';
import { createConditionalResiduals } from './arma-residuals.ts';
import { difference } from './stationarity.ts';

/** One fitted order. */
export interface ArimaFit {
  order: ArimaOrder;
  /** [p + P + q + Q] free parameters, see armaPolynomials. */
  x: Float64Array;
  /** Mean of the differenced series; 0 without a constant. */
  mean: number;
  /** Variance of the innovations: sum of squares / (n − parameters). */
  variance: number;
  logLikelihood: number;
  aicc: number;
  polynomials: ArmaPolynomials;
}

/** All that is needed to continue the series. Plain JSON. */
export interface ArimaState {
  /** [k] last values of the series, newest first. */
  last: number[];
  /** [k] weights of the last values: y = constant + Σ weight · value + echo. */
  weights: number[];
  constant: number;
  /** [degree of ma] what past innovations still add to the next values. */
  echo: number[];
  /** [degree of ma + 1] moving-average polynomial. */
  ma: number[];
  /** Standard deviation of the innovations. */
  sigma: number;
}

/** tanh(3) = 0.995: beyond, a parameter moves nothing any more. */
const mostParameter = 3;
const fewestFree = 3;

/** A series differenced as often as (d, D) say, ready to be fitted with any orders p, q, P, Q. */
export interface DifferencedSeries {
  y: Float64Array;
  w: Float64Array;
  period: number;
  likelihood: ReturnType<typeof createArmaLikelihood>;
  conditional: ReturnType<typeof createConditionalResiduals>;
}

/** How residuals are taken: exact maximum likelihood, or the conditional sum of squares for a first look. */
export type FitMethod = 'exact' | 'conditional';

/** @param mostDegree largest degree of the orders that will be fitted */
export function differenced(
  y: Float64Array,
  { d, D }: Pick<ArimaOrder, 'd' | 'D'>,
  period: number,
  mostDegree: number,
): DifferencedSeries {
  let w = y;
  for (let i = 0; i < D; i++) w = difference(w, period);
  for (let i = 0; i < d; i++) w = difference(w, 1);
  return {
    y,
    w,
    period,
    likelihood: createArmaLikelihood(w, mostDegree),
    conditional: createConditionalResiduals(w, mostDegree),
  };
}

const coefficientsOf = ({ p, q, P, Q, constant }: ArimaOrder): number => p + q + P + Q + (constant ? 1 : 0);

/**
 * Fits one order by maximum likelihood; the mean and the variance are found in closed form.
 * @param start [p + P + q + Q] free parameters to begin with
 * @param tolerance relative, of the sum of squares
 * @returns null where the series is too short for the order or does not move
 * Reference: Ansley 1979, Biometrika 66(1) (modified sum of squares); AICc: Hurvich & Tsai 1989, Biometrika 76.
 */
export function fitArima(
  { w, period, likelihood, conditional }: DifferencedSeries,
  order: ArimaOrder,
  start: ArrayLike<number>,
  method: FitMethod,
  tolerance: number,
): ArimaFit | null {
  const n = w.length;
  const k = coefficientsOf(order);
  if (n - k - 2 < fewestFree) return null;
  const found = { mean: 0, logDeterminant: 0 };
  const residuals = (x: Float64Array, out: Float64Array): boolean => {
    const polynomials = armaPolynomials(x, order, period);
    const whitened = method === 'exact' ? likelihood.whiten(polynomials) : conditional(polynomials, order.constant);
    if (whitened === null) return false;
    const { series, ones, logDeterminant } = whitened;
    let [top, bottom] = [0, 0];
    for (let t = 0; order.constant && t < n; t++) {
      top += series[t] * ones[t];
      bottom += ones[t] * ones[t];
    }
    found.mean = bottom > 0 ? top / bottom : 0;
    found.logDeterminant = logDeterminant;
    const scale = Math.exp(logDeterminant / (2 * n));
    for (let t = 0; t < n; t++) out[t] = scale * (order.constant ? series[t] - found.mean * ones[t] : series[t]);
    return true;
  };
  const { x } = leastSquares(residuals, start, n, mostParameter, tolerance);
  const errors = new Float64Array(n);
  if (!residuals(x, errors)) return null;
  const modified = errors.reduce((sum, value) => sum + value * value, 0);
  if (!(modified > 0)) return null;
  const squares = modified / Math.exp(found.logDeterminant / n);
  const logLikelihood = -(n / 2) * (Math.log((2 * Math.PI * modified) / n) + 1);
  return {
    order,
    x,
    mean: found.mean,
    variance: squares / (n - k),
    logLikelihood,
    aicc: -2 * logLikelihood + 2 * (k + 1) + (2 * (k + 1) * (k + 2)) / (n - k - 2),
    polynomials: armaPolynomials(x, order, period),
  };
}

/** What a fit needs to continue its series, with the innovations of the method that found it. */
export function stateOf(series: DifferencedSeries, fit: ArimaFit, method: FitMethod): ArimaState {
  const { order, polynomials } = fit;
  const exact = method === 'exact';
  const found = exact ? series.likelihood.whiten(polynomials)! : series.conditional(polynomials, true);
  const innovations = found.series.map((value, t) => value - fit.mean * found.ones[t]);
  return {
    ...memoryOf(series.y, polynomials.ar, order, series.period),
    constant: fit.mean * polynomials.ar.reduce((sum, value) => sum + value, 0),
    echo: exact ? series.likelihood.echo(polynomials, innovations) : echoOf(polynomials.ma, innovations),
    ma: Array.from(polynomials.ma),
    sigma: Math.sqrt(fit.variance),
  };
}

/** State of a series whose differences do not move: it continues as it went. */
export function stateWithoutNoise(y: Float64Array, order: ArimaOrder, period: number): ArimaState {
  const { w } = differenced(y, order, period, 0);
  return { ...memoryOf(y, Float64Array.of(1), order, period), constant: mean(w), echo: [], ma: [1], sigma: 0 };
}

function memoryOf(y: Float64Array, ar: LagPolynomial, order: ArimaOrder, period: number) {
  const whole = multiply(ar, differencing(order, period));
  return {
    last: Array.from({ length: whole.length - 1 }, (_, i) => y[y.length - 1 - i]),
    weights: Array.from(whole.subarray(1), (value) => 0 - value),
  };
}

/** What the past innovations add to the next values of ma(B) e. @returns [degree of ma] */
const echoOf = (ma: LagPolynomial, innovations: Float64Array): number[] =>
  Array.from({ length: ma.length - 1 }, (_, step) => {
    let sum = 0;
    for (let lag = step + 1; lag < ma.length; lag++)
      sum += ma[lag] * (innovations[innovations.length + step - lag] ?? 0);
    return sum;
  });

/** Continues the series. @returns [horizon] */
export function continueArima({ last, weights, constant, echo }: ArimaState, horizon: number): Float64Array {
  const k = last.length;
  const path = new Float64Array(k + horizon);
  for (let i = 0; i < k; i++) path[k - 1 - i] = last[i];
  for (let j = 0; j < horizon; j++) {
    let value = constant + (j < echo.length ? echo[j] : 0);
    for (let i = 0; i < k; i++) value += weights[i] * path[k + j - 1 - i];
    path[k + j] = value;
  }
  return path.slice(k);
}

/** Standard deviation of the error j + 1 steps ahead. @returns [horizon] */
export function arimaDeviations({ weights, ma, sigma }: ArimaState, horizon: number): Float64Array {
  const psi = psiWeights(Float64Array.of(1, ...weights.map((value) => 0 - value)), Float64Array.from(ma), horizon);
  let sum = 0;
  return psi.map((weight) => {
    sum += weight * weight;
    return sigma * Math.sqrt(sum);
  });
}
