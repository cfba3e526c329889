import type { Filter, ForecastResult, Note } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { version } from '../version.ts';
import type { HandlerContext, MainHandler } from './handler.ts';

/** A part the data cannot carry is left out of the report with its reason; any other error ends the report. */
async function orRefusal<T>(part: Promise<T>): Promise<{ value: T | null; refusal: Note | null }> {
  try {
    return { value: await part, refusal: null };
  } catch (error) {
    if (!(error instanceof AppError) || !['not-enough-data', 'no-data', 'model-failed'].includes(error.code))
      throw error;
    return { value: null, refusal: { code: 'refused', params: { reason: error.message }, level: 'warning' } };
  }
}

const withoutDates = ({ from: _from, to: _to, ...filter }: Filter): Filter => filter;

async function gather({ call, options }: HandlerContext, input: Parameters<MainHandler<'report.pdf'>>[0]) {
  const { filter, frequency, horizon, model, seed, start } = input;
  const quiet = { signal: options.signal };
  const forecast = await orRefusal<ForecastResult>(
    call('forecast.run', { filter, frequency, horizon, model, seed, start }, options),
  );
  const overview = await orRefusal(call('overview.get', { filter }, quiet));
  const rfm = await orRefusal(call('customers.rfm', { filter }, quiet));
  const change = await orRefusal(call('overview.change', { filter }, quiet));
  const migration = await orRefusal(call('customers.migration', { filter: withoutDates(filter) }, quiet));
  const profiles = await orRefusal(call('segments.profiles', { filter }, quiet));
  return {
    settings: await call('settings.get', {}, quiet),
    overview: overview.value,
    rfm: rfm.value,
    change: change.value,
    migration: migration.value,
    profiles: profiles.value,
    forecast: forecast.value,
    forecastRefusal: forecast.refusal,
    imports: await call('import.list', {}, quiet),
    cleaning: await call('cleaning.effects', {}, quiet),
    engine: await call('engine.info', {}, quiet),
    seed,
    appVersion: version,
  };
}

/** Collects what the screens show and lets the model thread set it in type: one source for both. */
export const reportPdf: MainHandler<'report.pdf'> = async (input, context) => {
  const data = await gather(context, input);
  const paper = input.paper ?? data.settings.paper;
  return context.model.run('report.render', { data, paper }, { ...context.options, long: true });
};
