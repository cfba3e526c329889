/** Special functions that the customer models need. */

const halfLogTwoPi = 0.918_938_533_204_672_8;
/** Below it the recurrence Γ(x + 1) = x Γ(x) is used; above it the asymptotic series has double precision. */
const asymptoticFrom = 10;

/**
 * Natural logarithm of the gamma function, relative error about 1e-15.
 * @param x above 0
 * Reference: Abramowitz & Stegun 1964, 6.1.15 (recurrence) and 6.1.41 (Stirling's series).
 */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < asymptoticFrom) {
    shift += Math.log(z);
    z += 1;
  }
  const w = 1 / (z * z);
  const series =
    (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - w * (691 / 360_360 - w / 156)))))) / z;
  return (z - 0.5) * Math.log(z) - z + halfLogTwoPi + series - shift;
}

/**
 * Derivative of logGamma.
 * @param x above 0
 * Reference: Abramowitz & Stegun 1964, 6.3.5 (recurrence) and 6.3.18 (asymptotic series).
 */
export function digamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < asymptoticFrom) {
    shift += 1 / z;
    z += 1;
  }
  const w = 1 / (z * z);
  const series = w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w * (1 / 132 - w * (691 / 32_760))))));
  return Math.log(z) - 0.5 / z - series - shift;
}
