/** What the models on lags and the calendar promise beyond the conformance of every model. */
import { describe, expect, it } from 'vitest';
import { sliceCovariates, type Covariates } from '../../src-main/engine/forecasting/covariates.ts';
import { plainCovariates } from '../fixtures/plain-covariates.ts';
import { linearRegression } from '../../src-main/engine/forecasting/linear-regression.ts';
import { randomForest } from '../../src-main/engine/forecasting/random-forest.ts';
import { xgboost } from '../../src-main/engine/forecasting/xgboost.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import { fitContext } from '../fixtures/fit-context.ts';

const models = [linearRegression, randomForest, xgboost].map((model) => [model.id, model] as const);
const levels = [0.8];
const n = 300;
const horizon = 28;
/** 2021-01-04, a Monday. */
const monday = 18_631;
const promotionEvery = 23;

const ordinary = (t: number) => t % 7 !== 5 && t % promotionEvery !== 0;

/** Seven open days, Saturdays double, a promotion now and then that adds a half, noise of 3 %. */
function shop(): { y: Float64Array; past: Covariates; ahead: Covariates; promoted: (t: number) => boolean } {
  const rng = createRng(6);
  const promoted = (t: number) => t % promotionEvery === 0;
  const plain = plainCovariates('day', monday, n + horizon);
  const values = Float64Array.from({ length: n + horizon }, (_, t) => (promoted(t) ? 1 : 0));
  const all: Covariates = { ...plain, regressors: [{ id: 'event:sale', part: 'events', values }] };
  const y = Float64Array.from(
    { length: n },
    (_, t) => 1000 * (t % 7 === 5 ? 2 : 1) * (promoted(t) ? 1.5 : 1) * Math.exp(0.03 * rng.normal()),
  );
  return { y, past: sliceCovariates(all, 0, n), ahead: sliceCovariates(all, n, n + horizon), promoted };
}

async function forecastOf(model: (typeof models)[number][1], y: Float64Array, past: Covariates, ahead: Covariates) {
  const fitted = await model.fit(y, fitContext(y, 7, { covariates: past, horizon }));
  return model.predict(fitted, horizon, levels, ahead);
}

describe.each(models)('%s', (_id, model) => {
  it('sees the weekday and the promotion, and says so', async () => {
    const { y, past, ahead, promoted } = shop();
    const { point, contributions = [] } = await forecastOf(model, y, past, ahead);
    const part = (id: string) => contributions.find((one) => one.id === id)!;
    for (let j = 0; j < horizon; j++) {
      const t = n + j;
      const expected = 1000 * (t % 7 === 5 ? 2 : 1) * (promoted(t) ? 1.5 : 1);
      // 13 promotions are all it has to learn from; the rest it has seen often.
      expect(Math.abs(point[j] / expected - 1)).toBeLessThan(promoted(t) ? 0.25 : 0.08);
      if (t % 7 === 5) expect(part('weekday').values[j]).toBeGreaterThan(400);
      if (promoted(t)) expect(part('event:sale').values[j]).toBeGreaterThan(150);
      else expect(Math.abs(part('event:sale').values[j])).toBeLessThan(80);
    }
    expect(part('weekday').part).toBe('weekly');
    expect(part('event:sale').part).toBe('events');
  });

  it('in another currency the forecast is the same sales', async () => {
    const { y, past, ahead } = shop();
    const here = await forecastOf(model, y, past, ahead);
    const there = await forecastOf(
      model,
      y.map((value) => value * 4096),
      past,
      ahead,
    );
    for (let j = 0; j < horizon; j++) expect(there.point[j] / here.point[j] / 4096).toBeCloseTo(1, 3);
  });

  it('follows growth to levels it has never seen', async () => {
    const { y, past, ahead } = shop();
    const daily = 0.003;
    const grown = y.map((value, t) => value * Math.exp(daily * t));
    const { point } = await forecastOf(model, grown, past, ahead);
    for (const j of point.keys()) {
      if (!ordinary(n + j)) continue;
      expect(point[j]).toBeGreaterThan(0.92 * 1000 * Math.exp(daily * n));
      expect(point[j]).toBeLessThan(1.08 * 1000 * Math.exp(daily * (n + j)));
    }
  });

  it('one day at nothing does not take the logarithms away', async () => {
    const { y, past, ahead } = shop();
    const holed = y.slice();
    holed[40] = -200;
    const { point, intervals } = await forecastOf(model, holed, past, ahead);
    const before = await forecastOf(model, y, past, ahead);
    for (let j = 0; j < horizon; j++) {
      // A fifth is what one such day may do to a day whose like it stands among, months later.
      if (ordinary(n + j)) expect(Math.abs(point[j] / before.point[j] - 1)).toBeLessThan(0.2);
      expect(intervals[0].lower[j]).toBeGreaterThan(0);
    }
  });

  it('a year ahead it still knows its weekdays', async () => {
    const { y, past } = shop();
    const fitted = await model.fit(y, fitContext(y, 7, { covariates: past, horizon: 365 }));
    const ahead = sliceCovariates(plainCovariates('day', monday, n + 365), n, n + 365);
    const { point } = model.predict(fitted, 365, [], ahead);
    for (let j = 0; j < 365; j++) {
      const expected = (n + j) % 7 === 5 ? 2000 : 1000;
      expect(Math.abs(point[j] / expected - 1)).toBeLessThan(0.12);
    }
  });
});
