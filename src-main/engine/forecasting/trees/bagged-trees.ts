import type { Rng } from '../../numeric/rng.ts';
import { type GrowSettings, growTree, sortRows } from './grow-tree.ts';
import { askTree, type RegressionTree } from './regression-tree.ts';

export interface BagSettings {
  trees: number;
  maxDepth: number;
  /** Least weight of rows in a leaf. */
  leafRows: number;
  /** Columns tried at each split. */
  columns: number;
}

/** A grown forest; its answer is the mean of its trees'. */
export interface Forest {
  trees: RegressionTree[];
  /** [n] mean answer of the trees that have not seen the row; NaN where every tree has. */
  heldOut: Float64Array;
}

/**
 * A random forest for regression: each tree learns from a bootstrap sample of whole groups of rows and tries a random
 * part of the columns at each split.
 * @param X [n·p] row-major
 * @param y [n]
 * @param group [n] group number 0 … groups − 1 of each row: rows that say nearly the same are drawn together, so that the
 * rows left out are news to the tree
 * @param grown told after each tree; throws to cancel
 * Complexity: O(trees · depth · n · p). Reference: Breiman 2001, Machine Learning 45(1); Hastie et al., ESL 2nd ed., §15.
 */
export function bagTrees(
  X: Float32Array,
  p: number,
  y: Float32Array,
  group: Int32Array,
  { trees: count, leafRows, columns, maxDepth }: BagSettings,
  rng: Rng,
  grown: () => void,
): Forest {
  const n = y.length;
  const rows = sortRows(X, p);
  // With no penalty and no answer to start from, the split that gains most is the one that leaves the least squares.
  const settings: GrowSettings = { maxDepth, minChildWeight: leafRows, lambda: 0, gamma: 0, eta: 1 };
  const groups = group.reduce((most, one) => Math.max(most, one + 1), 0);
  const drawn = new Float32Array(groups);
  const gradient = new Float32Array(n);
  const weight = new Float32Array(n);
  const sums = new Float64Array(n);
  const votes = new Int32Array(n);
  const choose = chooser(p, columns, rng);
  const trees: RegressionTree[] = [];
  while (trees.length < count) {
    drawn.fill(0);
    for (let i = 0; i < groups; i++) drawn[rng.below(groups)]++;
    for (let r = 0; r < n; r++) {
      weight[r] = drawn[group[r]];
      gradient[r] = -weight[r] * y[r];
    }
    const tree = growTree(rows, gradient, weight, settings, choose);
    for (let r = 0; r < n; r++) {
      if (weight[r] > 0) continue;
      sums[r] += askTree(tree, X, p, r);
      votes[r]++;
    }
    trees.push(tree);
    grown();
  }
  return { trees, heldOut: sums.map((sum, r) => sum / votes[r]) };
}

/** Draws `count` of p columns without repetition (the head of a Fisher–Yates shuffle), in ascending order. */
function chooser(p: number, count: number, rng: Rng): () => Int32Array {
  const deck = Int32Array.from({ length: p }, (_, f) => f);
  return () => {
    for (let k = 0; k < count; k++) {
      const other = k + rng.below(p - k);
      const card = deck[k];
      deck[k] = deck[other];
      deck[other] = card;
    }
    return deck.slice(0, count).sort();
  };
}
