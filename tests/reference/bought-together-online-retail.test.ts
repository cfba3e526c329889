/**
 * Pairs of products in Online Retail II under the literature's rules, against counts that
 * tests/fixtures/products/bought_together.py made with pandas and scipy (sparse order × product matrix, X'X).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src-main/worker/session.ts';
import { together } from '../../src-main/worker/tasks/products.ts';
import type { ProductPair } from '../../src-shared/domain.ts';
import { openOnlineRetail } from '../fixtures/online-retail-session.ts';
import { hasOnlineRetail, onlineRetailPath } from '../fixtures/parsed-sales.ts';

if (!hasOnlineRetail) console.warn(`Skipped: ${onlineRetailPath} is not there.`);

interface ExpectedPair {
  a: string;
  b: string;
  orders: number;
  lift: number;
  ordersA: number;
  ordersB: number;
}
const expected = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/products/bought-together.json'), 'utf8'),
) as {
  lines: number;
  goodsLines: number;
  orders: number;
  ordersWithTwo: number;
  pairsAtLeast: Record<string, number>;
  byOrders: ExpectedPair[];
  byLift: ExpectedPair[];
};

describe.skipIf(!hasOnlineRetail)('bought together, Online Retail II', () => {
  let session: Session;
  beforeAll(async () => {
    session = await openOnlineRetail();
    session.changeSettings({ rules: { cancellations: 'drop' } });
  });
  afterAll(() => session.close());
  const ask = (over: object = {}) =>
    together(session, { filter: {}, minOrders: null, product: null, sort: 'lift', limit: 25, ...over });

  it('counts orders, leaves out what is no goods, and asks for 1 in 1,000 orders', () => {
    const { orders, allOrders, minOrders, notes } = ask();
    expect({ orders, allOrders, minOrders }).toEqual({
      orders: expected.ordersWithTwo,
      allOrders: expected.orders,
      minOrders: 37,
    });
    expect(notes).toEqual([
      { code: 'no-goods-left-out', level: 'info', params: { lines: expected.lines - expected.goodsLines } },
    ]);
  });

  it.each([2, 5, 37, 100])('finds every pair of at least %i orders', (minOrders) => {
    expect(ask({ minOrders }).pairsFound).toBe(expected.pairsAtLeast[minOrders]);
  });

  it.each([
    ['orders', expected.byOrders],
    ['lift', expected.byLift],
  ] as const)('the first 25 by %s have the same products, orders, confidences and lift', (sort, list) => {
    const found = new Map(ask({ sort }).pairs.map((pair) => [[pair.a.product, pair.b.product].sort().join(), pair]));
    expect([...found.keys()].sort()).toEqual(list.map(({ a, b }) => [a, b].sort().join()).sort());
    for (const { a, b, orders, lift, ordersA, ordersB } of list) {
      const pair = found.get([a, b].sort().join()) as ProductPair;
      expect(pair.orders).toBe(orders);
      expect(pair.lift).toBeCloseTo(lift, 9);
      expect(pair.support).toBeCloseTo(orders / expected.orders, 12);
      const [first, second] = pair.a.product === a ? [ordersA, ordersB] : [ordersB, ordersA];
      expect(pair.confidenceAToB).toBeCloseTo(orders / first, 12);
      expect(pair.confidenceBToA).toBeCloseTo(orders / second, 12);
    }
  });

  it('narrows to one product without counting anew', () => {
    const all = ask({ limit: 10_000, minOrders: 300, sort: 'orders' });
    const own = ask({ limit: 10_000, minOrders: 300, sort: 'orders', product: '85123A' });
    const partner = (pair: ProductPair) => (pair.a.product === '85123A' ? pair.b.product : pair.a.product);
    const mine = all.pairs.filter(({ a, b }) => a.product === '85123A' || b.product === '85123A');
    expect(own.pairs.map(({ b }) => b.product)).toEqual(mine.map(partner));
    expect(own.pairs.every(({ a }) => a.product === '85123A')).toBe(true);
  });
});
