/** Whatever the series looks like, ARIMA answers numbers in order or says in words that it cannot. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arima } from '../../src-main/engine/forecasting/arima.ts';
import { fitAndPredict } from '../fixtures/fit-context.ts';

/** A positive scale from a hundredth of a currency unit to a thousand millions. */
const scale = fc.integer({ min: -2, max: 9 }).map((power) => 10 ** power);
const length = fc.integer({ min: 12, max: 200 });
const noise = (n: number) => fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: n, maxLength: n });

const shapes: Record<string, (share: number[]) => number[]> = {
  constant: (share) => share.map(() => share[0]),
  'white noise': (share) => share,
  'one spike': (share) => share.map((value, t) => (t === share.length >> 1 ? 1 : 0.01 * value + 0.5)),
  'one spike in zeros': (share) => share.map((_, t) => (t === share.length >> 1 ? 1 : 0)),
  'mostly zeros': (share) => share.map((value) => (value > 0.8 ? value : 0)),
  'straight line': (share) => share.map((_, t) => 1 + t),
  'steep growth': (share) => share.map((value, t) => 1.2 ** Math.min(t, 100) * (0.9 + 0.2 * value)),
  'fall to nothing': (share) => share.map((value, t) => 0.9 ** t * (0.9 + 0.2 * value)),
  'exact season': (share) => share.map((_, t) => 2 + Math.sin((2 * Math.PI * t) / 12)),
  'season and noise': (share) => share.map((value, t) => 2 + Math.sin((2 * Math.PI * t) / 12) + value),
  'a jump': (share) => share.map((value, t) => value + (t > share.length / 2 ? 10 : 0)),
  'around zero': (share) => share.map((value) => value - 0.5),
  alternating: (share) => share.map((value, t) => (t % 2 === 0 ? 1 : 3) + 0.001 * value),
};

const input = fc.record({
  values: length.chain(noise),
  shape: fc.constantFrom(...Object.keys(shapes)),
  scale,
  period: fc.constantFrom(1, 5, 7, 12, 52),
});

describe('ARIMA on any series', () => {
  it('answers finite numbers, limits in order, and never more than twenty times the largest value', async () => {
    await fc.assert(
      fc.asyncProperty(input, async ({ values, shape, scale: unit, period }) => {
        const y = Float64Array.from(shapes[shape](values), (value) => unit * value);
        const season = y.length >= 2 * period ? period : 1;
        const { point, intervals } = await fitAndPredict(arima, y, season, 24, [0.8, 0.95]);
        const largest = Math.max(...y.map(Math.abs));
        for (let j = 0; j < 24; j++) {
          const limits = [
            intervals[1].lower[j],
            intervals[0].lower[j],
            point[j],
            intervals[0].upper[j],
            intervals[1].upper[j],
          ];
          expect(limits.every(Number.isFinite)).toBe(true);
          expect(limits).toEqual(limits.toSorted((a, b) => a - b));
          expect(Math.abs(point[j])).toBeLessThanOrEqual(20.001 * largest + 1e-9);
        }
      }),
      { numRuns: 400, seed: 4 },
    );
  });

  it('does not depend on the unit of the values', async () => {
    await fc.assert(
      fc.asyncProperty(length.chain(noise), scale, async (values, unit) => {
        const y = Float64Array.from(shapes['season and noise'](values));
        const season = y.length >= 24 ? 12 : 1;
        const plain = await fitAndPredict(arima, y, season, 12);
        const scaled = await fitAndPredict(
          arima,
          y.map((value) => unit * value),
          season,
          12,
        );
        for (let j = 0; j < 12; j++) expect(scaled.point[j] / (unit * plain.point[j])).toBeCloseTo(1, 2);
      }),
      { numRuns: 50, seed: 4 },
    );
  });

  it('continues a line below zero and an exact season as they are', async () => {
    const line = Float64Array.from({ length: 40 }, (_, t) => t - 30);
    const season = Float64Array.from({ length: 60 }, (_, t) => [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8][t % 12]);
    const further = await fitAndPredict(arima, line, 1, 6, [0.8]);
    const again = await fitAndPredict(arima, season, 12, 12, [0.8]);
    for (let j = 0; j < 6; j++) {
      expect(further.point[j]).toBeCloseTo(10 + j, 9);
      expect(again.point[j]).toBeCloseTo(season[j], 9);
      expect(again.intervals[0].upper[j]).toBeCloseTo(season[j], 6);
    }
  });
});
