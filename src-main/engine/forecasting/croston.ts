import { firstSale, nextSale } from './croston-level.ts';
import { defineModel } from './model.ts';
import { continueSlowDemand, learnSlowDemand, leastPeriods, type SlowDemand } from './slow-demand.ts';

/** Reference: Croston 1972, Operational Research Quarterly 23(3), with fixed smoothing (see slow-demand.ts). */
export const croston = defineModel<Record<string, never>, SlowDemand>({
  id: 'croston',
  name: 'Croston',
  about: 'For slow sellers: the usual size of a sale, divided by the usual wait between sales.',
  reference: 'Croston 1972, Forecasting and stock control for intermittent demands',
  deseasonalised: false,
  quick: true,
  memberOn: [],
  seldomOnly: true,
  params: {},
  minLength: () => leastPeriods,
  fit: (y) => learnSlowDemand(y, firstSale, nextSale, ({ size, interval }) => size / interval),
  predict: continueSlowDemand,
});
