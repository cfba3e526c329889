import type { RegressionTree } from './regression-tree.ts';

/** Rows to learn from, each column sorted once for all trees. */
export interface SortedRows {
  n: number;
  p: number;
  /** [p·n] column-major */
  columns: Float32Array;
  /** [p·n] row numbers of each column, by ascending value. */
  order: Int32Array;
}

export interface GrowSettings {
  maxDepth: number;
  /** Least sum of second derivatives (of row weights, for squared error) in a child. */
  minChildWeight: number;
  /** Penalty on squared answers of leaves. */
  lambda: number;
  /** Splits between two leaves that gain less are taken back. */
  gamma: number;
  /** Factor on every leaf's answer. */
  eta: number;
}

/** Columns by which the next node may be split, in ascending order. */
export type ColumnChoice = () => ArrayLike<number>;

/** XGBoost's kRtEps: a smaller gain is rounding. */
const leastGain = 1e-6;
const { fround } = Math;

/** Sorts every column. @param X [n·p] row-major, no missing values. O(p · n log n). */
export function sortRows(X: Float32Array, p: number): SortedRows {
  const n = X.length / p;
  const columns = new Float32Array(n * p);
  const order = new Int32Array(n * p);
  for (let f = 0; f < p; f++) {
    const column = columns.subarray(f * n, (f + 1) * n);
    const rows = order.subarray(f * n, (f + 1) * n);
    for (let r = 0; r < n; r++) {
      column[r] = X[r * p + f];
      rows[r] = r;
    }
    rows.sort((a, b) => column[a] - column[b]);
  }
  return { n, p, columns, order };
}

/** A tree while it grows; a node's rows are the same stretch of every column's order. */
interface Growth {
  rows: SortedRows;
  settings: GrowSettings;
  gradient: Float32Array;
  hessian: Float32Array;
  choose: ColumnChoice;
  /** [p + 1][rows that count] rows of the nodes by ascending value of each column; the last one by row number. */
  order: Int32Array[];
  /** [n] 1: goes to the left child of the node being split. */
  goesLeft: Uint8Array;
  /** [rows that count] */
  spare: Int32Array;
  /** Finished nodes, see RegressionTree. */
  feature: number[];
  value: number[];
  right: number[];
  cover: number[];
}

interface Split {
  gain: number;
  feature: number;
  threshold: number;
}

/**
 * Grows one tree by exact greedy search over every split of presorted columns, as XGBoost's tree_method 'exact' does
 * on data without missing values: splits half-way between neighbours, sums in double, gains and answers in single
 * precision, the first column among equal gains, small gains pruned from the leaves up.
 * @param gradient [n] first derivative of the loss
 * @param hessian [n] second derivative; 0 leaves a row out
 * @param choose columns of the next node; all of them by default
 * Complexity: O(depth · n · p). Reference: Chen & Guestrin 2016, KDD, eq. 4–7 and algorithm 1.
 */
export function growTree(
  rows: SortedRows,
  gradient: Float32Array,
  hessian: Float32Array,
  settings: GrowSettings,
  choose?: ColumnChoice,
): RegressionTree {
  const { n, p } = rows;
  const every = Int32Array.from({ length: p }, (_, f) => f);
  let counting = 0;
  for (let r = 0; r < n; r++) if (hessian[r] > 0) counting++;
  const order = Array.from({ length: p }, (_, f) => kept(rows.order.subarray(f * n, (f + 1) * n), hessian, counting));
  const byNumber = kept(
    Int32Array.from({ length: n }, (_, r) => r),
    hessian,
    counting,
  );
  const growth: Growth = {
    rows,
    settings,
    gradient,
    hessian,
    choose: choose ?? (() => every),
    order: [...order, byNumber],
    goesLeft: new Uint8Array(n),
    spare: new Int32Array(counting),
    ...{ feature: [], value: [], right: [], cover: [] },
  };
  growNode(growth, 0, counting, 0);
  return {
    feature: Int32Array.from(growth.feature),
    value: Float32Array.from(growth.value),
    right: Int32Array.from(growth.right),
    cover: Float64Array.from(growth.cover),
  };
}

/** The rows that count, in their order. */
function kept(order: Int32Array, hessian: Float32Array, count: number): Int32Array {
  if (count === order.length) return order.slice();
  const rows = new Int32Array(count);
  let at = 0;
  for (let k = 0; k < order.length; k++) {
    const r = order[k];
    if (hessian[r] > 0) rows[at++] = r;
  }
  return rows;
}

