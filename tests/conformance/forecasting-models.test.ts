/** What every forecasting model of the registry promises, whatever it is made of. */
import { describe, expect, it } from 'vitest';
import type { Model } from '../../src-main/engine/forecasting/model.ts';
import { forecastingModels } from '../../src-main/engine/forecasting/registry.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import { loadTrainingEngine } from '../../src-main/worker/training-engine.ts';
import { fitContext, periodsAhead } from '../fixtures/fit-context.ts';
import { AppError } from '../../src-shared/errors.ts';

const engine = loadTrainingEngine();
const levels = [0.5, 0.8, 0.95];
const horizon = 18;
/** Share of the largest value by which a forecast may differ when amounts are counted in another unit: rounding. */
const sameInAnotherUnit = 1e-6;

/** Level, trend, season and seeded noise. */
function season(n: number, period: number, shift = 100): Float64Array {
  const rng = createRng(3);
  return Float64Array.from(
    { length: n },
    (_, t) => shift + 0.3 * t + 20 * Math.sin((2 * Math.PI * t) / period) + 3 * rng.normal(),
  );
}

const inputs: { name: string; y: Float64Array; period: number }[] = [
  { name: 'months', y: season(60, 12), period: 12 },
  { name: 'open days of a week', y: season(150, 6), period: 6 },
  { name: 'no season', y: season(40, 12), period: 1 },
  {
    name: 'zeros and negative values',
    y: season(60, 12, 0).map((value, t) => (t % 5 === 0 ? 0 : value - 10)),
    period: 12,
  },
];

async function run(model: Model, y: Float64Array, period: number) {
  const fitted = await model.fit(y, fitContext(y, period));
  return { fitted, forecast: model.predict(fitted, horizon, levels, periodsAhead(period, y.length, horizon)) };
}

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return (error as AppError).code;
  }
  return 'no error';
}

