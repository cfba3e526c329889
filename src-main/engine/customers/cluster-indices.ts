import type { ClusterScore } from '../../../src-shared/domain.ts';
import type { Rng } from '../numeric/rng.ts';
import { type Points, squaredDistance } from './clustering/model.ts';
import { takeRows } from './clustering/partition.ts';
import { type Labelling, silhouettes } from './silhouette.ts';

/** Silhouettes are exact up to this many points; above it they are measured on a sample of this size. */
const largestExactSilhouette = 10_000;

/** Labels 0 … groups − 1 with noise as a group of its own; means and sizes of the groups. */
interface Groups {
  groups: number;
  labels: Int32Array;
  sizes: Int32Array;
  /** [groups·p] */
  means: Float64Array;
}

/** Labels in which noise (−1) is one more group, the last. O(n). */
function withNoise({ k, labels }: Labelling): Labelling {
  return labels.includes(-1) ? { k: k + 1, labels: labels.map((label) => (label < 0 ? k : label)) } : { k, labels };
}

/** Means and sizes of groups. @param labels [n] 0 … k − 1. O(n·p). */
function groupsOf({ n, p, values }: Points, { k, labels }: Labelling): Groups {
  const sizes = new Int32Array(k);
  const means = new Float64Array(k * p);
  for (let i = 0; i < n; i++) {
    sizes[labels[i]]++;
    for (let j = 0; j < p; j++) means[labels[i] * p + j] += values[i * p + j];
  }
  for (let c = 0; c < k; c++) for (let j = 0; j < p; j++) means[c * p + j] /= Math.max(1, sizes[c]);
  return { groups: k, labels, sizes, means };
}

/** Sum of squared Euclidean distances of the points to the mean of their group. O(n·p). */
function inertia(points: Points, { labels, means }: Groups): number {
  let sum = 0;
  for (let i = 0; i < points.n; i++) sum += squaredDistance(points.values, i, means, labels[i], points.p);
  return sum;
}

/**
 * Davies–Bouldin index: for each group the worst (spread + spread) / distance to another, averaged; 0 is best.
 * Two groups with the same mean are left out of each other's comparison. O(n·p + k²·p).
 * Reference: Davies & Bouldin 1979, IEEE Trans. PAMI 1(2), with p = 2, q = 1 (mean distance to the centroid).
 */
function daviesBouldin({ n, p, values }: Points, { groups, labels, means, sizes }: Groups): number {
  const spread = new Float64Array(groups);
  for (let i = 0; i < n; i++) spread[labels[i]] += Math.sqrt(squaredDistance(values, i, means, labels[i], p));
  for (let c = 0; c < groups; c++) spread[c] /= Math.max(1, sizes[c]);
  let sum = 0;
  for (let c = 0; c < groups; c++) {
    let worst = 0;
    for (let other = 0; other < groups; other++) {
      const distance = Math.sqrt(squaredDistance(means, c, means, other, p));
      if (other !== c && distance > 0) worst = Math.max(worst, (spread[c] + spread[other]) / distance);
    }
    sum += worst;
  }
  return sum / groups;
}

/**
 * Calinski–Harabasz index: (between / (k − 1)) / (within / (n − k)); higher is better.
 * Where the groups have no spread at all the ratio has no value; 0 is answered, never Infinity. O(n·p).
 * @param within the inertia
 * Reference: Caliński & Harabasz 1974, Communications in Statistics 3(1).
 */
function calinskiHarabasz(points: Points, { groups, means, sizes }: Groups, within: number): number {
  const { n, p } = points;
  const whole = new Float64Array(p);
  for (let c = 0; c < groups; c++) for (let j = 0; j < p; j++) whole[j] += (sizes[c] / n) * means[c * p + j];
  let between = 0;
  for (let c = 0; c < groups; c++) between += sizes[c] * squaredDistance(means, c, whole, 0, p);
  return within > 0 && n > groups ? between / (groups - 1) / (within / (n - groups)) : 0;
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

/** A mean silhouette and, where it was measured on a sample, the standard error of that mean. */
interface SilhouetteScore {
  mean: number;
  error: number | null;
}

/** Mean silhouettes of labellings without noise labels; `sampled` is the size of the sample they come from. */
function silhouetteScores(
  points: Points,
  labellings: Labelling[],
  rng: Rng,
  tick: (done: number, total: number) => void,
): { of: SilhouetteScore[]; sampled: number | null } {
  if (points.n <= largestExactSilhouette)
    return { of: silhouettes(points, labellings, tick).map(({ mean }) => ({ mean, error: null })), sampled: null };
  const rows = stratifiedSample(labellings.at(-1)!, largestExactSilhouette, rng);
  const part = labellings.map(({ k, labels }) => ({ k, labels: rows.map((row) => labels[row]) }));
  const of = silhouettes(takeRows(points, rows), part, tick).map(({ mean, sd }) => ({
    mean,
    error: sd / Math.sqrt(rows.length),
  }));
  return { of, sampled: rows.length };
}

/**
 * Inertia and the three indices of several labellings of the same points, of one method or of several.
 *
 * Noise (−1) counts as one group of its own in inertia and indices, as scikit-learn's functions and the tables
 * published with them count it; `k` and `smallestShare` leave it aside. A labelling with a single group, noise
 * included, has silhouette, Davies–Bouldin and Calinski–Harabasz 0. `bic` is null where the labelling brings none.
 * @param labellings above `largestExactSilhouette` points the silhouettes come from one sample of about that size,
 *   drawn with `rng` in proportion to the groups of the last labelling; silhouetteError is the standard deviation of
 *   the sample's silhouettes over the root of its size
 * @returns the scores and the size of the silhouette's sample (null: exact). O(n·p·labellings + min(n, 10 000)²·p / 2).
 */
export function scoreLabellings(
  points: Points,
  labellings: (Labelling & { mixture?: { bic: number } | null })[],
  rng: Rng,
  tick: (done: number, total: number) => void,
): { scores: ClusterScore[]; sampled: number | null } {
  const whole = labellings.map(withNoise);
  const { of, sampled } = silhouetteScores(points, whole, rng, tick);
  const scores = labellings.map(({ k, mixture }, index) => {
    tick(points.n, points.n);
    const groups = groupsOf(points, whole[index]);
    const within = inertia(points, groups);
    const single = groups.groups < 2;
    return {
      k,
      inertia: within,
      silhouette: single ? 0 : of[index].mean,
      silhouetteError: of[index].error,
      daviesBouldin: single ? 0 : daviesBouldin(points, groups),
      calinskiHarabasz: single ? 0 : calinskiHarabasz(points, groups, within),
      bic: mixture?.bic ?? null,
      smallestShare: k > 0 ? Math.min(...groups.sizes.subarray(0, k)) / points.n : 0,
    };
  });
  return { scores, sampled };
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
