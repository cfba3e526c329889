import { solveLinear } from '../numeric/linear-solve.ts';
import { type ArmaPolynomials, type LagPolynomial, psiWeights } from './arima-polynomials.ts';

/** A series and a constant column made independent, with unit variance in units of the innovations' variance. */
export interface Whitened {
  /** [n] standardised innovations of w. */
  series: Float64Array;
  /** [n] the same filter applied to 1, 1, 1, … */
  ones: Float64Array;
  /** log |V| of the covariance matrix of w in units of the innovations' variance. */
  logDeterminant: number;
}

/** The variance of an innovation has reached its limit of 1. */
const settled = 1 + 1e-12;

/** Covariances in units of the innovations' variance, by lag. */
interface Covariances {
  /** [degree of ar + 1] of w with w. */
  own: Float64Array;
  /** [degree of ma + 1] of w[t] with (ma(B) e)[t + k]. */
  cross: Float64Array;
  /** [degree of ma + 1] of ma(B) e with itself. */
  noise: Float64Array;
}

const products = (left: Float64Array, right: Float64Array, lag: number): number => {
  let sum = 0;
  for (let j = lag; j < left.length; j++) sum += left[j] * right[j - lag];
  return sum;
};

/** Reference: Brockwell & Davis 1991, Time Series: Theory and Methods, §3.3 (third method); null where singular. */
function covariances({ ar, ma }: ArmaPolynomials): Covariances | null {
  const psi = psiWeights(ar, ma, ma.length);
  const cross = ma.map((_, k) => products(ma, psi, k));
  const noise = ma.map((_, k) => products(ma, ma, k));
  const size = ar.length;
  if (size === 1) return { own: noise, cross, noise };
  const equations = new Float64Array(size * size);
  const own = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    own[k] = k < cross.length ? cross[k] : 0;
    for (let i = 0; i < size; i++) equations[k * size + Math.abs(k - i)] += ar[i];
  }
  return solveLinear(equations, own) ? { own, cross, noise } : null;
}

/** Lags with a coefficient that is not zero, without lag 0. */
const lagsOf = (polynomial: LagPolynomial): number[] =>
  Array.from(polynomial.keys()).filter((lag) => lag > 0 && polynomial[lag] !== 0);

/**
 * The exact likelihood of stationary models of one series: after the first values, ar(B) w is a moving average, so the
 * covariance matrix has a narrow band and its Cholesky factor costs O(n · q²) only, O(n · lags) once it has settled.
 * @param w [n]
 * @param mostDegree largest degree of both polynomials
 * Reference: Ansley 1979, Biometrika 66(1), 59–65.
 */
export function createArmaLikelihood(w: Float64Array, mostDegree: number) {
  const n = w.length;
  const width = mostDegree + 1;
  const factor = new Float64Array((n + mostDegree) * width);
  const series = new Float64Array(n);
  const ones = new Float64Array(n);

  /** Row t of the factor, lag by lag; answers the variance of the innovation. */
  function row(t: number, start: number, reach: number, { own, cross, noise }: Covariances): number {
    const begin = t < start ? 0 : Math.max(0, t - reach);
    const at = t * width + t;
    let variance = t < start ? own[0] : noise[0];
    for (let j = begin; j < t; j++) {
      const lag = t - j;
      const from = Math.max(begin, j < start ? 0 : j - reach);
      const other = j * width + j;
      let sum = t < start ? own[lag] : j < start ? cross[lag] : noise[lag];
      for (let i = from; i < j; i++) sum -= factor[at - i] * factor[other - i];
      const value = sum / factor[other - j];
      factor[at - j] = value;
      variance -= value * value;
    }
    factor[at - t] = Math.sqrt(variance);
    return variance;
  }

  /**
   * Makes the series independent; the arrays of the answer are overwritten by the next call.
   * @returns null where the covariance matrix is not positive definite in floating-point numbers
   */
  function whiten({ ar, ma }: ArmaPolynomials): Whitened | null {
    const known = covariances({ ar, ma });
    if (known === null) return null;
    const [start, reach] = [ar.length - 1, ma.length - 1];
    const [arLags, maLags] = [lagsOf(ar), lagsOf(ma)];
    const filteredOne = ar.reduce((sum, value) => sum + value, 0);
    let logDeterminant = 0;
    let constant = false;
    for (let t = 0; t < n; t++) {
      let z = w[t];
      let one = t < start ? 1 : filteredOne;
      if (t >= start) for (const lag of arLags) z += ar[lag] * w[t - lag];
      if (constant) {
        for (const lag of maLags) {
          z -= ma[lag] * series[t - lag];
          one -= ma[lag] * ones[t - lag];
        }
        series[t] = z;
        ones[t] = one;
        continue;
      }
      const variance = row(t, start, reach, known);
      if (!(variance > 0)) return null;
      const at = t * width + t;
      for (let j = t < start ? 0 : Math.max(0, t - reach); j < t; j++) {
        z -= factor[at - j] * series[j];
        one -= factor[at - j] * ones[j];
      }
      series[t] = z / factor[at - t];
      ones[t] = one / factor[at - t];
      logDeterminant += Math.log(variance);
      constant = t >= start + reach && variance < settled;
    }
    return { series, ones, logDeterminant };
  }

  /**
   * What the past innovations add to the next values of ma(B) e, right after `whiten` with the same polynomials.
   * @param innovations [n] standardised
   * @returns [degree of ma]
   */
  function echo({ ar, ma }: ArmaPolynomials, innovations: Float64Array): number[] {
    const known = covariances({ ar, ma })!;
    const [start, reach] = [ar.length - 1, ma.length - 1];
    for (let t = 0; t < n + reach; t++) row(t, start, reach, known);
    return Array.from({ length: reach }, (_, step) => {
      const t = n + step;
      let sum = 0;
      for (let j = Math.max(0, t - reach); j < n; j++) sum += factor[t * width + t - j] * innovations[j];
      return sum;
    });
  }
  return { whiten, echo };
}
