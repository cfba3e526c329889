/** Parts of a forecast: made to add up exactly, never below zero, by the ladder of their history; and pure pieces of the screen. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastParts, type PartSums } from '../../src-main/engine/forecasting/parts/forecast-parts.ts';
import { forecastPart, type PartContext } from '../../src-main/engine/forecasting/parts/part-forecast.ts';
import { reconciled, wholeParts } from '../../src-main/engine/forecasting/parts/reconcile.ts';
import { plainCovariates } from '../fixtures/plain-covariates.ts';
import { chanceToReach } from '../../src-shared/chance-to-reach.ts';
import type { ForecastResult } from '../../src-shared/domain.ts';
import { driverLabel } from '../../src-shared/driver-label.ts';
import { componentsOf, rankedDrivers } from '../../src-shared/forecast-components.ts';
import { explainedForecast } from '../fixtures/forecast-sample.ts';
import { dailyForecast } from '../fixtures/report-sample.ts';

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((all, value) => all + value, 0);
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);
const refuse = () => Promise.reject(new Error('not asked for'));
const runtimes = { training: refuse, augurs: refuse };
const quiet = { tick() {}, pause: () => Promise.resolve(), runtimes };

describe('reconciled', () => {
  // By hand: x = b + W S (total − Σb) with W = diag(w), so the difference 6 is split 1 : 2 : 3.
  it('splits the difference in proportion to the doubt', () => {
    expect(Array.from(reconciled(f64(10, 20, 30), f64(1, 2, 3), 66))).toEqual([11, 22, 33]);
    expect(Array.from(reconciled(f64(10, 20, 30), f64(1, 2, 3), 54))).toEqual([9, 18, 27]);
  });

  // By hand: unlimited the first would be −4; it stays at 0 and the second alone gives way to the total.
  it('keeps a part at zero rather than below', () => {
    expect(Array.from(reconciled(f64(1, 20), f64(1, 1), 11))).toEqual([0, 11]);
    expect(Array.from(reconciled(f64(1, 20), f64(1, 1), 19))).toEqual([0, 19]);
    expect(Array.from(reconciled(f64(5, 20), f64(1, 1), 0))).toEqual([0, 0]);
  });

  it('leaves a part without doubt alone, as far as the total allows', () => {
    expect(Array.from(reconciled(f64(4, 6), f64(0, 2), 20))).toEqual([4, 16]);
    expect(Array.from(reconciled(f64(4, 6), f64(0, 2), 2))).toEqual([2, 0]);
    expect(Array.from(reconciled(f64(4, 6), f64(0, 0), 12))).toEqual([5, 7]);
  });

  it('adds up and stays at or above zero for any parts, and is the nearest such point', () => {
    const part = fc.record({
      base: fc.double({ min: 0, max: 1e6, noNaN: true }),
      doubt: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 1e7 }), (parts, total) => {
        const base = Float64Array.from(parts, (one) => one.base);
        const doubt = Float64Array.from(parts, (one) => one.doubt);
        const found = reconciled(base, doubt, total);
        expect(Math.abs(sum(found) - total)).toBeLessThanOrEqual(1e-9 * Math.max(1, total + sum(base)));
        expect(found.every((value) => value >= 0)).toBe(true);
        // Karush–Kuhn–Tucker: above zero all share one λ; at zero the pull is not stronger.
        const pulls = Array.from(found, (value, i) => (value - base[i]) / doubt[i]);
        const lambda = Math.max(...pulls.filter((_, i) => found[i] > 0));
        for (const [i, pull] of pulls.entries()) {
          if (found[i] > 1e-6) expect(Math.abs(pull - lambda)).toBeLessThan(1e-6 * (1 + Math.abs(lambda)));
          else if (Number.isFinite(lambda)) expect(pull).toBeGreaterThan(lambda - 1e-6 * (1 + Math.abs(lambda)));
        }
      }),
    );
  });
});

describe('wholeParts', () => {
  // Hamilton's method by hand: exact 1.6, 2.7, 5.7 → 1, 2, 5; the two largest remainders get the two that are missing.
  it('rounds the largest remainders up', () => {
    expect(wholeParts(f64(1.6, 2.7, 5.7), 10)).toEqual([1, 3, 6]);
    expect(wholeParts(f64(0, 0, 0), 2)).toEqual([1, 1, 0]);
  });

  it('adds up to the last unit, none below zero nor more than one away', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 0, max: 1e12 }),
        (values, total) => {
          const whole = wholeParts(Float64Array.from(values), total);
          expect(sum(whole)).toBe(total);
          expect(whole.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
        },
      ),
    );
  });
});

const contextOf = (n: number, steps: number): PartContext => ({
  period: 12,
  covariates: plainCovariates('month', 14_610, n + steps),
  seed: 1,
  tick() {},
  runtimes,
});
const forecastOf = (values: number[], steps = 3) =>
  forecastPart(Float64Array.from(values), steps, contextOf(values.length, steps));

describe('the ladder of one part', () => {
  it('expects nothing where nothing was ever sold', async () => {
    expect(await forecastOf(new Array(30).fill(0))).toEqual({
      way: 'none',
      point: f64(0, 0, 0),
      variance: 0,
      wape: null,
    });
  });

  it('averages fewer than six periods, counted from the first sale', async () => {
    const { way, point, wape } = await forecastOf([...new Array(20).fill(0), 3, 6, 9]);
    expect([way, Array.from(point), wape]).toEqual(['average', [6, 6, 6], null]);
  });

  it('takes a part that sells in every fourth month for seldom sold', async () => {
    const { way, point, variance } = await forecastOf(Array.from({ length: 36 }, (_, i) => (i % 4 === 0 ? 40 : 0)));
    expect(way).toBe('seldom-sold');
    expect(point.every((value) => value > 0 && value < 40)).toBe(true);
    expect(variance).toBeGreaterThan(0);
  });

  it('combines models for a part that sells all the time, and gives a constant back', async () => {
    const { way, point, wape } = await forecastOf(new Array(36).fill(25));
    expect(way).toBe('combined');
    for (const value of point) expect(value).toBeCloseTo(25, 6);
    expect(wape).toBeCloseTo(0, 6);
  });

  it('never answers below zero', async () => {
    const { point } = await forecastOf(Array.from({ length: 30 }, (_, i) => 300 - 10 * i));
    expect(point.every((value) => value >= 0)).toBe(true);
  });
});

/** Parts that sell by chance, summed over the periods of a forecast's own history. */
function partsOf(total: ForecastResult, count: number, seed: number): PartSums {
  const periods = total.history.dates.length;
  const sums = new Float64Array((count + 1) * periods);
  let state = seed;
  const draw = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (let i = 0; i <= count; i++)
    for (let t = 0; t < periods; t++)
      if (total.history.status[t] === 'sold' && draw() < (i + 1) / (count + 1))
        sums[i * periods + t] = Math.round(1e6 * (draw() - 0.1) * (i + 1));
  return {
    by: 'product',
    parts: Array.from({ length: count }, (_, i) => ({ id: `P${i}`, name: `Part ${i}` })),
    sums,
    count: count + 5,
  };
}

