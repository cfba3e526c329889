import type { Frequency } from '../../../src-shared/domain.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { ascending, quantile } from '../numeric/statistics.ts';
import type { Bands } from './bands.ts';
import { errorGrowth, halfWidthsFor } from './error-growth.ts';
import type { Forecast } from './model.ts';
import type { Trial } from './scores.ts';
import { type ErrorDependence, errorDependence, type Knot, z80, z95 } from './simulated-paths.ts';

/** What the backtest says about the errors of the forecast. */
export interface BandRule {
  bands(point: Float64Array): Bands;
  /** The whole distribution of each period, for the bands of totals: not cut off at 0, so that sums keep their middle. */
  knots(point: Float64Array): Knot[];
  /** How the errors of different periods hang together, for the bands of totals. */
  dependence: ErrorDependence;
}

/** Relative errors are taken against at least this share of the mean forecast, so that a quiet day does not explode. */
const leastScale = 0.1;
/** Fewer held-out errors than this carry no quantile. */
const leastErrors = 20;
/** Probabilities at which the distribution inside the 80 % band is read: 12 %, 14 % … 88 %. */
const innerShares = Array.from({ length: 39 }, (_, i) => 0.12 + 0.02 * i);

/**
 * Bands from what the backtest got wrong: pooled relative errors for daily series, growing scaled errors otherwise.
 * @param trials held-out periods of all origins
 * @param n periods of history
 * @returns null where too little was held out to say
 */
export function bandRule(trials: Trial[], frequency: Frequency, n: number): BandRule | null {
  const errors = trials.reduce((sum, { known }) => sum + known.reduce((a, b) => a + b, 0), 0);
  if (frequency === 'day' && errors >= leastErrors) return relativeRule(trials);
  return errors >= 3 ? growthRule(trials, n) : null;
}

/** Size of an error at each forecast: its level to a power, the level never below a tenth of the mean. */
const scaleOf = (predicted: Float64Array, power: number): Float64Array => {
  const floor = (leastScale * predicted.reduce((sum, value) => sum + value, 0)) / predicted.length;
  return predicted.map((value) => Math.max(value, floor) ** power);
};

/** 0: errors of one size; ½: of a number of orders that come by chance; 1: in proportion to sales. */
const powers = [0, 0.25, 0.5, 0.75, 1];

/**
 * How errors grow with the level, by the likelihood of Laplace errors over the powers above.
 * @param errors [n]
 * @param levels [n] above 0
 * Reference: Taylor's power law (Taylor 1961, Nature 189); Tweedie variance functions (Jørgensen 1997).
 */
function levelPower(errors: number[], levels: number[]): number {
  const deviance = (power: number): number => {
    const scaled = errors.map((error, i) => Math.abs(error) / levels[i] ** power);
    const logs = levels.reduce((sum, level) => sum + power * Math.log(level), 0);
    return errors.length * Math.log(scaled.reduce((sum, value) => sum + value, 0)) + logs;
  };
  if (errors.every((error) => error === 0)) return 1;
  return powers.reduce((best, power) => (deviance(power) < deviance(best) ? power : best));
}

/** The limits among the knots; sales are never below 0. */
function bandsFrom(knots: Knot[]): Bands {
  const at = (wanted: number) => knots.find(({ z }) => z === wanted)!.values.map((value) => Math.max(0, value));
  return { low80: at(-z80), high80: at(z80), low95: at(-z95), high95: at(z95) };
}

