/** Prophet against R's prophet 1.0: tests/fixtures/forecasting/prophet.R made prophet.json. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { covariatesOf, sliceCovariates } from '../../src-main/engine/forecasting/covariates.ts';
import { plainCovariates } from '../fixtures/plain-covariates.ts';
import { prophet } from '../../src-main/engine/forecasting/prophet.ts';
import { dayNumber } from '../../src-main/engine/sales/sale-lines.ts';
import type { Frequency, MarkedDays } from '../../src-shared/domain.ts';
import { fitContext } from '../fixtures/fit-context.ts';

interface Case {
  first: string;
  y: number[];
  ahead: number;
  yhat: number[];
  trend: number[];
  yearly: number[];
  /** Daily cases only. */
  weekly?: number[];
  sale?: number[];
  spring?: number[];
  yhat_lower: number[];
  yhat_upper: number[];
}

type Fixture = { holidays: Record<string, string[]> } & Record<
  'additive' | 'multiplicative' | 'weekly' | 'monthly',
  Case
>;

const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../fixtures/forecasting/prophet.json', import.meta.url), 'utf8'),
);
const marked = Object.entries(fixture.holidays).flatMap(([id, days]) =>
  days.map((day): MarkedDays => ({ id, name: id, kind: 'holiday', from: day, to: day })),
);

async function forecast(name: keyof Omit<Fixture, 'holidays'>, frequency: Frequency, period: number) {
  const { y, ahead, first } = fixture[name];
  const plain = plainCovariates(frequency, dayNumber(first), y.length + ahead);
  const all = covariatesOf(frequency, plain.days, frequency === 'day' ? marked : []);
  const past = Float64Array.from(y);
  const fitted = await prophet.fit(past, fitContext(past, period, { covariates: sliceCovariates(all, 0, y.length) }));
  const future = sliceCovariates(all, y.length, y.length + ahead);
  return { fitted, ...prophet.predict(fitted, ahead, [0.8], future) };
}

/** Largest relative distance from R's forecast. */
const worst = (point: Float64Array, expected: number[]): number =>
  Math.max(...expected.map((value, j) => Math.abs(point[j] / value - 1)));

describe("Prophet and R's prophet", () => {
  it.each([
    ['additive', 'day', 7, 0.002],
    ['multiplicative', 'day', 7, 0.002],
    ['weekly', 'week', 52, 0.002],
    ['monthly', 'month', 12, 0.005],
  ] as const)('%s: forecast and width of its band', async (name, frequency, period, tolerance) => {
    const { point, intervals } = await forecast(name, frequency, period);
    const expected = fixture[name];
    expect(worst(point, expected.yhat)).toBeLessThan(tolerance);
    // R simulates its band 20 000 times; its widths wander by about 1.5 %.
    for (let j = 0; j < expected.ahead; j++) {
      const width = intervals[0].upper[j] - intervals[0].lower[j];
      expect(Math.abs(width / (expected.yhat_upper[j] - expected.yhat_lower[j]) - 1)).toBeLessThan(0.05);
    }
  });

  it('additive: trend, week, year and each holiday', async () => {
    const { contributions = [] } = await forecast('additive', 'day', 7);
    const expected = fixture.additive;
    const parts = {
      trend: 'trend',
      weekly: 'weekly',
      yearly: 'yearly',
      sale: 'holiday:sale',
      spring: 'holiday:spring',
    };
    for (const [name, id] of Object.entries(parts)) {
      const own = contributions.find((one) => one.id === id)!.values;
      const theirs = expected[name as keyof typeof parts]!;
      // In currency units, on sales of about 1 700 a day.
      for (let j = 0; j < expected.ahead; j++) expect(Math.abs(own[j] - theirs[j])).toBeLessThan(3);
    }
    expect(contributions.map(({ part }) => part)).toEqual(['trend', 'weekly', 'yearly', 'holidays', 'holidays']);
  });
});
