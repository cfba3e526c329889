/** Every scan and every cleaning rule over a shop small enough to be worked out by hand. */
import { describe, expect, it } from 'vitest';
import type { CleaningRules } from '../../../src-shared/domain.ts';
import { cleaningEffects } from '../../../src-main/engine/sales/cleaning-effects.ts';
import { countryRevenue } from '../../../src-main/engine/sales/countries.ts';
import { customerTotals, distinctProducts, mainCountries } from '../../../src-main/engine/sales/customer-totals.ts';
import { dailyRevenue } from '../../../src-main/engine/sales/daily-revenue.ts';
import { kpis } from '../../../src-main/engine/sales/kpis.ts';
import { defaultRules, everyLine, lineMask } from '../../../src-main/engine/sales/line-mask.ts';
import { monthFigures } from '../../../src-main/engine/sales/months.ts';
import { nonProducts } from '../../../src-main/engine/sales/non-product.ts';
import { productCatalogue, topProducts } from '../../../src-main/engine/sales/products.ts';
import { dayNumber, lineFlags } from '../../../src-main/engine/sales/sale-lines.ts';
import { quietJob } from '../../../src-main/worker/job.ts';
import { addSales, noSales, type SalesData } from '../../../src-main/worker/sales-data.ts';
import { type ParsedOptions, parsedSales, type Row } from '../../fixtures/parsed-sales.ts';

const dataOf = (rows: Row[], options?: ParsedOptions): Promise<SalesData> =>
  addSales(noSales(), parsedSales(rows, options), quietJob);

/** Names of the flags of each line. */
const flagsOf = ({ lines }: SalesData): string[] =>
  Array.from(lines.flags, (flags) =>
    Object.entries(lineFlags)
      .filter(([, bit]) => flags & bit)
      .map(([name]) => name)
      .join(' '),
  );

const maskOf = ({ lines }: SalesData, rules: Partial<CleaningRules> = {}): Uint8Array =>
  lineMask(lines, { ...defaultRules, ...rules }, everyLine);
const unit = 10_000;

/** anna: two orders in January, one returned in part in February; bert: one in March; carl: only a return; one anonymous sale. */
const shop: Row[] = [
  {
    date: '2024-01-10 09:00:00',
    invoice: '1',
    customer: 'anna',
    product: 'T',
    description: 'Tea',
    country: 'Malta',
    quantity: 2,
    price: 10,
  },
  {
    date: '2024-01-10 09:00:00',
    invoice: '1',
    customer: 'anna',
    product: 'J',
    description: 'Jam',
    country: 'Malta',
    quantity: 1,
    price: 5,
  },
  {
    date: '2024-01-20 17:30:00',
    invoice: '2',
    customer: 'anna',
    product: 'T',
    description: ' Green tea ',
    country: 'Italy',
    quantity: 3,
    price: 10,
  },
  {
    date: '2024-02-03 08:00:00',
    invoice: 'C3',
    customer: 'anna',
    product: 'T',
    description: ' Green tea ',
    country: 'Malta',
    quantity: -1,
    price: 10,
  },
  {
    date: '2024-02-05 12:00:00',
    invoice: '4',
    customer: '',
    product: 'J',
    description: 'Jam',
    country: '',
    quantity: 1,
    price: 5,
  },
  {
    date: '2024-03-31 23:59:59',
    invoice: '5',
    customer: 'bert',
    product: 'T',
    description: ' Green tea ',
    country: 'Italy',
    quantity: 1,
    price: 12.345,
  },
  {
    date: '2024-03-01 10:00:00',
    invoice: 'C6',
    customer: 'carl',
    product: 'J',
    description: '',
    country: 'Malta',
    quantity: -2,
    price: 5,
  },
];

