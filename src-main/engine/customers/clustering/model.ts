/** Points to cluster, already transformed and scaled. */
export interface Points {
  n: number;
  p: number;
  /** [n·p] row-major, finite. */
  values: Float64Array;
}

export interface Clustering {
  /** Number of clusters, every one with at least one point. */
  k: number;
  /** [n] 0 … k − 1. */
  labels: Int32Array;
  /** [k·p] row-major means of the clusters' points. */
  centroids: Float64Array;
}

/** What a clusterer may use besides its input. */
export interface ClusteringContext {
  seed: number;
  /** Says how far this fit is; throws AppError 'cancelled' once the caller has cancelled. */
  tick(done: number, total: number): void;
  /** tick without news, for inner loops. */
  check(): void;
}

/** A clustering method: one file and one line in registry.ts. */
export interface Clusterer {
  id: string;
  name: string;
  about: string;
  reference: string;
  /**
   * Splits the points into k clusters; the same points, k and seed give the same bits.
   * @throws AppError 'not-enough-data' when fewer than k points differ.
   */
  fit(points: Points, k: number, context: ClusteringContext): Clustering;
}

export const defineClusterer = (clusterer: Clusterer): Clusterer => clusterer;

/** Squared Euclidean distance of row i of a to row j of b, both row-major with p columns. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, p: number): number {
  let sum = 0;
  for (let at = i * p, bt = j * p, end = at + p; at < end; at++, bt++) {
    const difference = a[at] - b[bt];
    sum += difference * difference;
  }
  return sum;
}

/** How many points differ from each other, counted no further than `enough`. O(n · enough · p). */
export function distinctPoints({ n, p, values }: Points, enough: number): number {
  const found: number[] = [];
  for (let i = 0; i < n && found.length < enough; i++) {
    if (!found.some((row) => squaredDistance(values, row, values, i, p) === 0)) found.push(i);
  }
  return found.length;
}
