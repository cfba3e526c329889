import { withReason } from './explain.ts';
import type { MainHandler } from './handler.ts';

/** Clusters by the chosen method for every k of the range on the chosen features of the customers under the filter. */
export const cluster: MainHandler<'customers.cluster'> = async ({ filter, settings }, { data, model, options }) => {
  const table = await data.run('customers.featureTable', { filter, features: settings.features }, options);
  return model.run('customers.clusterTable', { table, settings }, { ...options, long: true });
};

/** Answers the one-customer form from the same segments or clusters that the screens show. */
export const classify: MainHandler<'customers.classify'> = async (input, context) => {
  const { filter, basis, values, settings } = input;
  const { call, data, options } = context;
  if (basis === 'rfm') {
    const rfm = await call('customers.rfm', { filter }, options);
    return withReason(await data.run('customers.classifyRfm', { values, rfm }, options), input, context);
  }
  const result = await call('customers.cluster', { filter, settings }, options);
  return withReason(await data.run('customers.classifyCluster', { values, result }, options), input, context);
};

/** All methods for a range of k in one feature space. */
export const compare: MainHandler<'customers.compare'> = async ({ filter, settings }, { data, model, options }) => {
  const table = await data.run('customers.featureTable', { filter, features: settings.features }, options);
  return model.run('customers.compareTable', { table, settings }, { ...options, long: true });
};
