import type { Parsed } from '../../src-shared/contract.ts';
import type { ClassifyAnswer } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import type { HandlerContext, MainHandler } from './handler.ts';

const measures = ['recencyDays', 'frequency', 'monetary'];

/** Learns the rules behind the segments, or behind the clusters of the given settings. */
export const explain: MainHandler<'customers.explain'> = async (
  { basis, filter, maxDepth, settings },
  { call, data, model, options },
) => {
  const { seed } = settings;
  if (basis === 'rfm') {
    const { cuts } = await call('customers.rfm', { filter }, options);
    const table = await data.run('customers.featureTable', { filter, features: measures }, options);
    return model.run('customers.explainTable', { table, of: { basis, cuts }, maxDepth, seed }, options);
  }
  const result = await call('customers.cluster', { filter, settings }, options);
  const table = await data.run('customers.featureTable', { filter, features: settings.features }, options);
  return model.run('customers.explainTable', { table, of: { basis, result }, maxDepth, seed }, options);
};

/** The answer of the one-customer form with the tree's path as its reason; a note where there are too few customers for a tree. */
export async function withReason(
  answer: ClassifyAnswer,
  { basis, filter, settings }: Pick<Parsed<'customers.classify'>, 'basis' | 'filter' | 'settings'>,
  { call, data, options }: HandlerContext,
): Promise<ClassifyAnswer> {
  try {
    const explanation = await call('customers.explain', { basis, filter, settings }, options);
    return await data.run('customers.reason', { answer, explanation }, options);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-enough-data') throw error;
    return { ...answer, notes: [...answer.notes, { code: 'reason-needs-customers', params: {}, level: 'info' }] };
  }
}
