/** Orders of ARIMA(p, d, q)(P, D, Q). */
export interface ArimaOrder {
  p: number;
  d: number;
  q: number;
  P: number;
  D: number;
  Q: number;
  /** A mean of the differenced series: a level without differences, a drift with one. */
  constant: boolean;
}

/** A polynomial in the lag operator: [degree + 1], first coefficient 1. */
export type LagPolynomial = Float64Array;

/** Partial autocorrelations stay this far inside ±1, so that no root comes to lie on the unit circle. */
const mostPartial = 0.99;

/**
 * Coefficients a of the polynomial 1 − a₁B − … − aₖBᵏ with given partial autocorrelations: all roots outside the unit circle.
 * @param x [k] any numbers; tanh makes them partial autocorrelations
 * Reference: Barndorff-Nielsen & Schou 1973, Journal of Multivariate Analysis 3; Monahan 1984, Biometrika 71.
 */
function stableCoefficients(x: ArrayLike<number>): Float64Array {
  const k = x.length;
  const a = new Float64Array(k);
  const previous = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    a[i] = mostPartial * Math.tanh(x[i]);
    for (let j = 0; j < i; j++) a[j] = previous[j] - a[i] * previous[i - 1 - j];
    previous.set(a);
  }
  return a;
}

/** The product of two polynomials. */
export function multiply(left: LagPolynomial, right: LagPolynomial): LagPolynomial {
  const product = new Float64Array(left.length + right.length - 1);
  for (let i = 0; i < left.length; i++) {
    if (left[i] === 0) continue;
    for (let j = 0; j < right.length; j++) product[i + j] += left[i] * right[j];
  }
  return product;
}

/** 1 + sign·(c₁Bᵐ + c₂B²ᵐ + …). */
function lagPolynomial(coefficients: Float64Array, lag: number, sign: number): LagPolynomial {
  const polynomial = new Float64Array(coefficients.length * lag + 1);
  polynomial[0] = 1;
  for (let i = 0; i < coefficients.length; i++) polynomial[(i + 1) * lag] = sign * coefficients[i];
  return polynomial;
}

/** Autoregressive and moving-average polynomial: ar(B) w = ma(B) e. */
export interface ArmaPolynomials {
  ar: LagPolynomial;
  ma: LagPolynomial;
}

/**
 * The polynomials of a seasonal model, its seasonal factors multiplied out.
 * @param x [p + P + q + Q] free parameters in this order (see stableCoefficients)
 */
export function armaPolynomials(x: Float64Array, { p, q, P, Q }: ArimaOrder, period: number): ArmaPolynomials {
  const part = (from: number, count: number, lag: number) =>
    lagPolynomial(stableCoefficients(x.subarray(from, from + count)), lag, -1);
  return {
    ar: P > 0 ? multiply(part(0, p, 1), part(p, P, period)) : part(0, p, 1),
    ma: Q > 0 ? multiply(part(p + P, q, 1), part(p + P + q, Q, period)) : part(p + P, q, 1),
  };
}

/** (1 − B)^d (1 − B^period)^D. */
export function differencing({ d, D }: ArimaOrder, period: number): LagPolynomial {
  let polynomial: LagPolynomial = Float64Array.of(1);
  const one = Float64Array.of(1);
  for (let i = 0; i < d; i++) polynomial = multiply(polynomial, lagPolynomial(one, 1, -1));
  for (let i = 0; i < D; i++) polynomial = multiply(polynomial, lagPolynomial(one, period, -1));
  return polynomial;
}

/**
 * Weights ψ of y = Σ ψⱼ e[t − j] for ar(B) y = ma(B) e.
 * @returns [count] ψ₀ = 1 first. O(count · degree).
 * Reference: Box, Jenkins, Reinsel & Ljung 2015, Time Series Analysis, §3.4, eq. 5.2.3.
 */
export function psiWeights(ar: LagPolynomial, ma: LagPolynomial, count: number): Float64Array {
  const psi = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    let weight = j < ma.length ? ma[j] : 0;
    for (let i = 1; i < ar.length && i <= j; i++) weight -= ar[i] * psi[j - i];
    psi[j] = weight;
  }
  return psi;
}
