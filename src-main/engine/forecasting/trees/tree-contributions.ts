import type { RegressionTree } from './regression-tree.ts';

/** What each column adds to the summed answer of some trees. */
export interface TreeContributions {
  /** Mean answer over the rows the trees were grown on. */
  base: number;
  /** [rows·p] Shapley values; base + a row's sum = the trees' summed answer for that row. */
  values: Float64Array;
}

/** The way from the root to one leaf: each column once, however often it was split by. */
interface Path {
  /** Columns on the way. */
  columns: number[];
  /** A row passes all splits of the column when low ≤ value < high. */
  low: number[];
  high: number[];
  /** Share of the rows grown on that passed the column's splits, each given those before it. */
  share: number[];
}

interface Asked {
  X: Float32Array;
  p: number;
  rows: number;
  /** [p] 1: the same in all rows. */
  constant: Uint8Array;
  values: Float64Array;
  /** [p] sums that every row receives alike. */
  common: Float64Array;
}

/**
 * Exact Shapley values of trees, path-dependent: a column that is not told is averaged over the rows grown on. Done
 * leaf by leaf: all that counts is which of the path's columns the row passes, so that each such pattern is worked out
 * once. O(trees · leaves · (rows · depth + patterns · depth²)).
 * @param X [rows·p] row-major
 * Reference: Lundberg et al. 2020, Nature Machine Intelligence 2, algorithm 2; leaf-wise sums: Yang 2021,
 * "Fast TreeSHAP", §3.
 */
export function treeContributions(trees: RegressionTree[], X: Float32Array, p: number): TreeContributions {
  const rows = X.length / p;
  const constant = Uint8Array.from({ length: p }, (_, f) => {
    for (let r = 1; r < rows; r++) if (X[r * p + f] !== X[f]) return 0;
    return 1;
  });
  const asked: Asked = { X, p, rows, constant, values: new Float64Array(rows * p), common: new Float64Array(p) };
  let base = 0;
  for (const tree of trees) base += walk(tree, 0, { columns: [], low: [], high: [], share: [] }, asked);
  for (let r = 0; r < rows; r++) for (let f = 0; f < p; f++) asked.values[r * p + f] += asked.common[f];
  return { base, values: asked.values };
}

/** Visits every leaf below the node. @returns their answers, weighted by the rows grown on below the root */
function walk(tree: RegressionTree, node: number, path: Path, asked: Asked): number {
  const f = tree.feature[node];
  if (f < 0) {
    if (path.columns.length > 0) addLeaf(tree.value[node], path, asked);
    return tree.value[node] * path.share.reduce((product, share) => product * share, 1);
  }
  const threshold = tree.value[node];
  const below = node + 1;
  const above = tree.right[node];
  const passed = (child: number) => tree.cover[child] / tree.cover[node];
  return (
    walk(tree, below, follow(path, f, Number.NEGATIVE_INFINITY, threshold, passed(below)), asked) +
    walk(tree, above, follow(path, f, threshold, Number.POSITIVE_INFINITY, passed(above)), asked)
  );
}

/** The path with one more split. */
function follow({ columns, low, high, share }: Path, f: number, least: number, most: number, passed: number): Path {
  const at = columns.indexOf(f);
  if (at < 0) {
    return { columns: [...columns, f], low: [...low, least], high: [...high, most], share: [...share, passed] };
  }
  const next = { columns, low: low.slice(), high: high.slice(), share: share.slice() };
  next.low[at] = Math.max(low[at], least);
  next.high[at] = Math.min(high[at], most);
  next.share[at] *= passed;
  return next;
}

/** Adds one leaf's Shapley values to every row. */
function addLeaf(answer: number, path: Path, { X, p, rows, constant, values, common }: Asked): void {
  const { columns, low, high } = path;
  const passes = (r: number, i: number): boolean => {
    const value = X[r * p + columns[i]];
    return value >= low[i] && value < high[i];
  };
  const varying: number[] = [];
  let fixed = 0;
  for (let i = 0; i < columns.length; i++) {
    if (constant[columns[i]] === 0) varying.push(i);
    else if (passes(0, i)) fixed |= 1 << i;
  }
  if (varying.length === 0) {
    const shares = patternValues(answer, path, fixed);
    for (let i = 0; i < columns.length; i++) common[columns[i]] += shares[i];
    return;
  }
  const known = new Map<number, Float64Array>();
  let last = -1;
  let shares: Float64Array = new Float64Array(0);
  for (let r = 0; r < rows; r++) {
    let pattern = fixed;
    for (const i of varying) if (passes(r, i)) pattern |= 1 << i;
    if (pattern !== last) {
      shares = known.get(pattern) ?? patternValues(answer, path, pattern);
      known.set(pattern, shares);
      last = pattern;
    }
    for (let i = 0; i < columns.length; i++) values[r * p + columns[i]] += shares[i];
  }
}

/**
 * Shapley values of one leaf for rows that pass the columns of `pattern` (bit i: columns[i]) and fail the others. The
 * game is worth answer · Π over told columns of (passed or not) · Π over the others of their share, so that the sums
 * over coalitions are coefficients of Π (share + t) over the passed columns.
 */
function patternValues(answer: number, { columns, share }: Path, pattern: number): Float64Array {
  const d = columns.length;
  let failed = 1;
  let degree = 0;
  // Coefficients of the product, by the number of told columns among the passed ones.
  const product = new Float64Array(d + 1);
  product[0] = 1;
  for (let i = 0; i < d; i++) {
    if ((pattern & (1 << i)) === 0) {
      failed *= share[i];
      continue;
    }
    degree++;
    for (let k = degree; k > 0; k--) product[k] = product[k] * share[i] + product[k - 1];
    product[0] *= share[i];
  }
  // A failed column: all passed ones may be told, none of the other failed ones.
  const outside = degree < d ? -answer * failed * weighted(product, degree, d) : 0;
  const values = new Float64Array(d).fill(outside);
  const others = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    if ((pattern & (1 << i)) === 0) continue;
    // The product without this column: division by (share + t), from the highest power down.
    others[degree - 1] = product[degree];
    for (let k = degree - 1; k > 0; k--) others[k - 1] = product[k] - share[i] * others[k];
    values[i] = answer * (1 - share[i]) * failed * weighted(others, degree - 1, d);
  }
  return values;
}

/** Σ k! (d − 1 − k)! / d! · coefficient k, for k = 0 … degree ≤ d − 1. */
function weighted(coefficients: Float64Array, degree: number, d: number): number {
  let weight = 1 / d;
  let sum = 0;
  for (let k = 0; k <= degree; k++) {
    sum += weight * coefficients[k];
    weight *= (k + 1) / (d - 1 - k);
  }
  return sum;
}
