/** What every clustering method of the registry must do, whatever it is. */
import { describe, expect, it } from 'vitest';
import type { Clusterer, ClusteringParams, Points } from '../../src-main/engine/customers/clustering/model.ts';
import { clusterers } from '../../src-main/engine/customers/clustering/registry.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import { clusterMethodIds } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';

const params: ClusteringParams = { covariance: 'full', eps: null, minPoints: null };
const quiet = { seed: 1, tick() {}, check() {} };
const run = (clusterer: Clusterer, points: Points, counts: number[], seed = 1) =>
  clusterer.fit(points, counts, params, 'full', { ...quiet, seed });

/** Clouds of equal size around (0, 0), (10, 0), (0, 10) …, far enough apart that no method may mix them. */
function clouds(k: number, each: number): Points {
  const rng = createRng(11);
  const values = new Float64Array(2 * k * each);
  for (let i = 0; i < k * each; i++) {
    const cloud = i % k;
    values[2 * i] = 10 * (cloud % 2) + 0.5 * rng.normal();
    values[2 * i + 1] = 10 * Math.floor(cloud / 2) + 0.5 * rng.normal();
  }
  return { n: k * each, p: 2, values };
}

const line = (...values: number[]): Points => ({ n: values.length, p: 1, values: Float64Array.from(values) });

function errorOf(work: () => unknown): AppError | null {
  try {
    work();
    return null;
  } catch (thrown) {
    return thrown as AppError;
  }
}

