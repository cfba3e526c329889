import type { Money, Share } from './domain.ts';

/** The chance that the total is at least the target; `beyond`: outside the quantiles, so the chance is only a limit. */
export interface TargetChance {
  chance: Share;
  beyond: 'above' | 'below' | null;
}

/** Distance of the quantiles of a forecast's total. */
const quantileStep = 0.005;

/**
 * Chance that a total reaches a target, interpolated between the quantiles of its simulated paths.
 * @param target 1/10 000 currency unit
 * @param quantiles ascending, at 0.005, 0.010 … 0.995
 * @returns null without quantiles; between 0.005 ("less than 1 in 200") and 0.995
 */
export function chanceToReach(target: Money, quantiles: Money[]): TargetChance | null {
  if (quantiles.length === 0) return null;
  // Paths that end exactly on the target reach it, so the first of equal quantiles counts.
  const next = quantiles.findIndex((value) => value >= target);
  if (next < 0) return { chance: 1 - quantileStep * quantiles.length, beyond: 'below' };
  if (next === 0) return { chance: 1 - quantileStep, beyond: target < quantiles[0] ? 'above' : null };
  const [low, high] = [quantiles[next - 1], quantiles[next]];
  const below = quantileStep * (next + (target - low) / (high - low));
  return { chance: 1 - below, beyond: null };
}
