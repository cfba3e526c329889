import { cholesky } from '../numeric/linear-algebra.ts';

/** Columns that belong together, such as the seven weekdays. */
export interface DriverGroup {
  id: string;
  /** Each [n]. */
  columns: Float64Array[];
}

const tiny = 1e-9;

/** Cross products of the centred columns (all groups, then y last). @returns [(p + 1)²] row-major */
function crossProducts(columns: Float64Array[], n: number): Float64Array {
  const size = columns.length;
  const centred = columns.map((column) => {
    const centre = column.reduce((sum, value) => sum + value, 0) / n;
    return column.map((value) => value - centre);
  });
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < n; t++) sum += centred[i][t] * centred[j][t];
      gram[i * size + j] = sum;
      gram[j * size + i] = sum;
    }
  }
  return gram;
}

/** R² of y (the last row) on chosen columns: 1 − the part of its square no column explains, by Cholesky's last pivot. */
function explained(gram: Float64Array, size: number, chosen: number[]): number {
  const all = [...chosen, size - 1];
  const p = all.length;
  const a = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      const length = Math.sqrt(gram[all[i] * size + all[i]] * gram[all[j] * size + all[j]]) || 1;
      a[i * p + j] = gram[all[i] * size + all[j]] / length;
    }
    a[i * p + i] = 1 + tiny;
  }
  const lower = cholesky(a, p);
  return lower === null ? 1 : Math.min(1, Math.max(0, 1 + tiny - lower[(p - 1) * p + p - 1] ** 2));
}

/**
 * How much of the variance of y each group of columns explains in a linear regression: the mean of what it adds to R²
 * over all orders in which the groups can enter (Shapley value), so that no order is preferred and the shares add up.
 * @param groups at most ten
 * @param y [n] not constant
 * @returns [groups] shares that add to R², each 0 or more
 * Reference: Lindeman, Merenda & Gold 1980, Introduction to Bivariate and Multivariate Analysis, p. 119 ff. (LMG);
 * Grömping 2006, Journal of Statistical Software 17(1) (groups of regressors).
 */
export function driverShares(groups: DriverGroup[], y: Float64Array): number[] {
  const columns = [...groups.flatMap((group) => group.columns), y];
  const gram = crossProducts(columns, y.length);
  let next = 0;
  const places = groups.map((group) => group.columns.map(() => next++));
  const count = groups.length;
  const r2 = Array.from({ length: 2 ** count }, (_, set) =>
    explained(
      gram,
      columns.length,
      places.flatMap((list, g) => (set & (1 << g) ? list : [])),
    ),
  );
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const sizeOf = (set: number) => places.filter((_, g) => set & (1 << g)).length;
  return groups.map((_, g) => {
    let share = 0;
    for (let set = 0; set < r2.length; set++) {
      if (set & (1 << g)) continue;
      const before = sizeOf(set);
      const orders = (factorial(before) * factorial(count - before - 1)) / factorial(count);
      share += orders * (r2[set | (1 << g)] - r2[set]);
    }
    return Math.max(0, share);
  });
}
