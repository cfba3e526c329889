/**
 * Cholesky factor L of a symmetric positive definite matrix A = L·Lᵀ.
 * @param a [p·p] row-major; only the lower triangle is read
 * @returns [p·p] lower triangle, zeros above it; null where A is not positive definite. O(p³).
 * Reference: Golub & Van Loan, Matrix Computations, 4th ed., algorithm 4.2.1.
 */
export function cholesky(a: Float64Array, p: number): Float64Array | null {
  const factor = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * p + j];
      for (let m = 0; m < j; m++) sum -= factor[i * p + m] * factor[j * p + m];
      if (i === j) {
        if (!(sum > 0)) return null;
        factor[i * p + i] = Math.sqrt(sum);
      } else factor[i * p + j] = sum / factor[j * p + j];
    }
  }
  return factor;
}

/** Inverse of a lower triangular matrix with a diagonal above zero. @returns [p·p], lower triangular. O(p³). */
export function invertLower(lower: Float64Array, p: number): Float64Array {
  const inverse = new Float64Array(p * p);
  for (let column = 0; column < p; column++) {
    inverse[column * p + column] = 1 / lower[column * p + column];
    for (let i = column + 1; i < p; i++) {
      let sum = 0;
      for (let m = column; m < i; m++) sum -= lower[i * p + m] * inverse[m * p + column];
      inverse[i * p + column] = sum / lower[i * p + i];
    }
  }
  return inverse;
}
