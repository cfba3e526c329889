import { type DistanceColumns, distanceColumns, fillSquares } from '../numeric/distance-columns.ts';
import type { Points } from './clustering/model.ts';

/** Labels 0 … k − 1 of n points. */
export interface Labelling {
  k: number;
  labels: Int32Array;
}

export interface SilhouetteSummary {
  mean: number;
  sd: number;
}

/**
 * Mean and standard deviation of the silhouettes of each of several labellings, in one pass over the distances.
 *
 * Points that share all their labels form a cell; a distance is added once to its cell's sum, and the sums of the
 * cells are added up per labelling, so ten labellings cost little more than one.
 * @param points [n·p], Euclidean distances
 * @param labellings each with labels [n]; a cluster of one point has silhouette 0
 * @param tick told how many of the n rows are done
 * @returns one mean per labelling, −1..1, and the population standard deviation around it. O(n²·p / 2) time, O(n·(p + Σk)) memory.
 * Reference: Rousseeuw 1987, J. Comput. Appl. Math. 20, equations (2)–(4).
 */
export function silhouettes(
  points: Points,
  labellings: Labelling[],
  tick: (done: number, total: number) => void,
): SilhouetteSummary[] {
  const cells = cellsOf(points, labellings);
  const sums = distanceSums(cells, tick);
  return labellings.map((labelling, index) => summary(labelling, cells, sums, cells.offsets[index]));
}

/** The points in the order of their cells. */
interface Cells {
  /** [n] row of `points` at each place. */
  order: Int32Array;
  /** The points in that order. */
  columns: DistanceColumns;
  /** [cells + 1] first place of each cell. */
  starts: Int32Array;
  /** [cells·labellings] place of each labelling's cluster in the sums. */
  clusters: Int32Array;
  /** Column of cluster 0 of each labelling. */
  offsets: number[];
  /** Σk */
  width: number;
}

function cellsOf({ n, p, values }: Points, labellings: Labelling[]): Cells {
  const cell = new Int32Array(n);
  for (const { k, labels } of labellings) {
    const ids = new Map<number, number>();
    for (let i = 0; i < n; i++) {
      const key = cell[i] * k + labels[i];
      let id = ids.get(key);
      if (id === undefined) {
        id = ids.size;
        ids.set(key, id);
      }
      cell[i] = id;
    }
  }
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((i, j) => cell[i] - cell[j] || i - j);
  const offsets: number[] = [];
  let width = 0;
  for (const { k } of labellings) {
    offsets.push(width);
    width += k;
  }
  const sorted = new Float64Array(n * p);
  const starts: number[] = [];
  const clusters: number[] = [];
  order.forEach((row, place) => {
    sorted.set(values.subarray(row * p, row * p + p), place * p);
    if (place > 0 && cell[row] === cell[order[place - 1]]) return;
    starts.push(place);
    labellings.forEach(({ labels }, index) => {
      clusters.push(offsets[index] + labels[row]);
    });
  });
  starts.push(n);
  return {
    order,
    columns: distanceColumns(n, p, sorted),
    starts: Int32Array.from(starts),
    clusters: Int32Array.from(clusters),
    offsets,
    width,
  };
}

/** Adds one distance sum to the cluster of each labelling that the cell lies in. */
function addToClusters(sums: Float64Array, at: number, sum: number, clusters: Int32Array, from: number, to: number) {
  for (let c = from; c < to; c++) sums[at + clusters[c]] += sum;
}

/** [n·width] sum of the distances of each place to every cluster of every labelling; each pair is measured once. */
function distanceSums(
  { clusters, columns, offsets, starts, width }: Cells,
  tick: (done: number, total: number) => void,
): Float64Array {
  const { n } = columns;
  const count = offsets.length;
  const sums = new Float64Array(n * width);
  const squares = new Float64Array(n);
  const column = new Float64Array(n);
  for (let own = 0; own < starts.length - 1; own++) {
    for (let i = starts[own]; i < starts[own + 1]; i++) {
      tick(i, n);
      fillSquares(columns, i, i + 1, n, squares);
      for (let other = own; other < starts.length - 1; other++) {
        const from = other === own ? i + 1 : starts[other];
        let sum = 0;
        for (let j = from; j < starts[other + 1]; j++) {
          const distance = Math.sqrt(squares[j]);
          sum += distance;
          column[j] += distance;
        }
        addToClusters(sums, i * width, sum, clusters, other * count, other * count + count);
      }
    }
    for (let j = starts[own]; j < n; j++) {
      addToClusters(sums, j * width, column[j], clusters, own * count, own * count + count);
      column[j] = 0;
    }
  }
  return sums;
}

function summary(
  { k, labels }: Labelling,
  { order, width }: Cells,
  sums: Float64Array,
  offset: number,
): SilhouetteSummary {
  const sizes = new Int32Array(k);
  for (const label of labels) sizes[label]++;
  let total = 0;
  let squares = 0;
  for (let place = 0; place < order.length; place++) {
    const own = labels[order[place]];
    if (sizes[own] < 2) continue;
    const at = place * width + offset;
    let nearest = Infinity;
    for (let c = 0; c < k; c++) {
      if (c === own || sizes[c] === 0) continue;
      const mean = sums[at + c] / sizes[c];
      if (mean < nearest) nearest = mean;
    }
    const inside = sums[at + own] / (sizes[own] - 1);
    const larger = inside > nearest ? inside : nearest;
    // No other cluster, or all these points in one place: neither better nor worse elsewhere.
    if (nearest === Infinity || larger === 0) continue;
    const silhouette = (nearest - inside) / larger;
    total += silhouette;
    squares += silhouette * silhouette;
  }
  const mean = total / labels.length;
  return { mean, sd: Math.sqrt(Math.max(0, squares / labels.length - mean * mean)) };
}
