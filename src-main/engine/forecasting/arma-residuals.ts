import type { ArmaPolynomials, LagPolynomial } from './arima-polynomials.ts';
import type { Whitened } from './arma-likelihood.ts';

/** Coefficients that are not zero, with their lags. */
interface Terms {
  count: number;
  lags: Int32Array;
  values: Float64Array;
}

/**
 * Residuals of models of one series as if it had stood at its mean for ever before: many times cheaper than the exact
 * likelihood, close to it for long series.
 * @param w [n]
 * @param mostDegree largest degree of both polynomials
 * Reference: Box, Jenkins, Reinsel & Ljung 2015, Time Series Analysis, §7.1.2 (conditional likelihood).
 */
export function createConditionalResiduals(w: Float64Array, mostDegree: number) {
  const n = w.length;
  // The zeros before the series spare the loops every question about its beginning.
  const padded = (values: Float64Array | number) => {
    const array = new Float64Array(mostDegree + n);
    if (typeof values === 'number') array.fill(values, mostDegree);
    else array.set(values, mostDegree);
    return array;
  };
  const [past, pastOnes] = [padded(w), padded(1)];
  const [series, ones] = [padded(0), padded(0)];
  const answer: Whitened = { series: series.subarray(mostDegree), ones: ones.subarray(mostDegree), logDeterminant: 0 };
  const terms = (): Terms => ({ count: 0, lags: new Int32Array(mostDegree), values: new Float64Array(mostDegree) });
  const [arTerms, maTerms] = [terms(), terms()];

  const read = (polynomial: LagPolynomial, into: Terms): void => {
    into.count = 0;
    for (let lag = 1; lag < polynomial.length; lag++) {
      if (polynomial[lag] === 0) continue;
      into.lags[into.count] = lag;
      into.values[into.count++] = polynomial[lag];
    }
  };
  const filter = (from: Float64Array, out: Float64Array): void => {
    out.set(from);
    for (let i = 0; i < arTerms.count; i++) {
      const [lag, value] = [arTerms.lags[i], arTerms.values[i]];
      for (let t = mostDegree; t < out.length; t++) out[t] += value * from[t - lag];
    }
    const { count, lags, values } = maTerms;
    if (count === 0) return;
    for (let t = mostDegree; t < out.length; t++) {
      let sum = out[t];
      for (let i = 0; i < count; i++) sum -= values[i] * out[t - lags[i]];
      out[t] = sum;
    }
  };

  /** Residuals of w, and of 1, 1, 1, … where asked; the arrays of the answer are overwritten by the next call. */
  return ({ ar, ma }: ArmaPolynomials, withOnes: boolean): Whitened => {
    read(ar, arTerms);
    read(ma, maTerms);
    filter(past, series);
    if (withOnes) filter(pastOnes, ones);
    return answer;
  };
}
