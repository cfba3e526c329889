import { describe, expect, it } from 'vitest';
import { forecastingModels } from '../../src-main/engine/forecasting/registry.ts';
import { runForecast } from '../../src-main/engine/forecasting/run-forecast.ts';
import type { ForecastSettings } from '../../src-main/engine/forecasting/trained-forecaster.ts';
import { dayNumber, dayText } from '../../src-main/engine/sales/sale-lines.ts';
import { weekdayOf } from '../../src-main/engine/series/calendar.ts';
import { loadAugurs } from '../../src-main/worker/augurs-engine.ts';
import { loadTrainingEngine } from '../../src-main/worker/training-engine.ts';
import type { ForecastResult } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { months, noise, ordinary, shop } from '../fixtures/shop-series.ts';

const engine = loadTrainingEngine();
const augurs = loadAugurs();
const quiet = { tick() {}, pause: () => Promise.resolve(), training: () => engine, augurs: () => augurs, now: () => 0 };
/** Without the network: the degenerate cases are about the way around the models, and quick. */
const classical = {
  ...quiet,
  training: () => Promise.reject(new AppError('engine-unavailable', 'Not in this test.')),
};
const auto: ForecastSettings = { horizon: 30, model: 'auto', seed: 1, start: null, effort: 'full' };

function expectSound(result: ForecastResult): void {
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  expect(result.points).toHaveLength(result.horizon);
  for (const point of [...result.points, result.total, result.next]) {
    const { mean, low80, high80, low95, high95 } = point;
    for (const value of [mean, low80, high80, low95, high95]) expect(Number.isSafeInteger(value)).toBe(true);
    expect(
      0 <= low95 && low95 <= low80 && low80 <= mean && mean <= high80 && high80 <= high95,
      JSON.stringify(point),
    ).toBe(true);
  }
  for (const point of result.points)
    if (point.closed) expect(point).toMatchObject({ mean: 0, low80: 0, high80: 0, low95: 0, high95: 0 });
  expect(result.total.mean).toBe(result.points.reduce((sum, { mean }) => sum + mean, 0));
  // Models of slow sellers are tested where sales are seldom.
  const expected = forecastingModels.length + (result.chosen === 'combination' ? 1 : 0);
  const slow = forecastingModels.filter(({ seldomOnly }) => seldomOnly).length;
  expect([expected, expected - slow]).toContain(result.board.length);
  expect(result.board.filter(({ chosen }) => chosen).map(({ id }) => id)).toEqual([result.chosen]);
  for (const score of result.board) expect((score.mae === null) === (score.failure !== null)).toBe(true);
}
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'no error';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

