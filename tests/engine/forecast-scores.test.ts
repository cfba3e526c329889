import { describe, expect, it } from 'vitest';
import { planBacktest } from '../../src-main/engine/forecasting/backtest.ts';
import { bandRule, measuredCoverage } from '../../src-main/engine/forecasting/intervals.ts';
import { type Scores, scoresOf, type Trial } from '../../src-main/engine/forecasting/scores.ts';
import { trainingInput } from '../../src-main/engine/forecasting/training-input.ts';
import { yearlyProfile } from '../../src-main/engine/forecasting/yearly-profile.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import { months, ordinary, shop } from '../fixtures/shop-series.ts';

describe('scores, bands, plans', () => {
  const trial = (actual: number[], predicted: number[], known = actual.map(() => 1)): Trial => ({
    origin: 0,
    actual: Float64Array.from(actual),
    predicted: Float64Array.from(predicted),
    known: Uint8Array.from(known),
    naiveError: 10,
  });

  it('scores by hand: errors 10, 20, 20 (closed) of 100, 80, 0', () => {
    const { mae, rmse, mape, wape, mase, smape, r2, bias } = scoresOf([
      trial([100, 80, 0, 999], [90, 100, 20, 1], [1, 1, 1, 0]),
    ]) as Scores;
    expect(mae).toBeCloseTo(50 / 3, 12);
    expect(rmse).toBeCloseTo(Math.sqrt(900 / 3), 12);
    expect(mape).toBeCloseTo((0.1 + 0.25) / 2, 12);
    expect(wape).toBeCloseTo(50 / 180, 12);
    expect(mase).toBeCloseTo(50 / 3 / 10, 12);
    // 20/190, 40/180 and 40/20 (a sale forecast where nothing sold counts 2), halved sums of sizes.
    expect(smape).toBeCloseTo((20 / 190 + 40 / 180 + 2) / 3, 12);
    expect(r2).toBeCloseTo(1 - 900 / (40 ** 2 + 20 ** 2 + 60 ** 2), 12);
    expect(bias).toBeCloseTo((-10 + 20 + 20) / 3, 12);
    expect(scoresOf([trial([1], [1], [0])])).toBeNull();
  });

  it('bands cover about what they say on simulated errors', () => {
    const random = createRng(11);
    const path = () =>
      trial(
        Array.from({ length: 24 }, () => 100 * (1 + 0.2 * random.normal())),
        new Array(24).fill(100),
      );
    let [in80, in95, n] = [0, 0, 0];
    for (let run = 0; run < 200; run++) {
      const trials = [path(), path(), path(), path()];
      const { coverage80, coverage95 } = measuredCoverage(trials, 'day', 600)!;
      in80 += coverage80;
      in95 += coverage95;
      n++;
    }
    console.log(`conformal bands on simulated daily errors: ${(in80 / n).toFixed(3)} / ${(in95 / n).toFixed(3)}`);
    expect(in80 / n).toBeGreaterThan(0.77);
    expect(in80 / n).toBeLessThan(0.85);
    expect(in95 / n).toBeGreaterThan(0.92);
    expect(in95 / n).toBeLessThan(0.98);
  });

  it.each([0, 0.5, 1])('daily bands follow the level with the power %d that the errors have', (power) => {
    const random = createRng(21);
    const path = (level: number) => {
      const predicted = Array.from({ length: 24 }, (_, j) => level * (1 + (j % 6)));
      return trial(
        predicted.map((value) => value + 20 * (value / 100) ** power * random.normal()),
        predicted,
      );
    };
    const rule = bandRule([50, 100, 200, 400, 50, 100, 200, 400].map(path), 'day', 600)!;
    const { low80, high80 } = rule.bands(Float64Array.from([50, 800]));
    const grown = Math.log((high80[1] - low80[1]) / (high80[0] - low80[0])) / Math.log(16);
    expect(Math.abs(grown - power)).toBeLessThan(0.26);
  });

  it('where a fifth of the tested days sold nothing, the 80 % band of any day reaches down to 0', () => {
    const random = createRng(3);
    const actual = () => Array.from({ length: 28 }, () => (random.next() < 0.2 ? 0 : 100 + 5 * random.normal()));
    const rule = bandRule(
      Array.from({ length: 4 }, () => trial(actual(), new Array(28).fill(80))),
      'day',
      600,
    )!;
    const { low80, low95 } = rule.bands(Float64Array.from([40, 80, 400]));
    expect(Array.from(low80)).toEqual([0, 0, 0]);
    expect(Array.from(low95)).toEqual([0, 0, 0]);
  });

  it('monthly half-widths are K · s · j^0.35', () => {
    const rule = bandRule([trial([110, 90, 100], [100, 100, 100])], 'month', 60)!;
    const s = Math.sqrt((10 ** 2 + (10 / 2 ** 0.35) ** 2) / 3);
    const { high80, low95 } = rule.bands(new Float64Array(4).fill(100));
    expect(high80[0]).toBeCloseTo(100 + 1.45 * s, 9);
    expect(high80[3]).toBeCloseTo(100 + 1.45 * s * 4 ** 0.35, 9);
    expect(low95[1]).toBeCloseTo(100 - 2.75 * s * 2 ** 0.35, 9);
  });

  it('plans: four origins of four weeks by day; h, 2h/3, h/3 by month', () => {
    const daily = trainingInput(shop(400, ordinary));
    expect(daily.period).toBe(6);
    const n = daily.y.length;
    expect(planBacktest(daily, 25)).toEqual({ origins: [n - 96, n - 72, n - 48, n - 24], steps: 24 });
    expect(planBacktest(trainingInput(months(new Array(60).fill(5))), 18)).toEqual({
      origins: [42, 48, 54],
      steps: 18,
    });
    expect(planBacktest(trainingInput(months(new Array(6).fill(5))), 18).origins.every((origin) => origin >= 5)).toBe(
      true,
    );
  });

  it('a yearly profile needs two full years', () => {
    const days = Int32Array.from({ length: 900 }, (_, i) => 19_000 + i);
    const y = Float64Array.from(days, (day) => Math.exp(0.4 * Math.cos((2 * Math.PI * day) / 365.25)));
    const learned = new Uint8Array(900).fill(1);
    expect(yearlyProfile(y.subarray(0, 729), days.subarray(0, 729), learned)).toBeNull();
    const profile = yearlyProfile(y, days, learned)!;
    expect(profile.factor(20_089)).toBeCloseTo(Math.exp(0.4 * Math.cos((2 * Math.PI * 20_089) / 365.25)), 1);
  });
});
