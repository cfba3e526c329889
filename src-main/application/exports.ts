import { type Call, type CallOptions, contract, type MethodName } from '../../src-shared/contract.ts';
import type { Page } from '../../src-shared/domain.ts';
import { exportMethods } from '../../src-shared/export-methods.ts';
import type { MainHandler } from './handler.ts';

/** What a method says, all pages of a list in one. */
async function wholeAnswer(call: Call, method: MethodName, input: Record<string, unknown>, options: CallOptions) {
  const ask = (more: Record<string, unknown>) =>
    call(method, { ...input, ...more } as never, options) as Promise<object>;
  const first = await ask({});
  if (!isPage(first)) return first;
  const rows = [...first.rows];
  while (rows.length < first.total)
    rows.push(...((await ask({ offset: rows.length, limit: 100_000 })) as Page<unknown>).rows);
  return { ...first, rows };
}

const isPage = (output: object): output is Page<unknown> => 'rows' in output && 'total' in output && 'offset' in output;

/** One table as CSV; the forecast file is always the next 30 days of the daily forecast. */
export const exportCsv: MainHandler<'export.csv'> = async (input, { call, data, options }) => {
  const { table, filter, model, seed } = input;
  const method = (exportMethods as Partial<Record<string, MethodName>>)[table];
  // A table that no filter changes, such as the playbook, is asked without one.
  const takesFilter = method !== undefined && 'filter' in contract[method].input.shape;
  const question = { ...(takesFilter ? { filter } : {}), ...input.input };
  const source = method ? await wholeAnswer(call, method, question, options) : null;
  const wanted = table === 'sales_forecast_30days';
  const forecast = wanted ? await call('forecast.run', { filter, horizon: 30, model, seed }, options) : null;
  return data.run('export.table', { ...input, forecast, source }, options);
};
