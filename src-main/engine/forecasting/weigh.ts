/** What the backtest teaches the mixture of models, and how the mixture does where it was not taught. */
import { mixTrials, weightsOf } from './combine.ts';
import { blendTrials, lastYearShare } from './last-year.ts';
import { correctTrials, levelCorrection } from './level-correction.ts';
import { scoresOf, type Trial } from './scores.ts';
import { isSeldomSold, type TrainingInput } from './training-input.ts';

export interface Weighing {
  /** [members] they add up to 1 */
  weights: number[];
  /** Share of last year's same periods, 0..1 (see last-year.ts). */
  lastYear: number;
}

/**
 * Weighs the members by their errors; all alike where there is no held-out period.
 * @param members [members][origins] trials of the same origins
 */
export function weigh(members: Trial[][], input: TrainingInput): Weighing {
  const error = isSeldomSold(input) ? 'rmse' : 'mae';
  const errors = members.map((trials) => scoresOf(trials)?.[error] ?? 0);
  const weights = weightsOf(errors, input.frequency);
  return { weights, lastYear: lastYearShare(mixTrials(members, weights), input) };
}

/** The trials of the mixture, before level-correction.ts. */
export function mixedTrials(members: Trial[][], { weights, lastYear }: Weighing, input: TrainingInput): Trial[] {
  const mixed = mixTrials(members, weights);
  return lastYear > 0 ? blendTrials(mixed, input, lastYear) : mixed;
}

/**
 * The mixture at each origin as it would have been taught by the others alone: weights, share of last year and level
 * correction never saw what they are judged on. A single origin is judged by the plain mean.
 * @returns [origins]
 * Reference: leave-one-out cross-validation, Stone 1974, Journal of the Royal Statistical Society B 36(2), 111–147.
 */
export function judgedTrials(members: Trial[][], input: TrainingInput): Trial[] {
  return members[0].flatMap((_, origin) => {
    const others = members.map((trials) => trials.filter((_, i) => i !== origin));
    const weighing = weigh(others, input);
    const correction = levelCorrection(mixedTrials(others, weighing, input), input.frequency);
    const own = members.map((trials) => [trials[origin]]);
    return correctTrials(mixedTrials(own, weighing, input), correction);
  });
}
