import type { Rng } from '../numeric/rng.ts';

/** Poisson draw by counting arrivals. Reference: Knuth, The Art of Computer Programming 2, §3.4.1, algorithm Q. O(mean). */
export function poisson(mean: number, rng: Rng): number {
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit; product *= rng.next()) count++;
  return count;
}

/** Running sums of weights, for `drawFrom`. */
export function runningSums(weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i];
    sums[i] = sum;
  }
  return sums;
}

/** Index drawn with chances in proportion to the weights behind the running sums. O(log n). */
export function drawFrom(sums: Float64Array, rng: Rng): number {
  const target = rng.next() * sums[sums.length - 1];
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Normal draw kept inside a range by drawing again. */
export function normalWithin(
  [mean, deviation]: readonly [number, number],
  low: number,
  high: number,
  rng: Rng,
): number {
  for (;;) {
    const value = mean + deviation * rng.normal();
    if (value >= low && value <= high) return value;
  }
}