describe('all parts together', () => {
  it('add up to the total in every period to the last unit, none below zero, closed days 0, bands in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 1e6 }), async (count, seed) => {
        const total = dailyForecast(80, 10);
        const { rows } = await forecastParts(partsOf(total, count, seed), total, 1, quiet);
        expect(rows).toHaveLength(count + 1);
        expect(rows.at(-1)!.id).toBeNull();
        for (const [j, { mean, closed }] of total.points.entries()) {
          expect(sum(rows.map((row) => row.means[j]))).toBe(mean);
          if (closed) expect(rows.every((row) => row.means[j] === 0)).toBe(true);
        }
        for (const { means, total: own } of rows) {
          expect(means.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
          expect(own.mean).toBe(sum(means));
          expect([own.low95, own.low80, own.mean, own.high80, own.high95]).toEqual(
            [own.low95, own.low80, own.mean, own.high80, own.high95].toSorted((a, b) => a - b),
          );
        }
      }),
      { numRuns: 12 },
    );
  });

  it('say what was sold just before and a year before, and show the last periods', async () => {
    const total = dailyForecast(739, 10);
    const parts = partsOf(total, 1, 7);
    const { rows } = await forecastParts(parts, total, 1, quiet);
    const own = Array.from(parts.sums.subarray(0, 739));
    expect(rows[0].before).toBe(sum(own.slice(-10)));
    // 52 weeks before the first day ahead lie 363 days before the last day of the data.
    expect(rows[0].lastYear).toBe(sum(own.slice(739 - 364, 739 - 354)));
    expect(rows[0].recent).toEqual(own.slice(-12));
    const short = dailyForecast(40, 35);
    const [first] = (await forecastParts(partsOf(short, 1, 7), short, 1, quiet)).rows;
    expect([first.before === null, first.lastYear]).toEqual([false, null]);
  });

  it('a single part is the total, with its bands', async () => {
    const total = dailyForecast(80, 10);
    const parts = partsOf(total, 1, 3);
    parts.sums.fill(0, total.history.dates.length);
    const { rows } = await forecastParts(parts, total, 1, quiet);
    expect(rows.map((row) => row.total)).toEqual([total.total]);
  });

  it('ends when it is cancelled', async () => {
    const total = dailyForecast(80, 10);
    const tick = (done: number) => {
      if (done === 2) throw new Error('cancelled');
    };
    await expect(forecastParts(partsOf(total, 5, 3), total, 1, { ...quiet, tick })).rejects.toThrow('cancelled');
  });
});

