/** What holds for every series, whatever it is made of: drawn by fast-check from a fixed seed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastFrom } from '../../src-main/engine/forecasting/forecast-from.ts';
import { runForecast } from '../../src-main/engine/forecasting/run-forecast.ts';
import { trainForecaster } from '../../src-main/engine/forecasting/train-forecaster.ts';
import type { ForecastSettings } from '../../src-main/engine/forecasting/trained-forecaster.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import { loadAugurs } from '../../src-main/worker/augurs-engine.ts';
import type { ForecastPoint, ForecastResult, ForecastTotal, MarkedDays, SalesSeries } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { months, ordinary, shop } from '../fixtures/shop-series.ts';

const augurs = loadAugurs();
/** The network takes a second a series; its own conformance tests hold it to the same. */
const context = {
  tick() {},
  pause: () => Promise.resolve(),
  now: () => 0,
  augurs: () => augurs,
  training: () => Promise.reject(new AppError('engine-unavailable', 'Not in this test.')),
};
const settings: ForecastSettings = { horizon: 10, model: 'auto', seed: 1, start: null, effort: 'quick' };

/** A shop of any size, noise, growth, closed weekdays, empty days, outliers and returns. */
const anyShop = fc.record({
  days: fc.integer({ min: 20, max: 320 }),
  level: fc.constantFrom(0.02, 3, 150, 4e6),
  noise: fc.constantFrom(0, 0.1, 0.6, 2),
  growth: fc.constantFrom(-0.002, 0, 0.004),
  empty: fc.constantFrom(0, 0.05, 0.5, 0.9),
  openDays: fc.integer({ min: 1, max: 7 }),
  outlier: fc.constantFrom(0, 40, -5),
  seed: fc.integer({ min: 1, max: 1e6 }),
  frequency: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
  horizon: fc.integer({ min: 1, max: 60 }),
});

function seriesOf(one: typeof anyShop extends fc.Arbitrary<infer T> ? T : never): SalesSeries {
  const rng = createRng(one.seed);
  return shop(
    one.days * (one.frequency === 'day' ? 1 : 4),
    (day, i) => {
      const chance = rng.next();
      const wobble = 1 + one.noise * rng.normal();
      if (day % 7 >= one.openDays || chance < one.empty) return null;
      const value = one.level * Math.exp(one.growth * i) * Math.max(0, wobble);
      return i % 97 === 50 && one.outlier !== 0 ? value * one.outlier : value;
    },
    one.frequency,
  );
}

const refusal = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work;
  } catch (error) {
    // Too little to forecast is an answer in words; anything else is a defect.
    if (error instanceof AppError && error.code === 'not-enough-data') return null;
    throw error;
  }
};

const ordered = ({ mean, low80, high80, low95, high95 }: ForecastPoint | ForecastTotal): boolean =>
  [mean, low80, high80, low95, high95].every(Number.isSafeInteger) &&
  0 <= low95 &&
  low95 <= low80 &&
  low80 <= mean &&
  mean <= high80 &&
  high80 <= high95;

