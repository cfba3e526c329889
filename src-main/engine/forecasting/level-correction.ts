/**
 * What a daily mixture missed on average in its backtest is put right, as far as the origins agree on it: else its bands,
 * which stand on the same errors, would lie to one side of the forecast, and a target at the expected total would look
 * easy or hard.
 */
import type { Frequency } from '../../../src-shared/domain.ts';
import { type Forecast, moveForecast } from './model.ts';
import type { Trial } from './scores.ts';

/** Fewer origins cannot agree. */
const leastTrials = 3;

const sumOf = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * The factor by which the level of the forecast is moved: 1 + b · b² / (b² + s²), b the share missed over all origins, s
 * its standard error between them.
 * @returns 1 by week and month, where bands are symmetric, and with fewer than three origins
 * Reference: shrinkage as in empirical Bayes, Efron & Morris 1975, JASA 70(350), 311–319.
 */
export function levelCorrection(trials: Trial[], frequency: Frequency): number {
  const sums = trials.map(({ actual, predicted, known }) => {
    const held = Array.from(known.keys()).filter((j) => known[j]);
    return { actual: sumOf(held.map((j) => actual[j])), predicted: sumOf(held.map((j) => predicted[j])) };
  });
  if (frequency !== 'day' || sums.length < leastTrials || sums.some(({ predicted }) => predicted <= 0)) return 1;
  const missed = sumOf(sums.map(({ actual }) => actual)) / sumOf(sums.map(({ predicted }) => predicted)) - 1;
  const shares = sums.map(({ actual, predicted }) => actual / predicted - 1);
  const centre = sumOf(shares) / shares.length;
  const variance = sumOf(shares.map((share) => (share - centre) ** 2)) / (shares.length - 1) / shares.length;
  if (missed === 0) return 1;
  return Math.max(0, 1 + (missed * missed ** 2) / (missed ** 2 + variance));
}

export const correctTrials = (trials: Trial[], factor: number): Trial[] =>
  factor === 1
    ? trials
    : trials.map((trial) => ({ ...trial, predicted: trial.predicted.map((value) => factor * value) }));

export function correctForecast(forecast: Forecast, factor: number): Forecast {
  if (factor === 1) return forecast;
  const moved = (values: Float64Array) => values.map((value) => factor * value);
  return {
    ...moveForecast(forecast, moved),
    contributions: forecast.contributions?.map((one) => ({ ...one, values: moved(one.values) })),
  };
}
