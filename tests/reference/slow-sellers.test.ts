/** Models for slow sellers against R's forecast::croston and closed sums: tests/fixtures/forecasting/croston.R. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { croston } from '../../src-main/engine/forecasting/croston.ts';
import { sba } from '../../src-main/engine/forecasting/sba.ts';
import { tsb } from '../../src-main/engine/forecasting/tsb.ts';
import { fitAndPredict } from '../fixtures/fit-context.ts';

interface Case {
  y: number[];
  croston: number;
  sba: number;
  tsb: number;
}

const fixture: Record<string, Case> = JSON.parse(
  readFileSync(new URL('../fixtures/forecasting/croston.json', import.meta.url), 'utf8'),
);

describe.each(Object.entries(fixture))('%s', (_name, expected) => {
  it.each([croston, sba, tsb])('$id', async (model) => {
    const { point } = await fitAndPredict(model, Float64Array.from(expected.y), 1, 3);
    for (const value of point) expect(value).toBeCloseTo(expected[model.id as 'croston' | 'sba' | 'tsb'], 9);
  });
});

it('a wait that never changes is not corrected: one sale of 6 every third period is 2 a period', async () => {
  const y = Float64Array.from({ length: 30 }, (_, t) => (t % 3 === 2 ? 6 : 0));
  for (const model of [croston, sba]) expect((await fitAndPredict(model, y, 1, 1)).point[0]).toBeCloseTo(2, 12);
});

it('a product that stopped selling fades out with TSB only', async () => {
  const y = Float64Array.from({ length: 60 }, (_, t) => (t < 20 ? 5 : 0));
  expect((await fitAndPredict(croston, y, 1, 1)).point[0]).toBe(5);
  expect((await fitAndPredict(tsb, y, 1, 1)).point[0]).toBeCloseTo(5 * 0.9 ** 40, 9);
});
