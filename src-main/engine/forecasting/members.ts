/** The members of a forecast: fitted on everything, asked together. */
import { AppError, toAppError } from '../../../src-shared/errors.ts';
import { type FitSettings, fitBefore, forecasterOf } from './backtest.ts';
import { mixForecasts } from './combine.ts';
import { blendForecast } from './last-year.ts';
import type { Forecast } from './model.ts';
import { modelOf } from './registry.ts';
import type { TrainedForecaster } from './trained-forecaster.ts';
import type { TrainingInput } from './training-input.ts';

type Member = TrainedForecaster['members'][number];

const levels = [0.8, 0.95];

/** Fits the members on everything; one that fails now is left out and its weight goes to the others. */
export async function fitMembers(
  members: { id: string; weight: number }[],
  input: TrainingInput,
  ahead: number,
  fit: FitSettings,
): Promise<Member[]> {
  const fitted: Member[] = [];
  let failure: AppError | null = null;
  for (const { id, weight } of members) {
    const model = modelOf(id);
    try {
      const forecaster = await fitBefore(model, input, input.y.length, ahead, fit);
      forecaster.predict(input.days.slice(-1), []);
      fitted.push({ id, name: model.name, weight, fitted: forecaster.fitted });
    } catch (error) {
      failure = toAppError(error);
      if (failure.code === 'cancelled' || failure.code === 'internal') throw failure;
    }
    await fit.pause();
  }
  if (fitted.length === 0) throw failure ?? new AppError('model-failed', 'No model found a usable forecast.');
  return sharedOut(fitted);
}

/**
 * Asks fitted members for open periods ahead and mixes what they say. A member that runs away over this horizon is left
 * out, and its weight goes to the others: `members` are those that were heard.
 * @throws AppError 'model-failed' when none is left
 */
export function predictTogether(
  { members, yearly, lastYear }: Pick<TrainedForecaster, 'members' | 'yearly' | 'lastYear'>,
  input: TrainingInput,
  days: Int32Array,
): { forecast: Forecast; members: Member[] } {
  let failure: AppError | null = null;
  const heard = members.flatMap((member) => {
    try {
      const forecaster = forecasterOf(modelOf(member.id), member.fitted, input, input.y.length, yearly);
      return [{ member, forecast: forecaster.predict(days, levels) }];
    } catch (error) {
      failure = toAppError(error);
      if (failure.code !== 'model-failed') throw failure;
      return [];
    }
  });
  if (heard.length === 0) throw failure ?? new AppError('model-failed', 'No model found a usable forecast.');
  const shared = heard.length === members.length ? members : sharedOut(heard.map(({ member }) => member));
  const mixed = mixForecasts(
    heard.map(({ forecast }) => forecast),
    shared.map(({ weight }) => weight),
  );
  return { forecast: lastYear > 0 ? blendForecast(mixed, input, lastYear) : mixed, members: shared };
}

/** Weights that add up to 1 again. */
function sharedOut(members: Member[]): Member[] {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  return members.map((member) => ({ ...member, weight: member.weight / total }));
}