describe('chance to reach a target', () => {
  // A total that is uniform between 0 and 1000: the quantile at p is 1000·p.
  const uniform = Array.from({ length: 199 }, (_, i) => 5 * (i + 1));
  it('is read between the quantiles', () => {
    expect(chanceToReach(500, uniform)).toEqual({ chance: 0.5, beyond: null });
    expect(chanceToReach(502, uniform)!.chance).toBeCloseTo(0.498, 12);
    expect(chanceToReach(900, uniform)!.chance).toBeCloseTo(0.1, 12);
  });
  it('knows no more than 1 in 200', () => {
    expect(chanceToReach(996, uniform)).toMatchObject({ beyond: 'below' });
    expect(chanceToReach(996, uniform)!.chance).toBeCloseTo(0.005, 12);
    expect(chanceToReach(4, uniform)).toEqual({ chance: 0.995, beyond: 'above' });
    expect(chanceToReach(5, uniform)).toEqual({ chance: 0.995, beyond: null });
  });
  it('counts paths that end on the target, and falls with the target', () => {
    const steps = [...new Array<number>(100).fill(10), ...new Array<number>(99).fill(20)];
    expect(chanceToReach(20, steps)!.chance).toBeCloseTo(0.495, 12);
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 1010 }), fc.integer({ min: 0, max: 100 }), (target, more) => {
        expect(chanceToReach(target + more, uniform)!.chance).toBeLessThanOrEqual(
          chanceToReach(target, uniform)!.chance,
        );
      }),
    );
  });
  it('is unknown without a distribution', () => expect(chanceToReach(1, [])).toBeNull());
});

describe('components', () => {
  const result = explainedForecast();
  it('add up to every point', () => {
    const components = componentsOf(result);
    expect(components.map(({ part }) => part)).toEqual(['trend', 'weekly', 'holidays', 'events', 'recent']);
    for (const [j, { mean }] of result.points.entries())
      expect(sum(components.map(({ values }) => values[j]))).toBe(mean);
  });
  // Over 14 days with two closed ones: 12 · 800, 2 · 2 500, 12 · 400 and one day of 3 000.
  it('rank inputs by their mean absolute amount', () => {
    expect(
      rankedDrivers(result.drivers)
        .map(({ id }) => id)
        .slice(0, 3),
    ).toEqual(['trend', 'last-periods', 'event:7']);
  });
  it('name inputs by the catalogue, holidays and events by the marks', () => {
    const name = (id: string) => driverLabel(id, result.history.marked, (key) => key);
    expect(['weekday', 'holiday:st-lucy', 'event:7', 'event:9', 'unheard'].map(name)).toEqual([
      'charts.forecastComponents.driver.weekday',
      'Saint Lucy',
      'Winter <sale>',
      '9',
      'unheard',
    ]);
  });
});
