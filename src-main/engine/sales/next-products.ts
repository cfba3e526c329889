/** What a customer may buy next: the partners of what was bought already. */
import { countPairs } from './bought-together.ts';
import type { OrderBaskets } from './order-baskets.ts';

/** Partners kept of each product. */
const partnersKept = 40;

/** For each product the products that most often come with it. */
export interface PartnerTable {
  /** [products + 1] */
  starts: Uint32Array;
  partner: Uint32Array;
  /** Orders with both. */
  common: Uint32Array;
  orders: number;
  /** [products] orders with the product. */
  ordersOf: Uint32Array;
}

/** A min-heap by (common, −partner) of one product's best partners, inside two shared arrays. */
class TopPartners {
  readonly partner: Uint32Array;
  readonly common: Uint32Array;
  readonly count: Uint8Array;

  constructor(products: number) {
    this.partner = new Uint32Array(products * partnersKept);
    this.common = new Uint32Array(products * partnersKept);
    this.count = new Uint8Array(products);
  }

  /** Insertion into a short list, best first: more common orders, then the smaller id. */
  add(product: number, partner: number, common: number): void {
    const first = product * partnersKept;
    const count = this.count[product];
    let at = first + count;
    if (count === partnersKept) {
      at--;
      if (common <= this.common[at]) return;
    } else this.count[product]++;
    while (at > first && this.common[at - 1] < common) {
      this.common[at] = this.common[at - 1];
      this.partner[at] = this.partner[at - 1];
      at--;
    }
    this.common[at] = common;
    this.partner[at] = partner;
  }
}

/**
 * The commonest partners of every product, the 40 best of each, pairs bought together more often than by chance only.
 * @param minOrders fewest common orders of a pair
 */
export function partnerTable(
  baskets: OrderBaskets,
  minOrders: number,
  tick?: (done: number, total: number) => void,
): PartnerTable {
  const { ordersOf, orders } = baskets;
  const size = ordersOf.length;
  const top = new TopPartners(size);
  countPairs(
    baskets,
    minOrders,
    ({ a, b, orders: common }) => {
      if (common * orders <= ordersOf[a] * ordersOf[b]) return;
      top.add(a, b, common);
      top.add(b, a, common);
    },
    tick,
  );
  const starts = new Uint32Array(size + 1);
  for (let p = 0; p < size; p++) starts[p + 1] = starts[p] + top.count[p];
  const partner = new Uint32Array(starts[size]);
  const common = new Uint32Array(starts[size]);
  for (let p = 0; p < size; p++) {
    const from = p * partnersKept;
    partner.set(top.partner.subarray(from, from + top.count[p]), starts[p]);
    common.set(top.common.subarray(from, from + top.count[p]), starts[p]);
  }
  return { starts, partner, common, orders, ordersOf };
}

export interface NextProduct {
  product: number;
  /** The bought product with the strongest tie. */
  because: number;
  /** Share of the orders with `because` that also have `product`. */
  confidence: number;
  lift: number;
}

/**
 * Products not yet bought, by how strongly what was bought calls for them: the chance that at least one of the bought
 * products brings it, 1 − Π (1 − confidence); the explanation names the strongest of them.
 * @param bought catalogue products, without repetitions
 * @returns at most `limit`; ties by lift, then by the lower id. O(bought × 40).
 */
export function nextProductsOf(table: PartnerTable, bought: Uint32Array, limit: number): NextProduct[] {
  const { starts, partner, common, orders, ordersOf } = table;
  const owned = new Set(bought);
  const found = new Map<number, NextProduct & { missed: number }>();
  for (const because of [...owned].sort((x, y) => x - y)) {
    for (let at = starts[because]; at < starts[because + 1]; at++) {
      const product = partner[at];
      if (owned.has(product)) continue;
      const confidence = common[at] / ordersOf[because];
      const lift = (common[at] * orders) / (ordersOf[because] * ordersOf[product]);
      const known = found.get(product);
      if (!known) found.set(product, { product, because, confidence, lift, missed: 1 - confidence });
      else {
        known.missed *= 1 - confidence;
        if (confidence > known.confidence) Object.assign(known, { because, confidence, lift });
      }
    }
  }
  return [...found.values()]
    .sort((x, y) => x.missed - y.missed || y.lift - x.lift || x.product - y.product)
    .slice(0, limit)
    .map(({ missed: _missed, ...one }) => one);
}
