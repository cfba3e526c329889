/** Points column by column, so that the distances of one point to many are a walk along a few arrays. */
export interface DistanceColumns {
  n: number;
  /** A multiple of four columns [n]; the added ones are 0. */
  columns: Float64Array[];
}

/** @param values [n·p] row-major @returns a copy by columns. O(n·p). */
export function distanceColumns(n: number, p: number, values: Float64Array): DistanceColumns {
  const columns = Array.from({ length: Math.ceil(p / 4) * 4 }, () => new Float64Array(n));
  for (let j = 0; j < p; j++) {
    const column = columns[j];
    for (let i = 0, at = j; i < n; i++, at += p) column[i] = values[at];
  }
  return { n, columns };
}

/**
 * Squared Euclidean distances of point i to the points from … to − 1, into the same places of `out`.
 * Four columns at a time, which takes a third of the time of a loop over the coordinates of each pair. O((to − from)·p).
 */
export function fillSquares(
  { columns }: DistanceColumns,
  i: number,
  from: number,
  to: number,
  out: Float64Array,
): void {
  for (let c = 0; c < columns.length; c += 4) {
    const [c0, c1, c2, c3] = [columns[c], columns[c + 1], columns[c + 2], columns[c + 3]];
    const x0 = c0[i];
    const x1 = c1[i];
    const x2 = c2[i];
    const x3 = c3[i];
    // The first four columns set, the others add: two loops, because a test inside would cost more than the sum.
    if (c === 0) {
      for (let j = from; j < to; j++) {
        const d0 = x0 - c0[j];
        const d1 = x1 - c1[j];
        const d2 = x2 - c2[j];
        const d3 = x3 - c3[j];
        out[j] = d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3);
      }
      continue;
    }
    for (let j = from; j < to; j++) {
      const d0 = x0 - c0[j];
      const d1 = x1 - c1[j];
      const d2 = x2 - c2[j];
      const d3 = x3 - c3[j];
      out[j] += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3);
    }
  }
}
