import type { Call, CallOptions, Input } from '../../src-shared/contract.ts';
import type { LifetimeValue, SegmentId, ValueRow } from '../../src-shared/domain.ts';
import { AppError, type ErrorCode } from '../../src-shared/errors.ts';
import type { MainHandler } from './handler.ts';

/** What a figure that needs no lifetime value can live without; anything else is a fault and stays one. */
const refusals: ErrorCode[] = ['no-data', 'not-enough-data', 'model-failed'];

/** Rows asked for at a time. */
const pageRows = 50_000;

async function valueOrReason(
  call: Call,
  input: Input<'customers.value'>,
  options: CallOptions,
): Promise<{ value: LifetimeValue | null; reason: string | null }> {
  try {
    return { value: await call('customers.value', input, options), reason: null };
  } catch (error) {
    if (error instanceof AppError && refusals.includes(error.code)) return { value: null, reason: error.message };
    throw error;
  }
}

/** Profile cards and personas; where lifetime value is refused, the cards stand without it and say why. */
export const profiles: MainHandler<'segments.profiles'> = async ({ filter, horizonDays }, { call, data, options }) => {
  const rfm = await call('customers.rfm', { filter }, options);
  const { value, reason } = await valueOrReason(call, { filter, horizonDays }, options);
  const segments = value?.segments ?? null;
  return data.run('segments.profilesOf', { filter, horizonDays, rfm, segments, reason }, options);
};

/** Values of all customers in some segments; asked for under the whole filter, so that each value is the one on its page. */
async function valuesOf(call: Call, input: Input<'customers.valueList'>, wanted: SegmentId[], options: CallOptions) {
  const rows: ValueRow[] = [];
  for (let offset = 0; ; offset += pageRows) {
    const page = await call('customers.valueList', { ...input, offset, limit: pageRows }, options);
    rows.push(...page.rows.filter(({ segment }) => wanted.includes(segment)));
    if (page.rows.length === 0 || offset + page.rows.length >= page.total) return rows;
  }
}

/** The target list with its control group. @throws AppError 'invalid-input' without a segment */
export const targets: MainHandler<'segments.targets'> = async (input, { call, data, options }) => {
  const { filter, segments, horizonDays } = input;
  if (segments.length === 0) {
    throw new AppError('invalid-input', 'No segment is chosen. Choose at least one segment to make a list.');
  }
  const values = await valuesOf(call, { filter, horizonDays }, segments, options);
  return data.run('segments.targetsOf', { values, input }, options);
};
