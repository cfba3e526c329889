import { type SlowStep, smoothing } from './slow-demand.ts';

/** Smoothed size of a sale and smoothed number of periods between sales. */
export interface CrostonState {
  size: number;
  interval: number;
  /** Every interval was the same so far. */
  regular: boolean;
}

/** Both averages start at the first sale. */
export const firstSale = ({ value, waited }: SlowStep): CrostonState => ({
  size: value,
  interval: waited,
  regular: true,
});

/** Nothing changes in a period without a sale. Reference: Croston 1972, Operational Research Quarterly 23(3). */
export const nextSale = (state: CrostonState, { value, waited }: SlowStep): CrostonState =>
  value === 0
    ? state
    : {
        size: state.size + smoothing * (value - state.size),
        interval: state.interval + smoothing * (waited - state.interval),
        regular: state.regular && waited === state.interval,
      };