describe('any shop', () => {
  it('no NaN, nothing negative, closed days 0, bands ordered, sums equal, drivers add up, quantiles rise', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(anyShop, async (one) => {
        const result = await refusal(runForecast(seriesOf(one), { ...settings, horizon: one.horizon }, context));
        if (result === null) return;
        answered++;
        expect(result.points).toHaveLength(one.horizon);
        for (const point of [...result.points, ...result.totals, result.total, result.next]) {
          expect(ordered(point), JSON.stringify(point)).toBe(true);
        }
        for (const point of result.points)
          if (point.closed) expect(point).toMatchObject({ mean: 0, low95: 0, high95: 0 });
        const sum = result.points.reduce((total, { mean }) => total + mean, 0);
        expect(result.total.mean).toBe(sum);
        for (const unit of ['week', 'month']) {
          const spans = result.totals.filter((span) => span.unit === unit);
          if (spans.length > 0) expect(spans.reduce((total, { mean }) => total + mean, 0)).toBe(sum);
        }
        result.points.forEach(({ mean }, i) => {
          expect(result.drivers.reduce((total, { values }) => total + values[i], 0)).toBe(mean);
        });
        expect(result.totalQuantiles.every((value, i, all) => value >= 0 && (i === 0 || value >= all[i - 1]))).toBe(
          true,
        );
        expect(result.members.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(1, 9);
      }),
      { numRuns: 60, seed: 4 },
    );
    console.log(`${answered} of 60 drawn shops had enough data for a forecast`);
    expect(answered).toBeGreaterThan(40);
  }, 240_000);

  it('a forecaster that went through JSON answers the same numbers, for its own horizon and others', async () => {
    await fc.assert(
      fc.asyncProperty(anyShop, async (one) => {
        const series = seriesOf({ ...one, days: one.days + 60, empty: 0 });
        const trained = await refusal(trainForecaster(series, { ...settings, horizon: one.horizon }, context));
        if (trained === null) return;
        const stored = JSON.parse(JSON.stringify(trained));
        expect(forecastFrom(stored)).toEqual(forecastFrom(trained));
        expect(forecastFrom(stored, 5).points).toEqual(forecastFrom(trained, 5).points);
      }),
      { numRuns: 12, seed: 9 },
    );
  }, 240_000);

  it('bands widen with the steps of a monthly forecast', async () => {
    const series = months(Array.from({ length: 60 }, (_, k) => 100 + 10 * Math.sin(k) + (k % 7)));
    const { points } = await runForecast(series, { ...settings, horizon: 18 }, context);
    points.slice(1).forEach((point, i) => {
      expect(point.high80 - point.mean).toBeGreaterThanOrEqual(points[i].high80 - points[i].mean);
    });
  });
});

describe('the day a forecast starts', () => {
  const series = shop(200, ordinary);
  const run = (start: string) => runForecast(series, { ...settings, start }, context);

  it('later than the data: the same forecast, shown from that day on', async () => {
    const first = await runForecast(series, { ...settings, horizon: 17 }, context);
    const later = await run(first.points[7].date);
    expect(later.points.map(({ date }) => date)).toEqual(first.points.slice(7).map(({ date }) => date));
    expect(later.points.map(({ mean }) => mean)).toEqual(first.points.slice(7).map(({ mean }) => mean));
    expect(later.total.mean).toBe(later.points.reduce((sum, { mean }) => sum + mean, 0));
  });

  it('inside the history, in no calendar, years ahead: refused in words', async () => {
    await expect(run('2022-03-01')).rejects.toThrow('lies inside the history');
    await expect(run('2022-02-30')).rejects.toThrow('not a day of the calendar');
    await expect(run('2026-01-01')).rejects.toThrow('more than 366 periods');
  });

  it('inside the history of months: the sentence names the last day of the last month, not its first', async () => {
    const history = months(Array.from({ length: 36 }, (_, k) => 100 + k));
    const last = history.dates[35];
    const end = new Date(Date.UTC(Number(last.slice(0, 4)), Number(last.slice(5, 7)), 0)).toISOString().slice(0, 10);
    await expect(runForecast(history, { ...settings, start: last }, context)).rejects.toThrow(`which ends on ${end}`);
  });
});

describe('holidays and events the models are told about', () => {
  it('a promotion that doubled sales three times is expected to do so again', async () => {
    const spans = [100, 170, 240, 305].map((i) => ({ from: i, to: i + 6 }));
    const inside = (i: number) => spans.some(({ from, to }) => i >= from && i <= to);
    const plain = shop(300, (day, i) => ordinary(day, i)! * (inside(i) ? 2 : 1));
    const day = (i: number) => new Date(Date.UTC(2022, 0, 3 + i)).toISOString().slice(0, 10);
    const marked: MarkedDays[] = spans.map(({ from, to }) => ({
      id: 'sale',
      name: 'Sale',
      kind: 'promotion',
      from: day(from),
      to: day(to),
    }));
    const told = await runForecast({ ...plain, marked }, { ...settings, model: 'linear-regression' }, context);
    const untold = await runForecast(plain, { ...settings, model: 'linear-regression' }, context);
    const weekOf = ({ points }: ForecastResult) =>
      points.filter((_, j) => inside(300 + j)).reduce((sum, { mean }) => sum + mean, 0);
    expect(weekOf(told) / weekOf(untold)).toBeGreaterThan(1.5);
    const events = told.drivers.filter(({ part }) => part === 'events');
    expect(events.reduce((sum, { values }) => sum + values.reduce((a, b) => a + b, 0), 0)).toBeGreaterThan(0);
  });
});
