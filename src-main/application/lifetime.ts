import type { MainHandler } from './handler.ts';

/** Fits the models of buying and spending, judges them on the last quarter of the data and values every customer. */
export const value: MainHandler<'customers.value'> = async (input, { data, model, options }) => {
  const history = await data.run('customers.purchases', { filter: input.filter }, options);
  const fits = await model.run('customers.fitValue', { history, factor: input.factor }, { ...options, long: true });
  return data.run('customers.valueSummary', { input, fits }, options);
};

/** Every customer's value, from the models that `customers.value` fitted. */
export const valueList: MainHandler<'customers.valueList'> = async (input, { call, data, options }) => {
  const { filter, horizonDays, discountRate, factor } = input;
  const fitted = await call('customers.value', { filter, horizonDays, discountRate, factor }, options);
  return data.run('customers.valueRows', { input, fitted }, options);
};

/** One customer; valued by the same models as in the list. */
export const profile: MainHandler<'customers.profile'> = async (input, { call, data, options }) => {
  const { horizonDays, discountRate, factor } = input;
  const { segments: _segments, ...filter } = input.filter;
  const fitted = await call('customers.value', { filter, horizonDays, discountRate, factor }, options);
  return data.run('customers.profileOf', { input, fitted }, options);
};
