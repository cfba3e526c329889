import { type DistanceColumns, distanceColumns, fillSquares } from '../../numeric/distance-columns.ts';
import { createRng } from '../../numeric/rng.ts';
import { type Clustering, type ClusteringContext, defineClusterer, type MergeTree, type Points } from './model.ts';
import {
  affordableRows,
  centroidsOf,
  nearestCentroids,
  plainClustering,
  requireDistinct,
  takeRows,
} from './partition.ts';

/** Above this many points the tree is built on a seeded sample of this size, and the rest goes to the nearest centroid. */
const largestTree = 10_000;

/** The clusters that are still to be merged, packed to the front so that a search walks through memory in order. */
interface Active {
  count: number;
  /** Means of the clusters. */
  means: DistanceColumns;
  /** [n] points in each */
  sizes: Float64Array;
  /** [n] node of the tree */
  nodes: Int32Array;
  /** [n] owner of each place: the chain holds owners, which never move. */
  owner: Int32Array;
  /** [n] place of each owner. */
  place: Int32Array;
  /** [n] room for the squared distances of one mean to all. */
  squares: Float64Array;
}

/** The place nearest to `own` in Ward's sense; ties to `preferred`, then to the lowest node. */
function nearestPlace({ count, means, nodes, sizes, squares }: Active, own: number, preferred: number): number {
  fillSquares(means, own, 0, count, squares);
  squares[own] = Infinity;
  const size = sizes[own];
  // Even a lone point counts this much, so most places fall out without a division.
  const smallest = size / (size + 1);
  let best = -1;
  let least = Infinity;
  for (let other = 0; other < count; other++) {
    const square = squares[other];
    if (square * smallest > least) continue;
    const distance = (square * size * sizes[other]) / (size + sizes[other]);
    if (distance > least || other === own) continue;
    if (distance < least || other === preferred || (best !== preferred && nodes[other] < nodes[best])) {
      least = distance;
      best = other;
    }
  }
  return best;
}

/** Half the squared Ward distance of two places. */
function halfSquare({ means, sizes }: Active, a: number, b: number): number {
  let square = 0;
  for (const column of means.columns) square += (column[a] - column[b]) ** 2;
  return (square * sizes[a] * sizes[b]) / (sizes[a] + sizes[b]);
}

/** Puts the union of places a and b at a, and the last place at b. */
function unite(active: Active, a: number, b: number, node: number): void {
  const { means, nodes, owner, place, sizes } = active;
  const size = sizes[a] + sizes[b];
  const last = --active.count;
  for (const column of means.columns) {
    column[a] = (sizes[a] * column[a] + sizes[b] * column[b]) / size;
    // Where a itself stands last, it moves to b below.
    column[b] = column[last];
  }
  sizes[a] = size;
  nodes[a] = node;
  if (b === last) return;
  sizes[b] = sizes[last];
  nodes[b] = nodes[last];
  owner[b] = owner[last];
  place[owner[b]] = b;
}

/**
 * The merges of Ward's method in the order the chain finds them.
 * @returns nodes [2·(n − 1)] (merge i makes node n + i) and heights [n − 1] √(2·|A||B| / (|A|+|B|))·‖a − b‖, never
 *   below those of the two nodes merged
 */
function chainMerges({ n, p, values }: Points, check: () => void): { nodes: Int32Array; heights: Float64Array } {
  const active: Active = {
    count: n,
    means: distanceColumns(n, p, values),
    sizes: new Float64Array(n).fill(1),
    nodes: Int32Array.from({ length: n }, (_, i) => i),
    owner: Int32Array.from({ length: n }, (_, i) => i),
    place: Int32Array.from({ length: n }, (_, i) => i),
    squares: new Float64Array(n),
  };
  const { owner, place } = active;
  const merged = new Int32Array(2 * (n - 1));
  const heights = new Float64Array(n - 1);
  const heightOf = (node: number): number => (node < n ? 0 : heights[node - n]);
  const chain: number[] = [];
  for (let merge = 0; merge < n - 1; ) {
    if (chain.length === 0) chain.push(owner[0]);
    const own = place[chain[chain.length - 1]];
    const before = chain.length > 1 ? place[chain[chain.length - 2]] : -1;
    const nearest = nearestPlace(active, own, before);
    if (nearest !== before) {
      chain.push(owner[nearest]);
      continue;
    }
    check();
    chain.length -= 2;
    const [first, second] = [active.nodes[own], active.nodes[before]];
    merged[2 * merge] = Math.min(first, second);
    merged[2 * merge + 1] = Math.max(first, second);
    const height = Math.sqrt(2 * halfSquare(active, own, before));
    heights[merge] = Math.max(height, heightOf(first), heightOf(second));
    unite(active, own, before, n + merge);
    merge++;
  }
  return { nodes: merged, heights };
}

