/**
 * A regression tree as it is stored: four numbers a node, parent before children and the left child next to its
 * parent. [feature, threshold, index of the right child, rows] for a split, [-1, answer, 0, rows] for a leaf.
 * Rows with value < threshold go left. Thresholds and answers are float32 numbers in nine digits, which name them exactly.
 */
export type StoredTree = number[];

/** A tree ready to be run. */
export interface RegressionTree {
  /** [nodes] −1: a leaf. */
  feature: Int32Array;
  /** [nodes] threshold of a split, answer of a leaf. */
  value: Float32Array;
  /** [nodes] right child; the left one is the next node. */
  right: Int32Array;
  /** [nodes] rows (their weight) that passed the node while it was grown. */
  cover: Float64Array;
}

const numbersPerNode = 4;
const float32Digits = 9;

/** Nine significant digits tell every float32 number from its neighbours. */
const compact = (value: number): number => Number(value.toPrecision(float32Digits));

export function storeTree({ feature, value, right, cover }: RegressionTree): StoredTree {
  const stored: StoredTree = [];
  for (let node = 0; node < feature.length; node++) {
    stored.push(feature[node], compact(value[node]), right[node], cover[node]);
  }
  return stored;
}

export function loadTree(stored: StoredTree): RegressionTree {
  const nodes = stored.length / numbersPerNode;
  const column = (at: number) => (_: unknown, node: number) => stored[node * numbersPerNode + at];
  return {
    feature: Int32Array.from({ length: nodes }, column(0)),
    value: Float32Array.from({ length: nodes }, column(1)),
    right: Int32Array.from({ length: nodes }, column(2)),
    cover: Float64Array.from({ length: nodes }, column(3)),
  };
}

/**
 * The answer of one tree for row r.
 * @param X [rows·p] row-major
 */
export function askTree({ feature, value, right }: RegressionTree, X: Float32Array, p: number, r: number): number {
  let node = 0;
  while (feature[node] >= 0) node = X[r * p + feature[node]] < value[node] ? node + 1 : right[node];
  return value[node];
}
