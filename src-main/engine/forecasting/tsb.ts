import { defineModel } from './model.ts';
import {
  continueSlowDemand,
  learnSlowDemand,
  leastPeriods,
  type SlowDemand,
  type SlowStep,
  smoothing,
} from './slow-demand.ts';

/** Smoothed size of a sale and smoothed chance that a period has one. */
interface TsbState {
  size: number;
  chance: number;
}

const firstSale = ({ value, waited }: SlowStep): TsbState => ({ size: value, chance: 1 / waited });

/** The chance falls in every period without a sale, so that a product that stops selling fades out. */
const nextPeriod = ({ size, chance }: TsbState, { value }: SlowStep): TsbState =>
  value === 0
    ? { size, chance: chance - smoothing * chance }
    : { size: size + smoothing * (value - size), chance: chance + smoothing * (1 - chance) };

/** Reference: Teunter, Syntetos & Babai 2011, European Journal of Operational Research 214(3). */
export const tsb = defineModel<Record<string, never>, SlowDemand>({
  id: 'tsb',
  name: 'Fading demand (TSB)',
  about:
    'For slow sellers that may have stopped: the usual size of a sale times the chance of one, falling while none comes.',
  reference: 'Teunter, Syntetos & Babai 2011, Intermittent demand: linking forecasting to inventory obsolescence',
  deseasonalised: false,
  quick: true,
  memberOn: ['seldom'],
  seldomOnly: true,
  params: {},
  minLength: () => leastPeriods,
  fit: (y) => learnSlowDemand(y, firstSale, nextPeriod, ({ size, chance }) => size * chance),
  predict: continueSlowDemand,
});
