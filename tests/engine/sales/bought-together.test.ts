import { describe, expect, it } from 'vitest';
import { bestSellers } from '../../../src-main/engine/sales/best-sellers.ts';
import {
  BestPairs,
  type CountedPair,
  comparePairs,
  countPairs,
  measurePair,
  mostProductsOfOrder,
  ordersWithTwo,
  usualMinOrders,
} from '../../../src-main/engine/sales/bought-together.ts';
import { nextProductsOf, partnerTable } from '../../../src-main/engine/sales/next-products.ts';
import { type OrderBaskets, orderBaskets } from '../../../src-main/engine/sales/order-baskets.ts';
import { productCatalogue } from '../../../src-main/engine/sales/products.ts';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import { dataOf, maskOf, shop } from '../../fixtures/small-shop.ts';
import type { Row } from '../../fixtures/parsed-sales.ts';

/** Orders of products 1 … n, each ascending and without repetitions. */
function basketsOf(orders: number[][], products: number): OrderBaskets {
  const starts = Uint32Array.from([0, ...orders.map((_, i) => orders.slice(0, i + 1).flat().length)]);
  const ordersOf = new Uint32Array(products + 1);
  for (const product of orders.flat()) ordersOf[product]++;
  return { orders: orders.length, starts, products: Uint32Array.from(orders.flat()), ordersOf, nonProductLines: 0 };
}
function pairsOf(baskets: OrderBaskets, minOrders: number): CountedPair[] {
  const pairs: CountedPair[] = [];
  countPairs(baskets, minOrders, (pair) => pairs.push(pair));
  return pairs;
}
const row = (invoice: string, product: string, over: Partial<Row> = {}): Row => ({
  date: '2024-01-01 10:00:00',
  customer: 'anna',
  invoice,
  product,
  description: `Thing ${product}`,
  price: 1,
  ...over,
});
async function basketsFrom(rows: Row[]) {
  const data = await dataOf(rows);
  const { lines, dictionaries } = data;
  const { productOf, codes } = productCatalogue(lines, dictionaries.products);
  const baskets = orderBaskets(lines, maskOf(data), productOf, codes.length, dictionaries.invoices.length);
  return { baskets, codes, lists: listsOf(baskets).map((list) => list.map((id) => codes[id])) };
}
const listsOf = ({ orders, starts, products }: OrderBaskets) =>
  Array.from({ length: orders }, (_, o) => [...products.subarray(starts[o], starts[o + 1])]);

describe('orders as baskets', () => {
  it('hold each product once by its code, no returns, no postage', async () => {
    const { baskets, lists } = await basketsFrom([
      row('1', 'T'),
      row('1', 'T', { description: 'Tea, renamed', quantity: 2 }),
      row('1', 'J'),
      row('1', 'POST', { description: 'POSTAGE' }),
      row('2', 'J'),
      row('C3', 'T', { quantity: -1 }),
      row('4', 'POST', { description: 'POSTAGE' }),
    ]);
    expect(lists).toEqual([['T', 'J'], ['J']]);
    expect(baskets.nonProductLines).toBe(2);
    expect(ordersWithTwo(baskets)).toBe(1);
  });

  it('a line without invoice or without product pairs nothing', async () => {
    const { lists } = await basketsFrom([row('', 'T'), row('', 'J'), row('5', '', { description: '' }), row('5', 'T')]);
    expect(lists).toEqual([['T'], ['J'], ['T']]);
  });

  it('of the small shop: anna bought tea and jam once', async () => {
    const { lists } = await basketsFrom(shop);
    expect(lists.filter((list) => list.length > 1)).toEqual([['T', 'J']]);
  });
});

