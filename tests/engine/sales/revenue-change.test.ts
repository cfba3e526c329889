/** The split of a revenue change: adds to the last unit, has no favourites, and says nothing where there is nothing. */
import { describe, expect, it } from 'vitest';
import { firstSecondOf, lastSecondOf } from '../../../src-main/engine/sales/customer-totals.ts';
import { boughtBefore, customerVisits } from '../../../src-main/engine/sales/customer-visits.ts';
import { productCatalogue } from '../../../src-main/engine/sales/products.ts';
import {
  contributors,
  type SalesBasis,
  splitSales,
  unitsTell,
  whoChanged,
} from '../../../src-main/engine/sales/revenue-change.ts';
import { dayNumber, dayText } from '../../../src-main/engine/sales/sale-lines.ts';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import type { Row } from '../../fixtures/parsed-sales.ts';
import { dataOf, maskOf, shop } from '../../fixtures/small-shop.ts';

const unit = 10_000;
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const nobody: SalesBasis = { sales: 0, customers: 0, visits: 0, items: 0 };

describe('the split of sales', () => {
  it('a change of one factor alone belongs to it', () => {
    const before = { customers: 100, visits: 200, items: 600, sales: 600 * 5 * unit };
    expect(splitSales(before, { customers: 50, visits: 100, items: 300, sales: 300 * 5 * unit })).toEqual({
      customers: -1500 * unit,
      visits: 0,
      items: 0,
      price: 0,
    });
    expect(splitSales(before, { ...before, sales: 600 * 6 * unit })).toEqual({
      customers: 0,
      visits: 0,
      items: 0,
      price: 600 * unit,
    });
  });

  it('two factors share what they did together: 2 × 3 from 1 × 1', () => {
    // Customers 1 → 2 and price 1 → 3: the orders give customers 1 or 3, price 4 or 2.
    const parts = splitSales(
      { customers: 1, visits: 1, items: 1, sales: unit },
      { customers: 2, visits: 2, items: 2, sales: 6 * unit },
    );
    expect(parts).toEqual({ customers: 2 * unit, visits: 0, items: 0, price: 3 * unit });
  });

  it('adds to the last unit, and the way back has the same parts with the other sign (2,000 random pairs)', () => {
    const rng = createRng(7);
    const draw = (): SalesBasis => {
      const customers = 1 + Math.floor(rng.next() * 5_000);
      const visits = Math.ceil(customers * (1 + rng.next() * 5));
      const items = visits * (rng.next() < 0.2 ? rng.next() * 3 : 1 + Math.floor(rng.next() * 50));
      return { customers, visits, items, sales: Math.floor(items * 10 ** (3 + rng.next() * 3.5)) };
    };
    for (let n = 0; n < 2_000; n++) {
      const [a, b] = [draw(), draw()];
      const parts = Object.values(splitSales(a, b));
      expect(sum(parts)).toBe(b.sales - a.sales);
      expect(parts.every(Number.isSafeInteger)).toBe(true);
      expect(Object.values(splitSales(b, a))).toEqual(parts.map((part) => 0 - part));
    }
  });

  it('no change, no parts', () => {
    const same = { customers: 3, visits: 7, items: 11, sales: 12_345 };
    expect(Object.values(splitSales(same, same))).toEqual([0, 0, 0, 0]);
    expect(Object.values(splitSales(nobody, nobody))).toEqual([0, 0, 0, 0]);
    // Twice the customers at half the visits each: the same sales, two parts that cancel out.
    const parts = splitSales(
      { customers: 10, visits: 40, items: 40, sales: 400 * unit },
      { customers: 20, visits: 40, items: 40, sales: 400 * unit },
    );
    expect(parts.customers).toBeGreaterThan(0);
    expect(parts).toEqual({ customers: parts.customers, visits: -parts.customers, items: 0, price: 0 });
  });

  it('a period without customers makes the whole change one of customers', () => {
    const some = { customers: 3, visits: 7, items: 11, sales: 12_345 };
    expect(splitSales(nobody, some)).toEqual({ customers: 12_345, visits: 0, items: 0, price: 0 });
    expect(splitSales(some, nobody)).toEqual({ customers: -12_345, visits: 0, items: 0, price: 0 });
  });

  it('without items the price is money per visit', () => {
    const before = { customers: 2, visits: 4, items: 0, sales: 40 * unit };
    const after = { customers: 2, visits: 4, items: 8, sales: 60 * unit };
    expect(unitsTell(before, after)).toBe(false);
    expect(splitSales(before, after)).toEqual({ customers: 0, visits: 0, items: 0, price: 20 * unit });
  });
});

