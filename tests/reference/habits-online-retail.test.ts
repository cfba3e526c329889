/**
 * Cohorts, visits, concentration and distributions of Online Retail II (Chen 2019, UCI Machine Learning Repository,
 * doi 10.24432/C5CG6D) under the literature's rules. Concentration: the project's reference sheet, section 1. The rest:
 * tests/fixtures/habits/online-retail.json, made by make.py beside it with pandas and scipy.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CleaningRules, CohortTriangle } from '../../src-shared/domain.ts';
import type { Session } from '../../src-main/worker/session.ts';
import { cohorts, concentration, distributions, habits } from '../../src-main/worker/tasks/habits.ts';
import { openOnlineRetail } from '../fixtures/online-retail-session.ts';
import { hasOnlineRetail, onlineRetailPath } from '../fixtures/parsed-sales.ts';

if (!hasOnlineRetail) console.warn(`Skipped: ${onlineRetailPath} is not there.`);

interface Triangle {
  rows: { cohort: string; customers: number[]; revenue: number[] }[];
  average: number[];
}
interface Expected {
  month: Triangle;
  quarter: Triangle;
  visits: { months: string[]; customers: number[]; orders: number[]; revenue: number[] };
  frequency: { orders: number; customers: number; revenue: number }[];
  measures: Record<string, { mean: number; sd: number; skewness: number; quartiles: number[] }>;
  spearman: number[][];
}
const expected: Expected = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../fixtures/habits/online-retail.json'), 'utf8'),
);

const literature: CleaningRules = {
  unknownCustomer: 'drop',
  cancellations: 'drop',
  quantity: 'drop',
  price: 'drop',
  identical: 'drop',
  nonProduct: 'keep',
};
const revenue = 173_747_862_680;
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const everything = { filter: {} };

describe.skipIf(!hasOnlineRetail)('habits of Online Retail II', () => {
  let session: Session;
  beforeAll(async () => {
    session = await openOnlineRetail();
    session.changeSettings({ rules: literature });
  }, 240_000);
  afterAll(() => session.close());

  const rowsOf = (triangle: CohortTriangle) =>
    triangle.cohorts.map(({ cohort, cells }) => ({
      cohort,
      customers: cells.map((cell) => cell.customers),
      revenue: cells.map((cell) => cell.revenue),
    }));

  it.each(['month', 'quarter'] as const)('cohorts by %s equal those of pandas', (unit) => {
    const triangle = cohorts(session, { ...everything, unit });
    expect(rowsOf(triangle)).toEqual(expected[unit].rows);
    expect(triangle.average).toHaveLength(expected[unit].average.length);
    for (const [i, share] of triangle.average.entries()) expect(share).toBeCloseTo(expected[unit].average[i], 12);
    expect(triangle.lastPartial).toBe(true);
    expect(sum(triangle.cohorts.map(({ customers }) => customers))).toBe(5_878);
    expect(sum(triangle.cohorts.flatMap(({ cells }) => cells.map((cell) => cell.revenue)))).toBe(revenue);
  });

  it('visits per month and how often customers bought equal those of pandas', () => {
    const { months, partial, segments, frequency } = habits(session, everything);
    const all = segments[0];
    expect(all.segment).toBe('all');
    expect({ months, customers: all.customers, orders: all.orders, revenue: all.revenue }).toEqual(expected.visits);
    expect(partial.flatMap((cut, i) => (cut ? [months[i]] : []))).toEqual(['2011-12']);
    expect(segments).toHaveLength(12);
    for (const key of ['customers', 'orders', 'revenue'] as const)
      expect(months.map((_, i) => sum(segments.slice(1).map((one) => one[key][i])))).toEqual(all[key]);
    expect(frequency.map(({ orMore: _orMore, ...one }) => one)).toEqual(expected.frequency);
    expect(frequency[0].customers).toBe(1_623);
    expect(frequency.map(({ orMore }) => orMore)).toEqual([...new Array(9).fill(false), true]);
  });

  it('has the concentration of the reference sheet', () => {
    const found = concentration(session, everything);
    expect(found).toMatchObject({ customers: 5_878, revenue, customersFor80: 1_354, notes: [] });
    const share = Object.fromEntries(found.top.map((one) => [one.share, one.revenueShare]));
    expect(share[0.01]).toBeCloseTo(0.31962, 5);
    expect(share[0.1]).toBeCloseTo(0.63927, 5);
    expect(share[0.2]).toBeCloseTo(0.77249, 5);
    expect(found.gini).toBeCloseTo(0.74153, 5);
    expect(found.top[0].customers).toBe(59);
    // The ten customers of the sheet's list together.
    expect(found.top10Share * revenue).toBeCloseTo(27_870_794_400, -1);
    expect(found.curve).toHaveLength(101);
  });

  it('has the statistics of pandas and the rank correlation of scipy', () => {
    const features = Object.keys(expected.measures);
    const { customers, measures, correlation, notes } = distributions(session, { ...everything, features });
    expect(customers).toBe(5_878);
    for (const { id, quartiles, sd, skewness, bins } of measures) {
      const wanted = expected.measures[id];
      const { min, q1, median, q3, max, mean } = quartiles;
      for (const [i, value] of [min, q1, median, q3, max].entries()) expect(value).toBeCloseTo(wanted.quartiles[i], 8);
      expect(mean / wanted.mean).toBeCloseTo(1, 10);
      expect(sd / wanted.sd).toBeCloseTo(1, 10);
      expect(skewness / wanted.skewness).toBeCloseTo(1, 10);
      expect(sum(bins.map((bin) => bin.customers))).toBe(5_878);
      expect(bins.length).toBeGreaterThanOrEqual(10);
      expect(bins.length).toBeLessThanOrEqual(40);
      expect(bins[0].from).toBeLessThanOrEqual(min);
      expect(bins.at(-1)!.to).toBeGreaterThanOrEqual(max);
    }
    for (const [i, row] of correlation.entries())
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(expected.spearman[i][j], 9);
    expect(notes[0]).toMatchObject({ code: 'correlation-strong-up', params: { value: 0.88 } });
  });
});
