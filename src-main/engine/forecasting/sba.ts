import { type CrostonState, firstSale, nextSale } from './croston-level.ts';
import { defineModel } from './model.ts';
import { continueSlowDemand, learnSlowDemand, leastPeriods, type SlowDemand, smoothing } from './slow-demand.ts';

/** Croston's ratio is too high because the wait is uncertain; a wait that never changed leaves nothing to correct. */
const corrected = ({ size, interval, regular }: CrostonState): number =>
  (regular ? 1 : 1 - smoothing / 2) * (size / interval);

/** Reference: Syntetos & Boylan 2005, International Journal of Forecasting 21(2). */
export const sba = defineModel<Record<string, never>, SlowDemand>({
  id: 'sba',
  name: 'Croston, corrected (SBA)',
  about: 'For slow sellers: as Croston, less the share by which that guesses too high.',
  reference: 'Syntetos & Boylan 2005, The accuracy of intermittent demand estimates',
  deseasonalised: false,
  quick: true,
  memberOn: ['seldom'],
  seldomOnly: true,
  params: {},
  minLength: () => leastPeriods,
  fit: (y) => learnSlowDemand(y, firstSale, nextSale, corrected),
  predict: continueSlowDemand,
});
