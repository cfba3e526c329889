import { AppError } from '../../../../src-shared/errors.ts';

/** Customers with their classes, column by column. */
export interface ClassedRows {
  /** [p][n] the features, each in its own unit, all finite. */
  columns: Float64Array[];
  /** [n] 0 … classes − 1 */
  labels: Int32Array;
  classes: number;
}

export interface GrownNode {
  /** Customers with `columns[feature] <= threshold` go left; null: a leaf. */
  split: { feature: number; threshold: number; left: number; right: number } | null;
  customers: number;
  /** [classes] */
  counts: number[];
  /** The commonest class, the first of equals. */
  predicted: number;
}

export interface GrowLimits {
  maxDepth: number;
  /** Fewest customers in a leaf. */
  minLeaf: number;
}

/** What one growing shares among its nodes: every node is a range [start, end) of all `orders` at once. */
interface Growing extends ClassedRows, GrowLimits {
  /** [p][n] the rows by ascending value of each feature; kept so within every node's range. */
  orders: Int32Array[];
  /** [n + 1] x · log2 x */
  xlog: Float64Array;
  goesLeft: Uint8Array;
  spare: Int32Array;
  left: Int32Array;
  nodes: GrownNode[];
}

interface Cut {
  feature: number;
  threshold: number;
  /** Customers that go left. */
  lefts: number;
}

/** Rows by ascending value of each feature, equal ones by row. @returns [p][n]; O(p·n log n) */
export const sortedOrders = ({ columns }: Pick<ClassedRows, 'columns'>): Int32Array[] =>
  columns.map((column) => Int32Array.from(column.keys()).sort((a, b) => column[a] - column[b] || a - b));

/** The same orders with only the chosen rows. @param chosen [n] 1: in. O(p·n) */
export const ordersOf = (orders: Int32Array[], chosen: Uint8Array): Int32Array[] =>
  orders.map((order) => order.filter((row) => chosen[row] === 1));

/** Half-way between two neighbouring values; the lower one where rounding would lift the middle onto the upper. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return middle < high ? middle : low;
}

/**
 * The cut of a node's customers that leaves the least entropy; equal ones: the first feature, the lowest threshold.
 * The sums run over whole counts in one order, so cuts that divide the customers alike cost the same to the last bit.
 */
function bestCut(growing: Growing, start: number, end: number, counts: number[]): Cut | null {
  const { classes, columns, labels, left, minLeaf, orders, xlog } = growing;
  const n = end - start;
  let best: Cut | null = null;
  let least = Infinity;
  for (let feature = 0; feature < columns.length; feature++) {
    const column = columns[feature];
    const order = orders[feature];
    left.fill(0);
    for (let i = start; i < end - 1; i++) {
      left[labels[order[i]]]++;
      const lefts = i + 1 - start;
      if (lefts < minLeaf || column[order[i]] === column[order[i + 1]]) continue;
      if (n - lefts < minLeaf) break;
      let within = 0;
      let beyond = 0;
      for (let c = 0; c < classes; c++) {
        within += xlog[left[c]];
        beyond += xlog[counts[c] - left[c]];
      }
      const cost = xlog[lefts] - within + (xlog[n - lefts] - beyond);
      if (cost < least) {
        least = cost;
        best = { feature, threshold: between(column[order[i]], column[order[i + 1]]), lefts };
      }
    }
  }
  return best;
}

/** Puts the customers that go left first within [start, end) of every order, both sides in their old order. */
function divide({ goesLeft, orders, spare }: Growing, start: number, end: number, { feature, lefts }: Cut): void {
  for (let i = start; i < end; i++) goesLeft[orders[feature][i]] = i < start + lefts ? 1 : 0;
  orders.forEach((order, other) => {
    if (other === feature) return;
    let at = start;
    let beyond = 0;
    for (let i = start; i < end; i++) {
      if (goesLeft[order[i]] === 1) order[at++] = order[i];
      else spare[beyond++] = order[i];
    }
    order.set(spare.subarray(0, beyond), at);
  });
}

/** Makes the node of [start, end) and everything below it; answers its position. */
function growNode(growing: Growing, start: number, end: number, depth: number): number {
  const { labels, maxDepth, minLeaf, nodes, orders } = growing;
  const counts: number[] = new Array(growing.classes).fill(0);
  for (let i = start; i < end; i++) counts[labels[orders[0][i]]]++;
  const predicted = counts.indexOf(Math.max(...counts));
  const node: GrownNode = { split: null, customers: end - start, counts, predicted };
  const at = nodes.push(node) - 1;
  if (depth === maxDepth || end - start < 2 * minLeaf || counts[predicted] === end - start) return at;
  const cut = bestCut(growing, start, end, counts);
  if (cut === null) return at;
  divide(growing, start, end, cut);
  const left = growNode(growing, start, start + cut.lefts, depth + 1);
  const right = growNode(growing, start + cut.lefts, end, depth + 1);
  node.split = { feature: cut.feature, threshold: cut.threshold, left, right };
  return at;
}

/**
 * Grows a classification tree: every node is cut where the entropy of the classes falls most, until it holds one class,
 * is too small or lies too deep.
 * @param orders [p][m] the rows to learn from, as sortedOrders or ordersOf give them; used up
 * @returns the nodes, the root first, children after their parent; thresholds lie half-way between neighbouring values
 * @throws AppError 'not-enough-data' without rows or features. O(p·m) for each level.
 * Reference: Breiman, Friedman, Olshen & Stone 1984, Classification and Regression Trees, §2.4; entropy as in Quinlan
 * 1986, Machine Learning 1, §4; presorted columns as in Mehta, Agrawal & Rissanen 1996 (SLIQ).
 */
export function growTree(rows: ClassedRows, orders: Int32Array[], limits: GrowLimits): GrownNode[] {
  const m = orders[0]?.length ?? 0;
  if (m === 0) throw new AppError('not-enough-data', 'There are no customers or no features to learn rules from.');
  const growing: Growing = {
    ...rows,
    ...limits,
    orders,
    xlog: Float64Array.from({ length: m + 1 }, (_, x) => (x === 0 ? 0 : x * Math.log2(x))),
    goesLeft: new Uint8Array(rows.labels.length),
    spare: new Int32Array(m),
    left: new Int32Array(rows.classes),
    nodes: [],
  };
  growNode(growing, 0, m, 0);
  return growing.nodes;
}

/** The nodes a customer passes, from the root to a leaf. @param read a feature's position → the customer's value */
export function pathOf(nodes: Pick<GrownNode, 'split'>[], read: (feature: number) => number): number[] {
  const path = [0];
  for (let split = nodes[0].split; split; split = nodes[path[path.length - 1]].split)
    path.push(read(split.feature) <= split.threshold ? split.left : split.right);
  return path;
}

/** Levels below the root. */
export function depthOf(nodes: Pick<GrownNode, 'split'>[], at = 0): number {
  const { split } = nodes[at];
  return split ? 1 + Math.max(depthOf(nodes, split.left), depthOf(nodes, split.right)) : 0;
}
