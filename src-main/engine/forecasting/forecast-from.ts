import type { ForecastResult } from '../../../src-shared/domain.ts';
import { forecastNotes } from './forecast-notes.ts';
import { type Answer, backtestOf, driversOf, ladderOf, pointsOf, reliabilityOf, totalsOf } from './forecast-result.ts';
import { futurePeriods, openAhead } from './future-periods.ts';
import { bandRule, ownBands, untestedDependence } from './intervals.ts';
import { correctForecast, correctTrials, levelCorrection } from './level-correction.ts';
import { predictTogether } from './members.ts';
import { simulatePaths, straightKnots } from './simulated-paths.ts';
import type { Trial } from './scores.ts';
import type { StoredTrial, TrainedForecaster } from './trained-forecaster.ts';
import { trainingInput } from './training-input.ts';

const trialOf = ({ origin, actual, predicted, known, naiveError }: StoredTrial): Trial => ({
  origin,
  actual: Float64Array.from(actual),
  predicted: Float64Array.from(predicted),
  known: Uint8Array.from(known),
  naiveError,
});

/**
 * The forecast of a trained forecaster, with bands, totals and drivers: never negative, closed days exactly 0. Needs no
 * training and no runtime, so that a stored forecaster answers the same numbers anywhere.
 * @param horizon periods; null: as trained
 * @throws AppError 'invalid-input', 'model-failed'
 */
export function forecastFrom(trained: TrainedForecaster, horizon: number | null = null): ForecastResult {
  const { series, settings, board } = trained;
  const input = trainingInput(series);
  const wanted = { ...settings, horizon: horizon ?? settings.horizon };
  const future = futurePeriods(series, wanted, input.dense);
  const open = openAhead(future);
  const heldOut = trained.trials.map(trialOf);
  const correction = trained.chosenBy === 'combination' ? levelCorrection(heldOut, input.frequency) : 1;
  const { forecast: mixed, members } = predictTogether(
    trained,
    input,
    Int32Array.from(open.length > 0 ? open : future.slice(0, 1), ({ day }) => day),
  );
  const forecast = correctForecast(mixed, correction);
  const trials = correctTrials(heldOut, correction);
  const judged = trained.judged?.map(trialOf) ?? trials;
  const n = input.y.length;
  const rule = bandRule(trials, input.frequency, n);
  const bands = rule?.bands(forecast.point) ?? ownBands(forecast, n);
  const knots = rule?.knots(forecast.point) ?? straightKnots(forecast.point, bands);
  const paths = simulatePaths(knots, rule?.dependence ?? untestedDependence, settings.seed);
  const answer: Answer = { future, forecast, bands, paths };
  const points = pointsOf(answer);
  const plan = { origins: trials.map(({ origin }) => origin), steps: trained.steps };
  const chosen = board.find(({ id }) => id === trained.chosen);
  const reliability = reliabilityOf(chosen, board, trials);
  return {
    frequency: series.frequency,
    horizon: wanted.horizon,
    history: series,
    points,
    ...totalsOf(answer, points, series.frequency),
    drivers: driversOf(answer, points),
    chosen: trained.chosen,
    chosenName: trained.chosenName,
    chosenBy: trained.chosenBy,
    ladder: ladderOf(plan, input),
    effort: settings.effort,
    members: members.map(({ id, name, weight }) => ({ id, name, weight })),
    best: trained.best,
    board,
    backtest: backtestOf(judged, input, plan),
    ...reliability,
    loss: trained.loss,
    engine: trained.engine,
    notes: forecastNotes({ trained, input, plan, future, skill: reliability.skill }),
  };
}
