import { describe, expect, it } from 'vitest';
import { plainCovariates } from '../fixtures/plain-covariates.ts';
import { prophet } from '../../src-main/engine/forecasting/prophet.ts';
import { seasonOrders } from '../../src-main/engine/forecasting/prophet-features.ts';
import { changepointsOf, trendAt, trendVariance } from '../../src-main/engine/forecasting/prophet-trend.ts';
import { swingsWithTrend } from '../../src-main/engine/forecasting/season-mode.ts';
import { winsorise } from '../../src-main/engine/forecasting/winsorise.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import { loadAugurs } from '../../src-main/worker/augurs-engine.ts';
import { fitContext } from '../fixtures/fit-context.ts';

const week = [80, 90, 100, 110, 120, 160];
const rng = createRng(11);
const quiet = Float64Array.from({ length: 120 }, (_, t) => week[t % 6] * (1 + 0.05 * rng.normal()));

describe('extreme days', () => {
  const spiked = quiet.slice();
  spiked[50] = 5000;
  const plain = plainCovariates('day', 14_610, 120);

  it('are pulled back towards the same weekday around them, and nothing else is moved far', () => {
    const calm = winsorise(spiked, 6, plain);
    expect(calm[50]).toBeGreaterThan(week[50 % 6]);
    expect(calm[50]).toBeLessThan(1.35 * week[50 % 6]);
    calm.forEach((value, t) => {
      if (t !== 50) expect(Math.abs(value / quiet[t] - 1)).toBeLessThan(0.1);
    });
    expect(spiked[50]).toBe(5000);
  });

  it('stay as they are when the calendar explains them', () => {
    const values = new Float64Array(120);
    values[50] = 1;
    const marked = { ...plain, regressors: [{ id: 'event:1', part: 'events' as const, values }] };
    expect(winsorise(spiked, 6, marked)[50]).toBe(5000);
  });
});

describe('whether the season swings with the trend', () => {
  const grow = (t: number) => 100 + t;
  const wave = (t: number) => Math.sin((2 * Math.PI * t) / 12);
  const months = (at: (t: number) => number) => Float64Array.from({ length: 96 }, (_, t) => at(t));

  it('yes for a share of the trend, no for a fixed amount, no without growth or with values of zero', () => {
    expect(
      swingsWithTrend(
        months((t) => grow(t) * (1 + 0.3 * wave(t))),
        12,
      ),
    ).toBe(true);
    expect(
      swingsWithTrend(
        months((t) => grow(t) + 30 * wave(t)),
        12,
      ),
    ).toBe(false);
    expect(
      swingsWithTrend(
        months((t) => 100 * (1 + 0.3 * wave(t))),
        12,
      ),
    ).toBe(false);
    expect(
      swingsWithTrend(
        months((t) => (t === 5 ? 0 : grow(t) * (1 + 0.3 * wave(t)))),
        12,
      ),
    ).toBe(false);
    expect(swingsWithTrend(months(grow).subarray(0, 40), 12)).toBe(false);
  });
});

describe("Prophet's terms", () => {
  it('weeks for days, years once enough of them are there', () => {
    const orders = (frequency: 'day' | 'week' | 'month', n: number) =>
      seasonOrders(plainCovariates(frequency, 14_610, n));
    expect(orders('day', 13)).toEqual({ weekly: 0, yearly: 0 });
    expect(orders('day', 14)).toEqual({ weekly: 3, yearly: 0 });
    expect(orders('day', 547)).toEqual({ weekly: 3, yearly: 0 });
    expect(orders('day', 548)).toEqual({ weekly: 3, yearly: 10 });
    expect([orders('week', 104), orders('week', 105)].map(({ yearly }) => yearly)).toEqual([0, 10]);
    expect([orders('month', 23), orders('month', 24)].map(({ yearly }) => yearly)).toEqual([0, 5]);
  });

  it('bends at 25 places of the first 80 %, fewer in short series', () => {
    const times = (n: number) => Float64Array.from({ length: n }, (_, t) => t / (n - 1));
    const many = changepointsOf(times(730));
    expect(many).toHaveLength(25);
    expect(many[24]).toBe(583 / 729);
    expect(changepointsOf(times(12))).toHaveLength(8);
  });

  it('the trend bends at its changepoints, and its variance is that of simulated futures', () => {
    const trend = { k: 1, m: 2, changepoints: [0.5], delta: [-3] };
    expect(Array.from(trendAt(Float64Array.of(0, 0.5, 1, 1.5), trend))).toEqual([2, 2.5, 1.5, 0.5]);
    const bends = {
      k: 0,
      m: 0,
      changepoints: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
      delta: [1, -1, 2, -2, 1, -1, 2, -2],
    };
    // Bends by a Poisson process of rate 8, Laplace sizes of mean 1.5, drawn until time 1.5.
    const draw = createRng(5);
    const waited = () => -Math.log(1 - draw.next());
    let squares = 0;
    const runs = 40_000;
    for (let run = 0; run < runs; run++) {
      let value = 0;
      for (let at = 1 + waited() / 8; at < 1.5; at += waited() / 8) {
        const size = 1.5 * waited();
        value += (draw.next() < 0.5 ? size : -size) * (1.5 - at);
      }
      squares += value ** 2;
    }
    const [variance] = trendVariance(Float64Array.of(1.5), bends);
    expect(Math.abs(variance / (squares / runs) - 1)).toBeLessThan(0.05);
  });
});

it('a failure inside the WASM leaves the next fit unharmed', async () => {
  const augurs = await loadAugurs();
  const context = fitContext(quiet, 6, { augurs: () => Promise.resolve(augurs) });
  const before = await prophet.fit(quiet, context);
  const broken = (await augurs.prophet()).optimize;
  const none = { k: 0, m: 0, delta: new Float64Array(0), beta: new Float64Array(0), sigmaObs: 1 };
  expect(() => broken(none, '{"T":1}', { algorithm: 'lbfgs', iter: 1, seed: 1 })).toThrow();
  expect(await prophet.fit(quiet, context)).toEqual(before);
});