/** Every number of the answer is finite, every label names a cluster, every cluster has a point and the mean of its points. */
function requireSound(points: Points, found: ReturnType<typeof run>[number]): void {
  const { centroids, fittedOn, k, labels, mixture } = found;
  const { p, values } = points;
  expect(labels.length).toBe(points.n);
  expect(centroids.length).toBe(k * p);
  if (fittedOn !== null) expect(fittedOn).toBeLessThan(points.n);
  const sizes = new Int32Array(k);
  const sums = new Float64Array(k * p);
  labels.forEach((label, i) => {
    if (label < -1 || label >= k) throw new Error(`label ${label} of ${k} clusters`);
    if (label < 0) return;
    sizes[label]++;
    for (let j = 0; j < p; j++) sums[label * p + j] += values[i * p + j];
  });
  sizes.forEach((size, c) => {
    expect(size).toBeGreaterThan(0);
    for (let j = 0; j < p; j++) expect(centroids[c * p + j]).toBeCloseTo(sums[c * p + j] / size, 8);
  });
  if (!mixture) return;
  for (const list of [mixture.weights, mixture.means, mixture.covariances, [mixture.bic, mixture.meanLogLikelihood]])
    for (const value of list) expect(Number.isFinite(value)).toBe(true);
  expect(mixture.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
}

it('the registry has the ids of the contract in their order and says what each method is', () => {
  expect(clusterers.map(({ id }) => id)).toEqual([...clusterMethodIds]);
  for (const { about, name, reference } of clusterers) {
    for (const text of [name, about, reference]) expect(text.length).toBeGreaterThan(3);
  }
});

describe.each(clusterers)('$id', (clusterer) => {
  it('finds clouds that lie apart', () => {
    for (const k of [2, 3, 4, 6]) {
      const [{ k: found, labels }] = run(clusterer, clouds(k, 60), [k]);
      expect(found).toBe(k);
      const labelOf = Array.from({ length: k }, (_, cloud) => labels.find((label, i) => i % k === cloud && label >= 0));
      expect(new Set(labelOf).size).toBe(k);
      labels.forEach((label, i) => {
        if (label >= 0) expect(label).toBe(labelOf[i % k]);
      });
      // Points on the rim of a cloud may be noise, but few.
      expect(labels.filter((label) => label < 0).length).toBeLessThan(0.15 * labels.length);
    }
  });

  it('answers a sound clustering for each number of clusters asked for', () => {
    const points = clouds(3, 30);
    const found = run(clusterer, points, [2, 5, 9]);
    if (clusterer.takesK) expect(found.map(({ k }) => k)).toEqual([2, 5, 9]);
    else expect(found.length).toBe(1);
    for (const clustering of found) requireSound(points, clustering);
  });

  it('gives the same bits for the same seed, and leaves its input alone', () => {
    const points = clouds(4, 50);
    const before = points.values.slice();
    const first = run(clusterer, points, [3, 5]);
    expect(run(clusterer, points, [3, 5])).toEqual(first);
    expect(run(clusterer, points, [5])[0].labels).toEqual(first.at(-1)!.labels);
    expect(points.values).toEqual(before);
  });

  it('gives equal points equal labels', () => {
    const { n, p, values } = clouds(3, 20);
    const twice = new Float64Array([...values, ...values]);
    const [{ labels }] = run(clusterer, { n: 2 * n, p, values: twice }, [7]);
    expect(labels.slice(0, n)).toEqual(labels.slice(n));
  });

  it('works down to as many points as clusters, and with most points in one place', () => {
    const few = line(5, 1, 9);
    requireSound(few, run(clusterer, few, [3])[0]);
    const crowded = { n: 500, p: 1, values: new Float64Array(500) };
    crowded.values.set([1, 2, 3], 400);
    const [found] = run(clusterer, crowded, [4]);
    requireSound(crowded, found);
    if (clusterer.takesK) expect(found.k).toBe(4);
  });

  it('answers one point, all points alike, and a column that is the same for all', () => {
    for (const points of [line(7), { n: 40, p: 2, values: new Float64Array(80).fill(3) }]) {
      if (clusterer.takesK) expect(errorOf(() => run(clusterer, points, [2]))?.code).toBe('not-enough-data');
      else requireSound(points, run(clusterer, points, [2])[0]);
    }
    const { n, values } = clouds(2, 50);
    const flat = {
      n,
      p: 3,
      values: Float64Array.from({ length: 3 * n }, (_, at) =>
        at % 3 === 2 ? 4 : values[2 * Math.floor(at / 3) + (at % 3)],
      ),
    };
    for (const found of run(clusterer, flat, [2, 6])) requireSound(flat, found);
  });

  it('answers points on a line in three columns, whose covariance is singular', () => {
    const rng = createRng(2);
    const base = Array.from({ length: 200 }, () => rng.normal());
    const points = { n: 200, p: 3, values: Float64Array.from(base.flatMap((x) => [x, 2 * x, -x])) };
    for (const found of run(clusterer, points, [2, 4, 10])) requireSound(points, found);
  });

  it('refuses more clusters than different points, in words', () => {
    if (!clusterer.takesK) return;
    const points = line(...Array.from({ length: 30 }, (_, i) => i % 3));
    const error = errorOf(() => run(clusterer, points, [2, 4]));
    expect(error).toBeInstanceOf(AppError);
    expect(error?.code).toBe('not-enough-data');
    expect(error?.message).toContain('4');
  });

  it('stops when it is cancelled', () => {
    let calls = 0;
    const stop = () => {
      if (++calls > 3) throw new AppError('cancelled', 'Cancelled.');
    };
    const context = { seed: 1, tick: stop, check: stop };
    expect(() => clusterer.fit(clouds(4, 400), [6], params, 'full', context)).toThrow('Cancelled.');
    expect(calls).toBe(4);
  });

  it('tells how far it is, from 0 to 1', () => {
    const told: number[] = [];
    const tick = (done: number, total: number) => void told.push(done / total);
    clusterer.fit(clouds(3, 400), [2, 3], params, 'full', { seed: 1, tick, check() {} });
    expect(told.length).toBeGreaterThan(1);
    expect(Math.min(...told)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...told)).toBeLessThanOrEqual(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it('answers 60,000 points, on a sample where it must, and says so', () => {
    const points = clouds(4, 15_000);
    const [found] = run(clusterer, points, [4]);
    requireSound(points, found);
    if (clusterer.takesK) expect(found.k).toBe(4);
    if (clusterer.id !== 'kmeans') expect(found.fittedOn).toBeLessThanOrEqual(20_000);
    const groups = new Map<number, number[]>();
    found.labels.forEach((label, i) => {
      if (label < 0) return;
      const ofCloud = groups.get(label) ?? [0, 0, 0, 0];
      ofCloud[i % 4]++;
      groups.set(label, ofCloud);
    });
    // DBSCAN may find small groups on the rim of a cloud, but none that spans two.
    for (const counts of groups.values()) expect(counts.filter((count) => count > 20).length).toBeLessThan(2);
    expect([...groups.values()].filter((counts) => Math.max(...counts) > 10_000).length).toBe(4);
  }, 120_000);
});
