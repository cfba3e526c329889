import { arima } from './arima.ts';
import { croston } from './croston.ts';
import { drift } from './drift.ts';
import { ets } from './ets.ts';
import { linearRegression } from './linear-regression.ts';
import { lstm } from './lstm.ts';
import type { Model } from './model.ts';
import { movingAverage } from './moving-average.ts';
import { mstl } from './mstl.ts';
import { naive } from './naive.ts';
import { prophet } from './prophet.ts';
import { randomForest } from './random-forest.ts';
import { sba } from './sba.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { theta } from './theta.ts';
import { thetaStandard } from './theta-standard.ts';
import { tsb } from './tsb.ts';
import { xgboost } from './xgboost.ts';

/** Every forecasting model, in the order they are tried: quick ones first. A new model is one file and one line here. */
export const forecastingModels: readonly Model[] = [
  naive,
  seasonalNaive,
  drift,
  movingAverage,
  croston,
  sba,
  tsb,
  theta,
  thetaStandard,
  ets,
  arima,
  mstl,
  prophet,
  linearRegression,
  randomForest,
  xgboost,
  lstm,
];

/** A model that is known to be in the registry. */
export const modelOf = (id: string): Model => forecastingModels.find((model) => model.id === id)!;
