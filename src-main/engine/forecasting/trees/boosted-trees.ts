import { askTree, type RegressionTree } from './regression-tree.ts';
import { type GrowSettings, growTree, sortRows } from './grow-tree.ts';

export interface BoostSettings extends GrowSettings {
  rounds: number;
  /** What is answered before the first tree. */
  baseScore: number;
}

const { fround } = Math;

/**
 * Gradient boosting with squared error: the answer is baseScore plus the sum of all trees. Sums of answers are kept in
 * single precision, as XGBoost keeps them.
 * @param X [n·p] row-major, no missing values
 * @param y [n]
 * @param grown told after each tree, with the answers so far; throws to cancel
 * Complexity: O(rounds · depth · n · p). Reference: Chen & Guestrin 2016, KDD, §2.
 */
export function boostTrees(
  X: Float32Array,
  p: number,
  y: Float32Array,
  { rounds, baseScore, ...settings }: BoostSettings,
  grown: (answers: Float32Array) => void,
): RegressionTree[] {
  const n = y.length;
  const rows = sortRows(X, p);
  const answers = new Float32Array(n).fill(baseScore);
  const gradient = new Float32Array(n);
  const hessian = new Float32Array(n).fill(1);
  const trees: RegressionTree[] = [];
  while (trees.length < rounds) {
    for (let r = 0; r < n; r++) gradient[r] = answers[r] - y[r];
    const tree = growTree(rows, gradient, hessian, settings);
    for (let r = 0; r < n; r++) answers[r] += askTree(tree, X, p, r);
    trees.push(tree);
    grown(answers);
  }
  return trees;
}

/** Answers of boosted trees for every row, in single precision. @param X [rows·p] row-major @returns [rows] */
export function askBoosted(trees: RegressionTree[], baseScore: number, X: Float32Array, p: number): Float32Array {
  return Float32Array.from({ length: X.length / p }, (_, r) =>
    trees.reduce((sum, tree) => fround(sum + askTree(tree, X, p, r)), fround(baseScore)),
  );
}
