import { describe, expect, it } from 'vitest';
import { clusterCustomers, type FeatureTable } from '../../../src-main/engine/customers/cluster-customers.ts';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import { quietJob } from '../../../src-main/worker/job.ts';
import type { ClusterResult, ClusterSettings } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { notesCustomers } from '../../../src-shared/messages/en/notes-customers.ts';

const settings: ClusterSettings = {
  features: [],
  transform: 'auto',
  scaling: 'zscore',
  winsor: 0,
  missing: 'drop',
  duplicates: 'drop',
  method: 'kmeans',
  kMin: 2,
  kMax: 10,
  k: null,
  covariance: 'full',
  eps: null,
  minPoints: null,
  seed: 1,
};

function table(n: number, row: (i: number) => number[], more: Partial<FeatureTable> = {}): FeatureTable {
  const rows = Array.from({ length: n }, (_, i) => row(i));
  return {
    customers: rows.map((_, i) => `c${i}`),
    features: rows[0]?.map((_, j) => ({ id: `f${j}`, label: `Feature ${j}`, source: 'sales' })) ?? [],
    values: Float64Array.from(rows.flat()),
    revenue: null,
    ...more,
  };
}

function run(of: FeatureTable, more: Partial<ClusterSettings> = {}): ClusterResult {
  const result = clusterCustomers(of, { ...settings, ...more }, quietJob);
  expect(JSON.parse(JSON.stringify(result)), 'plain JSON without NaN').toEqual(result);
  for (const { code } of result.notes) expect(Object.keys(notesCustomers)).toContain(code);
  return result;
}

function refusal(of: FeatureTable, more: Partial<ClusterSettings> = {}): AppError {
  try {
    clusterCustomers(of, { ...settings, ...more }, quietJob);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return error as AppError;
  }
  throw new Error('was accepted');
}

const codes = ({ notes }: ClusterResult) => notes.map(({ code }) => code);

describe('refusals in words', () => {
  it.each([0, 1, 3, 19])('%i customers are too few', (n) => {
    const { code, message } = refusal(table(n, (i) => [i, 2 * i]));
    expect(code).toBe('not-enough-data');
    expect(message).toContain('at least 20');
    expect(message).toContain(`there are ${n}`);
  });
  it('names the features that too many customers lack', () => {
    const { details, message } = refusal(table(40, (i) => [i, i < 12 ? i : Number.NaN]));
    expect(details).toEqual({ customers: 12, dropped: 28, needed: 20 });
    expect(message).toContain('28 more have no value for Feature 0 or Feature 1');
  });
  it('all alike', () => {
    expect(refusal(table(30, () => [7, 7])).message).toContain('All 30 customers are the same in Feature 0, Feature 1');
  });
  it('more clusters than different customers', () => {
    const { code, message } = refusal(
      table(30, (i) => [i % 3]),
      { k: 5 },
    );
    expect(code).toBe('not-enough-data');
    expect(message).toContain('only 3 different values');
  });
  it('a range upside down', () => {
    expect(
      refusal(
        table(30, (i) => [i]),
        { kMin: 6, kMax: 4 },
      ).code,
    ).toBe('invalid-input');
  });
  it('a cancelled job', () => {
    const stop = () => {
      throw new AppError('cancelled', 'Cancelled.');
    };
    expect(() =>
      clusterCustomers(
        table(50, (i) => [i, i * i]),
        settings,
        { tick: stop },
      ),
    ).toThrow('Cancelled.');
  });
});