/** Gain of a node, eq. 7 without the factor ½; all numbers here are non-negative or zero rows. */
const gainOf = (G: number, H: number, lambda: number): number => fround((G * G) / (H + lambda));

/** Grows the node of rows from … to − 1 and everything below it. @returns whether it is a leaf */
function growNode(growth: Growth, from: number, to: number, depth: number): boolean {
  const { settings, gradient, hessian, feature, value, right, cover } = growth;
  const { maxDepth, minChildWeight, lambda, gamma, eta } = settings;
  const byNumber = growth.order[growth.rows.p];
  let G = 0;
  let H = 0;
  for (let k = from; k < to; k++) {
    G += gradient[byNumber[k]];
    H += hessian[byNumber[k]];
  }
  const node = feature.length;
  const answer = H < minChildWeight || H <= 0 ? 0 : fround(-G / (H + lambda));
  feature.push(-1);
  value.push(fround(answer * fround(eta)));
  right.push(0);
  cover.push(H);
  if (depth >= maxDepth || H < 2 * minChildWeight) return true;
  const split = findSplit(growth, from, to, G, H);
  if (split.gain <= leastGain) return true;
  const middle = divide(growth, from, to, split, depth + 1 < maxDepth);
  const leftIsLeaf = growNode(growth, from, middle, depth + 1);
  const rightChild = feature.length;
  const rightIsLeaf = growNode(growth, middle, to, depth + 1);
  if (leftIsLeaf && rightIsLeaf && split.gain < gamma) {
    for (const numbers of [feature, value, right, cover]) numbers.length = node + 1;
    return true;
  }
  feature[node] = split.feature;
  value[node] = split.threshold;
  right[node] = rightChild;
  return false;
}

/** Tries every split by every column the node may use, from the largest value down. */
function findSplit(
  { rows, settings, order, gradient, hessian, choose }: Growth,
  from: number,
  to: number,
  G: number,
  H: number,
): Split {
  const { n, columns } = rows;
  const { minChildWeight, lambda } = settings;
  const least = Math.max(minChildWeight, Number.MIN_VALUE);
  const own = gainOf(G, H, lambda);
  const best: Split = { gain: 0, feature: -1, threshold: 0 };
  const candidates = choose();
  for (let c = 0; c < candidates.length; c++) {
    const f = candidates[c];
    const sorted = order[f];
    const column = columns.subarray(f * n, (f + 1) * n);
    if (column[sorted[from]] === column[sorted[to - 1]]) continue;
    let rightG = 0;
    let rightH = 0;
    let last = 0;
    let most = best.gain;
    for (let k = to - 1; k >= from; k--) {
      const r = sorted[k];
      const value = column[r];
      const leftH = H - rightH;
      if (leftH < least) break;
      if (value !== last && rightH >= least) {
        const leftG = G - rightG;
        const both = fround(gainOf(leftG, leftH, lambda) + gainOf(rightG, rightH, lambda));
        const gain = fround(both - own);
        if (gain > most) {
          most = gain;
          const middle = fround(fround(value + last) * 0.5);
          best.gain = gain;
          best.feature = f;
          best.threshold = middle === value ? last : middle;
        }
      }
      rightG += gradient[r];
      rightH += hessian[r];
      last = value;
    }
  }
  return best;
}

/**
 * Parts the node's rows in every column's order, keeping the order.
 * @param search the children will be searched: without that, only the order by row number is needed
 * @returns where the right child's rows begin
 */
function divide(growth: Growth, from: number, to: number, split: Split, search: boolean): number {
  const { rows, order, goesLeft, spare } = growth;
  const { n, p, columns } = rows;
  const at = split.feature * n;
  const byNumber = order[p];
  for (let k = from; k < to; k++) {
    const r = byNumber[k];
    goesLeft[r] = columns[at + r] < split.threshold ? 1 : 0;
  }
  let middle = from;
  for (const column of search ? order : [byNumber]) {
    let left = from;
    let right = 0;
    for (let k = from; k < to; k++) {
      const r = column[k];
      const goes = goesLeft[r];
      // Both are written and one of them moves on: there is no branch to guess wrong.
      spare[right] = r;
      column[left] = r;
      left += goes;
      right += 1 - goes;
    }
    for (let k = 0; k < right; k++) column[left + k] = spare[k];
    middle = left;
  }
  return middle;
}
