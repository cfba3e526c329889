/**
 * Expected values: R's forecast::naive and rwf(drift = TRUE) (forecast 8.20) on the Nile, moving averages by filter();
 * script and output: tests/fixtures/forecasting/reference-arima.*. FPP3's own numbers where it prints them.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drift } from '../../src-main/engine/forecasting/drift.ts';
import type { Model } from '../../src-main/engine/forecasting/model.ts';
import { movingAverage } from '../../src-main/engine/forecasting/moving-average.ts';
import { naive } from '../../src-main/engine/forecasting/naive.ts';
import { fitAndPredict, fitContext, periodsAhead } from '../fixtures/fit-context.ts';

interface Band {
  mean: number[];
  upper80: number[];
  lower95: number[];
}
interface Reference {
  series: { Nile: number[] };
  simple: { naive: Band; drift: Band; moving: { k: number; level: number; deviation: number }[] };
}
const { series, simple }: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/forecasting/reference-arima.json', import.meta.url), 'utf8'),
);
const nile = Float64Array.from(series.Nile);

describe.each<[string, Model, Band]>([
  ['last value', naive, simple.naive],
  ['mean change', drift, simple.drift],
])('%s as R has it', (_name, model, expected) => {
  it('forecasts and limits of ten years of the Nile', async () => {
    const { point, intervals } = await fitAndPredict(model, nile, 1, 10, [0.8, 0.95]);
    for (let j = 0; j < 10; j++) {
      expect(point[j]).toBeCloseTo(expected.mean[j], 9);
      expect(intervals[0].upper[j]).toBeCloseTo(expected.upper80[j], 5);
      expect(intervals[1].lower[j]).toBeCloseTo(expected.lower95[j], 5);
    }
  });
});

describe('moving average', () => {
  it.each(simple.moving)('of $k years: level, and errors one step ahead', async ({ k, level, deviation }) => {
    const fitted = await movingAverage.fit(nile, fitContext(nile, 1), { window: k });
    const { point, intervals } = movingAverage.predict(fitted, 3, [0.8], periodsAhead(1, nile.length, 3));
    const z80 = 1.2815516;
    const alpha = 2 / (k + 1);
    for (let j = 0; j < 3; j++) {
      expect(point[j]).toBeCloseTo(level, 9);
      const growth = Math.sqrt(1 + j * alpha ** 2);
      expect(intervals[0].upper[j] - point[j]).toBeCloseTo(z80 * deviation * growth, 4);
    }
  });
  it('of one season where one is known, of six periods where not, of what is there where that is less', async () => {
    const y = Float64Array.from({ length: 30 }, (_, t) => t);
    const level = async (values: Float64Array, period: number) =>
      (await fitAndPredict(movingAverage, values, period, 1)).point[0];
    expect(await level(y, 12)).toBe(23.5);
    expect(await level(y, 1)).toBe(26.5);
    expect(await level(y.slice(0, 4), 1)).toBe(2);
  });
});
