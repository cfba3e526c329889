import { describe, expect, it } from 'vitest';
import type { FeatureTable } from '../../../src-main/engine/customers/cluster-customers.ts';
import { compareClusterings } from '../../../src-main/engine/customers/compare-clusterings.ts';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import { quietJob } from '../../../src-main/worker/job.ts';
import { clusterSettingsSchema } from '../../../src-shared/contract/customers.ts';
import type { ClusterComparison, ClusterSettings } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { notesCustomers } from '../../../src-shared/messages/en/notes-customers.ts';

function table(n: number, row: (i: number) => number[]): FeatureTable {
  const rows = Array.from({ length: n }, (_, i) => row(i));
  return {
    customers: rows.map((_, i) => `c${i}`),
    features: (rows[0] ?? [0, 0]).map((_, j) => ({ id: `f${j}`, label: `Feature ${j}`, source: 'sales' })),
    values: Float64Array.from(rows.flat()),
    revenue: Float64Array.from(rows, ([first]) => first),
    rfm: Float64Array.from(rows.flatMap(([a, b = 0]) => [a, b, a + b])),
  };
}

function run(of: FeatureTable, more: Partial<ClusterSettings> = {}): ClusterComparison {
  const settings = clusterSettingsSchema.parse({ kMax: 5, ...more });
  const found = compareClusterings(of, settings, quietJob);
  expect(JSON.parse(JSON.stringify(found)), 'plain JSON without NaN').toEqual(found);
  for (const { code } of found.notes) expect(Object.keys(notesCustomers)).toContain(code);
  expect(found.recommended).toEqual(
    found.candidates.filter(({ recommended }) => recommended).map(({ k, method }) => ({ method, k }))[0] ?? null,
  );
  return found;
}

const rng = createRng(3);
const clumps = Array.from({ length: 150 }, (_, i) => [
  100 * (1 + (i % 3)) + 8 * rng.normal(),
  (i % 3 === 1 ? 300 : 40) + 8 * rng.normal(),
]);

describe('all methods in one space', () => {
  const of = table(clumps.length, (i) => clumps[i]);
  const first = run(of, { scaling: 'zscore', transform: 'none' });

  it('lists every method and k once, DBSCAN with the number it finds', () => {
    expect(first.candidates.map(({ k, method }) => `${method} ${k}`).slice(0, -1)).toEqual(
      ['kmeans', 'ward', 'mixture'].flatMap((method) => [2, 3, 4, 5].map((k) => `${method} ${k}`)),
    );
    expect(first.candidates.at(-1)!.method).toBe('dbscan');
  });
  it('recommends three groups where three are planted, by the first method among equals', () => {
    expect(first.recommended).toEqual({ method: 'kmeans', k: 3 });
    const best = first.candidates.find(({ recommended }) => recommended)!;
    expect(best.stability.meanAri).toBeGreaterThan(0.99);
  });
  it('compares spaces by stability and explained R, F, M only, and says why', () => {
    expect(first.spaces.map(({ id }) => id)).toEqual([
      'chosen',
      'log1p-zscore',
      'yeojohnson-zscore',
      'winsor-zscore',
      'log1p-minmax',
    ]);
    for (const { rfmExplained } of first.spaces) expect(rfmExplained).toBeGreaterThan(0.5);
    expect(first.notes.map(({ code }) => code)).toContain('spaces-not-comparable');
  });
  it('leaves out the usual space that is the chosen one', () => {
    expect(run(of).spaces.map(({ id }) => id)).not.toContain('log1p-zscore');
  });
  it('answers the same to the last digit', () => {
    expect(run(of, { scaling: 'zscore', transform: 'none' })).toEqual(first);
  });
  it('tells how far it is, never backwards, and can be cancelled', () => {
    let last = 0;
    compareClusterings(of, clusterSettingsSchema.parse({ kMax: 3 }), {
      tick: (done, total) => {
        expect(done).toBeGreaterThanOrEqual(last);
        expect(done).toBeLessThanOrEqual(total!);
        last = done;
      },
    });
    expect(last).toBeGreaterThan(900);
    let calls = 0;
    const stop = () => {
      if (++calls > 40) throw new AppError('cancelled', 'Cancelled.');
    };
    expect(() => compareClusterings(of, clusterSettingsSchema.parse({}), { tick: stop })).toThrow('Cancelled.');
  });
});

describe('difficult customers', () => {
  it.each([0, 1, 3, 19])('%i are too few', (n) => {
    expect(() => run(table(n, (i) => [i, 2 * i]))).toThrow('at least 20');
  });
  it('all alike', () => {
    expect(() => run(table(30, () => [7, 7]))).toThrow('the same');
  });
  it('no more clusters than different customers', () => {
    const { candidates, notes } = run(table(30, (i) => [i % 3]));
    expect(candidates.filter(({ method }) => method === 'kmeans').map(({ k }) => k)).toEqual([2, 3]);
    expect(notes.map(({ code }) => code)).toContain('few-distinct');
  });
  it('one outlier among customers alike: nothing is recommended, and it says why', () => {
    const { notes, recommended } = run(
      table(200, (i) => [i === 0 ? 1e6 : 1 + (i % 2) * 1e-7]),
      { kMax: 2 },
    );
    expect(recommended).toBeNull();
    expect(notes.map(({ code }) => code)).toContain('no-recommendation');
  });
  it('90 % bought once', () => {
    const { candidates } = run(table(300, (i) => [i % 50, i % 10 === 0 ? 2 + (i % 3) : 1, 100 + (i % 17)]));
    expect(candidates.length).toBe(13);
  });
  it('a feature that repeats another (a singular covariance)', () => {
    const { candidates } = run(
      table(100, (i) => [i % 37, i % 37, i % 11]),
      { duplicates: 'keep' },
    );
    expect(candidates.filter(({ method }) => method === 'mixture').length).toBe(4);
  });
});
