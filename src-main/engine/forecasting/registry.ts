import { ets } from './ets.ts';
import { lstm } from './lstm.ts';
import type { Model } from './model.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { theta } from './theta.ts';

/** Every forecasting model, in the order they are tried: quick ones first. A new model is one file and one line here. */
export const forecastingModels: readonly Model[] = [seasonalNaive, theta, ets, lstm];