describe.each(forecastingModels.map((model) => [model.id, model] as const))('%s', (_id, model) => {
  it('says what it is', () => {
    for (const text of [model.name, model.about, model.reference]) expect(text.length).toBeGreaterThan(5);
    expect(model.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(forecastingModels.filter(({ id }) => id === model.id)).toHaveLength(1);
  });

  describe.each(inputs)('$name', ({ y, period }) => {
    it('same input and seed, same bits; input untouched; fitted survives JSON', async () => {
      const before = Array.from(y);
      const first = await run(model, y, period);
      const second = await run(model, y, period);
      expect(Array.from(y)).toEqual(before);
      expect(second.forecast).toEqual(first.forecast);
      const stored = JSON.parse(JSON.stringify(first.fitted));
      expect(stored).toEqual(first.fitted);
      expect(stored.version).toBeTypeOf('number');
      expect(model.predict(stored, horizon, levels, periodsAhead(period, y.length, horizon))).toEqual(first.forecast);
    });

    it('lengths, order of limits, wider for higher levels', async () => {
      const { forecast } = await run(model, y, period);
      expect(forecast.point).toHaveLength(horizon);
      expect(forecast.intervals.map(({ level }) => level)).toEqual(levels);
      for (let j = 0; j < horizon; j++) {
        let inner = { lower: forecast.point[j], upper: forecast.point[j] };
        for (const { lower, upper } of forecast.intervals) {
          expect(lower[j]).toBeLessThan(inner.lower);
          expect(upper[j]).toBeGreaterThan(inner.upper);
          inner = { lower: lower[j], upper: upper[j] };
        }
      }
    });

    it('contributions, where there are any, add up to the forecast', async () => {
      const { forecast } = await run(model, y, period);
      const { contributions = [] } = forecast;
      if (contributions.length === 0) return;
      const largest = Math.max(...forecast.point.map(Math.abs));
      for (let j = 0; j < horizon; j++) {
        const sum = contributions.reduce((total, { values }) => total + values[j], 0);
        expect(Math.abs(sum - forecast.point[j])).toBeLessThan(1e-9 * (1 + largest));
      }
    });

    it.each([0.001, 1000])('in a unit of %d the same forecast', async (unit) => {
      const { forecast } = await run(model, y, period);
      const { forecast: scaled } = await run(
        model,
        y.map((value) => value * unit),
        period,
      );
      const size = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const off = (a: Float64Array, b: Float64Array) =>
        Math.max(...a.map((value, j) => Math.abs(value / unit - b[j]))) / size;
      expect(off(scaled.point, forecast.point)).toBeLessThan(sameInAnotherUnit);
      scaled.intervals.forEach(({ lower, upper }, i) => {
        expect(off(lower, forecast.intervals[i].lower)).toBeLessThan(sameInAnotherUnit);
        expect(off(upper, forecast.intervals[i].upper)).toBeLessThan(sameInAnotherUnit);
      });
    });

    it('a longer horizon begins with the shorter one', async () => {
      const { fitted, forecast } = await run(model, y, period);
      const longer = model.predict(fitted, 200, levels, periodsAhead(period, y.length, 200));
      expect(longer.point).toHaveLength(200);
      expect(Array.from(longer.point.subarray(0, horizon))).toEqual(Array.from(forecast.point));
    });
  });

  it.each([0, 42])('a constant series of %d continues as it is', async (value) => {
    const { forecast } = await run(model, new Float64Array(60).fill(value), 12);
    for (const point of forecast.point) expect(point).toBeCloseTo(value, 9);
    for (const { lower, upper } of forecast.intervals) {
      expect(lower[horizon - 1]).toBeCloseTo(value, 9);
      expect(upper[horizon - 1]).toBeCloseTo(value, 9);
    }
  });

  it('too short a series is refused in words, and the shortest allowed one is not', async () => {
    for (const period of [1, 6, 12]) {
      const least = model.minLength(period);
      const y = season(least, period);
      expect(
        await codeOf(() => model.fit(y.subarray(0, least - 1), fitContext(y.subarray(0, least - 1), period))),
      ).toBe('not-enough-data');
      const { forecast } = await run(model, y, period);
      expect(forecast.point).toHaveLength(horizon);
    }
  });

  it('refuses values that are no numbers and horizons that are no counts', async () => {
    const y = season(60, 12);
    y[3] = Number.NaN;
    expect(await codeOf(() => model.fit(y, fitContext(y, 12)))).toBe('invalid-input');
    const { fitted } = await run(model, season(60, 12), 12);
    for (const bad of [0, -5, 1.5, Number.NaN]) {
      expect(await codeOf(async () => model.predict(fitted, bad, levels, periodsAhead(12, 60, 18)))).toBe(
        'invalid-input',
      );
    }
  });

  it('passes a cancel on when it takes long enough to be asked', async () => {
    let asked = 0;
    const y = season(150, 6);
    await model.fit(y, fitContext(y, 6, { tick: () => void asked++ }));
    const cancelled = () => {
      throw new AppError('cancelled', 'Cancelled.');
    };
    if (asked > 0) expect(await codeOf(() => model.fit(y, fitContext(y, 6, { tick: cancelled })))).toBe('cancelled');
    // A quick one need not ask: the backtest does between two fits.
    else expect(model.quick).toBe(true);
  });
});

it.each(['day', 'week', 'month', 'seldom'] as const)(
  '%s: several models are mixed, also for the quick answer',
  (on) => {
    const members = forecastingModels.filter(({ memberOn }) => memberOn.includes(on));
    expect(members.filter(({ quick }) => quick).length).toBeGreaterThan(1);
  },
);

describe('the training engine', () => {
  it('is the one that was asked for', async () => {
    const { core, info } = await engine;
    expect(core.getBackend()).toBe(info.id === 'wasm' ? 'wasm' : 'tensorflow');
    expect(info.reason).not.toBe('');
    expect(info.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('answers what the network run from its stored weights answers', async () => {
    const { core: tf, layers } = await engine;
    const { runLstm } = await import('../../src-main/engine/forecasting/lstm-network.ts');
    const model = layers.sequential();
    model.add(
      layers.layers.lstm({
        units: 5,
        inputShape: [7, 2],
        recurrentActivation: 'sigmoid',
        kernelInitializer: layers.initializers.randomNormal({ seed: 1 }),
        recurrentInitializer: layers.initializers.randomNormal({ seed: 2 }),
        biasInitializer: layers.initializers.randomNormal({ seed: 4 }),
      }),
    );
    model.add(layers.layers.dense({ units: 3, kernelInitializer: layers.initializers.randomNormal({ seed: 3 }) }));
    const [kernel, recurrent, bias, dense, denseBias] = model
      .getWeights()
      .map((weight) => Array.from(weight.dataSync()));
    const rng = createRng(9);
    const sequence = Array.from({ length: 14 }, () => 3 * rng.normal());
    const own = runLstm({ units: 5, features: 2, outputs: 3, kernel, recurrent, bias, dense, denseBias }, sequence);
    const theirs = (
      model.predict(tf.tensor3d(sequence, [1, 7, 2])) as import('@tensorflow/tfjs-core').Tensor
    ).dataSync();
    expect(Math.max(...theirs.map(Math.abs))).toBeGreaterThan(0.001);
    own.forEach((value, i) => {
      expect(value).toBeCloseTo(theirs[i], 5);
    });
  });

  it('leaves no tensor behind after training', async () => {
    const { core } = await engine;
    const lstm = forecastingModels.find(({ id }) => id === 'lstm')!;
    const y = season(60, 12);
    await lstm.fit(y, fitContext(y, 12));
    const before = core.memory().numTensors;
    await lstm.fit(y, fitContext(y, 12));
    expect(core.memory().numTensors).toBe(before);
  });
});
