import type { ClusterScore } from '../../../src-shared/domain.ts';
import type { Rng } from '../numeric/rng.ts';
import { type Points, squaredDistance } from './clustering/model.ts';
import { type Labelling, meanSilhouettes } from './silhouette.ts';

/** Silhouettes are exact up to this many points; above it they are measured on a sample of this size. */
const largestExactSilhouette = 10_000;

/** Means and sizes of the clusters of a labelling. */
interface ClusterMeans {
  sizes: Int32Array;
  /** [k·p] */
  means: Float64Array;
}

/** Means and sizes of clusters. @param labels [n] 0 … k − 1. O(n·p). */
function clusterMeans({ n, p, values }: Points, { k, labels }: Labelling): ClusterMeans {
  const sizes = new Int32Array(k);
  const means = new Float64Array(k * p);
  for (let i = 0; i < n; i++) {
    sizes[labels[i]]++;
    for (let j = 0; j < p; j++) means[labels[i] * p + j] += values[i * p + j];
  }
  for (let c = 0; c < k; c++) for (let j = 0; j < p; j++) means[c * p + j] /= Math.max(1, sizes[c]);
  return { sizes, means };
}

/** Sum of squared Euclidean distances of the points to the mean of their cluster. O(n·p). */
function inertia(points: Points, { labels }: Labelling, { means }: ClusterMeans): number {
  let sum = 0;
  for (let i = 0; i < points.n; i++) sum += squaredDistance(points.values, i, means, labels[i], points.p);
  return sum;
}

/**
 * Davies–Bouldin index: for each cluster the worst (spread + spread) / distance to another, averaged; 0 is best.
 * Two clusters with the same mean are left out of each other's comparison. O(n·p + k²·p).
 * Reference: Davies & Bouldin 1979, IEEE Trans. PAMI 1(2), with p = 2, q = 1 (mean distance to the centroid).
 */
function daviesBouldin(points: Points, { k, labels }: Labelling, { means, sizes }: ClusterMeans): number {
  const { n, p, values } = points;
  const spread = new Float64Array(k);
  for (let i = 0; i < n; i++) spread[labels[i]] += Math.sqrt(squaredDistance(values, i, means, labels[i], p));
  for (let c = 0; c < k; c++) spread[c] /= Math.max(1, sizes[c]);
  let sum = 0;
  for (let c = 0; c < k; c++) {
    let worst = 0;
    for (let other = 0; other < k; other++) {
      const distance = Math.sqrt(squaredDistance(means, c, means, other, p));
      if (other !== c && distance > 0) worst = Math.max(worst, (spread[c] + spread[other]) / distance);
    }
    sum += worst;
  }
  return sum / k;
}

/**
 * Calinski–Harabasz index: (between / (k − 1)) / (within / (n − k)); higher is better.
 * Where the clusters have no spread at all the ratio has no value; 0 is answered, never Infinity. O(n·p).
 * Reference: Caliński & Harabasz 1974, Communications in Statistics 3(1).
 */
function calinskiHarabasz(points: Points, labelling: Labelling, clusters: ClusterMeans): number {
  const { n, p } = points;
  const { k } = labelling;
  const whole = clusterMeans(points, { k: 1, labels: new Int32Array(n) }).means;
  let between = 0;
  for (let c = 0; c < k; c++) between += clusters.sizes[c] * squaredDistance(clusters.means, c, whole, 0, p);
  const within = inertia(points, labelling, clusters);
  return within > 0 && n > k ? between / (k - 1) / (within / (n - k)) : 0;
}

/**
 * A sample in which every cluster of a labelling keeps its share, and at least two points where it has them.
 * @returns rows, ascending; about `size` of them
 */
export function stratifiedSample({ k, labels }: Labelling, size: number, rng: Rng): Int32Array {
  const sizes = new Int32Array(k);
  for (const label of labels) sizes[label]++;
  const wanted = sizes.map((count) => Math.min(count, Math.max(2, Math.round((size * count) / labels.length))));
  const rows: number[] = [];
  // Selection sampling inside each cluster, all clusters in one walk (Knuth, TAOCP 2, §3.4.2, algorithm S).
  for (let i = 0; i < labels.length; i++) {
    const c = labels[i];
    if (sizes[c] * rng.next() < wanted[c]) {
      rows.push(i);
      wanted[c]--;
    }
    sizes[c]--;
  }
  return Int32Array.from(rows);
}

/** Some rows of the points with their labels. */
function narrow(
  { p, values }: Points,
  labellings: Labelling[],
  rows: Int32Array,
): { points: Points; labellings: Labelling[] } {
  const copy = new Float64Array(rows.length * p);
  rows.forEach((row, i) => {
    copy.set(values.subarray(row * p, row * p + p), i * p);
  });
  return {
    points: { n: rows.length, p, values: copy },
    labellings: labellings.map(({ k, labels }) => ({ k, labels: rows.map((row) => labels[row]) })),
  };
}

/**
 * Inertia and the three indices of several labellings of the same points.
 * @param labellings ascending k; above `largestExactSilhouette` points the silhouettes come from one sample of that
 *   size, drawn with `rng` in proportion to the clusters of the last labelling
 * @returns the scores and the size of the silhouette's sample (null: exact). O(n·p·labellings + min(n, 10 000)²·p / 2).
 */
export function scoreLabellings(
  points: Points,
  labellings: Labelling[],
  rng: Rng,
  tick: (done: number, total: number) => void,
): { scores: ClusterScore[]; sampled: number | null } {
  const sampled = points.n > largestExactSilhouette;
  const part = sampled
    ? narrow(points, labellings, stratifiedSample(labellings.at(-1)!, largestExactSilhouette, rng))
    : { points, labellings };
  const silhouettes = meanSilhouettes(part.points, part.labellings, tick);
  const scores = labellings.map((labelling, index) => {
    tick(part.points.n, part.points.n);
    const clusters = clusterMeans(points, labelling);
    return {
      k: labelling.k,
      inertia: inertia(points, labelling, clusters),
      silhouette: silhouettes[index],
      daviesBouldin: daviesBouldin(points, labelling, clusters),
      calinskiHarabasz: calinskiHarabasz(points, labelling, clusters),
    };
  });
  return { scores, sampled: sampled ? part.points.n : null };
}

/**
 * The elbow: the k whose inertia lies farthest below the straight line from the first to the last point of the curve.
 * @param scores ascending k; the first k where the curve is a straight line or has fewer than three points
 * Reference: Satopää et al. 2011, Finding a "Kneedle" in a Haystack (the distance to the chord, without smoothing).
 */
export function elbow(scores: Pick<ClusterScore, 'k' | 'inertia'>[]): number {
  const first = scores[0];
  const last = scores[scores.length - 1];
  let best = first.k;
  let deepest = 0;
  for (const { k, inertia: value } of scores) {
    const chord = first.inertia + ((last.inertia - first.inertia) * (k - first.k)) / Math.max(1, last.k - first.k);
    // Vertical distances to one line rank like perpendicular ones. The margin keeps rounding out of a tie.
    if (chord - value > deepest + 1e-12 * first.inertia) {
      deepest = chord - value;
      best = k;
    }
  }
  return best;
}

/** Words for a silhouette: above 0.5 clear, 0.25–0.5 moderate, below 0.25 weak. */
export function silhouetteWord(silhouette: number): 'clear' | 'moderate' | 'weak' {
  if (silhouette > 0.5) return 'clear';
  return silhouette >= 0.25 ? 'moderate' : 'weak';
}
