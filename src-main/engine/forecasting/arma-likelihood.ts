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
function lagsOf(polynomial: LagPolynomial): number[] {
  const lags: number[] = [];
  for (let lag = 1; lag < polynomial.length; lag++) if (polynomial[lag] !== 0) lags.push(lag);
  return lags;
}

/** Cholesky factor of the covariance matrix: row t begins at t · width, lag by lag. */
interface Factor {
  width: number;
  values: Float64Array;
}

/** A model as the factor needs it: rows before `start` are full, later ones reach back `reach` columns. */
interface Banded extends Covariances {
  start: number;
  reach: number;
}

const bandOf = (polynomials: ArmaPolynomials): Banded | null => {
  const known = covariances(polynomials);
  return known && { ...known, start: polynomials.ar.length - 1, reach: polynomials.ma.length - 1 };
};

/** Works out row t of the factor from the rows before it; answers the variance of the innovation. */
function factorRow({ width, values }: Factor, { start, reach, own, cross, noise }: Banded, t: number): number {
  const begin = t < start ? 0 : Math.max(0, t - reach);
  const at = t * width + t;
  let variance = t < start ? own[0] : noise[0];
  for (let j = begin; j < t; j++) {
    const lag = t - j;
    const from = Math.max(begin, j < start ? 0 : j - reach);
    const other = j * width + j;
    let sum = t < start ? own[lag] : j < start ? cross[lag] : noise[lag];
    for (let i = from; i < j; i++) sum -= values[at - i] * values[other - i];
    const value = sum / values[other - j];
    values[at - j] = value;
    variance -= value * value;
  }
  values[at - t] = Math.sqrt(variance);
  return variance;
}

/** Makes w and the constant column independent, into `out`; false where the matrix is not positive definite. */
function whitenInto(out: Whitened, w: Float64Array, factor: Factor, polynomials: ArmaPolynomials): boolean {
  const band = bandOf(polynomials);
  if (band === null) return false;
  const { ar, ma } = polynomials;
  const { start, reach } = band;
  const { series, ones } = out;
  const [arLags, maLags] = [lagsOf(ar), lagsOf(ma)];
  const filteredOne = ar.reduce((sum, value) => sum + value, 0);
  let constant = false;
  out.logDeterminant = 0;
  for (let t = 0; t < w.length; t++) {
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
    const variance = factorRow(factor, band, t);
    if (!(variance > 0)) return false;
    const at = t * factor.width + t;
    for (let j = t < start ? 0 : Math.max(0, t - reach); j < t; j++) {
      z -= factor.values[at - j] * series[j];
      one -= factor.values[at - j] * ones[j];
    }
    const deviation = Math.sqrt(variance);
    series[t] = z / deviation;
    ones[t] = one / deviation;
    out.logDeterminant += Math.log(variance);
    constant = t >= start + reach && variance < settled;
  }
  return true;
}

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
  const factor = { width, values: new Float64Array((n + mostDegree) * width) };
  const answer: Whitened = { series: new Float64Array(n), ones: new Float64Array(n), logDeterminant: 0 };
  return {
    /**
     * Makes the series independent; the arrays of the answer are overwritten by the next call.
     * @returns null where the covariance matrix is not positive definite in floating-point numbers
     */
    whiten: (polynomials: ArmaPolynomials): Whitened | null =>
      whitenInto(answer, w, factor, polynomials) ? answer : null,

    /**
     * What the past innovations add to the next values of ma(B) e.
     * @param innovations [n] standardised, from `whiten` with the same polynomials
     * @returns [degree of ma]
     */
    echo(polynomials: ArmaPolynomials, innovations: Float64Array): number[] {
      const band = bandOf(polynomials)!;
      for (let t = 0; t < n + band.reach; t++) factorRow(factor, band, t);
      return Array.from({ length: band.reach }, (_, step) => {
        const t = n + step;
        let sum = 0;
        for (let j = Math.max(0, t - band.reach); j < n; j++) sum += factor.values[t * width + t - j] * innovations[j];
        return sum;
      });
    },
  };
}
