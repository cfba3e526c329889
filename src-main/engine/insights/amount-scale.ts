import { median } from '../numeric/robust-regression.ts';

/** A scale on which the spread of sales does not grow with their level. */
export interface AmountScale {
  id: 'log' | 'root';
  /** From currency units. */
  to(amount: number): number;
  /** To currency units. */
  back(value: number): number;
}

/** An amount of nothing counts as this share of a usual one, where logarithms are taken. */
const leastShare = 0.01;

/**
 * Logarithms for a business that sells every day, signed square roots where days without a sale are ordinary.
 * @param sold [n] amounts in currency units that set the unit of the logarithm's floor
 * Reference: Box & Cox 1964, Journal of the Royal Statistical Society B 26(2), the cases λ = 0 and λ = ½.
 */
export function amountScale(id: AmountScale['id'], sold: Float64Array): AmountScale {
  if (id === 'root')
    return {
      id,
      to: (amount) => Math.sign(amount) * Math.sqrt(Math.abs(amount)),
      back: (value) => Math.sign(value) * value * value,
    };
  const floor = leastShare * median(sold.filter((amount) => amount > 0));
  return { id, to: (amount) => Math.log(Math.max(amount, floor)), back: Math.exp };
}
