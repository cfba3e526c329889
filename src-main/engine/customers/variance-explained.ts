/**
 * Share of the variance of log1p recency, frequency and monetary that a grouping explains: between-group sum of
 * squares over the whole, averaged over the three (which is what standardising each first comes to).
 *
 * It is the one figure, beside stability, that may be compared across feature spaces, because it is always measured
 * on the same three figures. Noise counts as a group; money below zero as zero.
 * @param rfm [customers·3] recency days, orders, money in currency units
 * @param rows [n] row of `rfm` behind each label
 * @param labels [n] −1 for noise, else 0 … k − 1
 * @returns 0..1; null where none of the three differs between customers. O(n).
 */
export function rfmVarianceExplained(rfm: Float64Array, rows: Int32Array, labels: Int32Array): number | null {
  const shares = [0, 1, 2].flatMap((measure) => {
    const logs = Float64Array.from(rows, (row) => Math.log1p(Math.max(0, rfm[row * 3 + measure])));
    const share = betweenShare(logs, labels);
    return share === null ? [] : [share];
  });
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** Between-group sum of squares over the total (η²); null where all values are equal. */
function betweenShare(values: Float64Array, labels: Int32Array): number | null {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const groups = labels.reduce((most, label) => Math.max(most, label + 2), 1);
  const sums = new Float64Array(groups);
  const sizes = new Int32Array(groups);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const difference = values[i] - mean;
    total += difference * difference;
    sums[labels[i] + 1] += difference;
    sizes[labels[i] + 1]++;
  }
  if (!(total > 0)) return null;
  let between = 0;
  for (let g = 0; g < groups; g++) if (sizes[g] > 0) between += sums[g] ** 2 / sizes[g];
  return Math.min(1, Math.max(0, between / total));
}
