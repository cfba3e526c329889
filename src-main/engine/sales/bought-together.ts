/** Pairs of products in one order, counted exactly over a million lines. */
import type { OrderBaskets } from './order-baskets.ts';

/** Orders with more different frequent products than this (a stock transfer, a wholesaler's refill) pair nothing. */
export const mostProductsOfOrder = 2_000;

/** One pair of catalogue products; a < b. */
export interface CountedPair {
  a: number;
  b: number;
  /** Orders with both. */
  orders: number;
}

/** Orders with at least two products, counted before rare products are left out. */
export function ordersWithTwo({ orders, starts }: OrderBaskets): number {
  let found = 0;
  for (let order = 0; order < orders; order++) if (starts[order + 1] - starts[order] > 1) found++;
  return found;
}

/** Fewest common orders of a pair: 1 in 1,000 orders, at least 5. */
export const usualMinOrders = (orders: number): number => Math.max(5, Math.ceil(orders / 1000));

interface FrequentBaskets {
  /** [orders + 1] */
  starts: Uint32Array;
  /** Frequent products of each order, ascending. */
  products: Uint32Array;
  hugeOrders: number;
}

/** The baskets with frequent products only: a pair can be no commoner than its rarer product. */
function frequentBaskets(baskets: OrderBaskets, minOrders: number): FrequentBaskets {
  const { orders, ordersOf } = baskets;
  const starts = new Uint32Array(orders + 1);
  const products = new Uint32Array(baskets.products.length);
  let filled = 0;
  let hugeOrders = 0;
  for (let order = 0; order < orders; order++) {
    const first = filled;
    for (let at = baskets.starts[order]; at < baskets.starts[order + 1]; at++) {
      const product = baskets.products[at];
      if (ordersOf[product] >= minOrders) products[filled++] = product;
    }
    if (filled - first > mostProductsOfOrder) {
      hugeOrders++;
      filled = first;
    }
    starts[order + 1] = filled;
  }
  return { starts, products: products.subarray(0, filled), hugeOrders };
}

/** For each product the places after it in every order that holds it, as a list per product. */
function placesOf(
  { starts, products }: FrequentBaskets,
  size: number,
): { from: Uint32Array; after: Uint32Array; end: Uint32Array } {
  const from = new Uint32Array(size + 1);
  for (let i = 0; i < products.length; i++) from[products[i] + 1]++;
  for (let p = 1; p <= size; p++) from[p] += from[p - 1];
  const next = from.slice();
  const after = new Uint32Array(products.length);
  const end = new Uint32Array(products.length);
  for (let order = 0; order + 1 < starts.length; order++) {
    for (let at = starts[order]; at < starts[order + 1]; at++) {
      const place = next[products[at]]++;
      after[place] = at + 1;
      end[place] = starts[order + 1];
    }
  }
  return { from, after, end };
}

/**
 * Counts every pair of products that stand in at least `minOrders` orders together and hands each to `found`, ordered
 * by a, then b. One counter per product is kept, never a table of pairs.
 * @param tick called with the products done and all of them; may throw to end the work
 * @returns orders left out because they hold more than `mostProductsOfOrder` frequent products.
 * O(Σ n² / 2) over orders of n frequent products; 16 bytes a line beside the baskets.
 * Reference: Agrawal & Srikant 1994, VLDB, Fast algorithms for mining association rules, §2.1 (a pair is only counted
 * when both products are frequent).
 */
export function countPairs(
  baskets: OrderBaskets,
  minOrders: number,
  found: (pair: CountedPair) => void,
  tick: (done: number, total: number) => void = () => {},
): number {
  const size = baskets.ordersOf.length;
  const frequent = frequentBaskets(baskets, minOrders);
  const { products } = frequent;
  const { from, after, end } = placesOf(frequent, size);
  const common = new Uint32Array(size);
  const touched = new Uint32Array(size);
  for (let a = 1; a < size; a++) {
    let many = 0;
    for (let place = from[a]; place < from[a + 1]; place++) {
      for (let at = after[place], last = end[place]; at < last; at++) {
        const b = products[at];
        if (common[b]++ === 0) touched[many++] = b;
      }
    }
    for (const b of touched.subarray(0, many).sort()) {
      if (common[b] >= minOrders) found({ a, b, orders: common[b] });
      common[b] = 0;
    }
    if (a % 64 === 0) tick(a, size);
  }
  return frequent.hugeOrders;
}

/** A pair with its measures, the way round in which it says more: whoever buys a buys b more often than the reverse. */
export interface MeasuredPair {
  a: number;
  b: number;
  orders: number;
  support: number;
  confidenceAToB: number;
  confidenceBToA: number;
  lift: number;
}

/**
 * Support, both confidences and lift of a pair.
 * @param first catalogue product that stands first whatever the confidences say; null: the one that says more
 * Reference: Brin, Motwani, Ullman & Tsur 1997, SIGMOD ("interest", today's lift).
 */
export function measurePair(
  { a, b, orders }: CountedPair,
  baskets: Pick<OrderBaskets, 'orders' | 'ordersOf'>,
  first: number | null = null,
): MeasuredPair {
  const { ordersOf } = baskets;
  const turn = first === null ? ordersOf[b] < ordersOf[a] : b === first;
  const [left, right] = turn ? [b, a] : [a, b];
  return {
    a: left,
    b: right,
    orders,
    support: orders / baskets.orders,
    confidenceAToB: orders / ordersOf[left],
    confidenceBToA: orders / ordersOf[right],
    lift: (orders * baskets.orders) / (ordersOf[left] * ordersOf[right]),
  };
}

export type PairSort = 'lift' | 'orders' | 'confidence';

/** Ties fall to more common orders, then to the catalogue's codes, so that the order is the same everywhere. */
export function comparePairs(sort: PairSort, codes: string[]): (x: MeasuredPair, y: MeasuredPair) => number {
  const key = (pair: MeasuredPair): number => {
    if (sort === 'lift') return pair.lift;
    return sort === 'orders' ? pair.orders : pair.confidenceAToB;
  };
  const byText = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
  return (x, y) =>
    key(y) - key(x) ||
    y.orders - x.orders ||
    y.lift - x.lift ||
    byText(codes[x.a], codes[y.a]) ||
    byText(codes[x.b], codes[y.b]);
}

/** Keeps the best `limit` of any number of pairs in little memory. */
export class BestPairs {
  private kept: MeasuredPair[] = [];
  private readonly limit: number;
  private readonly compare: (x: MeasuredPair, y: MeasuredPair) => number;

  constructor(limit: number, compare: (x: MeasuredPair, y: MeasuredPair) => number) {
    this.limit = limit;
    this.compare = compare;
  }

  add(pair: MeasuredPair): void {
    if (this.kept.push(pair) >= 4 * this.limit + 1000) this.cut();
  }

  private cut(): void {
    this.kept.sort(this.compare);
    if (this.kept.length > this.limit) this.kept.length = this.limit;
  }

  /** Best first. */
  list(): MeasuredPair[] {
    this.cut();
    return this.kept;
  }
}
