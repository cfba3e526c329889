import type { ClusterMethodId } from '../../../../src-shared/domain.ts';

/** Points to cluster, already transformed and scaled. */
export interface Points {
  n: number;
  p: number;
  /** [n·p] row-major, finite. */
  values: Float64Array;
}

/** A Gaussian mixture in the points' units. */
export interface Mixture {
  /** [k] */
  weights: Float64Array;
  /** [k·p] */
  means: Float64Array;
  /** [k·p·p]; off-diagonal zeros for 'diagonal'. */
  covariances: Float64Array;
  /** Mean log-likelihood per point. */
  meanLogLikelihood: number;
  bic: number;
  converged: boolean;
}

/** A whole tree of merges: leaves are points 0 … n − 1, merge i makes node n + i. */
export interface MergeTree {
  /** [2·(n − 1)] the two nodes of each merge, heights ascending. */
  nodes: Int32Array;
  /** [n − 1] Ward's distance, as scipy's linkage writes it. */
  heights: Float64Array;
}

export interface Clustering {
  /** Number of clusters, every one with at least one point; noise is none of them. */
  k: number;
  /** [n] 0 … k − 1, −1 for noise (DBSCAN alone). */
  labels: Int32Array;
  /** [k·p] row-major means of the clusters' points. */
  centroids: Float64Array;
  /** Rows the method itself ran on where it cannot take all (the rest went to the nearest centroid); null: all. */
  fittedOn: number | null;
  mixture: Mixture | null;
  /** Over the points it ran on. */
  tree: MergeTree | null;
  /** [n] 1 for core points; kDistances descending. */
  density: { eps: number; minPoints: number; core: Uint8Array; kDistances: Float64Array } | null;
}

/** What a clusterer may use besides its input. */
export interface ClusteringContext {
  seed: number;
  /** Says how far this fit is; throws AppError 'cancelled' once the caller has cancelled. */
  tick(done: number, total: number): void;
  /** tick without news, for inner loops. */
  check(): void;
}

/** Parameters of single methods; null: the method proposes its own. */
export interface ClusteringParams {
  covariance: 'full' | 'diagonal';
  eps: number | null;
  minPoints: number | null;
}

/** A clustering method: one file and one line in registry.ts. */
export interface Clusterer {
  id: ClusterMethodId;
  name: string;
  about: string;
  reference: string;
  /** False where the method finds the number of clusters itself (DBSCAN). */
  takesK: boolean;
  /**
   * Splits the points into k clusters for each of the given k (one tree serves them all in Ward); a method that does not
   * take k ignores `counts` and answers one clustering, whose k can be 0 or 1. Same points and seed give the same bits.
   * @param counts ascending
   * @param effort 'quick' for a resample of a stability measure (fewer starts), 'full' otherwise
   * @throws AppError 'not-enough-data' when fewer than k points differ.
   */
  fit(
    points: Points,
    counts: number[],
    params: ClusteringParams,
    effort: 'quick' | 'full',
    context: ClusteringContext,
  ): Clustering[];
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