describe('difficult customers', () => {
  it('tries no more clusters than there are different customers', () => {
    const result = run(table(30, (i) => [i % 3]));
    expect(result.scores.map(({ k }) => k)).toEqual([2, 3]);
    expect(result.k).toBe(3);
    expect(codes(result)).toContain('few-distinct');
  });
  it('leaves a constant feature out of space, means and centroids', () => {
    const result = run(
      table(40, (i) => [i % 7, 5, i]),
      { k: 3 },
    );
    expect(result.space.map(({ id }) => id)).toEqual(['f0', 'f2']);
    expect(result.profiles.every(({ means }) => means.length === 2)).toBe(true);
    expect(result.centroids.every((centroid) => centroid.length === 2)).toBe(true);
    expect(result.notes).toContainEqual({ code: 'constant-feature', params: { feature: 'Feature 1' }, level: 'info' });
  });
  it('counts what it leaves out for missing values, infinite ones included', () => {
    const result = run(table(60, (i) => [i, i < 10 ? Number.NaN : i < 12 ? Infinity : i * i]));
    expect([result.customers, result.dropped]).toEqual([48, 12]);
    expect(result.notes).toContainEqual({
      code: 'missing-feature',
      params: { dropped: 12, customers: 60 },
      level: 'warning',
    });
    expect(result.sample.some(({ customer }) => customer === 'c11')).toBe(false);
  });
  it('takes negative money for zero under the logarithm, and says so', () => {
    const result = run(table(40, (i) => [i - 3]));
    expect(result.notes).toContainEqual({
      code: 'negative-as-zero',
      params: { feature: 'Feature 0', customers: 3 },
      level: 'info',
    });
    expect(result.space[0]).toMatchObject({ transform: 'log1p', min: -3, max: 36 });
  });
  it('points at a cluster of outliers', () => {
    const result = run(
      table(200, (i) => [i < 2 ? 1e6 + i : i]),
      { transform: 'none', k: 2 },
    );
    expect(result.silhouette).toBeGreaterThan(0.9);
    expect(result.notes).toContainEqual({
      code: 'small-cluster',
      params: { cluster: 1, customers: 2, customerShare: 0.01 },
      level: 'warning',
    });
  });
  it('90 % bought once', () => {
    const result = run(table(500, (i) => [i % 50, i % 10 === 0 ? 2 + (i % 3) : 1, 100 + (i % 17)]));
    expect(result.profiles.reduce((sum, { customers }) => sum + customers, 0)).toBe(500);
  });
});

describe('the space', () => {
  const rows = table(25, (i) => [i * i, 2 * i], {
    features: [
      { id: 'monetary', label: 'Money', source: 'sales' },
      { id: 'age', label: 'Age', source: 'customer-file' },
    ],
  });
  it('auto: the logarithm for sales, none for the customer file; population deviation', () => {
    const [money, age] = run(rows).space;
    expect([money.transform, age.transform]).toEqual(['log1p', 'none']);
    // 0, 2 … 48: mean 24, population variance 4 · (25² − 1) / 12 = 208.
    expect(age.shift).toBeCloseTo(24, 12);
    expect(age.scale).toBeCloseTo(Math.sqrt(208), 12);
  });
  it('min-max runs from 0 to 1', () => {
    expect(run(rows, { transform: 'none', scaling: 'minmax' }).space[1]).toMatchObject({ shift: 0, scale: 48 });
  });
  it('none leaves values as they are', () => {
    expect(run(rows, { transform: 'none', scaling: 'none' }).space[1]).toMatchObject({ shift: 0, scale: 1 });
  });
});

describe('labels', () => {
  const rng = createRng(8);
  const rows = Array.from({ length: 90 }, (_, i) => [10 * (i % 3) + rng.next(), 10 * (i % 3) + rng.next()]);
  const revenue = Float64Array.from(rows, (_, i) => [300, 100, 200][i % 3]);

  it('are ordered by average revenue, and a rerun with any seed gives the same', () => {
    const first = run(
      table(90, (i) => rows[i], { revenue }),
      { k: 3, transform: 'none' },
    );
    expect(first.profiles.map((profile) => [profile.cluster, profile.revenue])).toEqual([
      [1, 9000],
      [2, 6000],
      [3, 3000],
    ]);
    for (const seed of [2, 3, 4, 5]) {
      const again = run(
        table(90, (i) => rows[i], { revenue }),
        { k: 3, transform: 'none', seed },
      );
      expect(again.profiles).toEqual(first.profiles);
    }
  });
  it('without sales are ordered by the first feature, or by income × score', () => {
    const first = run(
      table(90, (i) => rows[i]),
      { k: 3, transform: 'none' },
    );
    expect(Math.round(first.profiles[0].means[0])).toBeGreaterThan(19);
    const named = table(90, (i) => [i % 3, 10 - 4 * (i % 3), 50], {
      features: ['age', 'income', 'spendingScore'].map((id) => ({ id, label: id, source: 'customer-file' })),
    });
    expect(run(named, { k: 3 }).profiles.map(({ means }) => means[1])).toEqual([10, 6, 2]);
  });
  it('do not depend on which other k were tried', () => {
    const of = table(90, (i) => rows[i]);
    expect(run(of, { kMin: 4, kMax: 4 }).centroids).toEqual(run(of, { k: 4 }).centroids);
  });
  it('a chosen k outside the range is scored too', () => {
    const result = run(
      table(90, (i) => rows[i]),
      { kMin: 2, kMax: 3, k: 5 },
    );
    expect(result.scores.map(({ k }) => k)).toEqual([2, 3, 4, 5]);
    expect(result.k).toBe(5);
  });
});