async function compare(rows: Row[], now: [string, string], then: [string, string]) {
  const data = await dataOf(rows);
  const mask = maskOf(data, { unknownCustomer: 'keep' });
  const catalogue = productCatalogue(data.lines, data.dictionaries.products);
  const visits = ([from, to]: [string, string]) =>
    customerVisits(data.lines, mask, data.dictionaries, catalogue, {
      firstSecond: firstSecondOf(dayNumber(from)),
      lastSecond: lastSecondOf(dayNumber(to)),
    });
  const [before, after] = [visits(then), visits(now)];
  const earlier = boughtBefore(data.lines, mask, data.dictionaries.customers.length, firstSecondOf(dayNumber(now[0])));
  return { before, after, who: whoChanged(before, after, earlier), data };
}

describe('a period', () => {
  it('keeps sales, returns and sales without a customer apart', async () => {
    const { before, after, who } = await compare(shop, ['2024-02-01', '2024-03-31'], ['2024-01-01', '2024-01-31']);
    expect(before).toMatchObject({
      revenue: 55 * unit,
      sales: 55 * unit,
      returns: 0,
      anonymous: 0,
      customers: 1,
      visits: 2,
      items: 6,
      lines: 3,
    });
    expect(after).toMatchObject({
      revenue: 123_450 - 15 * unit,
      sales: 123_450,
      returns: -20 * unit,
      anonymous: 5 * unit,
      customers: 1,
      visits: 1,
      items: 1,
      lines: 4,
    });
    // anna is gone (and gave 10 back), bert is new, carl only gave back.
    expect(who).toEqual([
      { id: 'new', customers: 1, money: 123_450 },
      { id: 'back', customers: 0, money: 0 },
      { id: 'more', customers: 0, money: 0 },
      { id: 'less', customers: 1, money: -10 * unit },
      { id: 'gone', customers: 1, money: -65 * unit },
    ]);
  });

  it('a customer who bought long before is back, not new', async () => {
    const rows: Row[] = [
      { date: '2024-01-05', customer: 'old', price: 1 },
      { date: '2024-02-05', customer: 'other', price: 2 },
      { date: '2024-03-05', customer: 'old', price: 3 },
      { date: '2024-03-06', customer: 'other', price: 2 },
    ].map((row, i) => ({ ...row, invoice: `${i}`, product: 'T' }));
    const { who } = await compare(rows, ['2024-03-01', '2024-03-31'], ['2024-02-01', '2024-02-29']);
    expect(who.map(({ id, customers, money }) => [id, customers, money])).toEqual([
      ['new', 0, 0],
      ['back', 1, 3 * unit],
      // As much as before stands with more.
      ['more', 1, 0],
      ['less', 0, 0],
      ['gone', 0, 0],
    ]);
  });

  it.each([11, 12, 13])('who, products and countries add to the change (random shop %i)', async (seed) => {
    const rng = createRng(seed);
    const rows = Array.from({ length: 600 }, (_, i): Row => {
      const gaveBack = rng.next() < 0.15;
      return {
        date: dayText(dayNumber('2024-01-01') + Math.floor(rng.next() * 120)),
        invoice: gaveBack ? `C${i}` : `${i % 250}`,
        customer: rng.next() < 0.1 ? '' : `c${Math.floor(rng.next() * 40)}`,
        product: rng.next() < 0.1 ? '' : `p${Math.floor(rng.next() * 60)}`,
        country: rng.next() < 0.1 ? '' : `land${Math.floor(rng.next() * 5)}`,
        quantity: gaveBack ? -1 : 1 + Math.floor(rng.next() * 3),
        price: Math.floor(rng.next() * 99_999) / 1000 + 0.001,
      };
    });
    const { before, after, who } = await compare(rows, ['2024-03-01', '2024-03-31'], ['2024-02-01', '2024-02-29']);
    const change = after.revenue - before.revenue;
    for (const { revenue, sales, returns, anonymous } of [before, after])
      expect(sales + returns + anonymous).toBe(revenue);
    expect(sum(who.map(({ money }) => money))).toBe(change - (after.anonymous - before.anonymous));
    const products = contributors(before.productMoney, after.productMoney, 10);
    const countries = contributors(before.countryMoney, after.countryMoney, 10);
    expect(products).toHaveLength(11);
    for (const rows of [products, countries]) {
      expect(sum(rows.map((row) => row.change))).toBe(change);
      const listed = rows.filter(({ id }) => id !== null).map((row) => Math.abs(row.change));
      expect(listed).toEqual([...listed].sort((a, b) => b - a));
    }
  });
});
