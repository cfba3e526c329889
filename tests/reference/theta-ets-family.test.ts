/**
 * The standard theta and the forms of exponential smoothing that forecasting-models.test.ts leaves out. Expected values:
 * R 4.2 with forecast 8.20 (ets, thetaf) and the theta formula fitted to full precision in R; script and output lie beside
 * each other in tests/fixtures/forecasting.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { admissibleForms, ets } from '../../src-main/engine/forecasting/ets.ts';
import { type EtsFit, etsForm, fitEtsForm } from '../../src-main/engine/forecasting/ets-fit.ts';
import { continueEts, runEts } from '../../src-main/engine/forecasting/ets-recursion.ts';
import { thetaStandard } from '../../src-main/engine/forecasting/theta-standard.ts';
import { fitAndPredict, fitContext } from '../fixtures/fit-context.ts';

interface EtsCase {
  series: string;
  form: string;
  damped: boolean;
  period: number;
  par: { alpha: number; beta?: number; gamma?: number; phi?: number };
  initstate: number[];
  loglik: number;
  aicc: number;
  mean: number[];
}
interface ThetaCase {
  series: string;
  period: number;
  alpha: number;
  mean: number[];
}
interface Reference {
  series: Record<string, number[]>;
  ets: EtsCase[];
  chosen: { series: string; form: string; aicc: number }[];
  thetaf: (ThetaCase & { drift: number; lower80: number[]; upper95: number[] })[];
  exact: (ThetaCase & { sse: number })[];
}
const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/forecasting/theta-ets-family.json', import.meta.url), 'utf8'),
);
const seriesOf = (name: string) => Float64Array.from(reference.series[name]);
/** Largest relative difference. */
const largestDifference = (own: Float64Array, expected: number[]) =>
  Math.max(...expected.map((value, j) => Math.abs(own[j] / value - 1)));

describe('more forms of ETS against R forecast::ets', () => {
  for (const one of reference.ets) {
    const form = etsForm(one.form[0] + (one.damped ? 'D' : one.form[1]) + one.form[2]);
    const title = `${one.series} ${form.error}${form.trend}${form.season}`;

    it(`${title}: same likelihood and forecast from R's parameters and initial states`, () => {
      const trended = form.trend !== 'N';
      const { alpha, beta = 0, gamma = 0, phi = 1 } = one.par;
      const season = form.season === 'N' ? [] : one.initstate.slice(trended ? 2 : 1).reverse();
      const start = { level: one.initstate[0], slope: trended ? one.initstate[1] : 0, season };
      const { deviance, state } = runEts(seriesOf(one.series), form, { alpha, beta, gamma, phi }, start);
      expect(deviance).toBeCloseTo(-2 * one.loglik, 4);
      const { point, trend } = continueEts(state, form, phi, one.mean.length);
      // With a multiplicative season R gives the mean of the product, not the product of the means: apart as steps grow.
      const multiplicative = form.season === 'M';
      const compared = one.mean.slice(0, multiplicative ? one.period : undefined);
      expect(largestDifference(point, compared)).toBeLessThan(multiplicative ? 2e-3 : 1e-6);
      if (form.season === 'N') expect(Array.from(trend)).toEqual(Array.from(point));
    });

    it(`${title}: own estimates explain the past about as well as R's`, () => {
      const y = seriesOf(one.series);
      const fit = fitEtsForm(y, form, one.period);
      const { deviance } = runEts(y, form, fit.parameters, fit.start);
      expect(fit.aicc - deviance, 'the penalty for parameters').toBeCloseTo(one.aicc + 2 * one.loglik, 6);
      console.log(`${title}: AICc ${fit.aicc.toFixed(2)}, R ${one.aicc.toFixed(2)}`);
      // Both maximise the same likelihood; R also moves the initial season, so with one ours may end a little lower.
      expect(fit.aicc - one.aicc).toBeLessThan(form.season === 'N' ? 0.2 : 0.015 * Math.abs(one.aicc));
      const { point } = continueEts(fit.state, form, fit.parameters.phi, 12);
      const difference = point.reduce((sum, value, j) => sum + Math.abs(value / one.mean[j] - 1), 0) / 12;
      console.log(`${title}: mean difference of 12 forecasts ${(100 * difference).toFixed(2)} %`);
      expect(difference).toBeLessThan(form.season === 'N' ? 0.005 : 0.05);
    });
  }
});

describe('the form with the least AICc', () => {
  it.each(reference.chosen)('$series: R chooses $form', async ({ series, form, aicc }) => {
    const y = seriesOf(series);
    const params = { forms: [...admissibleForms], choice: 'best' };
    const { members } = (await ets.fit(y, fitContext(y, 1), params)) as unknown as { members: EtsFit[] };
    console.log(
      `${series}: ${JSON.stringify(members[0].form)} ${members[0].aicc.toFixed(2)}, R ${form} ${aicc.toFixed(2)}`,
    );
    expect(members).toHaveLength(1);
    expect(members[0].form).toEqual(etsForm(form));
    expect(members[0].aicc - aicc).toBeLessThan(0.2);
  });

  it('unknown forms are refused in words', async () => {
    const y = seriesOf('Nile');
    await expect(ets.fit(y, fitContext(y, 1), { forms: ['AAM'] })).rejects.toThrow(/"AAM" is no form/);
  });
});

describe('the standard theta', () => {
  it.each(reference.thetaf)('$series: R thetaf', async ({ series, period, mean, lower80, upper95 }) => {
    const { point, intervals } = await fitAndPredict(thetaStandard, seriesOf(series), period, 24, [0.8, 0.95]);
    expect(largestDifference(point, mean)).toBeLessThan(2e-4);
    expect(largestDifference(intervals[0].lower, lower80)).toBeLessThan(2e-4);
    expect(largestDifference(intervals[1].upper, upper95)).toBeLessThan(2e-4);
  });

  it.each(reference.exact)('$series: the formula, fitted to full precision', async ({ series, period, mean }) => {
    const { point } = await fitAndPredict(thetaStandard, seriesOf(series), period, 24);
    expect(largestDifference(point, mean)).toBeLessThan(1e-7);
  });
});
