/** Why revenue differs between two periods: parts that add to the difference to the last 1/10 000. */
import type { RevenueChange } from '../../../src-shared/domain.ts';
import type { PeriodVisits } from './customer-visits.ts';

/** Sales of known customers and what they are made of. */
export type SalesBasis = Pick<PeriodVisits, 'sales' | 'customers' | 'visits' | 'items'>;

export const salesFactors = ['customers', 'visits', 'items', 'price'] as const;
export type SalesFactor = (typeof salesFactors)[number];

/** Weights |S|! (n − |S| − 1)! / n! of the four factors, by the number of factors changed before. */
const orderWeights = [6 / 24, 2 / 24, 2 / 24, 6 / 24];

/**
 * Where units are missing or cancel out, items per visit and price per item mean nothing: the price is then money per
 * visit and the items do not change.
 */
export const unitsTell = (a: SalesBasis, b: SalesBasis): boolean =>
  [a, b].every(({ visits, items }) => visits === 0 || items > 0);

function ratiosOf({ sales, customers, visits, items }: SalesBasis, withUnits: boolean): number[] | null {
  if (customers === 0 || visits === 0) return null;
  return withUnits
    ? [customers, visits / customers, items / visits, sales / items]
    : [customers, visits / customers, 1, sales / visits];
}

/** What the sales would be with the factors of `set` (bits) from `after` and the others from `before`. */
const mixed = (before: number[], after: number[], set: number): number =>
  before.reduce((product, ratio, i) => product * (set & (1 << i) ? after[i] : ratio), 1);

/** The mean, over the 24 orders of changing one factor after the other, of what each factor changes. */
function shapleyValues(before: number[], after: number[]): number[] {
  const sets = Array.from({ length: 16 }, (_, set) => mixed(before, after, set));
  const sizeOf = (set: number) => [1, 2, 4, 8].filter((bit) => set & bit).length;
  return before.map((_, i) => {
    const bit = 1 << i;
    let value = 0;
    for (let set = 0; set < 16; set++)
      if (!(set & bit)) value += orderWeights[sizeOf(set)] * (sets[set | bit] - sets[set]);
    return value;
  });
}

/** Whole numbers next to the values that add to `total`: the missing units go where rounding took the most. */
function wholeParts(values: number[], total: number): number[] {
  const parts = values.map(Math.trunc);
  const missing = total - parts.reduce((sum, part) => sum + part, 0);
  const step = Math.sign(missing);
  const taken = values.map((value, i) => step * (value - parts[i]));
  const order = values.map((_, i) => i).sort((a, b) => taken[b] - taken[a] || a - b);
  for (let k = 0; k < Math.abs(missing); k++) parts[order[k % order.length]] += step;
  // + 0 turns −0 into 0.
  return parts.map((part) => part + 0);
}

/**
 * Splits the change of sales = customers × visits per customer × items per visit × price per item: each factor's part
 * is its Shapley value, the exact mean over all 24 orders of changing them, so no order is preferred, nothing is left
 * over, and the way back has the same parts with the other sign. Where a period has no customer its other factors are
 * taken as the other period's, which makes the whole change one of customers.
 * @returns whole 1/10 000 currency units that add to after.sales − before.sales
 * References: Shapley 1953, Contributions to the Theory of Games II, 307–317 (eq. 12); Albrecht, François & Schoors
 * 2002, Energy Policy 30(9), 727–736 (the value as a decomposition without residual).
 */
export function splitSales(before: SalesBasis, after: SalesBasis): Record<SalesFactor, number> {
  const withUnits = unitsTell(before, after);
  const then = ratiosOf(before, withUnits);
  const now = ratiosOf(after, withUnits);
  const asNobody = (ratios: number[]) => [0, ...ratios.slice(1)];
  const values =
    then === null && now === null ? [0, 0, 0, 0] : shapleyValues(then ?? asNobody(now!), now ?? asNobody(then!));
  const parts = wholeParts(values, after.sales - before.sales);
  return { customers: parts[0], visits: parts[1], items: parts[2], price: parts[3] };
}

type Who = RevenueChange['who'];

/**
 * Which customers the change came from; the money adds to the change of all known customers' net revenue.
 * new: first sale in the current period; back: bought before, but not in the previous period; more and less: bought in
 * both (or only gave goods back); gone: bought in the previous period only.
 * @param earlier [customers] 1 where the customer had a sale before the current period. O(customers).
 */
export function whoChanged(before: PeriodVisits, after: PeriodVisits, earlier: Uint8Array): Who {
  const who: Who = (['new', 'back', 'more', 'less', 'gone'] as const).map((id) => ({ id, customers: 0, money: 0 }));
  const [fresh, back, more, less, gone] = who;
  for (let id = 1; id < earlier.length; id++) {
    if (before.seen[id] === 0 && after.seen[id] === 0) continue;
    const change = after.money[id] - before.money[id];
    let group = change < 0 ? less : more;
    if (after.bought[id] && !before.bought[id]) group = earlier[id] ? back : fresh;
    else if (before.bought[id] && !after.bought[id]) group = gone;
    group.customers++;
    group.money += change;
  }
  return who;
}

export interface Contributor {
  /** Index into the arrays; null: all the others together. */
  id: number | null;
  before: number;
  after: number;
  change: number;
}

/**
 * Who or what changed most, the largest change first (the lower index among equals), then all others in one row.
 * @param before, after [n] money by id; id 0 is "none known" and stands among the others. O(n log n).
 */
export function contributors(before: Float64Array, after: Float64Array, limit: number): Contributor[] {
  const changed: number[] = [];
  for (let id = 1; id < before.length; id++) if (after[id] !== before[id]) changed.push(id);
  changed.sort((a, b) => Math.abs(after[b] - before[b]) - Math.abs(after[a] - before[a]) || a - b);
  const listed = changed.slice(0, limit);
  const rows: Contributor[] = listed.map((id) => ({
    id,
    before: before[id],
    after: after[id],
    change: after[id] - before[id],
  }));
  const chosen = new Set(listed);
  const others: Contributor = { id: null, before: 0, after: 0, change: 0 };
  for (let id = 0; id < before.length; id++) {
    if (chosen.has(id)) continue;
    others.before += before[id];
    others.after += after[id];
  }
  others.change = others.after - others.before;
  return others.before === 0 && others.after === 0 ? rows : [...rows, others];
}
