/**
 * Expected values: R 4.2 with forecast 8.20 (ETS, seasonal naive, accuracy), and Dynamic Optimised Theta written in R from
 * Fiorucci et al. 2016 with lm() at every step. Script and its output lie beside each other in tests/fixtures/forecasting.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { continueDynamicTheta, fitDynamicTheta } from '../../src-main/engine/forecasting/dynamic-theta.ts';
import { etsForm, fitEtsForm } from '../../src-main/engine/forecasting/ets-fit.ts';
import { continueEts, runEts } from '../../src-main/engine/forecasting/ets-recursion.ts';
import { normalIntervals } from '../../src-main/engine/forecasting/normal-intervals.ts';
import { scoresOf, seasonalNaiveError } from '../../src-main/engine/forecasting/scores.ts';
import { seasonalNaive } from '../../src-main/engine/forecasting/seasonal-naive.ts';
import { nelderMead } from '../../src-main/engine/numeric/optimiser.ts';
import { ridge } from '../../src-main/engine/numeric/ridge.ts';
import { valleyMinimum } from '../../src-main/engine/numeric/valley-minimum.ts';
import { fitAndPredict } from '../fixtures/fit-context.ts';

interface EtsCase {
  series: string;
  form: string;
  damped: boolean;
  period: number;
  par: { alpha: number; beta?: number; gamma?: number; phi?: number };
  initstate: number | number[];
  loglik: number;
  aicc: number;
  mean: number[];
}
interface Reference {
  series: Record<string, number[]>;
  ets: EtsCase[];
  theta: { series: string; alpha: number; theta: number; sse: number; mean: number[] }[];
  accuracy: { MAE: number; RMSE: number; MAPE: number; MASE: number };
  snaive: number[];
}
const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/forecasting/reference-forecasts.json', import.meta.url), 'utf8'),
);
const seriesOf = (name: string) => Float64Array.from(reference.series[name]);
/** Largest relative difference. */
const largestDifference = (own: Float64Array, expected: number[]) =>
  Math.max(...expected.map((value, j) => Math.abs(own[j] / value - 1)));
const formOf = ({ form, damped }: EtsCase) => etsForm(form[0] + (damped ? 'D' : form[1]) + form[2]);

function stateOf({ form, initstate }: EtsCase) {
  const trended = form[1] !== 'N';
  const states = [initstate].flat();
  const season = form[2] === 'N' ? [] : states.slice(trended ? 2 : 1).reverse();
  return { level: states[0], slope: trended ? states[1] : 0, season };
}

describe('ETS against R forecast::ets', () => {
  for (const one of reference.ets) {
    const title = `${one.series} ${one.form}${one.damped ? ' damped' : ''}`;
    const parameters = {
      alpha: one.par.alpha,
      beta: one.par.beta ?? 0,
      gamma: one.par.gamma ?? 0,
      phi: one.par.phi ?? 1,
    };

    it(`${title}: same likelihood and forecast from R's parameters and initial states`, () => {
      const { deviance, state } = runEts(seriesOf(one.series), formOf(one), parameters, stateOf(one));
      expect(deviance).toBeCloseTo(-2 * one.loglik, 4);
      const { point: mean } = continueEts(state, formOf(one), parameters.phi, one.mean.length);
      // With a multiplicative season R gives the mean of the product, not the product of the means: apart as steps grow.
      const multiplicative = one.form[2] === 'M';
      const compared = one.mean.slice(0, multiplicative ? one.period : undefined);
      expect(largestDifference(mean, compared)).toBeLessThan(multiplicative ? 2e-3 : 1e-6);
    });

    it(`${title}: own estimates explain the past about as well as R's`, () => {
      const y = seriesOf(one.series);
      const fit = fitEtsForm(y, formOf(one), one.period);
      const { deviance } = runEts(y, fit.form, fit.parameters, fit.start);
      expect(fit.aicc - deviance, 'the penalty for parameters').toBeCloseTo(one.aicc + 2 * one.loglik, 6);
      // Both maximise the same likelihood; R also moves the initial season, so with one ours may end a little lower.
      console.log(`${title}: AICc ${fit.aicc.toFixed(2)}, R ${one.aicc.toFixed(2)}`);
      expect(fit.aicc - one.aicc).toBeLessThan(one.form[2] === 'N' ? 0.2 : 0.015 * Math.abs(one.aicc));
      const { point: mean } = continueEts(fit.state, fit.form, fit.parameters.phi, 12);
      const difference = mean.reduce((sum, value, j) => sum + Math.abs(value / one.mean[j] - 1), 0) / 12;
      console.log(`${title}: mean difference of 12 forecasts ${(100 * difference).toFixed(2)} %`);
      expect(difference).toBeLessThan(one.form[2] === 'N' ? 0.005 : 0.05);
    });
  }
});

