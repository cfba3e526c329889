/**
 * Solves A x = b by Gaussian elimination with partial pivoting. O(p³).
 * @param a [p·p] row-major; overwritten
 * @param b [p] overwritten by x
 * @returns false where A is singular
 * Reference: Golub & Van Loan, Matrix Computations, 4th ed., algorithm 3.4.1.
 */
export function solveLinear(a: Float64Array, b: Float64Array): boolean {
  const p = b.length;
  for (let column = 0; column < p; column++) {
    let pivot = column;
    for (let i = column + 1; i < p; i++) if (Math.abs(a[i * p + column]) > Math.abs(a[pivot * p + column])) pivot = i;
    const top = a[pivot * p + column];
    if (!(Math.abs(top) > 0)) return false;
    if (pivot !== column) {
      for (let j = column; j < p; j++) {
        const kept = a[column * p + j];
        a[column * p + j] = a[pivot * p + j];
        a[pivot * p + j] = kept;
      }
      const kept = b[column];
      b[column] = b[pivot];
      b[pivot] = kept;
    }
    for (let i = column + 1; i < p; i++) {
      const factor = a[i * p + column] / top;
      if (factor === 0) continue;
      for (let j = column + 1; j < p; j++) a[i * p + j] -= factor * a[column * p + j];
      b[i] -= factor * b[column];
    }
  }
  for (let i = p - 1; i >= 0; i--) {
    for (let j = i + 1; j < p; j++) b[i] -= a[i * p + j] * b[j];
    b[i] /= a[i * p + i];
  }
  return true;
}