describe('an ordinary shop', () => {
  const series = shop(400, ordinary);

  it('closed days are exactly 0, the week comes back, bands hold, all models are on the board', async () => {
    const result = await runForecast(series, auto, quiet);
    expectSound(result);
    expect(result.points[0].date).toBe(dayText(dayNumber(series.lastDay!) + 1));
    for (const { date, mean, closed } of result.points) {
      const weekday = weekdayOf(dayNumber(date));
      expect(closed).toBe(weekday === 6);
      if (!closed) expect(mean / 10_000 / (100 + 20 * weekday)).toBeCloseTo(1, 0);
    }
    expect(result.chosenBy).toBe('combination');
    const own = result.board.find(({ chosen }) => chosen)!;
    expect(own.id).toBe('combination');
    expect(own.mape).toBeLessThan(0.12);
    // One lucky model may be closer; not by much.
    expect(own.mae! / result.board[0].mae!).toBeLessThan(1.1);
    expect(result.skill).toBeGreaterThan(0.1);
    expect(result.backtest.coverage80).toBeGreaterThan(0.65);
    expect(result.backtest.coverage95).toBeGreaterThan(0.88);
    expect(result.loss.map(({ model }) => model)).toEqual(['lstm']);
    expect(result.loss[0].training).toHaveLength(result.loss[0].validation.length);
    expect(result.engine).toBe('wasm');
    const limits = result.points.reduce((sum, { low80 }) => sum + low80, 0);
    expect(result.total.low80, 'the limit of a total is not the sum of limits').toBeGreaterThan(limits);
  });

  it("takes the user's model, and says which one was closer", async () => {
    const result = await runForecast(series, { ...auto, model: 'seasonal-naive', horizon: 365 }, classical);
    expectSound(result);
    expect(result).toMatchObject({ chosen: 'seasonal-naive', chosenBy: 'user', skill: 0 });
    expect(result.notes.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['forecast-better-model', 'forecast-beyond-test', 'forecast-no-skill']),
    );
    expect(result.next.periods).toBe(30);
    expect(result.next.mean).toBe(result.points.slice(0, 30).reduce((sum, { mean }) => sum + mean, 0));
  });

  it('a horizon of one day that is closed', async () => {
    const saturday = shop(398, ordinary, 'day', '2022-01-03');
    const result = await runForecast(
      shop(398 + ((5 - weekdayOf(dayNumber(saturday.lastDay!)) + 7) % 7), ordinary),
      { ...auto, horizon: 1 },
      classical,
    );
    expectSound(result);
    expect(result.points).toMatchObject([{ closed: true, mean: 0 }]);
    expect(result.total).toEqual({ mean: 0, low80: 0, high80: 0, low95: 0, high95: 0 });
  });

  it('weeks and months: the period that is not over is forecast as a whole', async () => {
    for (const frequency of ['week', 'month'] as const) {
      const periods = shop(800, ordinary, frequency);
      expect(periods.status.at(-1)).toBe('partial');
      const result = await runForecast(periods, { ...auto, horizon: 6 }, classical);
      expectSound(result);
      expect(result.points[0].date).toBe(periods.dates.at(-1));
      const whole = periods.values.at(-2)!;
      expect(result.points[1].mean / whole).toBeGreaterThan(0.85);
      expect(result.points[1].mean / whole).toBeLessThan(1.15);
    }
  });

  it('a strong yearly season after three years is found, tested and used', async () => {
    const yearly = (day: number) => 1 + 0.5 * Math.sin((2 * Math.PI * day) / 365.25);
    const seasonal = shop(1095, (day, i) => (ordinary(day, i) === null ? null : ordinary(day, i)! * yearly(day)));
    const result = await runForecast(seasonal, { ...auto, horizon: 200 }, classical);
    expectSound(result);
    expect(result.notes.map(({ code }) => code)).toContain('forecast-yearly-profile');
    const truth = result.points.map(({ date }) =>
      weekdayOf(dayNumber(date)) === 6 ? 0 : (100 + 20 * weekdayOf(dayNumber(date))) * yearly(dayNumber(date)),
    );
    const error =
      result.points.reduce((sum, { mean }, j) => sum + Math.abs(mean / 10_000 - truth[j]), 0) /
      truth.reduce((a, b) => a + b, 0);
    console.log(
      `200 days ahead with a yearly season: WAPE against the true mean ${(100 * error).toFixed(1)} %, chosen ${result.chosen}`,
    );
    expect(error).toBeLessThan(0.1);
  });

  const short = shop(200, ordinary);
  /** A whole run of the short one, for the tests that compare with it. */
  let whole: Promise<{ result: ForecastResult; ticks: number }> | null = null;
  const wholeRun = () =>
    (whole ??= (async () => {
      let ticks = 0;
      const result = await runForecast(short, auto, { ...quiet, tick: () => void ticks++ });
      return { result, ticks };
    })());

  it('same series and seed, same answer', async () => {
    expect(await runForecast(short, auto, quiet)).toEqual((await wholeRun()).result);
  });

  it('cancels at whatever moment', async () => {
    const { ticks } = await wholeRun();
    for (const at of [1, Math.floor(ticks / 2), ticks - 1]) {
      let seen = 0;
      const tick = () => {
        if (++seen >= at) throw new AppError('cancelled', 'Cancelled.');
      };
      expect(await codeOf(runForecast(short, auto, { ...quiet, tick }))).toBe('cancelled');
    }
  });

  it('a training engine that cannot start leaves the others to answer, and says so', async () => {
    const training = () => Promise.reject(new AppError('engine-unavailable', 'No WebAssembly here.'));
    const result = await runForecast(short, auto, { ...quiet, training });
    expectSound(result);
    expect(result.board.find(({ id }) => id === 'lstm')!.failure).toMatchObject({ code: 'model-engine-unavailable' });
    expect(await codeOf(runForecast(series, { ...auto, model: 'lstm' }, { ...quiet, training }))).toBe(
      'engine-unavailable',
    );
  });

  it('refuses unknown models and impossible horizons in words', async () => {
    expect(await codeOf(runForecast(series, { ...auto, model: 'oracle' }, classical))).toBe('invalid-input');
    for (const horizon of [0, -5, 366, 1.5, Number.NaN]) {
      expect(await codeOf(runForecast(series, { ...auto, horizon }, classical))).toBe('invalid-input');
    }
  });
});

