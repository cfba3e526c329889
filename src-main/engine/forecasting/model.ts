import type * as core from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';
import type { EngineInfo, Frequency, LossCurve } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { Rng } from '../numeric/rng.ts';
import type { AugursModules } from './augurs-modules.ts';
import type { Covariates } from './covariates.ts';

/** The neural-network runtime, loaded by the model thread at its first use. */
export interface TrainingEngine {
  core: typeof core;
  layers: typeof layers;
  info: EngineInfo;
}

/** What only the model thread can load; each at its first use. */
export interface Runtimes {
  /** @throws AppError 'engine-unavailable' when no runtime can be started. */
  training(): Promise<TrainingEngine>;
  /** @throws AppError 'engine-unavailable' */
  augurs(): Promise<AugursModules>;
}

/** What a model may use while it learns. */
export interface FitContext extends Runtimes {
  /** Periods of one season (12 for months of a year, 5–7 for open days of a week); 1: no season. */
  period: number;
  /** Periods the caller wants to forecast; models that answer all steps at once learn this many. */
  horizon: number;
  /** The periods of `y`, with what the calendar knows of them. */
  covariates: Covariates;
  rng: Rng;
  /** Throws AppError 'cancelled' once the caller has cancelled; asked in every inner loop that lasts. */
  tick(): void;
  /** Lets other calls of the thread be answered. */
  pause(): Promise<void>;
}

export interface Interval {
  /** 0..1 */
  level: number;
  lower: Float64Array;
  upper: Float64Array;
}

/** What a share of a forecast comes from: `trend` holds the level too, `recent` is what recent sales add to it. */
export type PartId = 'trend' | 'weekly' | 'yearly' | 'holidays' | 'events' | 'recent';

/** How much one input adds to each period of the forecast. */
export interface Contribution {
  /** The input, such as 'trend', 'weekday', 'lag-7', 'holiday:easter'; ids of regressors as the covariates name them. */
  id: string;
  part: PartId;
  /** [horizon] currency units; may be negative. */
  values: Float64Array;
}

export interface Forecast {
  /** [horizon] */
  point: Float64Array;
  /** One per level asked for, in that order. */
  intervals: Interval[];
  /** They add up to `point`; left out by a model that cannot tell its inputs apart. */
  contributions?: Contribution[];
}

/** Point and limits moved alike; what each input adds is the caller's to tell. */
export const moveForecast = (
  { point, intervals }: Forecast,
  move: (values: Float64Array) => Float64Array,
): Pick<Forecast, 'point' | 'intervals'> => ({
  point: move(point),
  intervals: intervals.map(({ level, lower, upper }) => ({ level, lower: move(lower), upper: move(upper) })),
});

/** What a fit leaves behind: plain JSON, so that it can be stored and predict the same numbers later. */
export interface Fitted {
  version: number;
  /** Losses per epoch, for models that learn in epochs. */
  loss?: Omit<LossCurve, 'model'>;
}

export interface ModelDefinition<Params extends object, State extends Fitted> {
  id: string;
  name: string;
  /** One sentence for a person. */
  about: string;
  /** Where the method is published. */
  reference: string;
  /** true: learns from the series without its yearly profile (see yearly-profile.ts); false: from the plain series. */
  deseasonalised: boolean;
  /** Answers within a second on two years of days: such members alone make the quick answer. */
  quick: boolean;
  /** Where it is mixed into the combination: by the frequency of series that sell mostly, and where most periods are empty. */
  memberOn: readonly (Frequency | 'seldom')[];
  /** Made for series in which most periods sell nothing, and tried on no other: there it is no more than a slow average. */
  seldomOnly: boolean;
  /** Defaults of every parameter. */
  params: Params;
  /** Fewest periods the model learns from. */
  minLength(period: number): number;
  /**
   * Learns from the past.
   * @param y [n] one number per period, finite, oldest first, in currency units; never changed
   */
  fit(y: Float64Array, params: Params, context: FitContext): State | Promise<State>;
  /**
   * Continues the series the model was fitted on.
   * @param covariates the horizon's periods, with the same regressors in the same order as at the fit
   */
  predict(fitted: State, horizon: number, levels: number[], covariates: Covariates): Forecast;
}

/** A model as the registry holds it: parameters and state are its own business. */
export interface Model extends Omit<ModelDefinition<object, Fitted>, 'fit' | 'params' | 'predict'> {
  /** Learns with the default parameters, overridden one by one. */
  fit(y: Float64Array, context: FitContext, params?: Record<string, unknown>): Promise<Fitted>;
  predict(fitted: Fitted, horizon: number, levels: number[], covariates: Covariates): Forecast;
}

/**
 * Makes a model out of its definition: checks the input before it learns and the answer before anyone sees it.
 * @throws AppError 'not-enough-data' below minLength, 'model-failed' when it would answer something that is no number
 */
export function defineModel<Params extends object, State extends Fitted>(
  definition: ModelDefinition<Params, State>,
): Model {
  const { id, name, params: defaults } = definition;
  return {
    ...definition,
    async fit(y, context, params) {
      const needed = definition.minLength(context.period);
      if (y.length < needed) {
        throw new AppError('not-enough-data', `${name} needs ${needed} periods of sales; there are ${y.length}.`, {
          model: id,
          needed,
          given: y.length,
        });
      }
      if (!y.every(Number.isFinite)) {
        throw new AppError('invalid-input', `${name} was given a value that is not a number.`, { model: id });
      }
      return definition.fit(y, { ...defaults, ...params }, context);
    },
    predict(fitted, horizon, levels, covariates) {
      if (!Number.isInteger(horizon) || horizon < 1) {
        throw new AppError('invalid-input', 'The horizon must be a whole number of periods, 1 or more.', { horizon });
      }
      const forecast = definition.predict(fitted as State, horizon, levels, covariates);
      const numbers = [
        forecast.point,
        ...forecast.intervals.flatMap(({ lower, upper }) => [lower, upper]),
        ...(forecast.contributions ?? []).map(({ values }) => values),
      ];
      if (!numbers.every((values) => values.length === horizon && values.every(Number.isFinite))) {
        throw new AppError('model-failed', `${name} found no usable forecast for this series.`, { model: id });
      }
      return forecast;
    },
  };
}
