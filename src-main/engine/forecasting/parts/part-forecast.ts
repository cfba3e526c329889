import { errorGrowth } from '../error-growth.ts';
import type { Share } from '../../../../src-shared/domain.ts';
import { createRng } from '../../numeric/rng.ts';
import { mean } from '../../numeric/statistics.ts';
import { type Covariates, sliceCovariates } from '../covariates.ts';
import { ets } from '../ets.ts';
import type { FitContext, Model } from '../model.ts';
import { seasonalNaive } from '../seasonal-naive.ts';
import { theta } from '../theta.ts';
import { leastPeriods } from '../training-input.ts';
import { tsb } from '../tsb.ts';

/** combined: mean of quick models; seldom-sold: chance and size of a sale apart; average: too short for more; none: nothing to expect. */
export type PartWay = 'combined' | 'seldom-sold' | 'average' | 'none';

/** One part's own forecast, before the parts are made to add up. */
export interface PartAnswer {
  way: PartWay;
  /** [steps] currency units, ≥ 0 */
  point: Float64Array;
  /** Variance of the error one step ahead, currency units squared; errors grow as j^0.35. */
  variance: number;
  /** Of the backtest; null: not tested. */
  wape: Share | null;
}

/** What a part's models may use. */
export interface PartContext {
  /** Periods of one season; 1: none. */
  period: number;
  /** The periods of the history and of the steps ahead, without holidays or events. */
  covariates: Covariates;
  seed: number;
  /** Throws AppError 'cancelled' once the caller has cancelled. */
  tick(): void;
  runtimes: Pick<FitContext, 'training' | 'augurs'>;
}

/** Mean gap between sold periods above which a series counts as seldom sold: Syntetos, Boylan & Croston 2005, JORS 56(5). */
const seldomGap = 1.32;
const testedOrigins = 2;
/** Held-out periods of an origin. */
const testSteps = { least: 3, most: 13 };

/**
 * Forecasts one part by the ladder of its history, within some milliseconds.
 * @param y [n] net revenue of each usable period of the total's history, currency units; gaps filled
 * @param steps periods ahead
 * @throws AppError 'cancelled'
 */
export async function forecastPart(y: Float64Array, steps: number, context: PartContext): Promise<PartAnswer> {
  const first = y.findIndex((value) => value !== 0);
  if (first < 0) return { way: 'none', point: new Float64Array(steps), variance: 0, wape: null };
  const own = y.slice(first);
  const shifted = { ...context, covariates: sliceCovariates(context.covariates, first, y.length + steps) };
  if (own.length < leastPeriods) return averageOf(own, steps);
  const way = isSeldom(own) ? 'seldom-sold' : 'combined';
  const members = membersFor(way, own.length, context.period);
  const tested = await testPart(members, own, steps, shifted);
  return {
    way,
    point: await meanOf(members, own, own.length, steps, shifted),
    // The last periods of a seldom sold part may have sold nothing by chance: all of its history speaks.
    variance: way === 'seldom-sold' ? sampleVariance(own) : tested.variance,
    wape: tested.wape,
  };
}

function isSeldom(y: Float64Array): boolean {
  const sold = y.reduce((count, value) => count + (value !== 0 ? 1 : 0), 0);
  return y.length / sold > seldomGap;
}

function averageOf(y: Float64Array, steps: number): PartAnswer {
  const level = Math.max(0, mean(y));
  const variance = y.length > 1 ? sampleVariance(y) : y[0] ** 2;
  return { way: 'average', point: new Float64Array(steps).fill(level), variance, wape: null };
}

function sampleVariance(y: Float64Array): number {
  const centre = mean(y);
  return y.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (y.length - 1);
}

const membersFor = (way: PartWay, n: number, period: number): readonly Model[] =>
  way === 'seldom-sold' ? [tsb] : period > 1 && n >= 2 * period ? [theta, ets, seasonalNaive] : [theta, ets];

/** Plain mean of the members' forecasts from what was known before `end`; never below zero. */
async function meanOf(
  members: readonly Model[],
  y: Float64Array,
  end: number,
  steps: number,
  { period, covariates, seed, tick, runtimes }: PartContext,
): Promise<Float64Array> {
  const past = y.slice(0, end);
  // A part that has not seen two seasons has none.
  const season = end >= 2 * period ? period : 1;
  const sum = new Float64Array(steps);
  for (const model of members) {
    tick();
    const known = sliceCovariates(covariates, 0, end);
    const fitted = await model.fit(past, {
      period: model === seasonalNaive ? period : season,
      horizon: steps,
      covariates: known,
      rng: createRng(seed),
      tick,
      pause: () => Promise.resolve(),
      ...runtimes,
    });
    const { point } = model.predict(fitted, steps, [], sliceCovariates(covariates, end, end + steps));
    for (let j = 0; j < steps; j++) sum[j] += point[j] / members.length;
  }
  return sum.map((value) => Math.max(0, value));
}

/** Forecasts the newest stretches of the history from what was before them. */
async function testPart(
  members: readonly Model[],
  y: Float64Array,
  steps: number,
  context: PartContext,
): Promise<{ variance: number; wape: Share | null }> {
  const wanted = Math.min(testSteps.most, Math.max(testSteps.least, steps));
  const length = Math.min(wanted, Math.floor(y.length / (testedOrigins + 1)));
  let [squares, absolute, sales, count] = [0, 0, 0, 0];
  for (let k = testedOrigins; k >= 1; k--) {
    const origin = y.length - k * length;
    if (members.some((model) => origin < model.minLength(context.period))) continue;
    const predicted = await meanOf(members, y, origin, length, context);
    predicted.forEach((value, j) => {
      const error = y[origin + j] - value;
      squares += (error / errorGrowth(j + 1)) ** 2;
      absolute += Math.abs(error);
      sales += Math.abs(y[origin + j]);
      count++;
    });
  }
  if (count === 0) return { variance: sampleVariance(y), wape: null };
  return { variance: squares / count, wape: sales > 0 ? absolute / sales : null };
}
