import type { ForecastResult, SalesSeries } from '../../../src-shared/domain.ts';
import { forecastFrom } from './forecast-from.ts';
import { type ForecastContext, trainForecaster } from './train-forecaster.ts';
import type { ForecastSettings } from './trained-forecaster.ts';

/** Trains and asks in one go. @throws what the two throw */
export const runForecast = async (
  series: SalesSeries,
  settings: ForecastSettings,
  context: ForecastContext,
): Promise<ForecastResult> => forecastFrom(await trainForecaster(series, settings, context));
