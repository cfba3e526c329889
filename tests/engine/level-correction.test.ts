/** What the backtest missed on average is put right as far as the origins agree. */
import { describe, expect, it } from 'vitest';
import { correctForecast, correctTrials, levelCorrection } from '../../src-main/engine/forecasting/level-correction.ts';
import { runForecast } from '../../src-main/engine/forecasting/run-forecast.ts';
import type { Trial } from '../../src-main/engine/forecasting/scores.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import { loadAugurs } from '../../src-main/worker/augurs-engine.ts';
import { AppError } from '../../src-shared/errors.ts';
import { noise, ordinary, shop } from '../fixtures/shop-series.ts';

const trial = (share: number): Trial => ({
  origin: 0,
  actual: new Float64Array(10).fill(100 * (1 + share)),
  predicted: new Float64Array(10).fill(100),
  known: new Uint8Array(10).fill(1),
  naiveError: 1,
});
const of = (...shares: number[]) => levelCorrection(shares.map(trial), 'day');

describe('the factor', () => {
  it('by hand: whole where the origins agree, by b² / (b² + s²) where they do not', () => {
    expect(of(0.1, 0.1, 0.1, 0.1)).toBeCloseTo(1.1, 12);
    expect(of(-0.2, -0.2, -0.2)).toBeCloseTo(0.8, 12);
    // b = 0.1; variance of 0, 0.1, 0.2 is 0.01, of their mean 0.01 / 3.
    expect(of(0, 0.1, 0.2)).toBeCloseTo(1 + 0.1 * (0.01 / (0.01 + 0.01 / 3)), 12);
    expect(of(0.3, -0.3, 0.3, -0.3)).toBeCloseTo(1, 12);
  });

  it('1 with two origins, by week and month, and where nothing was forecast', () => {
    expect(of(0.5, 0.5)).toBe(1);
    for (const frequency of ['week', 'month'] as const)
      expect(levelCorrection([0.5, 0.5, 0.5].map(trial), frequency)).toBe(1);
    expect(
      levelCorrection(
        [0.1, 0.1, 0.1].map((one) => ({ ...trial(one), predicted: new Float64Array(10) })),
        'day',
      ),
    ).toBe(1);
  });

  it('moves points, limits and contributions alike', () => {
    const values = Float64Array.from([10, 20]);
    const moved = correctForecast(
      {
        point: values,
        intervals: [{ level: 0.8, lower: values, upper: values }],
        contributions: [{ id: 'trend', part: 'trend', values }],
      },
      1.5,
    );
    for (const list of [moved.point, moved.intervals[0].lower, moved.contributions![0].values])
      expect(Array.from(list)).toEqual([15, 30]);
    expect(correctTrials([trial(0)], 1.5)[0].predicted[0]).toBe(150);
  });

  it('noise alone moves the level by little', () => {
    const rng = createRng(3);
    const factors = Array.from({ length: 200 }, () => of(...Array.from({ length: 4 }, () => 0.05 * rng.normal())));
    expect(Math.max(...factors.map((factor) => Math.abs(factor - 1)))).toBeLessThan(0.1);
  });
});

it.each([
  ['an ordinary shop', (day: number, i: number) => ordinary(day, i)],
  ['a shop that grows faster than the models follow', (day: number, i: number) => (ordinary(day, i) ?? 0) * 1.004 ** i],
  [
    'a shop with a long tail of large days',
    (day: number, i: number) => (ordinary(day, i) ?? 0) * (i % 23 === 0 ? 4 * noise[i] : 1),
  ],
] as const)('%s: the expected total lies in the middle of its own distribution', async (_name, amount) => {
  const augurs = loadAugurs();
  const { total, totalQuantiles } = await runForecast(
    shop(420, amount),
    { horizon: 28, model: 'auto', seed: 1, start: null, effort: 'quick' },
    {
      tick() {},
      pause: () => Promise.resolve(),
      now: () => 0,
      augurs: () => augurs,
      training: () => Promise.reject(new AppError('engine-unavailable', 'Not in this test.')),
    },
  );
  const above = totalQuantiles.filter((value) => value >= total.mean).length / totalQuantiles.length;
  expect(above).toBeGreaterThan(0.25);
  expect(above).toBeLessThan(0.75);
});
