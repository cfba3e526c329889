/** The mixture's own score, leave-one-origin-out: against tests/fixtures/forecasting/leave-one-out.py, in exact fractions. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scoresOf, type Trial } from '../../src-main/engine/forecasting/scores.ts';
import type { TrainingInput } from '../../src-main/engine/forecasting/training-input.ts';
import { judgedTrials, mixedTrials, weigh } from '../../src-main/engine/forecasting/weigh.ts';

interface Case {
  name: string;
  frequency: 'day' | 'month';
  /** [n] the series; only where last year counts. */
  y?: number[];
  origins: number[];
  /** [origins][steps] */
  actual: number[][];
  /** [members][origins][steps] */
  members: number[][][];
  predicted: number[][];
  mae: number;
}

const cases: Case[] = JSON.parse(
  readFileSync(new URL('../fixtures/forecasting/leave-one-out.json', import.meta.url), 'utf8'),
);

const inputOf = ({ frequency, y, origins, actual }: Case): TrainingInput => {
  const n = y?.length ?? origins.at(-1)! + actual.at(-1)!.length;
  const values = Float64Array.from(y ?? new Array(n).fill(100));
  const ones = new Uint8Array(n).fill(1);
  const days = Int32Array.from(values.keys());
  return {
    ...{ frequency, y: values, actual: values, known: ones, learned: ones, days, index: days },
    ...{ period: 1, dense: true, marked: [] },
  };
};

const trialsOf = ({ origins, actual, members }: Case): Trial[][] =>
  members.map((predicted) =>
    origins.map((origin, i) => ({
      origin,
      actual: Float64Array.from(actual[i]),
      predicted: Float64Array.from(predicted[i]),
      known: new Uint8Array(actual[i].length).fill(1),
      naiveError: 1,
    })),
  );

describe.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
  const judged = judgedTrials(trialsOf(one), inputOf(one));

  it('each origin is forecast with what the others taught', () => {
    judged.forEach(({ predicted }, i) => {
      expect(Array.from(predicted)).toEqual(one.predicted[i].map((value) => expect.closeTo(value, 6)));
    });
    expect(scoresOf(judged)!.mae).toBeCloseTo(one.mae, 6);
  });

  it('what an origin sold changes nothing of its own forecast, and the forecasts of the others', () => {
    const actual = one.actual.map((values, i) => (i === 0 ? values.map((value) => 2 * value) : values));
    const changed = judgedTrials(trialsOf({ ...one, actual }), inputOf(one));
    expect(changed[0].predicted).toEqual(judged[0].predicted);
    expect(changed[1].predicted).not.toEqual(judged[1].predicted);
  });
});

it('a single origin is judged by the plain mean of the members, whatever their errors', () => {
  const single: Case = {
    ...cases[0],
    origins: [20],
    actual: [[110, 95, 130]],
    members: [[[100, 90, 120]], [[90, 105, 125]]],
  };
  expect(Array.from(judgedTrials(trialsOf(single), inputOf(single))[0].predicted)).toEqual([95, 97.5, 122.5]);
  const { weights } = weigh(trialsOf(single), inputOf(single));
  expect(weights[0]).not.toBe(0.5);
  expect(mixedTrials(trialsOf(single), { weights, lastYear: 0 }, inputOf(single))[0].predicted[0]).not.toBe(95);
});
