import { AppError } from '../../../../src-shared/errors.ts';
import { type Rng, sampleIndices } from '../../numeric/rng.ts';
import {
  type Clusterer,
  type Clustering,
  type ClusteringContext,
  distinctPoints,
  type Points,
  squaredDistance,
} from './model.ts';

/** Refuses more clusters than there are different points. @throws AppError 'not-enough-data'. O(n·k·p). */
export function requireDistinct(points: Points, k: number): void {
  if (distinctPoints(points, k) >= k) return;
  throw new AppError(
    'not-enough-data',
    `Fewer than ${k} customers differ in the chosen features, so ${k} clusters cannot be made; choose a smaller number or other features.`,
    { k },
  );
}

/** Some rows of the points, copied. @returns n = rows.length. O(rows·p). */
export function takeRows({ p, values }: Points, rows: Int32Array): Points {
  const copy = new Float64Array(rows.length * p);
  for (let i = 0; i < rows.length; i++) copy.set(values.subarray(rows[i] * p, rows[i] * p + p), i * p);
  return { n: rows.length, p, values: copy };
}

/** The rows a costly method runs on: null for all up to `most`, else a seeded sample of `size`, ascending. */
export const affordableRows = (n: number, most: number, size: number, rng: Rng): Int32Array | null =>
  n <= most ? null : Int32Array.from(sampleIndices(n, size, rng)).sort();

/** How hard a fit tries: 'quick' for the resamples of a stability measure. */
export type Effort = Parameters<Clusterer['fit']>[3];

/** The context of one of several fits: its progress counts as one step of the whole. */
export const partOf = ({ check, seed, tick }: ClusteringContext, index: number, parts: number): ClusteringContext => ({
  seed,
  check,
  tick: (done, total) => tick(index + done / total, parts),
});

/** Means of clusters. @param labels [n] below k; negative ones count nowhere @returns [k·p]. O(n·p). */
export function centroidsOf({ n, p, values }: Points, labels: Int32Array, k: number): Float64Array {
  const means = new Float64Array(k * p);
  const sizes = new Int32Array(k);
  for (let i = 0; i < n; i++) {
    const c = labels[i];
    if (c < 0) continue;
    sizes[c]++;
    for (let at = i * p, to = c * p, end = at + p; at < end; at++, to++) means[to] += values[at];
  }
  for (let c = 0; c < k; c++) for (let j = c * p; j < c * p + p; j++) means[j] /= Math.max(1, sizes[c]);
  return means;
}

/** The nearest of k centroids for every point; ties to the lower number. @returns [n]. O(n·k·p). */
export function nearestCentroids({ n, p, values }: Points, centroids: Float64Array, k: number): Int32Array {
  const labels = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let least = Infinity;
    for (let c = 0; c < k; c++) {
      const d = squaredDistance(values, i, centroids, c, p);
      if (d < least) {
        least = d;
        labels[i] = c;
      }
    }
  }
  return labels;
}

/** A clustering with nothing but labels and centroids. */
export const plainClustering = (k: number, labels: Int32Array, centroids: Float64Array): Clustering => ({
  k,
  labels,
  centroids,
  fittedOn: null,
  mixture: null,
  tree: null,
  density: null,
});
