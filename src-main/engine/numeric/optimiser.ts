export interface Minimum {
  x: Float64Array;
  value: number;
}

const evaluationsPerDimension = 100;

/**
 * Minimises a function of a few variables without derivatives. Points outside the allowed region answer Infinity.
 * @param f objective; must be finite at `start`
 * @param start [p] first corner of the simplex
 * @param step [p] offset of the other corners, one axis each
 * @returns the best corner once the corners' values agree to `tolerance` (relative), or after 100·(p + 1) iterations
 * Reference: Nelder & Mead 1965, The Computer Journal 7(4); coefficients 1, 2, ½, ½.
 */
export function nelderMead(
  f: (x: Float64Array) => number,
  start: ArrayLike<number>,
  step: ArrayLike<number>,
  tolerance = 1e-8,
): Minimum {
  const p = start.length;
  const corners: Minimum[] = Array.from({ length: p + 1 }, (_, corner) => {
    const x = Float64Array.from(start);
    if (corner > 0) x[corner - 1] += step[corner - 1];
    return { x, value: f(x) };
  });
  const along = (from: Float64Array, through: Float64Array, factor: number): Minimum => {
    const x = from.map((value, i) => value + factor * (through[i] - value));
    return { x, value: f(x) };
  };
  for (let iteration = 0; iteration < evaluationsPerDimension * (p + 1); iteration++) {
    corners.sort((a, b) => a.value - b.value);
    const [best, worst] = [corners[0], corners[p]];
    if (worst.value - best.value <= tolerance * (Math.abs(best.value) + 1e-12)) break;
    const centre = new Float64Array(p);
    for (let corner = 0; corner < p; corner++) for (let i = 0; i < p; i++) centre[i] += corners[corner].x[i] / p;
    const reflected = along(worst.x, centre, 2);
    if (reflected.value < best.value) {
      const expanded = along(worst.x, centre, 3);
      corners[p] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < corners[p - 1].value) {
      corners[p] = reflected;
    } else {
      const outside = reflected.value < worst.value;
      const contracted = along(worst.x, centre, outside ? 1.5 : 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) corners[p] = contracted;
      else for (let corner = 1; corner <= p; corner++) corners[corner] = along(best.x, corners[corner].x, 0.5);
    }
  }
  corners.sort((a, b) => a.value - b.value);
  return corners[0];
}
