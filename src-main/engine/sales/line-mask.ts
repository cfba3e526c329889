/** Decides, for the rules and the filter in force, which lines count and how. */
import type { CleaningRules } from '../../../src-shared/domain.ts';
import { lineFlags, type SaleLines } from './sale-lines.ts';

/** What a line is under the rules: left out, a sale, or a netted return (money and units, but no visit). */
export const lineUse = { out: 0, sale: 1, money: 2 } as const;

export const defaultRules: CleaningRules = {
  unknownCustomer: 'drop',
  cancellations: 'net',
  quantity: 'drop',
  price: 'drop',
  identical: 'drop',
  nonProduct: 'keep',
};

function useOf(flags: number, rules: CleaningRules): number {
  const is = (flag: number) => (flags & flag) !== 0;
  if (is(lineFlags.repeated)) return lineUse.out;
  if (is(lineFlags.unknownCustomer) && rules.unknownCustomer === 'drop') return lineUse.out;
  if (is(lineFlags.identical) && rules.identical === 'drop') return lineUse.out;
  if (is(lineFlags.nonProduct) && rules.nonProduct === 'drop') return lineUse.out;
  if (is(lineFlags.price) && rules.price === 'drop') return lineUse.out;
  if (is(lineFlags.quantity) && rules.quantity === 'drop') return lineUse.out;
  if (is(lineFlags.cancellation) && rules.cancellations !== 'keep') {
    return rules.cancellations === 'net' ? lineUse.money : lineUse.out;
  }
  return lineUse.sale;
}

/** Every combination of flags. */
export const flagCombinations = 128;

/** lineUse of every combination of flags: the rules, worked out once. */
export const usesOfFlags = (rules: CleaningRules): Uint8Array =>
  Uint8Array.from({ length: flagCombinations }, (_, flags) => useOf(flags, rules));

/** A filter in ids; null: everything. */
export interface LineChoice {
  /** Wall-clock seconds, both ends included. */
  firstSecond: number;
  lastSecond: number;
  /** 1 where the id is chosen. */
  countries: Uint8Array | null;
  products: Uint8Array | null;
  customers: Uint8Array | null;
}

export const everyLine: LineChoice = {
  firstSecond: -(2 ** 31),
  lastSecond: 2 ** 31 - 1,
  countries: null,
  products: null,
  customers: null,
};

/**
 * Which lines count: 0 out, 1 a sale, 2 money only (a netted return).
 * @returns [lines] on shared memory; one pass
 */
export function lineMask(lines: SaleLines, rules: CleaningRules, choice: LineChoice): Uint8Array {
  const uses = usesOfFlags(rules);
  const { seconds, country, product, customer, flags, length } = lines;
  const { firstSecond, lastSecond, countries, products, customers } = choice;
  const mask = new Uint8Array(new SharedArrayBuffer(length));
  if (countries === null && products === null && customers === null) {
    // The usual question, at a third of the cost.
    for (let i = 0; i < length; i++) {
      if (seconds[i] >= firstSecond && seconds[i] <= lastSecond) mask[i] = uses[flags[i]];
    }
    return mask;
  }
  for (let i = 0; i < length; i++) {
    if (seconds[i] < firstSecond || seconds[i] > lastSecond) continue;
    if (countries !== null && countries[country[i]] === 0) continue;
    if (products !== null && products[product[i]] === 0) continue;
    if (customers !== null && customers[customer[i]] === 0) continue;
    mask[i] = uses[flags[i]];
  }
  return mask;
}
