import type { Frequency, LossCurve, ModelScore, Note } from '../../../src-shared/domain.ts';
import { type AppError, toAppError } from '../../../src-shared/errors.ts';
import { type BacktestPlan, backtest, type FitSettings } from './backtest.ts';
import { measuredCoverage } from './intervals.ts';
import type { Model } from './model.ts';
import { type Scores, scoresOf, type Trial } from './scores.ts';
import { type TrainingInput, wholeMoney } from './training-input.ts';

/** What the backtest says of one model, or of the combination. */
export interface Tested {
  id: string;
  name: string;
  trials: Trial[];
  scores: Scores | null;
  loss: LossCurve | null;
  failure: AppError | null;
  seconds: number;
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
    const { id, name } = model;
    const from = settings.now();
    const took = () => (settings.now() - from) / 1000;
    try {
      const { trials, loss } = await backtest(model, input, plan, settings);
      const curve = loss ? { model: id, ...loss } : null;
      tested.push({ id, name, trials, scores: scoresOf(trials), loss: curve, failure: null, seconds: took() });
    } catch (error) {
      const failure = toAppError(error);
      if (failure.code === 'cancelled' || failure.code === 'internal') throw failure;
      tested.push({ id, name, trials: [], scores: null, loss: null, failure, seconds: took() });
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

interface BoardContext {
  frequency: Frequency;
  /** Periods of history. */
  n: number;
  chosen: string;
  /** Weight in the combination by id. */
  weights: Map<string, number>;
}

/** The board as it is shown: best first, failures last. */
export function boardOf(tested: Tested[], { frequency, n, chosen, weights }: BoardContext): ModelScore[] {
  const money = (value: number | undefined) => (value === undefined ? null : wholeMoney(value));
  return [...tested]
    .sort((a, b) => (a.scores?.mae ?? Infinity) - (b.scores?.mae ?? Infinity) || 0)
    .map(({ id, name, trials, scores, failure, seconds }) => {
      const coverage = scores === null ? null : measuredCoverage(trials, frequency, n);
      return {
        id,
        name,
        mae: money(scores?.mae),
        rmse: money(scores?.rmse),
        mape: scores?.mape ?? null,
        wape: scores?.wape ?? null,
        smape: scores?.smape ?? null,
        mase: scores?.mase ?? null,
        r2: scores?.r2 ?? null,
        bias: money(scores?.bias),
        coverage80: coverage?.coverage80 ?? null,
        coverage95: coverage?.coverage95 ?? null,
        seconds: Math.round(seconds * 1000) / 1000,
        failure: scores === null ? failureNote(failure) : null,
        chosen: id === chosen,
        weight: weights.get(id) ?? null,
      };
    });
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