/** Split conformal bands on errors relative to a power of the level; widening with the step beyond the length of the trials. */
function relativeRule(trials: Trial[]): BandRule {
  const held = trials.flatMap(({ actual, predicted, known }) => {
    const levels = scaleOf(predicted, 1);
    return Array.from(levels.keys())
      .filter((j) => known[j] && levels[j] > 0)
      .map((j) => ({ error: actual[j] - predicted[j], level: levels[j], sold: actual[j] > 0 }));
  });
  const errors = held.map(({ error }) => error);
  const levels = held.map(({ level }) => level);
  const power = levelPower(errors, levels);
  const sorted = ascending(errors.map((error, i) => error / levels[i] ** power));
  // Rank ⌈(n + 1)·p⌉: the finite-sample correction of conformal prediction (Vovk et al. 2005).
  const upper = (p: number) =>
    Math.max(0, sorted[Math.min(sorted.length, Math.ceil((sorted.length + 1) * p)) - 1] ?? 0);
  const lower = (p: number) => Math.min(0, sorted[Math.max(1, Math.floor((sorted.length + 1) * p)) - 1] ?? 0);
  const [least, most] = [lower(0.1), upper(0.9)];
  const idle = held.filter(({ sold }) => !sold).length / held.length;
  // The middle of the errors is what they were: a slow seller's are mostly "nothing sold" and now and then a large sale.
  const inner = innerShares.map((p) => ({
    p,
    z: normalQuantile(p),
    share: Math.min(most, Math.max(least, quantile(sorted, p))),
  }));
  const shares = [
    { p: 0.025, z: -z95, share: lower(0.025) },
    { p: 0.1, z: -z80, share: least },
    ...inner,
    { p: 0.9, z: z80, share: most },
    { p: 0.975, z: z95, share: upper(0.975) },
  ];
  const steps = Math.max(...trials.map(({ actual }) => actual.length));
  const knots = (point: Float64Array): Knot[] => {
    const scale = scaleOf(point, power);
    const width = scale.map((one, j) => one * errorGrowth(Math.max(1, (j + 1) / steps)));
    return shares.map(({ p, z, share }) => {
      // Where a share p of the tested periods sold nothing, so may any period ahead, whatever its level.
      if (p <= idle) return { z, values: new Float64Array(point.length) };
      const values = point.map((value, j) => value + share * width[j]);
      return { z, values: idle > 0 ? values.map((value) => Math.max(0, value)) : values };
    });
  };
  return {
    knots,
    bands: (point) => bandsFrom(knots(point)),
    dependence: errorDependence(
      trials,
      trials.map(({ predicted }) => scaleOf(predicted, power)),
    ),
  };
}

/** half-width = K · s · j^0.35 with s = RMS of error / j^0.35 over all origins and steps. */
function growthRule(trials: Trial[], n: number): BandRule {
  let squares = 0;
  let count = 0;
  for (const { actual, predicted, known } of trials) {
    predicted.forEach((value, j) => {
      if (!known[j]) return;
      squares += ((actual[j] - value) / errorGrowth(j + 1)) ** 2;
      count++;
    });
  }
  const s = Math.sqrt(squares / count);
  const { k80, k95 } = halfWidthsFor(n);
  const factors = [
    { z: -z95, k: -k95 },
    { z: -z80, k: -k80 },
    { z: 0, k: 0 },
    { z: z80, k: k80 },
    { z: z95, k: k95 },
  ];
  const knots = (point: Float64Array): Knot[] =>
    factors.map(({ z, k }) => ({ z, values: point.map((value, j) => value + k * s * errorGrowth(j + 1)) }));
  return {
    knots,
    bands: (point) => bandsFrom(knots(point)),
    dependence: errorDependence(
      trials,
      trials.map(({ predicted }) => predicted.map((_, j) => errorGrowth(j + 1))),
    ),
  };
}

/** Errors of an untested forecast may all point one way: its totals are held wide. */
export const untestedDependence: ErrorDependence = { shared: 0.5, neighbour: 0.5 };

/** Bands of a history too short for a backtest: the model's own, widened as short histories ask for. */
export function ownBands({ point, intervals }: Forecast, n: number): Bands {
  const { k80, k95 } = halfWidthsFor(n);
  const widen = (limit: Float64Array, factor: number) =>
    limit.map((value, j) => Math.max(0, point[j] + (value - point[j]) * factor));
  const [of80, of95] = intervals;
  return {
    low80: widen(of80.lower, k80 / z80),
    high80: widen(of80.upper, k80 / z80),
    low95: widen(of95.lower, k95 / z95),
    high95: widen(of95.upper, k95 / z95),
  };
}

/**
 * Shares of held-out periods inside bands made from the other origins' errors only.
 * @returns null with fewer than two origins or twelve held-out periods
 */
export function measuredCoverage(
  trials: Trial[],
  frequency: Frequency,
  n: number,
): { coverage80: number; coverage95: number } | null {
  let [count, in80, in95] = [0, 0, 0];
  for (const held of trials) {
    const bands = bandRule(
      trials.filter((trial) => trial !== held),
      frequency,
      n,
    )?.bands(held.predicted);
    if (!bands) continue;
    held.actual.forEach((value, j) => {
      if (!held.known[j]) return;
      count++;
      if (value >= bands.low80[j] && value <= bands.high80[j]) in80++;
      if (value >= bands.low95[j] && value <= bands.high95[j]) in95++;
    });
  }
  return count < 12 ? null : { coverage80: in80 / count, coverage95: in95 / count };
}
