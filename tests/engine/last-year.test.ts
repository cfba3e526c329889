/** The share of last year in a forecast of less than three years, by hand. */
import { describe, expect, it } from 'vitest';
import { lastYearShare } from '../../src-main/engine/forecasting/last-year.ts';
import type { Trial } from '../../src-main/engine/forecasting/scores.ts';
import { trainingInput } from '../../src-main/engine/forecasting/training-input.ts';
import { months } from '../fixtures/shop-series.ts';

/** Forecasts that miss every held-out month by `miss`, six months before the end. */
function trialOf(values: number[], miss: number): Trial {
  const origin = values.length - 6;
  const actual = Float64Array.from(values.slice(origin));
  return {
    origin,
    actual,
    predicted: actual.map((one) => one + miss),
    known: new Uint8Array(6).fill(1),
    naiveError: 1,
  };
}

describe('the share of last year', () => {
  // Each month sells 30 more than a year before, so that last year misses by 30.
  const grown = (n: number) => Array.from({ length: n }, (_, k) => 100 + 10 * (k % 12) + 30 * Math.floor(k / 12));

  it('is inverse to the squared errors', () => {
    const values = grown(20);
    const share = lastYearShare([trialOf(values, 10)], trainingInput(months(values)));
    expect(share).toBeCloseTo(10 ** 2 / (10 ** 2 + 30 ** 2), 9);
  });

  it('is one half where nothing could be tested, 0 below a year and from three years on', () => {
    expect(lastYearShare([], trainingInput(months(grown(14))))).toBe(0.5);
    expect(lastYearShare([], trainingInput(months(grown(12))))).toBe(0);
    expect(lastYearShare([], trainingInput(months(grown(36))))).toBe(0);
  });

  it('is at most one half where the models know a season now that they could not know in the test', () => {
    const values = grown(26);
    expect(lastYearShare([trialOf(values, 90)], trainingInput(months(values)))).toBe(0.5);
  });
});
