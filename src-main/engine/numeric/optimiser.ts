export interface Minimum {
  x: Float64Array;
  value: number;
}

const evaluationsPerDimension = 100;

/** Corners of a simplex, one after the other, with their values and their order from best to worst. */
interface Simplex {
  p: number;
  /** [(p + 1) · p] */
  corners: Float64Array;
  /** [p + 1] */
  values: Float64Array;
  /** [p + 1] corners from best to worst. */
  order: Int32Array;
}

function simplexAt(f: (x: Float64Array) => number, start: ArrayLike<number>, step: ArrayLike<number>): Simplex {
  const p = start.length;
  const corners = new Float64Array((p + 1) * p);
  const values = new Float64Array(p + 1);
  for (let corner = 0; corner <= p; corner++) {
    const x = corners.subarray(corner * p, (corner + 1) * p);
    x.set(start);
    if (corner > 0) x[corner - 1] += step[corner - 1];
    values[corner] = f(x);
  }
  return { p, corners, values, order: Int32Array.from({ length: p + 1 }, (_, i) => i) };
}

/** Insertion sort: from one iteration to the next hardly anything moves. */
function sortCorners({ values, order }: Simplex): void {
  for (let i = 1; i < order.length; i++) {
    const corner = order[i];
    let at = i;
    for (; at > 0 && values[order[at - 1]] > values[corner]; at--) order[at] = order[at - 1];
    order[at] = corner;
  }
}

/** out = from + factor · (through − from), where `from` is a corner. */
function along(simplex: Simplex, from: number, through: Float64Array, factor: number, out: Float64Array): void {
  const { p, corners } = simplex;
  for (let i = 0; i < p; i++) {
    const value = corners[from * p + i];
    out[i] = value + factor * (through[i] - value);
  }
}

/** Mean of all corners but the worst. */
function centreOf({ p, corners, order }: Simplex, out: Float64Array): void {
  out.fill(0);
  for (let rank = 0; rank < p; rank++) for (let i = 0; i < p; i++) out[i] += corners[order[rank] * p + i] / p;
}

/** Halves the way of every corner to the best one. */
function shrink(simplex: Simplex, f: (x: Float64Array) => number): void {
  const { p, corners, values, order } = simplex;
  const best = corners.subarray(order[0] * p, (order[0] + 1) * p);
  for (let rank = 1; rank <= p; rank++) {
    const x = corners.subarray(order[rank] * p, (order[rank] + 1) * p);
    for (let i = 0; i < p; i++) x[i] = best[i] + 0.5 * (x[i] - best[i]);
    values[order[rank]] = f(x);
  }
}

/**
 * Minimises a function of a few variables without derivatives. Points outside the allowed region answer Infinity.
 * @param f objective; must be finite at `start`; its argument is reused, so it must not be kept
 * @param start [p] first corner of the simplex
 * @param step [p] offset of the other corners, one axis each
 * @param tolerance the corners' values agree when they differ by no more than this
 * @returns the best corner once they agree, or after 100·(p + 1) iterations
 * Reference: Nelder & Mead 1965, The Computer Journal 7(4); coefficients 1, 2, ½, ½.
 */
export function nelderMead(
  f: (x: Float64Array) => number,
  start: ArrayLike<number>,
  step: ArrayLike<number>,
  tolerance: number,
): Minimum {
  const simplex = simplexAt(f, start, step);
  const { p, corners, values, order } = simplex;
  const [centre, first, second] = [new Float64Array(p), new Float64Array(p), new Float64Array(p)];
  const replace = (corner: number, x: Float64Array, value: number): void => {
    corners.set(x, corner * p);
    values[corner] = value;
  };
  sortCorners(simplex);
  for (let iteration = 0; iteration < evaluationsPerDimension * (p + 1); iteration++) {
    const worst = order[p];
    const [best, worstValue] = [values[order[0]], values[worst]];
    if (worstValue - best <= tolerance) break;
    centreOf(simplex, centre);
    along(simplex, worst, centre, 2, first);
    const reflected = f(first);
    if (reflected < best) {
      along(simplex, worst, centre, 3, second);
      const expanded = f(second);
      if (expanded < reflected) replace(worst, second, expanded);
      else replace(worst, first, reflected);
    } else if (reflected < values[order[p - 1]]) replace(worst, first, reflected);
    else {
      along(simplex, worst, centre, reflected < worstValue ? 1.5 : 0.5, second);
      const contracted = f(second);
      if (contracted < Math.min(reflected, worstValue)) replace(worst, second, contracted);
      else shrink(simplex, f);
    }
    sortCorners(simplex);
  }
  const at = order[0];
  return { x: corners.slice(at * p, (at + 1) * p), value: values[at] };
}
