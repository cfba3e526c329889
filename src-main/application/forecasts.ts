import type { MainHandler } from './handler.ts';

/** Builds the regular series on the data thread and lets the model thread backtest, choose and forecast. */
export const forecast: MainHandler<'forecast.run'> = async (
  { filter, frequency, horizon, model: wanted, seed, start, effort },
  { call, model, options },
) => {
  const series = await call('series.get', { filter, frequency }, options);
  return model.run(
    'forecast.series',
    { series, settings: { horizon, model: wanted, seed, start, effort } },
    { ...options, long: true },
  );
};