describe('degenerate series answer in words', () => {
  it('nothing, one row, five days: not enough', async () => {
    expect(
      await codeOf(
        runForecast(
          shop(10, () => null),
          auto,
          classical,
        ),
      ),
    ).toBe('not-enough-data');
    expect(
      await codeOf(
        runForecast(
          shop(1, () => 5),
          auto,
          classical,
        ),
      ),
    ).toBe('not-enough-data');
    expect(
      await codeOf(
        runForecast(
          shop(5, () => 5),
          auto,
          classical,
        ),
      ),
    ).toBe('not-enough-data');
    expect(
      await codeOf(
        runForecast(
          shop(40, () => 5, 'week'),
          auto,
          classical,
        ),
      ),
    ).toBe('not-enough-data');
    expect(await codeOf(runForecast(months([1, 2, 3, 4, 5]), auto, classical))).toBe('not-enough-data');
  });

  it('monthly amounts cannot be forecast by day', async () => {
    const rows = shop(700, (day) => (dayText(day).endsWith('-01') ? 500 : null));
    await expect(runForecast(rows, auto, classical)).rejects.toThrow('one amount a month');
  });

  it.each([6, 7, 11, 12, 23, 24, 36])('%d months', async (count) => {
    const series = months(Array.from({ length: count }, (_, k) => (100 + 2 * k) * noise[k]));
    for (const horizon of [1, 12, 30]) {
      const result = await runForecast(series, { ...auto, horizon }, classical);
      expectSound(result);
      expect(result.points.every(({ mean }) => mean > 0)).toBe(true);
      const short = result.notes.some(({ code }) => ['forecast-short-history', 'forecast-not-tested'].includes(code));
      expect(short).toBe(count < 24);
      // Little data never gives a confident band: at least a tenth either way.
      if (count < 24)
        expect(result.points[0].high95 - result.points[0].mean).toBeGreaterThan(0.1 * result.points[0].mean);
    }
  });

  it.each(['day', 'week', 'month'] as const)('all zeros, by %s', async (frequency) => {
    const result = await runForecast(
      shop(700, () => 0, frequency),
      { ...auto, horizon: 14 },
      classical,
    );
    expectSound(result);
    expect(result.total).toEqual({ mean: 0, low80: 0, high80: 0, low95: 0, high95: 0 });
    expect(result.notes.map(({ code }) => code)).toContain('forecast-all-zero');
  });

  it('a constant series continues without a band', async () => {
    const result = await runForecast(
      shop(200, () => 70),
      auto,
      classical,
    );
    expectSound(result);
    expect(
      result.points.every(({ mean, low95, high95 }) => mean === 700_000 && low95 === mean && high95 === mean),
    ).toBe(true);
  });

  it('one spike does not become the level', async () => {
    const result = await runForecast(
      shop(300, (_, i) => (i === 150 ? 100_000 : 100)),
      auto,
      classical,
    );
    expectSound(result);
    expect(result.points[0].mean / 10_000).toBeLessThan(400);
  });

  it('a whole month missing in the middle is no fall in demand', async () => {
    const result = await runForecast(
      shop(330, (day, i) => (i >= 250 && i < 281 ? null : ordinary(day, i))),
      auto,
      classical,
    );
    expectSound(result);
    expect(result.next.mean / 10_000 / 26).toBeGreaterThan(130);
    expect(result.notes.map(({ code }) => code)).toContain('series-missing-day');
  });

  it('four days in five without a sale: an average over all days, and it says so', async () => {
    const result = await runForecast(
      shop(400, (_, i) => (i % 5 === 0 ? 50 : null)),
      auto,
      classical,
    );
    expectSound(result);
    expect(result.points.every(({ closed }) => !closed)).toBe(true);
    expect(result.total.mean / 10_000 / 30).toBeLessThan(20);
    expect(result.notes.map(({ code }) => code)).toContain('forecast-mostly-empty');
  });

  it('nothing sold for 14 months up to today: the forecast is about nothing', async () => {
    const result = await runForecast(shop(700, ordinary, 'day', '2020-01-06', 425), auto, classical);
    expectSound(result);
    expect(result.notes.map(({ code }) => code)).toContain('series-silent-end');
    expect(result.total.mean / 10_000).toBeLessThan(0.05 * 30 * 150);
  });

  it('days on which returns exceed sales', async () => {
    const result = await runForecast(
      shop(300, (day, i) => (i % 40 === 7 ? -60 : ordinary(day, i))),
      auto,
      classical,
    );
    expectSound(result);
  });
});
