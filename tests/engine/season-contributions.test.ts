/** The models that take a season out say what it adds: of the week for days, of the year for months. */
import { describe, expect, it } from 'vitest';
import { ets } from '../../src-main/engine/forecasting/ets.ts';
import { seasonalNaive } from '../../src-main/engine/forecasting/seasonal-naive.ts';
import { theta } from '../../src-main/engine/forecasting/theta.ts';
import { thetaStandard } from '../../src-main/engine/forecasting/theta-standard.ts';
import { fitAndPredict } from '../fixtures/fit-context.ts';

/** 100 plus a wave of ±20 around it that ends where it began. */
const wave = (n: number, period: number) =>
  Float64Array.from({ length: n }, (_, t) => 100 + 20 * Math.sin((2 * Math.PI * t) / period));

describe.each([seasonalNaive, theta, thetaStandard, ets].map((model) => [model.id, model] as const))(
  '%s',
  (id, model) => {
    it.each([
      { period: 6, part: 'weekly' },
      { period: 12, part: 'yearly' },
    ])('a season of $period periods is $part, its mean is part of the trend', async ({ period, part }) => {
      const { contributions } = await fitAndPredict(model, wave(10 * period, period), period, period);
      expect(contributions!.map((one) => one.part)).toEqual(['trend', part]);
      const [trend, season] = contributions!.map(({ values }) => values);
      // In logarithms the middle of the wave is its geometric mean, (100 + √(100² − 20²)) / 2 = 98.99.
      const centre = id === 'theta' ? 98.99 : 100;
      for (const value of trend) expect(Math.abs(value - centre)).toBeLessThan(0.1);
      expect(Math.max(...season)).toBeGreaterThan(16);
      expect(Math.min(...season)).toBeLessThan(-16);
    });

    it('without a season there is only the trend', async () => {
      const { point, contributions } = await fitAndPredict(
        model,
        wave(40, 13).map((value) => value + 1),
        1,
        8,
      );
      expect(contributions!.map((one) => one.part)).toEqual(['trend']);
      expect(contributions![0].values).toEqual(point);
    });
  },
);
