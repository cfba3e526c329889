import type { Frequency } from '../../../src-shared/domain.ts';
import type { Contribution, Forecast, Model } from './model.ts';
import type { Trial } from './scores.ts';
import type { ForecastSettings } from './trained-forecaster.ts';
import { isSeldomSold, type TrainingInput } from './training-input.ts';

/** The id and the name under which the weighted mean of several models stands on the leader board. */
export const combination = { id: 'combination', name: 'All models combined' };

/** How strongly a smaller error counts: weight = 1 / MAE ** power. */
const power: Record<Frequency, number> = { day: 2, week: 2, month: 1 };

/** Whether a model is mixed into the combination on such a series; the members are chosen on the published studies and on simulated series. */
export const isMember = (
  { memberOn, quick }: Pick<Model, 'memberOn' | 'quick'>,
  input: TrainingInput,
  effort: ForecastSettings['effort'],
): boolean =>
  isSeldomSold(input)
    ? memberOn.includes('seldom')
    : memberOn.includes(input.frequency) && (quick || effort === 'full');

/**
 * Weights that add up to 1, larger for a smaller backtest error.
 * @param errors [members] mean absolute errors (root mean square errors of seldom sold series, where 0 would win)
 * Reference: Bates & Granger 1969, Operational Research Quarterly 20(4); Pawlikowski & Chorowska 2020, IJF 36(1).
 */
export function weightsOf(errors: number[], frequency: Frequency): number[] {
  const largest = Math.max(...errors);
  if (largest === 0) return errors.map(() => 1 / errors.length);
  // A member that never erred must not divide by zero.
  const raw = errors.map((error) => (error / largest + 1e-9) ** -power[frequency]);
  const total = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => value / total);
}

/** The weighted mean of forecasts for the same periods; a member that cannot tell its inputs apart counts as trend. */
export function mixForecasts(forecasts: Forecast[], weights: number[]): Forecast {
  const mix = (pick: (forecast: Forecast) => Float64Array) =>
    forecasts[0].point.map((_, j) => forecasts.reduce((sum, one, i) => sum + weights[i] * pick(one)[j], 0));
  const contributions = new Map<string, Contribution>();
  forecasts.forEach((forecast, i) => {
    for (const { id, part, values } of forecast.contributions ?? []) {
      const known = contributions.get(id) ?? { id, part, values: new Float64Array(values.length) };
      contributions.set(id, known);
      for (let j = 0; j < values.length; j++) known.values[j] += weights[i] * values[j];
    }
  });
  return {
    point: mix(({ point }) => point),
    intervals: forecasts[0].intervals.map(({ level }, k) => ({
      level,
      lower: mix(({ intervals }) => intervals[k].lower),
      upper: mix(({ intervals }) => intervals[k].upper),
    })),
    contributions: [...contributions.values()],
  };
}

/** The weighted mean of the members' trials, origin by origin. */
export const mixTrials = (trials: Trial[][], weights: number[]): Trial[] =>
  trials[0].map((trial, origin) => ({
    ...trial,
    predicted: trial.predicted.map((_, j) =>
      trials.reduce((sum, own, i) => sum + weights[i] * own[origin].predicted[j], 0),
    ),
  }));
