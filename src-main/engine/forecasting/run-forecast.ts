import type { ForecastResult, SalesSeries } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { type BacktestPlan, backtest, type FitSettings, fitBefore, planBacktest } from './backtest.ts';
import { forecastNotes } from './forecast-notes.ts';
import { type Answer, backtestOf, pointsOf, reliabilityOf, totalOf } from './forecast-result.ts';
import { type FuturePeriod, futurePeriods } from './future-periods.ts';
import { bandRule, ownBands } from './intervals.ts';
import { bestOf, boardOf, type Tested, testModels } from './leader-board.ts';
import type { AugursModules } from './augurs-modules.ts';
import type { TrainingEngine } from './model.ts';
import { forecastingModels } from './registry.ts';
import { scoresOf } from './scores.ts';
import type { ForecastSettings } from './trained-forecaster.ts';
import { theta } from './theta.ts';
import { type TrainingInput, trainingInput } from './training-input.ts';
import { hasTwoYears } from './yearly-profile.ts';

export interface ForecastContext {
  /** Throws AppError 'cancelled' once the caller has cancelled. */
  tick(done: number, total: number | null, note?: string): void;
  pause(): Promise<void>;
  training(): Promise<TrainingEngine>;
  augurs(): Promise<AugursModules>;
}

const levels = [0.8, 0.95];
const longestHorizon = 365;
const sentencePeriods = 30;
/** Taken, in this order, when the history is too short for a backtest. */
const withoutBacktest = ['theta', 'seasonal-naive'];

/**
 * Backtests every model, picks one, forecasts with bands: never negative, closed days exactly 0.
 * @param series whole 1/10 000 currency units
 * @throws AppError 'invalid-input' (horizon, unknown model), 'not-enough-data', 'model-failed', 'cancelled'
 */
export async function runForecast(
  series: SalesSeries,
  settings: ForecastSettings,
  context: ForecastContext,
): Promise<ForecastResult> {
  checkSettings(settings);
  const input = trainingInput(series);
  const future = futurePeriods(series, settings.horizon, input.dense);
  const ahead = Math.max(1, future.filter(({ open }) => open).length);
  const plan = planBacktest(input, ahead);
  const progress = trackProgress(context, settings.seed);
  const { fit } = progress;
  fit.yearly = await yearlyProfileHelps(input, plan, fit);
  const tested = await testModels(forecastingModels, input, plan, fit, progress.start);
  const { chosen, chosenBy } = choose(tested, settings.model, plan);
  progress.start(chosen.model);
  const answer = await answerOf(chosen, input, future, ahead, fit);
  const points = pointsOf(answer);
  const periods = Math.min(settings.horizon, sentencePeriods);
  const reliability = reliabilityOf(chosen, tested);
  const best = bestOf(tested);
  const better = best !== null && best !== chosen ? best.model.name : null;
  return {
    frequency: series.frequency,
    horizon: settings.horizon,
    history: series,
    points,
    total: totalOf(answer, points, settings.horizon),
    next: { ...totalOf(answer, points, periods), periods },
    chosen: chosen.model.id,
    chosenName: chosen.model.name,
    chosenBy: chosenBy === 'backtest' ? 'combination' : chosenBy,
    ladder: plan.origins.length === 0 ? 'thin' : 'tested',
    effort: settings.effort,
    members: [{ id: chosen.model.id, name: chosen.model.name, weight: 1 }],
    best: best && { id: best.model.id, name: best.model.name },
    totals: [],
    totalQuantiles: [],
    drivers: [],
    board: boardOf(tested, chosen.model.id),
    backtest: backtestOf(chosen.trials, input, plan),
    ...reliability,
    loss: tested.flatMap(({ loss }) => (loss ? [loss] : [])),
    engine: progress.engine(),
    notes: forecastNotes({
      series,
      input,
      plan,
      future,
      yearly: fit.yearly,
      chosenBy,
      skill: reliability.skill,
      better,
    }),
  };
}

function checkSettings({ horizon, model }: ForecastSettings): void {
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > longestHorizon) {
    throw new AppError('invalid-input', `The horizon must be a whole number from 1 to ${longestHorizon}.`, { horizon });
  }
  if (model !== 'auto' && !forecastingModels.some(({ id }) => id === model)) {
    const known = ['auto', ...forecastingModels.map(({ id }) => id)].join(', ');
    throw new AppError('invalid-input', `There is no forecasting model "${model}". Choose one of: ${known}.`, {
      model,
    });
  }
}

/** Ties the models' ticks to the caller's progress and remembers which training engine was used. */
function trackProgress(context: ForecastContext, seed: number) {
  let done = -1;
  let note = '';
  let engine = 'none';
  const total = forecastingModels.length + 1;
  const fit: FitSettings = {
    seed,
    yearly: false,
    tick: () => context.tick(Math.max(0, done), total, note),
    pause: () => context.pause(),
    augurs: () => context.augurs(),
    training: async () => {
      const loaded = await context.training();
      engine = loaded.info.id;
      return loaded;
    },
  };
  const start = ({ name }: { name: string }): void => {
    done++;
    note = name;
    fit.tick();
  };
  return { fit, start, engine: () => engine };
}

/**
 * A yearly profile is used only where it has proved itself: every origin has two full years before it, and theta errs
 * less with the profile than without.
 */
async function yearlyProfileHelps(input: TrainingInput, plan: BacktestPlan, fit: FitSettings): Promise<boolean> {
  if (input.frequency === 'month' || plan.origins.length === 0 || !hasTwoYears(input.days, plan.origins[0]))
    return false;
  const without = await backtest(theta, input, plan, { ...fit, yearly: false });
  const withProfile = await backtest(theta, input, plan, { ...fit, yearly: true });
  const error = ({ trials }: typeof without) => scoresOf(trials)?.mae ?? Number.POSITIVE_INFINITY;
  return error(withProfile) < error(without);
}

/** @throws AppError with the model's own reason when the user's model cannot be used */
function choose(
  tested: Tested[],
  wanted: string,
  plan: BacktestPlan,
): { chosen: Tested; chosenBy: 'backtest' | 'user' | 'short-history' } {
  if (wanted !== 'auto') {
    const chosen = tested.find(({ model }) => model.id === wanted)!;
    if (chosen.failure) throw chosen.failure;
    return { chosen, chosenBy: 'user' };
  }
  const best = plan.origins.length > 0 ? bestOf(tested) : null;
  if (best) return { chosen: best, chosenBy: 'backtest' };
  const id = withoutBacktest.find((one) => tested.some(({ model, failure }) => model.id === one && !failure));
  const chosen = tested.find(({ model }) => model.id === id);
  if (chosen) return { chosen, chosenBy: 'short-history' };
  throw new AppError('model-failed', 'No model found a usable forecast for this series.', {
    reasons: tested.map(({ model, failure }) => `${model.name}: ${failure?.message ?? ''}`),
  });
}

/** Fits the chosen model on everything and asks it for the open periods ahead. */
async function answerOf(
  chosen: Tested,
  input: TrainingInput,
  future: FuturePeriod[],
  ahead: number,
  fit: FitSettings,
): Promise<Answer> {
  const n = input.y.length;
  const forecaster = await fitBefore(chosen.model, input, n, ahead, fit);
  const open = future.filter((period) => period.open).map(({ day }) => day);
  const forecast = forecaster.predict(Int32Array.from(open.length > 0 ? open : [future[0].day]), levels);
  const bands = bandRule(chosen.trials, input.frequency, n)?.(forecast.point) ?? ownBands(forecast, n);
  return { future, point: forecast.point, bands, trials: chosen.trials, n };
}
