import type { MainHandler } from './handler.ts';

/** The total as the forecast page shows it, then its parts: summed on the data thread, forecast on the model thread. */
export const forecastParts: MainHandler<'forecast.parts'> = async (
  { by, limit, ...question },
  { call, data, model, options },
) => {
  const total = await call('forecast.run', { ...question, effort: 'full' }, options);
  const { filter, seed } = question;
  const sums = await data.run('forecast.partSums', { filter, by, limit, series: total.history }, options);
  return model.run('forecast.partsOf', { sums, total, seed }, { ...options, long: true });
};
