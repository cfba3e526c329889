import type { LossCurve, ModelScore, Note } from '../../../src-shared/domain.ts';
import { type AppError, toAppError } from '../../../src-shared/errors.ts';
import { type BacktestPlan, backtest, type FitSettings } from './backtest.ts';
import type { Model } from './model.ts';
import { type Scores, scoresOf, type Trial } from './scores.ts';
import { moneyPerUnit, type TrainingInput } from './training-input.ts';

/** What the backtest says of one model. */
export interface Tested {
  model: Model;
  trials: Trial[];
  scores: Scores | null;
  loss: LossCurve | null;
  failure: AppError | null;
}

/**
 * Backtests every model on the same held-out periods. A model that fails stays on the list with its reason.
 * @throws AppError 'cancelled'
 */
export async function testModels(
  models: readonly Model[],
  input: TrainingInput,
  plan: BacktestPlan,
  settings: FitSettings,
  started: (model: Model) => void,
): Promise<Tested[]> {
  const tested: Tested[] = [];
  for (const model of models) {
    started(model);
    try {
      const { trials, loss } = await backtest(model, input, plan, settings);
      const curve = loss ? { model: model.id, ...loss } : null;
      tested.push({ model, trials, scores: scoresOf(trials), loss: curve, failure: null });
    } catch (error) {
      const failure = toAppError(error);
      if (failure.code === 'cancelled' || failure.code === 'internal') throw failure;
      tested.push({ model, trials: [], scores: null, loss: null, failure });
    }
  }
  return tested;
}

/** The model with the smallest mean absolute error; the earlier one of the registry when they are equal. */
export function bestOf(tested: Tested[]): Tested | null {
  const scored = tested.filter(({ scores }) => scores !== null);
  return scored.reduce<Tested | null>(
    (best, one) => (best === null || one.scores!.mae < best.scores!.mae ? one : best),
    null,
  );
}

/** The board as it is shown: best first, failures last. */
export function boardOf(tested: Tested[], chosen: string): ModelScore[] {
  const money = (value: number | undefined) => (value === undefined ? null : Math.round(value * moneyPerUnit));
  return [...tested]
    .sort((a, b) => (a.scores?.mae ?? Infinity) - (b.scores?.mae ?? Infinity) || 0)
    .map(({ model, scores, failure }) => ({
      id: model.id,
      name: model.name,
      mae: money(scores?.mae),
      rmse: money(scores?.rmse),
      mape: scores?.mape ?? null,
      wape: scores?.wape ?? null,
      smape: null,
      mase: scores?.mase ?? null,
      r2: null,
      bias: null,
      coverage80: null,
      coverage95: null,
      seconds: 0,
      weight: null,
      failure: scores === null ? failureNote(failure) : null,
      chosen: model.id === chosen,
    }));
}

function failureNote(failure: AppError | null): Note {
  if (failure === null) return { code: 'model-not-tested', params: {}, level: 'info' };
  if (failure.code === 'not-enough-data') {
    const { needed, given } = failure.details as { needed?: number; given?: number };
    return { code: 'model-too-short', params: { needed: needed ?? null, given: given ?? null }, level: 'info' };
  }
  const code = failure.code === 'engine-unavailable' ? 'model-engine-unavailable' : 'model-failed';
  return { code, params: { reason: failure.message }, level: 'warning' };
}
