/**
 * Expected values: Python's xgboost 1.7.4 with tree_method='exact' (predictions, pred_contribs); script and output lie
 * beside each other in tests/fixtures/forecasting (boosted-trees.py, boosted-trees.json). Shapley values of small trees
 * are also summed over all coalitions here, straight from their definition (Lundberg et al. 2020, algorithm 1).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bagTrees } from '../../src-main/engine/forecasting/trees/bagged-trees.ts';
import { askBoosted, boostTrees } from '../../src-main/engine/forecasting/trees/boosted-trees.ts';
import { growTree, sortRows } from '../../src-main/engine/forecasting/trees/grow-tree.ts';
import {
  askTree,
  loadTree,
  type RegressionTree,
  storeTree,
} from '../../src-main/engine/forecasting/trees/regression-tree.ts';
import { treeContributions } from '../../src-main/engine/forecasting/trees/tree-contributions.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';

interface Case {
  name: string;
  columns: number;
  params: {
    eta: number;
    max_depth: number;
    lambda: number;
    gamma: number;
    min_child_weight: number;
    base_score: number;
  };
  rounds: number;
  X: number[][];
  y: number[];
  newX: number[][];
  fitted: number[];
  predicted: number[];
  /** One row of p contributions and the base. */
  contributions: number[][];
}
const { cases }: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../fixtures/forecasting/boosted-trees.json', import.meta.url), 'utf8'),
);
const flat = (rows: number[][]) => Float32Array.from(rows.flat());
const largest = (own: ArrayLike<number>, expected: number[]) =>
  Math.max(...expected.map((value, i) => Math.abs(own[i] - value)));

function grown({ params, rounds, columns, X, y }: Case): RegressionTree[] {
  const settings = {
    rounds,
    baseScore: params.base_score,
    eta: params.eta,
    maxDepth: params.max_depth,
    lambda: params.lambda,
    gamma: params.gamma,
    minChildWeight: params.min_child_weight,
  };
  return boostTrees(flat(X), columns, Float32Array.from(y), settings, () => {});
}

describe.each(cases)('boosted trees against xgboost: $name', (one) => {
  const trees = grown(one);
  const base = one.params.base_score;

  it('predicts the same for rows seen and unseen', () => {
    expect(trees).toHaveLength(one.rounds);
    expect(largest(askBoosted(trees, base, flat(one.X), one.columns), one.fitted)).toBeLessThan(1e-5);
    expect(largest(askBoosted(trees, base, flat(one.newX), one.columns), one.predicted)).toBeLessThan(1e-5);
  });

  it('stored trees are the same trees', () => {
    const stored: RegressionTree[] = JSON.parse(JSON.stringify(trees.map(storeTree))).map(loadTree);
    expect(stored).toEqual(trees);
  });

  it('takes the forecast apart as pred_contribs does, exact in sum', () => {
    const rows = one.contributions.length;
    const X = flat(one.newX.slice(0, rows));
    const { base: mean, values } = treeContributions(trees, X, one.columns);
    one.contributions.forEach((expected, r) => {
      const own = [...values.subarray(r * one.columns, (r + 1) * one.columns), mean + base];
      expect(largest(own, expected)).toBeLessThan(1e-4);
      const answer = trees.reduce((sum, tree) => sum + askTree(tree, X, one.columns, r), base);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(answer, 9);
    });
  });
});

/** Worth of telling the columns of `told` (bits): the others are averaged over the rows grown on. */
function worth(tree: RegressionTree, row: Float32Array, told: number, node = 0): number {
  const f = tree.feature[node];
  if (f < 0) return tree.value[node];
  const [below, above] = [node + 1, tree.right[node]];
  if (told & (1 << f)) return worth(tree, row, told, row[f] < tree.value[node] ? below : above);
  const part = (child: number) => tree.cover[child] * worth(tree, row, told, child);
  return (part(below) + part(above)) / tree.cover[node];
}

function shapley(tree: RegressionTree, row: Float32Array, f: number): number {
  const p = row.length;
  const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
  let sum = 0;
  for (let told = 0; told < 1 << p; told++) {
    if (told & (1 << f)) continue;
    const size = told.toString(2).replaceAll('0', '').length;
    const weight = (factorial(size) * factorial(p - 1 - size)) / factorial(p);
    sum += weight * (worth(tree, row, told | (1 << f)) - worth(tree, row, told));
  }
  return sum;
}

