import { createRng } from '../../numeric/rng.ts';
import { type KdTree, kdTree } from '../../numeric/kd-tree.ts';
import {
  type Clustering,
  type ClusteringContext,
  type ClusteringParams,
  defineClusterer,
  type Points,
} from './model.ts';
import { affordableRows, centroidsOf, plainClustering, takeRows } from './partition.ts';

/** Above this many points the search runs on a seeded sample of this size; the rest joins the nearest core within eps. */
const largestSearch = 10_000;
/** Neighbours, itself included, that make a core point where the user does not say. */
const proposedNeighbours = (p: number): number => Math.max(4, 2 * p);

/** Points between two signs of life. */
const checkEvery = 256;

/**
 * The knee of the k-distance curve: distances in descending order against their rank, both scaled to 0..1; the point
 * farthest below the straight line between the ends of the curve.
 * @param descending [n] distances to the minPoints-th neighbour; where the knee is at distance 0 the smallest distance
 *   above 0, and where all are 0 an eps of 1
 * Reference: Satopää et al. 2011, Finding a "Kneedle" in a Haystack (the distance to the chord, without smoothing);
 *   the curve: Ester et al. 1996, section 4.2.
 */
export function kneeOf(descending: Float64Array): number {
  const n = descending.length;
  const [top, bottom] = [descending[0], descending[n - 1]];
  let knee = 0;
  let deepest = -1;
  for (let i = 0; i < n; i++) {
    const depth = (top - bottom) * (1 - i / Math.max(1, n - 1)) - (descending[i] - bottom);
    if (depth > deepest) {
      deepest = depth;
      knee = i;
    }
  }
  if (descending[knee] > 0) return descending[knee];
  return descending.findLast((distance) => distance > 0) ?? 1;
}

/**
 * Labels of DBSCAN: clusters numbered by their first core point; a border point joins the first cluster that reaches it.
 * @param core [n] 1 for core points @returns [n] 0 … k − 1, −1 noise. O(n · neighbours + n log n).
 */
function expand(points: Points, tree: KdTree, core: Uint8Array, eps: number, check: (done: number) => void) {
  const { n, p, values } = points;
  const labels = new Int32Array(n).fill(-1);
  const near = new Int32Array(n);
  const queue = new Int32Array(n);
  let k = 0;
  let done = 0;
  for (let start = 0; start < n; start++) {
    if (core[start] === 0 || labels[start] >= 0) continue;
    let [head, tail] = [0, 0];
    queue[tail++] = start;
    labels[start] = k;
    while (head < tail) {
      if (++done % checkEvery === 0) check(done);
      const own = queue[head++] * p;
      const found = tree.within(values.subarray(own, own + p), eps, near);
      for (let i = 0; i < found; i++) {
        const other = near[i];
        if (labels[other] >= 0) continue;
        labels[other] = k;
        if (core[other] === 1) queue[tail++] = other;
      }
    }
    k++;
  }
  return { k, labels };
}

/** Every point to the cluster of its nearest core point within eps, else noise. */
function joinCores(points: Points, cores: Points, coreLabels: Int32Array, eps: number, check: () => void): Int32Array {
  const { n, p, values } = points;
  const labels = new Int32Array(n).fill(-1);
  if (cores.n === 0) return labels;
  const tree = kdTree(cores.n, p, cores.values);
  for (let i = 0; i < n; i++) {
    if (i % checkEvery === 0) check();
    const nearest = tree.nearest(values.subarray(i * p, i * p + p), eps);
    if (nearest >= 0) labels[i] = coreLabels[nearest];
  }
  return labels;
}

function densityClustering(
  points: Points,
  { eps, minPoints }: ClusteringParams,
  context: ClusteringContext,
): Clustering {
  const { n, p } = points;
  const rows = affordableRows(n, largestSearch, largestSearch, createRng(context.seed));
  const part = rows ? takeRows(points, rows) : points;
  const neighbours = minPoints ?? proposedNeighbours(p);
  const tree = kdTree(part.n, p, part.values);
  const distances = new Float64Array(part.n).fill(Infinity);
  if (neighbours <= part.n) {
    for (let i = 0; i < part.n; i++) {
      if (i % checkEvery === 0) context.tick(i, 2 * part.n);
      distances[i] = tree.distanceToNth(i, neighbours);
    }
  }
  // Fewer points than a core needs: no distance to speak of, and all is noise.
  const kDistances = neighbours <= part.n ? distances.slice().sort().reverse() : new Float64Array(0);
  const radius = eps ?? (kDistances.length > 0 ? kneeOf(kDistances) : 1);
  const core = Uint8Array.from(distances, (distance) => (distance <= radius ? 1 : 0));
  const { k, labels } = expand(part, tree, core, radius, (done) => context.tick(part.n + done, 2 * part.n));
  const density = { eps: radius, minPoints: neighbours, core, kDistances };
  if (!rows) return { ...plainClustering(k, labels, centroidsOf(points, labels, k)), density };
  const coreRows = Int32Array.from(core.keys()).filter((i) => core[i] === 1);
  const coreLabels = coreRows.map((i) => labels[i]);
  const joined = joinCores(points, takeRows(part, coreRows), coreLabels, radius, context.check);
  const allCore = new Uint8Array(n);
  for (let i = 0; i < rows.length; i++) {
    // The sample keeps what the search gave it.
    joined[rows[i]] = labels[i];
    allCore[rows[i]] = core[i];
  }
  return {
    ...plainClustering(k, joined, centroidsOf(points, joined, k)),
    fittedOn: rows.length,
    density: { ...density, core: allCore },
  };
}

/** DBSCAN; it answers one clustering, whose number of clusters follows from eps and minPoints and can be 0 or 1. */
export const dbscan = defineClusterer({
  id: 'dbscan',
  name: 'DBSCAN',
  about: 'Finds dense groups of any shape and leaves customers apart from all of them ungrouped.',
  reference:
    'Ester, Kriegel, Sander & Xu 1996, KDD-96; search: Friedman, Bentley & Finkel 1977, ACM Trans. Math. Softw. 3(3)',
  takesK: false,
  fit: (points, _counts, params, _effort, context) => [densityClustering(points, params, context)],
});
