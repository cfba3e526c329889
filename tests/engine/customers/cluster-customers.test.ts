import { describe, expect, it } from 'vitest';
import { clusterCustomers, type FeatureTable } from '../../../src-main/engine/customers/cluster-customers.ts';
import { clusterers } from '../../../src-main/engine/customers/clustering/registry.ts';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import { quietJob } from '../../../src-main/worker/job.ts';
import { type ClusterResult, type ClusterSettings, clusterMethodIds } from '../../../src-shared/domain.ts';
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

describe.each(clusterMethodIds)('%s', (method) => {
  it.each([0, 1, 3, 19])('%i customers are too few', (n) => {
    expect(
      refusal(
        table(n, (i) => [i, 2 * i]),
        { method },
      ).message,
    ).toContain('at least 20');
  });
  it('all alike', () => {
    expect(
      refusal(
        table(30, () => [7, 7]),
        { method },
      ).message,
    ).toContain('the same');
  });
  it('one feature constant, few distinct values, huge and negative ones', () => {
    for (const row of [
      (i: number) => [i % 7, 5],
      (i: number) => [i % 2, (i % 2) * 3],
      (i: number) => [i === 0 ? 1e9 : i, -i],
      (i: number) => [i, i],
    ]) {
      const result = run(table(60, row), { method, kMax: 4, duplicates: 'keep' });
      expect(result.profiles.reduce((sum, { customers }) => sum + customers, 0)).toBe(60);
    }
  });
  it('answers the same three times, and every seed numbers the groups by worth', () => {
    const rng = createRng(5);
    const rows = Array.from({ length: 120 }, (_, i) => [20 * (i % 3) + rng.normal(), 9 * (i % 3) + rng.normal()]);
    const revenue = Float64Array.from(rows, (_, i) => [100, 300, 200][i % 3]);
    const of = table(120, (i) => rows[i], { revenue });
    const more = { method, k: 3, transform: 'none' } as const;
    const first = run(of, more);
    for (const _ of [1, 2]) expect(run(of, more)).toEqual(first);
    expect(run(of, { ...more, seed: 7 }).profiles.map(({ cluster }) => cluster)).toEqual(
      first.profiles.map(({ cluster }) => cluster),
    );
    const worth = first.profiles
      .filter(({ cluster }) => cluster > 0)
      .map(({ customers, revenue: money }) => money! / customers);
    expect(worth).toEqual([300, 200, 100]);
  });
});

describe('views', () => {
  const rng = createRng(6);
  const rows = Array.from({ length: 200 }, (_, i) => [30 * (i % 4) + rng.normal(), 10 * (i % 2) + rng.normal()]);
  const of = table(200, (i) => rows[i]);
  it('a dendrogram of thirty leaves that add up, children before parents', () => {
    const { leaves, merges } = run(of, { method: 'ward', k: 4 }).dendrogram!;
    expect([leaves.length, merges.length]).toEqual([30, 29]);
    const sizes = [...leaves];
    let last = 0;
    for (const { customers, height, left, right } of merges) {
      expect(customers).toBe(sizes[left] + sizes[right]);
      sizes.push(customers);
      expect(height).toBeGreaterThanOrEqual(last);
      last = height;
    }
    expect(sizes.at(-1)).toBe(200);
  });
  it('relative means add up to nothing over all customers', () => {
    const { profiles, space } = run(of, { k: 4 });
    space.forEach((_, j) => {
      expect(profiles.reduce((sum, { customers, relative }) => sum + customers * relative[j], 0)).toBeCloseTo(0, 8);
    });
  });
  it('left-out customers have label −1', () => {
    const { labels } = run(table(60, (i) => [i, i < 10 ? Number.NaN : i * i]));
    expect(labels.slice(0, 10)).toEqual(new Array(10).fill(-1));
    expect(Math.min(...labels.slice(10))).toBe(1);
  });
});

it('Ward of 60,000 customers runs on a sample and says so', { timeout: 120_000 }, () => {
  const rng = createRng(9);
  const of = table(60_000, (i) => [10 * (i % 3) + rng.normal(), 10 * (i % 2) + rng.normal()]);
  const result = run(of, { method: 'ward', kMin: 3, kMax: 4, transform: 'none' });
  expect(result.fittedOn).toBeLessThan(60_000);
  const note = result.notes.find(({ code }) => code === 'fitted-on-sample')!;
  expect(note.params).toEqual({
    method: clusterers.find(({ id }) => id === 'ward')!.name,
    fittedOn: result.fittedOn,
    customers: 60_000,
  });
  expect(result.profiles.reduce((sum, { customers }) => sum + customers, 0)).toBe(60_000);
});