describe('flags', () => {
  const flag = async (row: Partial<Row>, options?: ParsedOptions) => {
    const others: Row[] = [{ date: '2024-01-01', invoice: 'C0', customer: 'x', quantity: -1, price: 1 }];
    return flagsOf(
      await dataOf(
        [...others, { date: '2024-01-02', invoice: '7', customer: 'x', product: 'T', price: 1, ...row }],
        options,
      ),
    )[1];
  };

  it('says of a line what it is', async () => {
    expect(await flag({})).toBe('');
    expect(await flag({ customer: '' })).toBe('unknownCustomer');
    expect(await flag({ invoice: 'C7', quantity: -1 })).toBe('cancellation');
    expect(await flag({ quantity: -1 })).toBe('cancellation');
    expect(await flag({ quantity: 1, price: -1 })).toBe('cancellation price');
    expect(await flag({ quantity: 0 })).toBe('quantity');
    expect(await flag({ quantity: -4, price: 0 })).toBe('quantity price');
    expect(await flag({ price: 0 })).toBe('price');
    expect(await flag({ product: 'POST' })).toBe('nonProduct');
  });

  it('knows an empty customer only where the file has a customer column', async () => {
    expect(await flag({ customer: '' }, { hasCustomerColumn: false })).toBe('');
  });

  it('does not take the C of C1001 for a cancellation where such invoices bring money', async () => {
    const rows: Row[] = [1, 2, 3].map((i) => ({ date: '2024-01-01', invoice: `C100${i}`, customer: 'x', price: i }));
    expect(
      flagsOf(await dataOf([...rows, { date: '2024-01-02', invoice: 'C1004', customer: 'x', quantity: -1, price: 2 }])),
    ).toEqual(['', '', '', 'cancellation']);
  });

  it('finds identical lines in every column, unmapped ones too', async () => {
    const row: Row = {
      date: '2024-01-01 10:00:00',
      invoice: '1',
      customer: 'a',
      product: 'T',
      description: 'Tea',
      country: 'Malta',
      quantity: 2,
      price: 3,
    };
    const differing: Partial<Row>[] = [
      { date: '2024-01-01 10:00:01' },
      { invoice: '2' },
      { customer: 'b' },
      { product: 'U' },
      { description: 'tea' },
      { country: 'Italy' },
      { quantity: 3 },
      { price: 3.0001 },
      { rest: 1 },
      { category: 'x' },
    ];
    const rows = [row, ...differing.map((change) => ({ ...row, ...change })), row];
    expect(flagsOf(await dataOf(rows))).toEqual([...rows.slice(1).map(() => ''), 'identical']);
  });
});

describe('goods and no goods', () => {
  const no = (code: string, description: string) =>
    nonProducts([
      { code: '', description: '', category: '' },
      { code, description, category: '' },
    ])[1] === 1;

  it('recognises postage, fees, adjustments, tests and gift cards', () => {
    for (const [code, description] of [
      ['POST', 'POSTAGE'],
      ['DOT', ''],
      ['C2', 'CARRIAGE'],
      ['M', 'Manual'],
      ['D', 'Discount'],
      ['S', 'SAMPLES'],
      ['B', 'Adjust bad debt'],
      ['BANK CHARGES', ' Bank Charges'],
      ['AMAZONFEE', 'AMAZON FEE'],
      ['ADJUST2', ''],
      ['TEST001', ''],
      ['gift_0001_20', ''],
      ['77', 'Shipping'],
      ['77', 'Delivery charge'],
      ['77', 'Gift card 25'],
      ['77', 'Postage & packing'],
      ['77', 'Versandkosten'],
      ['', 'Discount'],
    ]) {
      expect(no(code, description), `${code} ${description}`).toBe(true);
    }
  });

  it('leaves goods alone whose names only sound so', () => {
    for (const [code, description] of [
      ['M', 'T-shirt, size M'],
      ['S', 'Small'],
      ['C2', 'Cable 2 m'],
      ['15168', 'WHITE BAROQUE CARRIAGE CLOCK'],
      ['85072', 'OCCASIONS GIFT CARD ASSORTMENT'],
      ['20847', 'ZINC CHARGER LARGE'],
      ['1', 'Postage stamp album'],
      ['2', 'Coffee'],
      ['3', 'Test tube vase'],
      ['', ''],
      ['TESTER', 'Perfume'],
    ]) {
      expect(no(code, description), `${code} ${description}`).toBe(false);
    }
  });
});

