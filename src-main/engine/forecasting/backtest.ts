import { AppError } from '../../../src-shared/errors.ts';
import { createRng } from '../numeric/rng.ts';
import { covariatesOf, learnableMarks } from './covariates.ts';
import { type FitContext, type Fitted, type Forecast, type Model, moveForecast, type Runtimes } from './model.ts';
import { seasonalNaiveError, type Trial } from './scores.ts';
import { leastPeriods, type TrainingInput } from './training-input.ts';
import { type YearlyProfile, yearlyProfile } from './yearly-profile.ts';

/** Rolling origins: each trial forecasts `steps` periods from what was known before its origin. */
export interface BacktestPlan {
  /** Index of the first held-out period of each trial, oldest first. */
  origins: number[];
  /** Held-out periods of a trial, at most; the newest trials of short series end with the data. */
  steps: number;
}

const weeksPerDailyTrial = 4;
const consecutiveTrials = 4;
const weeklySteps = { least: 4, most: 13 };
const longestMonthly = 18;

/**
 * Where to cut. Daily and weekly: up to four origins in a row, each with four weeks of open days (weekly: the horizon,
 * 4–13 weeks) held out. Monthly, and whatever is too short for that: h, 2h/3 and h/3 before the end, for a horizon h of
 * at most 18 periods and half the history.
 * @param horizon open periods wanted
 */
export function planBacktest({ y, period, frequency }: TrainingInput, horizon: number): BacktestPlan {
  const n = y.length;
  if (frequency !== 'month') {
    const daily = frequency === 'day';
    const steps = daily
      ? period * weeksPerDailyTrial
      : Math.min(weeklySteps.most, Math.max(weeklySteps.least, horizon));
    const least = Math.max(steps, daily ? 2 * period + 1 : period + 1);
    const origins = Array.from({ length: consecutiveTrials }, (_, i) => n - (consecutiveTrials - i) * steps);
    const kept = origins.filter((origin) => origin >= least);
    if (kept.length > 1) return { origins: kept, steps };
  }
  const steps = Math.max(1, Math.min(horizon, longestMonthly, Math.floor(n / 2)));
  const least = Math.max(leastPeriods - 1, Math.min(2 * period + 3, n - steps));
  const distances = [...new Set([steps, Math.round((2 * steps) / 3), Math.round(steps / 3)])].filter((d) => d >= 1);
  return { origins: distances.map((distance) => n - distance).filter((origin) => origin >= least), steps };
}

export interface FitSettings {
  seed: number;
  /** Deseasonalised models get the series without its yearly profile. */
  yearly: boolean;
  tick: FitContext['tick'];
  pause: FitContext['pause'];
  runtimes: Runtimes;
  /** Milliseconds since some moment, for the seconds on the leader board; the engine has no clock of its own. */
  now(): number;
}

/** A model that has learned from the periods before `end`, ready to be asked for any day after them. */
export interface FittedForecaster {
  fitted: Fitted;
  /**
   * Continues over the given days, one per open period, in currency units, never below 0.
   * @throws AppError 'model-failed' when the path leaves every measure
   */
  predict(days: Int32Array, levels: number[]): Forecast;
}

/** A forecast above so many times the largest value ever seen is no forecast. */
const mostTimesLargest = 20;

/** Fits one model on the periods before `end`, with the yearly profile taken out where the model wants that. */
export async function fitBefore(
  model: Model,
  input: TrainingInput,
  end: number,
  horizon: number,
  settings: FitSettings,
): Promise<FittedForecaster> {
  const past = input.y.slice(0, end);
  const profile = profileFor(model, input, end, settings.yearly);
  const y = profile === null ? past : past.map((value, t) => value / profile.factor(input.days[t]));
  // A yearly profile leaves no 52-week season behind.
  const period = profile !== null && input.frequency === 'week' ? 1 : input.period;
  const { tick, pause, runtimes } = settings;
  const covariates = covariatesBefore(input, end, input.days.slice(0, end));
  const rng = createRng(settings.seed);
  const fitted = await model.fit(y, { period, horizon, covariates, rng, tick, pause, ...runtimes });
  return forecasterOf(model, fitted, input, end, settings.yearly);
}

/** What the calendar knows of `days`, as far as its effect can be learned before `end`. */
const covariatesBefore = ({ frequency, days: all, marked }: TrainingInput, end: number, days: Int32Array) =>
  covariatesOf(frequency, days, learnableMarks(frequency, all.subarray(0, end), marked));

/** A model and what it has learned before `end`, as `fitBefore` leaves it; needs no runtime. */
export function forecasterOf(
  model: Model,
  fitted: Fitted,
  input: TrainingInput,
  end: number,
  yearly: boolean,
): FittedForecaster {
  const profile = profileFor(model, input, end, yearly);
  const largest = input.y.subarray(0, end).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return {
    fitted,
    predict(days, levels) {
      const factors = Float64Array.from(days, (day) => profile?.factor(day) ?? 1);
      const ahead = covariatesBefore(input, end, days);
      const forecast = withFactors(model.predict(fitted, days.length, levels, ahead), factors);
      if (forecast.point.some((value) => value > mostTimesLargest * largest)) {
        throw new AppError('model-failed', `${model.name} ran away from this series.`, { model: model.id });
      }
      return forecast;
    },
  };
}

/** Puts the yearly profile back; what it adds is the time of the year's contribution. */
function withFactors(forecast: Forecast, factors: Float64Array): Forecast {
  const { point, contributions } = forecast;
  const scaled = (values: Float64Array) => values.map((value, j) => Math.max(0, value * factors[j]));
  const each = contributions ?? [{ id: 'trend', part: 'trend' as const, values: point }];
  const yearly = point.map((value, j) => value * (factors[j] - 1));
  return {
    ...moveForecast(forecast, scaled),
    contributions: yearly.every((value) => value === 0)
      ? each
      : [...each, { id: 'time-of-year', part: 'yearly', values: yearly }],
  };
}

function profileFor(model: Model, input: TrainingInput, end: number, yearly: boolean): YearlyProfile | null {
  if (!yearly || !model.deseasonalised || input.frequency === 'month') return null;
  return yearlyProfile(input.y.slice(0, end), input.days.subarray(0, end), input.learned.subarray(0, end));
}

/**
 * Forecasts from every origin and lays the answers beside what happened; the loss curves are the newest fit's.
 * @throws what the model throws; one failed origin fails the model, so that all models are judged on the same periods
 */
export async function backtest(
  model: Model,
  input: TrainingInput,
  plan: BacktestPlan,
  settings: FitSettings,
): Promise<{ trials: Trial[]; loss: Fitted['loss'] }> {
  const trials: Trial[] = [];
  let loss: Fitted['loss'];
  for (const origin of plan.origins) {
    settings.tick();
    const end = Math.min(origin + plan.steps, input.y.length);
    const forecaster = await fitBefore(model, input, origin, plan.steps, settings);
    loss = forecaster.fitted.loss;
    trials.push({
      origin,
      actual: input.actual.slice(origin, end),
      predicted: forecaster.predict(input.days.subarray(origin, end), []).point,
      known: input.known.slice(origin, end),
      naiveError: seasonalNaiveError(input.y, input.period, origin),
    });
    await settings.pause();
  }
  return { trials, loss };
}
