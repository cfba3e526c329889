/**
 * Ridge regression by the normal equations and Cholesky's decomposition. O(n·p² + p³).
 * @param X [n·p] row-major
 * @param y [n]
 * @param weights [n] weight of each row, ≥ 0
 * @param penalty [p] added to the diagonal; a column with penalty > 0 may be constant or repeated
 * @returns [p] coefficients minimising Σ w (y − Xb)² + Σ penalty b²
 * Reference: Hoerl & Kennard 1970, Technometrics 12(1), eq. 2.1.
 */
export function ridge(
  X: Float64Array,
  y: Float64Array,
  weights: ArrayLike<number>,
  penalty: ArrayLike<number>,
): Float64Array {
  const p = penalty.length;
  const gram = new Float64Array(p * p);
  const right = new Float64Array(p);
  for (let t = 0; t < y.length; t++) {
    for (let i = 0; i < p; i++) {
      const weighted = weights[t] * X[t * p + i];
      right[i] += weighted * y[t];
      for (let j = 0; j <= i; j++) gram[i * p + j] += weighted * X[t * p + j];
    }
  }
  for (let i = 0; i < p; i++) gram[i * p + i] += penalty[i];
  return solveCholesky(gram, right);
}

/** Solves A x = b for a positive definite A (lower triangle given, row-major); both are overwritten. */
function solveCholesky(A: Float64Array, b: Float64Array): Float64Array {
  const p = b.length;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i * p + j];
      for (let k = 0; k < j; k++) sum -= A[i * p + k] * A[j * p + k];
      A[i * p + j] = i === j ? Math.sqrt(sum) : sum / A[j * p + j];
    }
  }
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < i; k++) b[i] -= A[i * p + k] * b[k];
    b[i] /= A[i * p + i];
  }
  for (let i = p - 1; i >= 0; i--) {
    for (let k = i + 1; k < p; k++) b[i] -= A[k * p + i] * b[k];
    b[i] /= A[i * p + i];
  }
  return b;
}
