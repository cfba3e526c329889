import { AppError, toAppError } from '../../../src-shared/errors.ts';
import { forecastFrom } from './forecast-from.ts';
import { forecastingModels } from './registry.ts';
import type { TrainedForecaster } from './trained-forecaster.ts';

/**
 * Makes sure that a forecaster from elsewhere can answer here.
 * @throws AppError 'file-too-new' for a model that is not in the registry, 'file-not-understood' when it gives no forecast
 */
export function checkTrained(trained: TrainedForecaster): void {
  const unknown = trained.members.find(({ id }) => !forecastingModels.some((model) => model.id === id));
  if (unknown) {
    throw new AppError(
      'file-too-new',
      `The file forecasts with "${unknown.name}", which this Salescope does not know. Install the Salescope that wrote it, or a newer one.`,
      { model: unknown.id },
    );
  }
  try {
    forecastFrom(trained);
  } catch (error) {
    throw new AppError('file-not-understood', `The model in this file gives no forecast: ${toAppError(error).message}`);
  }
}
