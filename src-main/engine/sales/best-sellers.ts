/** What each group of customers buys, and what it buys more than the others. */
import { lineUse } from './line-mask.ts';
import { lineFlags, type SaleLines } from './sale-lines.ts';

/** Figures of one product in one group. */
export interface GroupProduct {
  /** Of the catalogue. */
  product: number;
  revenue: number;
  units: number;
  customers: number;
  share: number;
  index: number | null;
}

export interface GroupProducts {
  customers: number;
  revenue: number;
  products: GroupProduct[];
}

interface Sums {
  /** [groups × products] */
  revenue: Float64Array;
  units: Float64Array;
  customers: Uint32Array;
  /** [groups] all lines, goods or not. */
  groupRevenue: Float64Array;
}

/** Lines of customers, gathered customer by customer, so that each counts once for each product. */
function sumProducts(lines: SaleLines, mask: Uint8Array, choice: BestSellerChoice): Sums {
  const { groupOf, groups, productOf, products, lastSecond } = choice;
  const sums: Sums = {
    revenue: new Float64Array(groups * products),
    units: new Float64Array(groups * products),
    customers: new Uint32Array(groups * products),
    groupRevenue: new Float64Array(groups),
  };
  const starts = new Uint32Array(groupOf.length + 1);
  const goods = (i: number) => (lines.flags[i] & lineFlags.nonProduct) === 0 && productOf[lines.product[i]] !== 0;
  for (let i = 0; i < lines.length; i++) {
    const group = groupOf[lines.customer[i]];
    if (mask[i] === lineUse.out || group < 0 || lines.seconds[i] > lastSecond) continue;
    sums.groupRevenue[group] += lines.amount[i];
    if (!goods(i)) continue;
    const at = group * products + productOf[lines.product[i]];
    sums.revenue[at] += lines.amount[i];
    sums.units[at] += lines.quantity[i];
    if (mask[i] === lineUse.sale) starts[lines.customer[i] + 1]++;
  }
  for (let id = 0; id < groupOf.length; id++) starts[id + 1] += starts[id];
  const next = starts.slice();
  const bought = new Uint32Array(starts[groupOf.length]);
  for (let i = 0; i < lines.length; i++) {
    const id = lines.customer[i];
    if (mask[i] !== lineUse.sale || groupOf[id] < 0 || lines.seconds[i] > lastSecond || !goods(i)) continue;
    bought[next[id]++] = productOf[lines.product[i]];
  }
  const seenBy = new Uint32Array(products);
  for (let id = 1; id < groupOf.length; id++) {
    for (let at = starts[id]; at < starts[id + 1]; at++) {
      const product = bought[at];
      if (seenBy[product] === id) continue;
      seenBy[product] = id;
      sums.customers[groupOf[id] * products + product]++;
    }
  }
  return sums;
}

export interface BestSellerChoice {
  /** [customers] by dictionary id → group, −1 for none. */
  groupOf: Int8Array;
  groups: number;
  /** [entries] dictionary entry → product of the catalogue. */
  productOf: Uint32Array;
  products: number;
  /** The catalogue's codes, for ties. */
  codes: string[];
  /** Later lines do not count, as in the customers' totals. */
  lastSecond: number;
}

/**
 * Products of each group by net revenue, highest first, with the share of the group's revenue and the index against
 * all groups (2: twice the share that the product has among all customers). Postage and fees stand in the groups'
 * revenue but are no best sellers; products whose returns outweigh their sales are left out.
 * @param limit products of each group
 * @returns [groups] O(lines + groups × products × log).
 */
export function bestSellers(
  lines: SaleLines,
  mask: Uint8Array,
  choice: BestSellerChoice,
  limit: number,
): GroupProducts[] {
  const { groupOf, groups, products, codes } = choice;
  const { revenue, units, customers, groupRevenue } = sumProducts(lines, mask, choice);
  const sizes = new Uint32Array(groups);
  for (const group of groupOf) if (group >= 0) sizes[group]++;
  const all = groupRevenue.reduce((sum, one) => sum + one, 0);
  const allOf = new Float64Array(products);
  for (let at = 0; at < revenue.length; at++) allOf[at % products] += revenue[at];
  return Array.from(sizes, (size, group) => {
    const first = group * products;
    const found: number[] = [];
    for (let product = 1; product < products; product++) if (revenue[first + product] > 0) found.push(product);
    found.sort((a, b) => revenue[first + b] - revenue[first + a] || (codes[a] < codes[b] ? -1 : 1));
    const ofGroup = groupRevenue[group];
    return {
      customers: size,
      revenue: ofGroup,
      products: found.slice(0, limit).map((product) => {
        const share = ofGroup > 0 ? revenue[first + product] / ofGroup : 0;
        const usual = all > 0 ? allOf[product] / all : 0;
        return {
          product,
          revenue: revenue[first + product],
          units: units[first + product],
          customers: customers[first + product],
          share,
          index: usual > 0 && ofGroup > 0 ? share / usual : null,
        };
      }),
    };
  });
}
