import { lineMinimum } from './line-minimum.ts';

const cells = 16;

/**
 * Minimises a function of one variable that may have several valleys: the lowest of 17 evenly spread points, then Brent's
 * method between its neighbours.
 * @param f finite between `low` and `high`
 * @param tolerance of the place, in units of x
 */
export function valleyMinimum(f: (x: number) => number, low: number, high: number, tolerance = 1e-6): number {
  const width = (high - low) / cells;
  let best = low;
  let least = f(low);
  for (let i = 1; i <= cells; i++) {
    const x = i === cells ? high : low + i * width;
    const value = f(x);
    if (value < least) [best, least] = [x, value];
  }
  const found = lineMinimum(f, Math.max(low, best - width), Math.min(high, best + width), tolerance);
  return f(found) < least ? found : best;
}
