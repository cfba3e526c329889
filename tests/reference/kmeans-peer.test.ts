/**
 * K-Means against ml-kmeans 7 (k-means++ starts) on iris (Fisher 1936), on drawn groups that overlap and on drawn noise without
 * groups: whatever the seed, its inertia is never above the best of ml-kmeans' runs.
 */
import { kmeans as peer } from 'ml-kmeans';
import { describe, expect, it } from 'vitest';
import { kmeans } from '../../src-main/engine/customers/clustering/kmeans.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import irisFixture from '../fixtures/clustering/iris.json' with { type: 'json' };

/** As many starts as scikit-learn's K-Means took by default for years. */
const peerRuns = 10;
const counts = [2, 3, 5, 8];
const seeds = [1, 2, 3];
/** Two sums of the same squares in another order. */
const rounding = 1e-9;

function drawn(n: number, p: number, groups: number, seed: number): number[][] {
  const rng = createRng(seed);
  const centres = Array.from({ length: groups }, () => Array.from({ length: p }, () => 3 * rng.normal()));
  return Array.from({ length: n }, (_, i) => centres[i % groups].map((centre) => centre + rng.normal()));
}

/** Squared distances to the means of the groups. */
function inertiaOf(rows: number[][], labels: ArrayLike<number>): number {
  let sum = 0;
  for (const group of Map.groupBy(rows.keys(), (i) => labels[i]).values()) {
    for (let j = 0; j < rows[0].length; j++) {
      const mean = group.reduce((total, i) => total + rows[i][j], 0) / group.length;
      for (const i of group) sum += (rows[i][j] - mean) ** 2;
    }
  }
  return sum;
}

describe.each([
  ['iris', irisFixture.points],
  ['seven overlapping groups', drawn(400, 3, 7, 11)],
  ['no groups', drawn(300, 2, 1, 12)],
] as const)('%s', (_name, rows) => {
  const points = { n: rows.length, p: rows[0].length, values: Float64Array.from(rows.flat()) };
  const best = counts.map((k) =>
    Math.min(
      ...Array.from({ length: peerRuns }, (_, run) =>
        inertiaOf(rows, peer(rows, k, { initialization: 'kmeans++', seed: run + 1, maxIterations: 300 }).clusters),
      ),
    ),
  );

  it.each(seeds)('seed %i', (seed) => {
    const params = { covariance: 'full', eps: null, minPoints: null } as const;
    const fits = kmeans.fit(points, counts, params, 'full', { seed, tick() {}, check() {} });
    fits.forEach(({ k, labels }, index) => {
      expect(k).toBe(counts[index]);
      expect(inertiaOf(rows, labels) / best[index], `k = ${k}`).toBeLessThanOrEqual(1 + rounding);
    });
  });
});