/**
 * Ward's tree by the nearest-neighbour chain: merges sorted by height, equal heights in the order found.
 * @param points n ≥ 1
 * @returns heights as scipy's linkage writes them. O(n²·p) time, O(n·p) memory.
 * Reference: Murtagh & Contreras 2012, WIREs Data Mining 2(1), section "nearest-neighbor chain"; Ward 1963, JASA 58.
 */
export function wardTree(points: Points, check: () => void): MergeTree {
  const { n } = points;
  const found = chainMerges(points, check);
  const order = Int32Array.from({ length: n - 1 }, (_, i) => i).sort(
    (a, b) => found.heights[a] - found.heights[b] || a - b,
  );
  const rank = new Int32Array(n - 1);
  for (let i = 0; i < n - 1; i++) rank[order[i]] = i;
  const renamed = (node: number): number => (node < n ? node : n + rank[node - n]);
  const nodes = new Int32Array(2 * (n - 1));
  const heights = new Float64Array(n - 1);
  for (let i = 0; i < n - 1; i++) {
    const [a, b] = [renamed(found.nodes[2 * order[i]]), renamed(found.nodes[2 * order[i] + 1])];
    nodes[2 * i] = Math.min(a, b);
    nodes[2 * i + 1] = Math.max(a, b);
    heights[i] = found.heights[order[i]];
  }
  return { nodes, heights };
}

/**
 * Labels of the k clusters that a tree holds after all but its last k − 1 merges, numbered by their first point.
 * @returns [n] 0 … k − 1. O(n).
 */
export function cutTree({ nodes }: MergeTree, k: number): Int32Array {
  const n = nodes.length / 2 + 1;
  const kept = n - k;
  const top = new Int32Array(n + kept).fill(-1);
  const labels = new Int32Array(n);
  for (let i = kept - 1; i >= 0; i--) {
    const root = top[n + i] < 0 ? n + i : top[n + i];
    top[nodes[2 * i]] = root;
    top[nodes[2 * i + 1]] = root;
  }
  const numbers = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    const root = top[i] < 0 ? i : top[i];
    let number = numbers.get(root);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(root, number);
    }
    labels[i] = number;
  }
  return labels;
}

function treeClusterings(points: Points, counts: number[], context: ClusteringContext): Clustering[] {
  requireDistinct(points, counts[counts.length - 1]);
  const rows = affordableRows(points.n, largestTree, largestTree, createRng(context.seed));
  const part = rows ? takeRows(points, rows) : points;
  if (rows) requireDistinct(part, counts[counts.length - 1]);
  let merges = 0;
  const tree = wardTree(part, () => context.tick(Math.min(++merges, part.n), part.n));
  return counts.map((k) => {
    const cut = cutTree(tree, k);
    const centroids = centroidsOf(part, cut, k);
    if (!rows) return { ...plainClustering(k, cut, centroids), tree };
    const labels = nearestCentroids(points, centroids, k);
    // The sample keeps the place that the tree gave it.
    for (let i = 0; i < rows.length; i++) labels[rows[i]] = cut[i];
    return { ...plainClustering(k, labels, centroidsOf(points, labels, k)), fittedOn: rows.length, tree };
  });
}

/**
 * Ward's agglomerative clustering. Own code, because ml-hclust holds all n² distances as arrays of arrays (5,878
 * customers: 280 MB) and takes O(n³) steps.
 */
export const ward = defineClusterer({
  id: 'ward',
  name: 'Hierarchical (Ward)',
  about: 'Joins the two most similar groups again and again, from single customers up, and draws the tree of it.',
  reference:
    'Ward 1963, J. Am. Stat. Assoc. 58; nearest-neighbour chain: Murtagh & Contreras 2012, WIREs Data Mining 2(1)',
  takesK: true,
  fit: (points, counts, _params, _effort, context) => treeClusterings(points, counts, context),
});
