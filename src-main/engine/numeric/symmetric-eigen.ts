export interface Eigen {
  /** [p] descending. */
  values: Float64Array;
  /** [p·p] row i is the unit vector of values[i]; its entry of largest size is positive. */
  vectors: Float64Array;
}

/** Turns the plane of axes i and j so that a[i, j] becomes 0, in the matrix and in the vectors' rows. */
function rotate(a: Float64Array, vectors: Float64Array, p: number, i: number, j: number): void {
  const theta = (a[j * p + j] - a[i * p + i]) / (2 * a[i * p + j]);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(t, 1);
  const sine = t * cosine;
  const turn = (matrix: Float64Array, first: number, other: number) => {
    const [x, y] = [matrix[first], matrix[other]];
    matrix[first] = cosine * x - sine * y;
    matrix[other] = sine * x + cosine * y;
  };
  for (let m = 0; m < p; m++) turn(a, m * p + i, m * p + j);
  for (let m = 0; m < p; m++) {
    turn(a, i * p + m, j * p + m);
    turn(vectors, i * p + m, j * p + m);
  }
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations.
 * @param matrix [p·p] symmetric, finite; left as it is
 * O(p³) per sweep, about ten sweeps.
 * Reference: Golub & Van Loan 2013, Matrix Computations, algorithm 8.5.3.
 */
export function symmetricEigen(matrix: Float64Array, p: number): Eigen {
  const a = matrix.slice();
  const rows = new Float64Array(p * p);
  for (let i = 0; i < p; i++) rows[i * p + i] = 1;
  const size = Math.hypot(...a);
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0;
    for (let i = 0; i < p; i++) for (let j = i + 1; j < p; j++) off += a[i * p + j] ** 2;
    if (Math.sqrt(off) <= 1e-15 * size) break;
    for (let i = 0; i < p; i++) {
      for (let j = i + 1; j < p; j++) if (a[i * p + j] !== 0) rotate(a, rows, p, i, j);
    }
  }
  const order = Array.from({ length: p }, (_, i) => i).sort((i, j) => a[j * p + j] - a[i * p + i] || i - j);
  const vectors = new Float64Array(p * p);
  order.forEach((from, to) => {
    const row = rows.subarray(from * p, from * p + p);
    const largest = row.reduce((best, entry) => (Math.abs(entry) > Math.abs(best) + 1e-12 ? entry : best), 0);
    for (let j = 0; j < p; j++) vectors[to * p + j] = largest < 0 ? -row[j] : row[j];
  });
  return { values: Float64Array.from(order, (i) => a[i * p + i]), vectors };
}
