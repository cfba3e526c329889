/**
 * Expected values: R 4.2 (stats::arima, urca::ur.kpss, decompose, forecast 8.20's auto.arima); script and output lie
 * beside each other in tests/fixtures/forecasting/reference-arima.*.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  arimaDeviations,
  continueArima,
  differenced,
  type FitMethod,
  fitArima,
  stateOf,
} from '../../src-main/engine/forecasting/arima-fit.ts';
import { differencesOf } from '../../src-main/engine/forecasting/arima-search.ts';
import { arima } from '../../src-main/engine/forecasting/arima.ts';
import { difference, kpssStatistic, seasonalStrength } from '../../src-main/engine/forecasting/stationarity.ts';
import { leastSquares } from '../../src-main/engine/numeric/least-squares.ts';
import { solveLinear } from '../../src-main/engine/numeric/linear-solve.ts';
import { fitAndPredict } from '../fixtures/fit-context.ts';

interface ArimaCase {
  series: string;
  order: [number, number, number];
  seasonal: [number, number, number];
  period: number;
  constant: boolean;
  coef: Record<string, number>;
  sigma2: number;
  loglik: number;
  aic: number;
  nobs: number;
  mean: number[];
  se: number[];
}
interface Reference {
  series: Record<string, number[]>;
  exact: ArimaCase[];
  conditional: ArimaCase[];
  kpss: { series: string; plain: number; once: number }[];
  strength: { series: string; period: number; value: number }[];
  auto: { order: string; mape: number };
}
const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/forecasting/reference-arima.json', import.meta.url), 'utf8'),
);
const seriesOf = (name: string) => Float64Array.from(reference.series[name]);
const titleOf = ({ series, order, seasonal }: ArimaCase) => `${series} (${order})(${seasonal})`;

/** Fits a case's order to the last digit and reads the coefficients under R's names. */
function fitCase(one: ArimaCase, method: FitMethod) {
  const [p, d, q] = one.order;
  const [P, D, Q] = one.seasonal;
  const series = differenced(seriesOf(one.series), { d, D }, one.period, 30);
  const order = { p, d, q, P, D, Q, constant: one.constant };
  const fit = fitArima(series, order, new Array(p + q + P + Q).fill(0.2), method, 1e-13)!;
  const { ar, ma } = fit.polynomials;
  const coefficients: Record<string, number> = {};
  for (let i = 1; i <= p; i++) coefficients[`ar${i}`] = -ar[i];
  for (let i = 1; i <= q; i++) coefficients[`ma${i}`] = ma[i];
  if (P > 0) coefficients.sar1 = -ar[one.period];
  if (Q > 0) coefficients.sma1 = ma[one.period];
  // R's drift is a slope per period; ours the mean of the differences.
  if (one.constant && d + D > 0) coefficients.xreg = fit.mean / (D > 0 ? one.period : 1);
  else if (one.constant) coefficients.intercept = fit.mean;
  return { series, fit, coefficients };
}

const relative = (own: number, expected: number) => Math.abs(own / expected - 1);

describe("exact likelihood against R's arima, method ML", () => {
  for (const one of reference.exact) {
    // R begins a differenced series with a diffuse prior of variance 10⁶ instead of infinity, and adds what is unknown of
    // the first state to its standard errors: the digits of both end sooner there.
    const diffuse = one.order[1] + one.seasonal[1] > 0;
    const k = Object.keys(one.coef).length;

    it(`${titleOf(one)}: coefficients, variance, likelihood`, () => {
      const { series, fit, coefficients } = fitCase(one, 'exact');
      expect(Object.keys(coefficients).toSorted()).toEqual(Object.keys(one.coef).toSorted());
      for (const [name, value] of Object.entries(one.coef)) {
        const scale = Math.max(1, Math.abs(value));
        expect(Math.abs(coefficients[name] - value) / scale, name).toBeLessThan(diffuse ? 1e-4 : 1e-5);
      }
      const n = series.w.length;
      expect(n).toBe(one.nobs);
      expect(relative((fit.variance * (n - k)) / n, one.sigma2)).toBeLessThan(diffuse ? 1e-4 : 1e-6);
      expect(Math.abs(fit.logLikelihood - one.loglik)).toBeLessThan(diffuse ? 5e-3 : 1e-6);
      const correction = (2 * (k + 1) * (k + 2)) / (n - k - 2);
      expect(Math.abs(fit.aicc - correction - one.aic)).toBeLessThan(diffuse ? 1e-2 : 1e-5);
    });

    it(`${titleOf(one)}: forecasts and their standard errors`, () => {
      const { series, fit } = fitCase(one, 'exact');
      const state = stateOf(series, fit, 'exact');
      const path = continueArima(state, one.mean.length);
      const deviations = arimaDeviations(state, one.se.length);
      const divisor = Math.sqrt((series.w.length - k) / series.w.length);
      one.mean.forEach((value, j) => {
        expect(relative(path[j], value), `step ${j + 1}`).toBeLessThan(diffuse ? 2e-5 : 2e-6);
        expect(relative(divisor * deviations[j], one.se[j]), `step ${j + 1}`).toBeLessThan(diffuse ? 1e-3 : 1e-5);
      });
    });
  }
});

