/** The mixture of models and its joint paths: by hand, and on simulated errors. */
import { describe, expect, it } from 'vitest';
import { bandRule } from '../../src-main/engine/forecasting/intervals.ts';
import { mixForecasts, weightsOf } from '../../src-main/engine/forecasting/combine.ts';
import {
  errorDependence,
  pathTotals,
  simulatePaths,
  straightKnots,
} from '../../src-main/engine/forecasting/simulated-paths.ts';
import type { Trial } from '../../src-main/engine/forecasting/scores.ts';
import { createRng, type Rng } from '../../src-main/engine/numeric/rng.ts';
import { populationVariance, quantile } from '../../src-main/engine/numeric/statistics.ts';

const ones = (n: number) => new Float64Array(n).fill(1);

/** Errors with a part that all periods share and a part that fades: variance 1. */
function errors(rng: Rng, n: number, shared: number, neighbour: number): Float64Array {
  const common = Math.sqrt(shared) * rng.normal();
  let state = rng.normal();
  return Float64Array.from({ length: n }, () => {
    const value = common + Math.sqrt(1 - shared) * state;
    state = neighbour * state + Math.sqrt(1 - neighbour ** 2) * rng.normal();
    return value;
  });
}
const trialOf = (error: Float64Array): Trial => ({
  origin: 0,
  actual: error.map((value) => 100 + value),
  predicted: new Float64Array(error.length).fill(100),
  known: new Uint8Array(error.length).fill(1),
  naiveError: 1,
});

describe('weights', () => {
  it('are inverse to the error by month, to its square by day, and add up to 1', () => {
    expect(weightsOf([1, 2, 4], 'month').map((weight) => weight * 7)).toEqual(
      [4, 2, 1].map((value) => expect.closeTo(value, 6)),
    );
    expect(weightsOf([1, 2], 'day').map((weight) => weight * 5)).toEqual(
      [4, 1].map((value) => expect.closeTo(value, 6)),
    );
    expect(weightsOf([0, 0], 'day')).toEqual([0.5, 0.5]);
    expect(weightsOf([0, 3], 'month')[0]).toBeCloseTo(1, 6);
  });

  it('mix points, limits and contributions alike', () => {
    const forecast = (value: number, id: string) => ({
      point: ones(2).map(() => value),
      intervals: [{ level: 0.8, lower: ones(2).map(() => value - 1), upper: ones(2).map(() => value + 1) }],
      contributions: [
        { id: 'trend', part: 'trend' as const, values: ones(2).map(() => value - 2) },
        { id, part: 'recent' as const, values: ones(2).map(() => 2) },
      ],
    });
    const mixed = mixForecasts([forecast(10, 'lag-1'), forecast(20, 'lag-7')], [0.25, 0.75]);
    expect(Array.from(mixed.point)).toEqual([17.5, 17.5]);
    expect(Array.from(mixed.intervals[0].lower)).toEqual([16.5, 16.5]);
    expect(mixed.contributions?.map(({ id, values }) => [id, values[0]])).toEqual([
      ['trend', 15.5],
      ['lag-1', 0.5],
      ['lag-7', 1.5],
    ]);
  });
});

