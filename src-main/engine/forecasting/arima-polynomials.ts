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
 * @param x any numbers; tanh makes those from `from` on partial autocorrelations
 * @returns [count]
 * Reference: Barndorff-Nielsen & Schou 1973, Journal of Multivariate Analysis 3; Monahan 1984, Biometrika 71.
 */
function stableCoefficients(x: Float64Array, from: number, count: number): number[] {
  const a: number[] = [];
  for (let i = 0; i < count; i++) {
    const partial = mostPartial * Math.tanh(x[from + i]);
    for (let j = 0, k = i - 1; j <= k; j++, k--) {
      const [left, right] = [a[j], a[k]];
      a[j] = left - partial * right;
      a[k] = right - partial * left;
    }
    a.push(partial);
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
  return { ar: seasonalProduct(x, 0, p, P, period), ma: seasonalProduct(x, p + P, q, Q, period) };
}

/** (1 − a₁B − …)(1 − A₁Bᵐ − …); asked some hundred times a fit, so no array is made that is not needed. */
function seasonalProduct(x: Float64Array, from: number, plain: number, seasonal: number, period: number) {
  const a = stableCoefficients(x, from, plain);
  const A = stableCoefficients(x, from + plain, seasonal);
  const product = new Float64Array(1 + plain + seasonal * period);
  product[0] = 1;
  for (let i = 0; i < plain; i++) product[i + 1] = -a[i];
  for (let j = 0; j < seasonal; j++) {
    const at = (j + 1) * period;
    product[at] -= A[j];
    for (let i = 0; i < plain; i++) product[at + i + 1] += A[j] * a[i];
  }
  return product;
}

/** (1 − B)^d (1 − B^period)^D. */
export function differencing({ d, D }: ArimaOrder, period: number): LagPolynomial {
  let polynomial: LagPolynomial = Float64Array.of(1);
  const once = (lag: number) => Float64Array.from({ length: lag + 1 }, (_, i) => (i === 0 ? 1 : i === lag ? -1 : 0));
  for (let i = 0; i < d; i++) polynomial = multiply(polynomial, once(1));
  for (let i = 0; i < D; i++) polynomial = multiply(polynomial, once(period));
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
