/** Every figure over a shop small enough to be worked out by hand. */
import { describe, expect, it } from 'vitest';
import { countryRevenue } from '../../../src-main/engine/sales/countries.ts';
import { customerTotals, distinctProducts, mainCountries } from '../../../src-main/engine/sales/customer-totals.ts';
import { dailyRevenue } from '../../../src-main/engine/sales/daily-revenue.ts';
import { kpis } from '../../../src-main/engine/sales/kpis.ts';
import { everyLine } from '../../../src-main/engine/sales/line-mask.ts';
import { monthFigures } from '../../../src-main/engine/sales/months.ts';
import { productCatalogue, topProducts } from '../../../src-main/engine/sales/products.ts';
import { dayNumber } from '../../../src-main/engine/sales/sale-lines.ts';
import type { Row } from '../../fixtures/parsed-sales.ts';
import { dataOf, maskOf, shop } from '../../fixtures/small-shop.ts';

const unit = 10_000;

describe('figures', () => {
  it('sums the overview, net of returns; orders and customers from sales alone', async () => {
    const data = await dataOf(shop);
    const all = kpis(data.lines, maskOf(data), data.dictionaries, everyLine.firstSecond, everyLine.lastSecond);
    // 20 + 5 + 30 − 10 + 12.345 − 10; anna bought twice, bert once; carl only gave back.
    expect(all).toEqual({
      revenue: 473_450,
      orders: 3,
      customers: 2,
      averageOrder: Math.round(473_450 / 3),
      repeatShare: 0.5,
      units: 4,
      lines: 6,
    });
    const february = kpis(
      data.lines,
      maskOf(data, { unknownCustomer: 'keep' }),
      data.dictionaries,
      data.lines.seconds[3],
      data.lines.seconds[4],
    );
    expect(february).toEqual({
      revenue: -5 * unit,
      orders: 1,
      customers: 0,
      averageOrder: -5 * unit,
      repeatShare: null,
      units: 0,
      lines: 2,
    });
    const none = kpis(data.lines, maskOf(data), data.dictionaries, 0, 0);
    expect(none).toEqual({
      revenue: 0,
      orders: 0,
      customers: 0,
      averageOrder: null,
      repeatShare: null,
      units: 0,
      lines: 0,
    });
  });

  it('counts an invoice that two customers share once in all and once for each', async () => {
    const rows = ['a', 'b', 'a', 'b', 'a'].map(
      (customer, i): Row => ({ date: '2024-01-01', invoice: '1', customer, product: `${i}`, price: 1 }),
    );
    const data = await dataOf(rows);
    expect(
      kpis(data.lines, maskOf(data), data.dictionaries, everyLine.firstSecond, everyLine.lastSecond),
    ).toMatchObject({ orders: 1, customers: 2, repeatShare: 0 });
    expect(Array.from(customerTotals(data.lines, maskOf(data), data.dictionaries, 20_000).frequency)).toEqual([1, 1]);
  });

  it('counts a line without a known invoice as an order of its own', async () => {
    const rows = [1, 2, 3].map((price): Row => ({ date: '2024-01-01', price }));
    const data = await dataOf(rows, { hasCustomerColumn: false, hasInvoiceColumn: false });
    expect(
      kpis(data.lines, maskOf(data), data.dictionaries, everyLine.firstSecond, everyLine.lastSecond),
    ).toMatchObject({ orders: 3, customers: 0, revenue: 6 * unit });
    expect(monthFigures(data.lines, maskOf(data), data.dictionaries)).toEqual([
      { month: '2024-01', revenue: 6 * unit, orders: 3, customers: 0 },
    ]);
  });

  it('sums days and months without holes, in whatever order the lines come', async () => {
    for (const rows of [shop, [...shop].reverse(), [...shop.slice(3), ...shop.slice(0, 3)]]) {
      const data = await dataOf(rows);
      expect(monthFigures(data.lines, maskOf(data), data.dictionaries)).toEqual([
        { month: '2024-01', revenue: 55 * unit, orders: 2, customers: 1 },
        { month: '2024-02', revenue: -10 * unit, orders: 0, customers: 0 },
        { month: '2024-03', revenue: 23_450, orders: 1, customers: 1 },
      ]);
      const { firstDay, amounts, counts } = dailyRevenue(data.lines, maskOf(data));
      expect([firstDay, amounts.length, counts.length]).toEqual([dayNumber('2024-01-10'), 82, 82]);
      expect([amounts[0], amounts[10], amounts[24], amounts[51], amounts[81]]).toEqual([
        25 * unit,
        30 * unit,
        -10 * unit,
        -10 * unit,
        123_450,
      ]);
      expect([counts[0], counts[24], counts[81]]).toEqual([2, 0, 1]);
      expect(amounts.reduce((a, b) => a + b)).toBe(473_450);
    }
  });

  it('counts an order in each month it reaches into, and a customer in each month of a sale', async () => {
    const rows = ['2024-01-31', '2024-02-01', '2024-01-31', '2024-02-01'].map(
      (date, i): Row => ({ date, invoice: '1', customer: 'a', product: `${i}`, price: 1 }),
    );
    const data = await dataOf(rows);
    expect(
      monthFigures(data.lines, maskOf(data), data.dictionaries).map(({ orders, customers }) => [orders, customers]),
    ).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('joins the descriptions of one product code and shows the most frequent, trimmed', async () => {
    const data = await dataOf(shop);
    const catalogue = productCatalogue(data.lines, data.dictionaries.products);
    expect(topProducts(data.lines, maskOf(data), catalogue, 10)).toEqual([
      { product: 'T', description: 'Green tea', revenue: 523_450, units: 5 },
      { product: 'J', description: 'Jam', revenue: -5 * unit, units: -1 },
    ]);
    expect(topProducts(data.lines, maskOf(data), catalogue, 1)).toHaveLength(1);
    const nameless = await dataOf([
      { date: '2024-01-01', customer: 'a', description: ' Bread ', price: 2 },
      { date: '2024-01-01', customer: 'a', price: 9 },
    ]);
    expect(
      topProducts(
        nameless.lines,
        maskOf(nameless),
        productCatalogue(nameless.lines, nameless.dictionaries.products),
        5,
      ),
    ).toEqual([{ product: 'Bread', description: 'Bread', revenue: 2 * unit, units: 1 }]);
  });

  it('sums countries, without lines that have none', async () => {
    const data = await dataOf(shop);
    expect(countryRevenue(data.lines, maskOf(data, { unknownCustomer: 'keep' }), data.dictionaries.countries)).toEqual([
      { country: 'Italy', revenue: 423_450 },
      { country: 'Malta', revenue: 5 * unit },
    ]);
  });

  it('works out the customers; who only gave back is none', async () => {
    const data = await dataOf(shop);
    const totals = customerTotals(data.lines, maskOf(data), data.dictionaries, dayNumber('2024-04-01'));
    const plain: Record<string, number[]> = Object.fromEntries(
      Object.entries(totals).map(([name, values]) => [name, Array.from<number>(values)]),
    );
    const { ids, ...rest } = plain;
    expect(ids.map((id) => data.dictionaries.customers[id])).toEqual(['anna', 'bert']);
    expect(rest).toEqual({
      // 20 January to 1 April, not from the return of 3 February.
      recencyDays: [72, 1],
      frequency: [2, 1],
      monetary: [45 * unit, 123_450],
      firstDay: [dayNumber('2024-01-10'), dayNumber('2024-03-31')],
      lastDay: [dayNumber('2024-01-20'), dayNumber('2024-03-31')],
      units: [5, 1],
      lines: [3, 1],
    });
    const countries = mainCountries(data.lines, data.dictionaries.customers.length);
    expect(Array.from(ids, (id) => data.dictionaries.countries[countries[id]])).toEqual(['Malta', 'Italy']);
    const { productOf } = productCatalogue(data.lines, data.dictionaries.products);
    const distinct = distinctProducts(
      data.lines,
      maskOf(data),
      data.dictionaries.customers.length,
      productOf,
      everyLine.lastSecond,
    );
    expect(ids.map((id) => distinct[id])).toEqual([2, 1]);
    // As things stood on 15 January: one order, nothing after it.
    const early = customerTotals(data.lines, maskOf(data), data.dictionaries, dayNumber('2024-01-15'));
    expect([early.ids.length, early.recencyDays[0], early.frequency[0], early.monetary[0]]).toEqual([
      1,
      5,
      1,
      25 * unit,
    ]);
  });

  it('rounds half away from zero, so that a return takes back what the sale brought', async () => {
    const data = await dataOf([
      { date: '2024-01-01', customer: 'a', quantity: 0.5, price: 0.0001 },
      { date: '2024-01-02', customer: 'a', quantity: -0.5, price: 0.0001 },
    ]);
    expect(Array.from(data.lines.amount)).toEqual([1, -1]);
  });
});