describe('rules', () => {
  const uses = async (rules: Partial<CleaningRules>) => Array.from(maskOf(await dataOf(shop), rules));

  it('net returns by default: money, but no sale; anonymous lines are left out', async () => {
    expect(await uses({})).toEqual([1, 1, 1, 2, 0, 1, 2]);
  });
  it('drop or keep what they are told to', async () => {
    expect(await uses({ cancellations: 'drop' })).toEqual([1, 1, 1, 0, 0, 1, 0]);
    expect(await uses({ cancellations: 'keep' })).toEqual([1, 1, 1, 1, 0, 1, 1]);
    expect(await uses({ unknownCustomer: 'keep' })).toEqual([1, 1, 1, 2, 1, 1, 2]);
  });
  it('have their effect counted, together and alone', async () => {
    const rows: Row[] = [
      { date: '2024-01-01', invoice: '1', customer: 'a', product: 'T', price: 10 },
      { date: '2024-01-01', invoice: '1', customer: 'a', product: 'T', price: 10 },
      { date: '2024-01-01', invoice: '1', customer: 'a', product: 'POST', price: 3 },
      { date: '2024-01-02', invoice: '2', customer: '', product: 'T', price: 7 },
      { date: '2024-01-02', invoice: '2', customer: '', product: 'T', price: 0 },
      { date: '2024-01-03', invoice: '3', customer: 'a', product: 'T', quantity: -1, price: 4 },
    ];
    const { lines } = await dataOf(rows);
    const { effects, ...all } = cleaningEffects(lines, defaultRules);
    expect(all).toEqual({
      allLines: 6,
      allMoney: (10 + 10 + 3 + 7 - 4) * unit,
      usedLines: 3,
      usedMoney: (10 + 3 - 4) * unit,
    });
    const short = effects.map((e) => [
      e.rule,
      e.choice,
      e.lines,
      e.money / unit,
      e.decidedLines,
      e.decidedMoney / unit,
    ]);
    expect(short).toEqual([
      ['unknownCustomer', 'drop', 2, 7, 1, 7],
      ['cancellations', 'net', 1, -4, 1, -4],
      ['quantity', 'drop', 0, 0, 0, 0],
      ['price', 'drop', 1, 0, 0, 0],
      ['identical', 'drop', 1, 10, 1, 10],
      ['nonProduct', 'keep', 1, 3, 1, 3],
    ]);
  });
  it('meet the filter: dates to the second, countries, products, customers', async () => {
    const { lines, dictionaries } = await dataOf(shop);
    const only = (list: string[], wanted: string) => Uint8Array.from(list, (entry) => (entry === wanted ? 1 : 0));
    const used = (choice: Partial<typeof everyLine>) =>
      Array.from(lineMask(lines, defaultRules, { ...everyLine, ...choice }));
    expect(used({ countries: only(dictionaries.countries, 'Italy') })).toEqual([0, 0, 1, 0, 0, 1, 0]);
    expect(used({ customers: only(dictionaries.customers, 'anna') })).toEqual([1, 1, 1, 2, 0, 0, 0]);
    expect(
      used({
        products: only(
          dictionaries.products.map((entry) => entry.code),
          'J',
        ),
      }),
    ).toEqual([0, 1, 0, 0, 0, 0, 2]);
    expect(used({ firstSecond: lines.seconds[2], lastSecond: lines.seconds[3] })).toEqual([0, 0, 1, 2, 0, 0, 0]);
    expect(used({ firstSecond: lines.seconds[2] + 1 })).toEqual([0, 0, 0, 2, 0, 1, 2]);
  });
});

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
    const plain = Object.fromEntries(Object.entries(totals).map(([name, values]) => [name, Array.from(values)]));
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