describe('Dynamic Optimised Theta against the paper, written in R with lm() at every step', () => {
  for (const one of reference.theta) {
    it(one.series, () => {
      const y = seriesOf(one.series);
      const fit = fitDynamicTheta(y);
      const sse = fit.sigma ** 2 * (y.length - 4);
      expect(sse / one.sse - 1).toBeLessThan(1e-9);
      expect(largestDifference(continueDynamicTheta(fit, 12).point, one.mean)).toBeLessThan(1e-6);
    });
  }
});

describe('seasonal naive and the scores against R', () => {
  it('upper 80 % limits of snaive(AirPassengers)', async () => {
    const { intervals } = await fitAndPredict(seasonalNaive, seriesOf('AirPassengers'), 12, 12, [0.8]);
    expect(largestDifference(intervals[0].upper, reference.snaive)).toBeLessThan(0.001);
  });
  it('MAE, RMSE, MAPE, MASE of accuracy() on two held-out years', async () => {
    const y = seriesOf('AirPassengers');
    const origin = 120;
    const trial = {
      origin,
      actual: y.slice(origin),
      predicted: (await fitAndPredict(seasonalNaive, y.slice(0, origin), 12, 24)).point,
      known: new Uint8Array(24).fill(1),
      naiveError: seasonalNaiveError(y, 12, origin),
    };
    const scores = scoresOf([trial])!;
    expect(scores.mae).toBeCloseTo(reference.accuracy.MAE, 8);
    expect(scores.rmse).toBeCloseTo(reference.accuracy.RMSE, 8);
    expect(100 * scores.mape!).toBeCloseTo(reference.accuracy.MAPE, 8);
    expect(scores.mase).toBeCloseTo(reference.accuracy.MASE, 8);
  });
});

describe('numeric', () => {
  it("Nelder–Mead finds the minimum of Rosenbrock's function (1960) at (1, 1)", () => {
    const { x, value } = nelderMead(([a, b]) => 100 * (b - a * a) ** 2 + (1 - a) ** 2, [-1.2, 1], [0.5, 0.5], 1e-14);
    expect(value).toBeLessThan(1e-10);
    expect(x[0]).toBeCloseTo(1, 4);
    expect(x[1]).toBeCloseTo(1, 4);
  });
  it('the deeper valley of (x² − 1)² + 0.3x lies at the smallest root of 4x³ − 4x + 0.3, −1.0355787', () => {
    const f = (x: number) => (x * x - 1) ** 2 + 0.3 * x;
    expect(valleyMinimum(f, -2, 2)).toBeCloseTo(-1.0355787, 6);
    expect(valleyMinimum((x) => f(-x), -2, 2)).toBeCloseTo(1.0355787, 6);
    expect(
      valleyMinimum((x) => x, 0.1, 0.99),
      'at the edge',
    ).toBeCloseTo(0.1, 6);
  });
  it("ridge without penalty gives the least squares of Anscombe's first set (1973): 3.00 + 0.500 x", () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const b = ridge(
      Float64Array.from(x.flatMap((v) => [1, v])),
      Float64Array.from(y),
      new Uint8Array(11).fill(1),
      [0, 0],
    );
    expect(b[0]).toBeCloseTo(3.0001, 4);
    expect(b[1]).toBeCloseTo(0.5001, 4);
  });
  it('normal intervals use z = 1.2815516 and 1.9599640 (tables of the normal distribution)', () => {
    const [of80, of95] = normalIntervals(new Float64Array(1), new Float64Array([1]), [0.8, 0.95]);
    expect(of80.upper[0]).toBeCloseTo(1.2815516, 6);
    expect(of95.lower[0]).toBeCloseTo(-1.959964, 6);
  });
});