/** Rows of coarse values, so that trees split by one column several times. */
function sample(n: number, p: number) {
  const rng = createRng(4);
  const X = Float32Array.from({ length: n * p }, () => rng.below(12) / 4);
  const y = Float32Array.from({ length: n }, (_, r) => X[r * p] * X[r * p + 1] - 2 * X[r * p + 2] + rng.normal());
  return { X, y, rng };
}

describe('Shapley values summed over all coalitions', () => {
  const [n, p] = [80, 5];
  const { X, y } = sample(n, p);
  const settings = { maxDepth: 6, minChildWeight: 2, lambda: 0, gamma: 0, eta: 1 };
  const tree = growTree(
    sortRows(X, p),
    y.map((value) => -value),
    new Float32Array(n).fill(1),
    settings,
  );
  const check = (rows: Float32Array) => {
    const { base, values } = treeContributions([tree], rows, p);
    for (let r = 0; r < rows.length / p; r++) {
      const row = rows.subarray(r * p, (r + 1) * p);
      for (let f = 0; f < p; f++) expect(values[r * p + f]).toBeCloseTo(shapley(tree, row, f), 12);
    }
    expect(base).toBeCloseTo(worth(tree, rows.subarray(0, p), 0), 12);
  };

  it('are those of the leaf-wise sums', () => {
    expect(tree.feature.length).toBeGreaterThan(30);
    check(X.slice(0, 20 * p));
  });

  it('also where some columns are the same in all rows', () => {
    const rows = X.slice(0, 20 * p);
    for (let r = 0; r < 20; r++) rows.set([1, 0.5], r * p);
    check(rows);
    check(X.slice(0, p));
  });
});

describe('random forest', () => {
  const [n, p] = [120, 4];
  const { X, y } = sample(n, p);
  const group = Int32Array.from(y, (_, r) => r >> 1);
  const settings = { trees: 30, maxDepth: 10, leafRows: 4, columns: 2 };
  const forest = bagTrees(X, p, y, group, settings, createRng(8), () => {});

  it('leaves hold the mean of their rows, drawn as often as the groups were', () => {
    const all = growTree(
      sortRows(X, p),
      y.map((value) => -value),
      new Float32Array(n).fill(1),
      { maxDepth: 1, minChildWeight: 1, lambda: 0, gamma: 0, eta: 1 },
    );
    // The best single split by hand: the least sum of squares over every column and every threshold.
    const mean = (rows: number[]) => rows.reduce((sum, r) => sum + y[r], 0) / rows.length;
    const squares = (rows: number[]) => rows.reduce((sum, r) => sum + (y[r] - mean(rows)) ** 2, 0);
    let best = { sum: Number.POSITIVE_INFINITY, left: 0, right: 0 };
    for (let f = 0; f < p; f++) {
      for (let step = 1; step < 12; step++) {
        const rows = Array.from({ length: n }, (_, r) => r);
        const left = rows.filter((r) => X[r * p + f] < step / 4);
        const right = rows.filter((r) => X[r * p + f] >= step / 4);
        if (left.length === 0 || right.length === 0) continue;
        const sum = squares(left) + squares(right);
        if (sum < best.sum) best = { sum, left: mean(left), right: mean(right) };
      }
    }
    expect(all.value[1]).toBeCloseTo(best.left, 5);
    expect(all.value[2]).toBeCloseTo(best.right, 5);
    for (const tree of forest.trees) {
      expect(tree.cover[0]).toBeGreaterThanOrEqual(n / 2);
      tree.cover.forEach((cover) => {
        expect(cover).toBeGreaterThanOrEqual(4);
      });
    }
  });

  it('held-out answers come from trees that have not seen the row', () => {
    const inSample = Float64Array.from(
      y,
      (_, r) => forest.trees.reduce((sum, tree) => sum + askTree(tree, X, p, r), 0) / forest.trees.length,
    );
    const squares = (answers: Float64Array) => answers.reduce((sum, answer, r) => sum + (answer - y[r]) ** 2, 0);
    expect(squares(forest.heldOut)).toBeGreaterThan(squares(inSample));
    const centre = y.reduce((sum, value) => sum + value, 0) / n;
    expect(squares(forest.heldOut)).toBeLessThan(squares(new Float64Array(n).fill(centre)));
  });
});