describe('pairs', () => {
  const orders = [[1, 2, 3], [1, 2], [1, 2], [1], [2, 3], [4], [1, 2, 4]];

  it('are counted, the rare ones left out, in the order of their products', () => {
    expect(pairsOf(basketsOf(orders, 4), 2)).toEqual([
      { a: 1, b: 2, orders: 4 },
      { a: 2, b: 3, orders: 2 },
    ]);
    expect(pairsOf(basketsOf(orders, 4), 1)).toHaveLength(5);
  });

  it('have support, confidence and lift, the surer way round first', () => {
    const baskets = basketsOf(orders, 4);
    // 1 stands in 5 of 7 orders, 2 in 5, 3 in 2; 2 and 3 together in 2.
    expect(measurePair({ a: 2, b: 3, orders: 2 }, baskets)).toEqual({
      a: 3,
      b: 2,
      orders: 2,
      support: 2 / 7,
      confidenceAToB: 1,
      confidenceBToA: 2 / 5,
      lift: (2 * 7) / (2 * 5),
    });
    expect(measurePair({ a: 2, b: 3, orders: 2 }, baskets, 2)).toMatchObject({ a: 2, b: 3, confidenceAToB: 2 / 5 });
  });

  it('agree with counting by hand on random orders, whatever the least count', () => {
    const rng = createRng(7);
    const made = Array.from({ length: 400 }, () =>
      [...new Set(Array.from({ length: rng.below(12) }, () => 1 + Math.floor(rng.next() ** 2 * 30)))].sort(
        (a, b) => a - b,
      ),
    ).filter((list) => list.length > 0);
    const counts = new Map<string, number>();
    for (const list of made)
      list.forEach((a, i) => {
        for (const b of list.slice(i + 1)) counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1);
      });
    for (const minOrders of [1, 2, 5, 20]) {
      const found = pairsOf(basketsOf(made, 30), minOrders).map(({ a, b, orders }) => [`${a} ${b}`, orders]);
      expect(new Map(found as [string, number][])).toEqual(new Map([...counts].filter(([, n]) => n >= minOrders)));
    }
  });

  it('an order of thousands of products is left out and counted', () => {
    const huge = Array.from({ length: mostProductsOfOrder + 1 }, (_, i) => i + 1);
    const baskets = basketsOf([huge, [1, 2], [1, 2]], huge.length);
    let pairs = 0;
    expect(countPairs(baskets, 1, () => pairs++)).toBe(1);
    expect(pairs).toBe(1);
  });

  it('ask for at least 5 orders, 1 in 1,000', () => {
    expect([0, 4_000, 5_001, 36_594].map(usualMinOrders)).toEqual([5, 5, 6, 37]);
  });

  it('the best are kept in one order, however they come', () => {
    const codes = ['', 'a', 'b', 'c', 'd', 'e'];
    const baskets = basketsOf([[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [1]], 5);
    const pairs = pairsOf(baskets, 1).map((pair) => measurePair(pair, baskets));
    const kept = (list: typeof pairs) => {
      const best = new BestPairs(3, comparePairs('lift', codes));
      for (let turn = 0; turn < 1; turn++) for (const pair of list) best.add(pair);
      return best.list().map(({ a, b }) => codes[a] + codes[b]);
    };
    expect(kept(pairs)).toEqual(['bc', 'bd', 'be']);
    expect(kept([...pairs].reverse())).toEqual(['bc', 'bd', 'be']);
  });
});

describe('next products', () => {
  it('are partners not bought yet, with the strongest reason', () => {
    const orders = [
      ...Array.from({ length: 6 }, () => [1, 2]),
      ...Array.from({ length: 3 }, () => [2, 3]),
      [1],
      [3],
      [4],
      [4],
      [4],
      [4],
    ];
    const table = partnerTable(basketsOf(orders, 4), 2);
    expect(nextProductsOf(table, Uint32Array.from([1]), 5)).toEqual([
      { product: 2, because: 1, confidence: 6 / 7, lift: (6 * 15) / (7 * 9) },
    ]);
    const [both] = nextProductsOf(table, Uint32Array.from([1, 3]), 5);
    expect(both).toMatchObject({ product: 2, because: 1 });
    expect(nextProductsOf(table, Uint32Array.from([1, 2, 3, 4]), 5)).toEqual([]);
    expect(nextProductsOf(table, Uint32Array.from([4]), 5)).toEqual([]);
    expect(nextProductsOf(table, new Uint32Array(0), 5)).toEqual([]);
  });
});

describe('best sellers', () => {
  it('of each group with share and index, postage in the revenue but not in the list', async () => {
    const data = await dataOf([
      row('1', 'T', { price: 30 }),
      row('1', 'J', { price: 10 }),
      row('2', 'T', { price: 10, date: '2024-01-02' }),
      row('C2', 'T', { price: 10, quantity: -1, date: '2024-01-03' }),
      row('3', 'J', { customer: 'bert', price: 50 }),
      row('4', 'POST', { customer: 'bert', price: 10, description: 'POSTAGE' }),
    ]);
    const { lines, dictionaries } = data;
    const { productOf, codes } = productCatalogue(lines, dictionaries.products);
    const groupOf = Int8Array.from(dictionaries.customers, (name) => (name === 'anna' ? 0 : name === 'bert' ? 1 : -1));
    const choice = { groupOf, groups: 3, productOf, products: codes.length, codes, lastSecond: 2 ** 31 - 1 };
    const [anna, bert, nobody] = bestSellers(lines, maskOf(data), choice, 10);
    expect(anna).toMatchObject({ customers: 1, revenue: 400_000 });
    expect(
      anna.products.map(({ product, revenue, units, customers }) => [codes[product], revenue, units, customers]),
    ).toEqual([
      ['T', 300_000, 1, 1],
      ['J', 100_000, 1, 1],
    ]);
    // Tea: 30 of anna's 40, 30 of all 100.
    expect(anna.products[0].share).toBeCloseTo(0.75, 12);
    expect(anna.products[0].index).toBeCloseTo(2.5, 12);
    expect(bert).toMatchObject({ customers: 1, revenue: 600_000 });
    expect(bert.products).toHaveLength(1);
    expect(nobody).toEqual({ customers: 0, revenue: 0, products: [] });
  });
});
