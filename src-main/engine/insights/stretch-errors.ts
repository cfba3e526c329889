import { median } from '../numeric/robust-regression.ts';
import type { AmountScale } from './amount-scale.ts';

/** What is needed to say what any stretch of days would ordinarily sell. */
export interface OrdinaryDays {
  /** [n] y − season: the level with what is left. */
  levelled: Float64Array;
  /** [n] y: sales on the comparing scale. */
  y: Float64Array;
  /** [n] currency units. */
  values: Float64Array;
  /** [n] 1: an ordinary day, not inside any event. */
  ordinary: Uint8Array;
  scale: AmountScale;
}

/** Ordinary days on each side of a stretch that tell its level. */
const levelDays = 14;
/** Too few of them leave the level to chance. */
const leastLevelDays = 14;

/**
 * What given days would ordinarily sell, in currency units: season and trend, with the median level of the 14 ordinary
 * days before and the 14 after them (28 on one side, where there are none on the other). The days themselves are not
 * looked at.
 * @param from to first and last place of the stretch
 * @param at the places to add up
 * @returns null where fewer than 14 ordinary days lie around
 */
export function expectedSum(days: OrdinaryDays, from: number, to: number, at: number[]): number | null {
  const { levelled, y, ordinary, scale } = days;
  const gather = (start: number, step: number, wanted: number): number[] => {
    const found: number[] = [];
    for (let t = start; t >= 0 && t < y.length && found.length < wanted; t += step)
      if (ordinary[t] === 1) found.push(levelled[t]);
    return found;
  };
  const after = gather(to + 1, 1, levelDays);
  const before = gather(from - 1, -1, 2 * levelDays - after.length);
  const rest = before.length < levelDays ? gather(to + 1, 1, 2 * levelDays - before.length) : after;
  const around = [...before, ...rest];
  if (around.length < leastLevelDays) return null;
  const level = median(around);
  return at.reduce((sum, t) => sum + scale.back(y[t] - levelled[t] + level), 0);
}

/**
 * Actual sales of ordinary stretches of as many days, as a ratio of what was expected of them in the same way: how far
 * such a sum is off when nothing special happens. Days that follow each other are alike, and so are their sums here.
 * @returns one ratio for every place such a stretch fits, O(n · length)
 */
export function stretchRatios(days: OrdinaryDays, length: number): Float64Array {
  const places = Int32Array.from(days.y.keys()).filter((t) => days.ordinary[t] === 1);
  const ratios: number[] = [];
  for (let k = 0; k + length <= places.length; k++) {
    const at = Array.from(places.subarray(k, k + length));
    const expected = expectedSum(days, at[0], at[length - 1], at);
    if (expected === null || expected <= 0) continue;
    ratios.push(at.reduce((sum, t) => sum + days.values[t], 0) / expected);
  }
  return Float64Array.from(ratios);
}
