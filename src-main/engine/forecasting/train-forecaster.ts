import type { ForecastResult, SalesSeries } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { type BacktestPlan, backtest, type FitSettings, planBacktest } from './backtest.ts';
import { combination, isMember } from './combine.ts';
import { fitMembers } from './members.ts';
import { bestOf, boardOf, type Tested, testModels } from './leader-board.ts';
import type { Model, Runtimes } from './model.ts';
import { naive } from './naive.ts';
import { forecastingModels, modelOf } from './registry.ts';
import { scoresOf, type Trial } from './scores.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { theta } from './theta.ts';
import { futurePeriods, openAhead } from './future-periods.ts';
import type { ForecastSettings, StoredTrial, TrainedForecaster } from './trained-forecaster.ts';
import { isSeldomSold, type TrainingInput, trainingInput } from './training-input.ts';
import { judgedTrials, mixedTrials, weigh } from './weigh.ts';
import { hasTwoYears } from './yearly-profile.ts';

export interface ForecastContext extends Runtimes {
  /** Throws AppError 'cancelled' once the caller has cancelled. */
  tick(done: number, total: number | null, note?: string): void;
  pause(): Promise<void>;
  /** Milliseconds since some moment. */
  now(): number;
}

const longestHorizon = 365;
/** Taken, in this order, when the history is too short for a backtest. */
const withoutBacktest: readonly Model[] = [theta, seasonalNaive, naive];

/**
 * Backtests the models, weighs the members of the combination (or takes the user's model), and fits them on everything.
 * @param series whole 1/10 000 currency units
 * @throws AppError 'invalid-input' (horizon, start, unknown model), 'not-enough-data', 'model-failed', 'cancelled'
 */
export async function trainForecaster(
  series: SalesSeries,
  settings: ForecastSettings,
  context: ForecastContext,
): Promise<TrainedForecaster> {
  checkSettings(settings);
  const input = trainingInput(series);
  const ahead = Math.max(1, openAhead(futurePeriods(series, settings, input.dense)).length);
  const plan = planBacktest(input, ahead);
  const models = modelsToTest(input, settings);
  const progress = trackProgress(context, settings.seed, models.length + 1);
  const { fit } = progress;
  fit.yearly = await yearlyProfileHelps(input, plan, fit);
  const tested = await testModels(models, input, plan, fit, progress.start);
  const choice = choose(tested, settings, input, plan);
  progress.start({ name: choice.name });
  const members = await fitMembers(choice.members, input, ahead, fit);
  const weights = new Map(
    choice.chosenBy === 'combination' ? choice.members.map(({ id, weight }) => [id, weight]) : [],
  );
  const all = choice.tested ? [choice.tested, ...tested] : tested;
  const best = bestOf(tested);
  return {
    version: 1,
    settings,
    series,
    yearly: fit.yearly,
    lastYear: choice.lastYear,
    members,
    trials: choice.trials.map(storedTrial),
    judged: choice.judged.map(storedTrial),
    steps: plan.steps,
    board: boardOf(all, { frequency: input.frequency, n: input.y.length, chosen: choice.id, weights }),
    chosen: choice.id,
    chosenName: choice.name,
    chosenBy: choice.chosenBy,
    best: best && { id: best.id, name: best.name },
    loss: tested.flatMap(({ loss }) => (loss ? [loss] : [])),
    engine: progress.engine(),
  };
}

const storedTrial = ({ origin, actual, predicted, known, naiveError }: Trial): StoredTrial => ({
  origin,
  actual: Array.from(actual),
  predicted: Array.from(predicted),
  known: Array.from(known),
  naiveError,
});

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

/**
 * All models; those of slow sellers only where sales are seldom (or at the user's wish). For a quick answer the quick
 * members beside seasonal naive and the user's own choice.
 */
function modelsToTest(input: TrainingInput, { effort, model }: ForecastSettings): readonly Model[] {
  const seldom = isSeldomSold(input);
  return forecastingModels.filter((one) => {
    if (one.id === model) return true;
    if (effort === 'quick') return one === seasonalNaive || isMember(one, input, 'quick');
    return seldom || !one.seldomOnly;
  });
}

/** Ties the models' ticks to the caller's progress and remembers which training engine was used. */
function trackProgress(context: ForecastContext, seed: number, total: number) {
  let done = -1;
  let note = '';
  let engine = 'none';
  const { tick, pause, now, ...runtimes } = context;
  const fit: FitSettings = {
    seed,
    yearly: false,
    tick: () => tick(Math.max(0, done), total, note),
    pause,
    now,
    runtimes: {
      ...runtimes,
      training: async () => {
        const loaded = await runtimes.training();
        engine = loaded.info.id;
        return loaded;
      },
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

interface Choice {
  id: string;
  name: string;
  chosenBy: ForecastResult['chosenBy'];
  members: { id: string; weight: number }[];
  /** Share of last year's same periods in the forecast, 0..1. */
  lastYear: number;
  trials: Trial[];
  /** What it is judged by; of the combination, of which each origin was forecast with what the others taught. */
  judged: Trial[];
  /** The combination's row of the board. */
  tested: Tested | null;
}

const single = ({ id, name, trials }: Tested, chosenBy: Choice['chosenBy']): Choice => ({
  id,
  name,
  chosenBy,
  members: [{ id, weight: 1 }],
  lastYear: 0,
  trials,
  judged: trials,
  tested: null,
});

/** @throws AppError with the model's own reason when the user's model cannot be used */
function choose(
  tested: Tested[],
  { model: wanted, effort }: ForecastSettings,
  input: TrainingInput,
  plan: BacktestPlan,
): Choice {
  if (wanted !== 'auto') {
    const chosen = tested.find(({ id }) => id === wanted)!;
    if (chosen.failure) throw chosen.failure;
    return single(chosen, 'user');
  }
  const members = tested.filter(({ id, scores }) => scores !== null && isMember(modelOf(id), input, effort));
  if (plan.origins.length > 0 && members.length > 0) return combined(members, input);
  const best = plan.origins.length > 0 ? bestOf(tested) : null;
  if (best) return single(best, 'short-history');
  const usable = tested.filter(({ failure }) => failure === null);
  const chosen = withoutBacktest.flatMap((model) => usable.find(({ id }) => id === model.id) ?? []).at(0);
  if (chosen) return single(chosen, 'short-history');
  throw new AppError('model-failed', 'No model found a usable forecast for this series.', {
    reasons: tested.map(({ name, failure }) => `${name}: ${failure?.message ?? ''}`),
  });
}

function combined(members: Tested[], input: TrainingInput): Choice {
  const each = members.map(({ trials }) => trials);
  const weighing = weigh(each, input);
  const judged = judgedTrials(each, input);
  const seconds = members.reduce((sum, member) => sum + member.seconds, 0);
  return {
    ...combination,
    chosenBy: 'combination',
    members: members.map(({ id }, i) => ({ id, weight: weighing.weights[i] })),
    lastYear: weighing.lastYear,
    trials: mixedTrials(each, weighing, input),
    judged,
    tested: { ...combination, trials: judged, scores: scoresOf(judged), loss: null, failure: null, seconds },
  };
}