describe('joint paths', () => {
  const bands = (n: number, sigma: number) => ({
    low80: new Float64Array(n).fill(100 - 1.2816 * sigma),
    high80: new Float64Array(n).fill(100 + 1.2816 * sigma),
    low95: new Float64Array(n).fill(100 - 1.96 * sigma),
    high95: new Float64Array(n).fill(100 + 1.96 * sigma),
  });
  const point = new Float64Array(24).fill(100);
  const all = Array.from(point.keys());

  it("each period alone keeps the forecast's own band", () => {
    const paths = simulatePaths(straightKnots(point, bands(24, 5)), { shared: 0.3, neighbour: 0.5 }, 1);
    for (const j of [0, 11, 23]) {
      const values = Float64Array.from(paths, (path) => path[j]).sort();
      // 2,000 paths: the standard error of a 10 % quantile is about 0.19 of sigma / 5.
      expect(Math.abs(quantile(values, 0.1) - (100 - 1.2816 * 5))).toBeLessThan(0.8);
      expect(Math.abs(quantile(values, 0.9) - (100 + 1.2816 * 5))).toBeLessThan(0.8);
    }
  });

  it('a total is as wide as theory says for independent, shared and fading errors', () => {
    for (const [shared, neighbour] of [
      [0, 0],
      [0.4, 0],
      [0.2, 0.6],
    ]) {
      const sums = pathTotals(simulatePaths(straightKnots(point, bands(24, 5)), { shared, neighbour }, 3), all);
      let variance = 0;
      for (const j of all)
        for (const k of all) variance += 25 * (shared + (1 - shared) * (j === k ? 1 : neighbour ** Math.abs(j - k)));
      expect(Math.sqrt(populationVariance(sums) / variance)).toBeGreaterThan(0.93);
      expect(Math.sqrt(populationVariance(sums) / variance)).toBeLessThan(1.07);
      expect(Math.abs(quantile(sums, 0.5) / 2400 - 1)).toBeLessThan(1e-9);
    }
  });

  it('finds again how errors hang together', () => {
    const rng = createRng(5);
    const trials = Array.from({ length: 400 }, () => trialOf(errors(rng, 24, 0.3, 0.5)));
    const { shared, neighbour } = errorDependence(
      trials,
      trials.map(() => ones(24)),
    );
    expect(Math.abs(shared - 0.3)).toBeLessThan(0.06);
    expect(Math.abs(neighbour - 0.5)).toBeLessThan(0.06);
  });

  it('the band of a total holds what it says when only four trials are known', () => {
    const rng = createRng(9);
    let [in80, in95, runs] = [0, 0, 0];
    for (let run = 0; run < 150; run++) {
      const trials = Array.from({ length: 4 }, () => trialOf(errors(rng, 24, 0.15, 0.3)));
      const dependence = errorDependence(
        trials,
        trials.map(() => ones(24)),
      );
      const sums = pathTotals(simulatePaths(straightKnots(point, bands(24, 1)), dependence, run), all);
      const truth = errors(rng, 24, 0.15, 0.3).reduce((sum, value) => sum + 100 + value, 0);
      if (truth >= quantile(sums, 0.1) && truth <= quantile(sums, 0.9)) in80++;
      if (truth >= quantile(sums, 0.025) && truth <= quantile(sums, 0.975)) in95++;
      runs++;
    }
    console.log(`bands of totals from four trials: ${(in80 / runs).toFixed(3)} / ${(in95 / runs).toFixed(3)}`);
    expect(in80 / runs).toBeGreaterThan(0.68);
    expect(in95 / runs).toBeGreaterThan(0.86);
  });

  it('totals are never below 0 and keep their middle where single periods reach 0; same seed same paths', () => {
    const wide = straightKnots(point, bands(24, 300));
    const paths = simulatePaths(wide, { shared: 0.2, neighbour: 0.2 }, 4);
    const sums = pathTotals(paths, all);
    expect(sums[0]).toBe(0);
    expect(Math.abs(quantile(sums, 0.5) / 2400 - 1)).toBeLessThan(1e-9);
    expect(simulatePaths(wide, { shared: 0.2, neighbour: 0.2 }, 4)).toEqual(paths);
  });

  it('the total of a slow seller: mostly nothing, now and then a sale, as the sums of such days are', () => {
    const rng = createRng(12);
    const day = () => (rng.next() < 0.3 ? 100 : 0);
    const days = (n: number) => Float64Array.from({ length: n }, day);
    const trials: Trial[] = Array.from({ length: 40 }, (_, i) => ({
      origin: i,
      actual: days(28),
      predicted: new Float64Array(28).fill(30),
      known: new Uint8Array(28).fill(1),
      naiveError: 1,
    }));
    const rule = bandRule(trials, 'day', 600)!;
    const paths = simulatePaths(rule.knots(new Float64Array(28).fill(30)), { shared: 0, neighbour: 0 }, 1);
    const sums = pathTotals(
      paths,
      Array.from({ length: 28 }, (_, j) => j),
    );
    // Binomial: 28 days, chance 0.3, of 100 each: mean 840, standard deviation 242.5.
    expect(Math.abs(quantile(sums, 0.5) - 840)).toBeLessThan(60);
    expect(Math.abs(Math.sqrt(populationVariance(sums)) / 242.5 - 1)).toBeLessThan(0.1);
  });
});