describe("conditional sum of squares against R's arima, method CSS", () => {
  for (const one of reference.conditional) {
    it(titleOf(one), () => {
      const { series, fit, coefficients } = fitCase(one, 'conditional');
      const [n, k] = [series.w.length, Object.keys(one.coef).length];
      for (const [name, value] of Object.entries(one.coef)) {
        expect(Math.abs(coefficients[name] - value), name).toBeLessThan(1e-5);
      }
      expect(relative((fit.variance * (n - k)) / n, one.sigma2)).toBeLessThan(1e-9);
      // R forecasts from the exact filter, whatever found the coefficients.
      const path = continueArima(stateOf(series, fit, 'exact'), one.mean.length);
      one.mean.forEach((value, j) => {
        expect(relative(path[j], value), `step ${j + 1}`).toBeLessThan(2e-6);
      });
      // The conditional state starts from zeros before the series; at its end hardly anything of that is left.
      const cheap = continueArima(stateOf(series, fit, 'conditional'), one.mean.length);
      one.mean.forEach((value, j) => {
        expect(relative(cheap[j], value), `step ${j + 1}`).toBeLessThan(3e-3);
      });
    });
  }
});

describe('how often to difference', () => {
  it.each(reference.kpss)('KPSS statistic of $series as urca has it', ({ series, plain, once }) => {
    expect(kpssStatistic(seriesOf(series))).toBeCloseTo(plain, 10);
    expect(kpssStatistic(difference(seriesOf(series), 1))).toBeCloseTo(once, 10);
  });
  it.each(reference.strength)("strength of the season of $series by R's decompose()", ({ series, period, value }) => {
    expect(seasonalStrength(seriesOf(series), period)).toBeCloseTo(value, 3);
  });
  it('AirPassengers: once by season, once by month; Nile: once; lh: never', () => {
    expect(differencesOf(seriesOf('logAirPassengers'), 12)).toEqual({ d: 1, D: 1 });
    expect(differencesOf(seriesOf('Nile'), 1)).toEqual({ d: 1, D: 0 });
    expect(differencesOf(seriesOf('lh'), 1)).toEqual({ d: 0, D: 0 });
  });
});

describe('the search', () => {
  it('errs on the last two years of AirPassengers no more than auto.arima', async () => {
    const y = seriesOf('logAirPassengers').map(Math.exp);
    const { point } = await fitAndPredict(arima, y.slice(0, 120), 12, 24);
    const mape = point.reduce((sum, value, j) => sum + Math.abs(value / y[120 + j] - 1), 0) / 24;
    expect(mape).toBeLessThan(1.05 * reference.auto.mape);
  });
});

describe('numeric', () => {
  it('Gaussian elimination solves a Hilbert system of five, whose inverse is known in whole numbers', () => {
    const a = Float64Array.from({ length: 25 }, (_, i) => 1 / (Math.floor(i / 5) + (i % 5) + 1));
    const b = Float64Array.of(1, 0, 0, 0, 0);
    expect(solveLinear(a, b)).toBe(true);
    [25, -300, 1050, -1400, 630].forEach((value, i) => {
      expect(b[i]).toBeCloseTo(value, 6);
    });
    expect(solveLinear(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1))).toBe(false);
  });
  it("Levenberg–Marquardt meets NIST's certified values of Misra1a (StRD, lower difficulty)", () => {
    const x = [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0];
    const y = [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78];
    const residuals = ([b1, b2]: Float64Array, out: Float64Array) => {
      x.forEach((value, i) => {
        out[i] = y[i] - 100 * b1 * (1 - Math.exp(-1e-3 * b2 * value));
      });
      return true;
    };
    const { x: b, squares } = leastSquares(residuals, [2.5, 0.5], x.length, 100, 1e-12);
    expect(100 * b[0]).toBeCloseTo(238.94212918, 4);
    expect(1e-3 * b[1]).toBeCloseTo(5.5015643181e-4, 9);
    expect(squares).toBeCloseTo(0.12455138894, 9);
  });
});
