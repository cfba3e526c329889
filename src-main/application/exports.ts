import type { MainHandler } from './handler.ts';

/** One table as CSV; the forecast file is always the next 30 days of the daily forecast. */
export const exportCsv: MainHandler<'export.csv'> = async (input, { call, data, options }) => {
  const { table, filter, model, seed } = input;
  const wanted = table === 'sales_forecast_30days';
  const forecast = wanted ? await call('forecast.run', { filter, horizon: 30, model, seed }, options) : null;
  return data.run('export.table', { ...input, forecast }, options);
};
