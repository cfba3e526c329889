import type { MainHandler } from './handler.ts';

/** Forecasts (or remembers the answer) and lets the data thread freeze it. */
export const publish: MainHandler<'ledger.publish'> = async ({ name, ...input }, { call, data, options }) => {
  const forecast = await call('forecast.run', input, options);
  return data.run('ledger.freeze', { name, input, forecast }, options);
};
