import { createRng } from '../numeric/rng.ts';
import type { Bands } from './bands.ts';
import type { Trial } from './scores.ts';

/** Normal quantiles of the 80 % and 95 % limits. */
export const z80 = 1.2816;
export const z95 = 1.96;
/** Even: each path comes with its mirror image, so that the paths' middle is the forecast. */
const pathCount = 2000;

/** How the errors of one forecast hang together: a part that all periods share, the rest fading with distance. */
export interface ErrorDependence {
  /** Correlation of any two periods, 0..1. */
  shared: number;
  /** Correlation of neighbours beyond the shared part, 0..1. */
  neighbour: number;
}

/**
 * Measures how held-out errors of one origin hang together, from products of standardised errors.
 * @param scales of each trial [steps] the size an error of that period may have
 */
export function errorDependence(trials: Trial[], scales: Float64Array[]): ErrorDependence {
  const standardised = trials.map(({ actual, predicted, known }, i) =>
    Array.from(actual, (value, j) =>
      known[j] && scales[i][j] > 0 ? (value - predicted[j]) / scales[i][j] : Number.NaN,
    ),
  );
  const squares = standardised.flat().filter(Number.isFinite);
  const variance = squares.reduce((sum, value) => sum + value ** 2, 0) / Math.max(1, squares.length);
  if (!(variance > 0)) return { shared: 0, neighbour: 0 };
  const meanProduct = (least: number, most: number): number => {
    let [sum, count] = [0, 0];
    for (const errors of standardised) {
      for (let lag = least; lag <= Math.min(most, errors.length - 1); lag++) {
        for (let j = lag; j < errors.length; j++) {
          const product = errors[j] * errors[j - lag];
          if (!Number.isFinite(product)) continue;
          sum += product;
          count++;
        }
      }
    }
    return count > 0 ? sum / count / variance : 0;
  };
  const longest = Math.max(0, ...standardised.map(({ length }) => length));
  const within = (value: number) => Math.min(0.95, Math.max(0, value));
  const shared = within(meanProduct(Math.max(1, longest >> 1), longest));
  return { shared, neighbour: within((meanProduct(1, 1) - shared) / (1 - shared)) };
}

/** One quantile of every period: `values` [h] at the normal score `z`. */
export interface Knot {
  z: number;
  values: Float64Array;
}

/** The distribution that a forecast and its band limits stand for, where nothing more is known. */
export const straightKnots = (point: Float64Array, { low80, high80, low95, high95 }: Bands): Knot[] => [
  { z: -z95, values: low95 },
  { z: -z80, values: low80 },
  { z: 0, values: point },
  { z: z80, values: high80 },
  { z: z95, values: high95 },
];

/** What a normal score stands for in period j: straight lines through the knots, and on beyond the outer ones. */
function quantileAt(z: number, knots: Knot[], j: number): number {
  let k = 1;
  while (k < knots.length - 1 && z > knots[k].z) k++;
  const [from, to] = [knots[k - 1], knots[k]];
  return from.values[j] + ((to.values[j] - from.values[j]) * (z - from.z)) / (to.z - from.z);
}

/**
 * Joint paths of the periods ahead: each period alone has the forecast's own distribution, neighbours err together as
 * the backtest's errors did (a Gaussian copula). O(paths · h).
 * @param knots ascending by z
 * @returns [paths][h] as the knots say, which may lie below 0
 * Reference: Sklar 1959; for sample paths of forecasts FPP3 §5.5.
 */
export function simulatePaths(knots: Knot[], { shared, neighbour }: ErrorDependence, seed: number): Float64Array[] {
  const rng = createRng(seed);
  const own = Math.sqrt(1 - shared);
  const fresh = Math.sqrt(1 - neighbour ** 2);
  const paths: Float64Array[] = [];
  for (let i = 0; i < pathCount / 2; i++) {
    const common = Math.sqrt(shared) * rng.normal();
    const scores = new Float64Array(knots[0].values.length);
    let state = rng.normal();
    for (let j = 0; j < scores.length; j++) {
      if (j > 0) state = neighbour * state + fresh * rng.normal();
      scores[j] = common + own * state;
    }
    for (const sign of [1, -1]) paths.push(scores.map((z, j) => quantileAt(sign * z, knots, j)));
  }
  return paths;
}

/** Sums of the chosen periods over the paths, ascending, never below 0. */
export function pathTotals(paths: Float64Array[], chosen: number[]): Float64Array {
  return Float64Array.from(paths, (path) =>
    Math.max(
      0,
      chosen.reduce((sum, j) => sum + path[j], 0),
    ),
  ).sort();
}
