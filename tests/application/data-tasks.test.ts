/** The data thread's answers over a small business: filters act on every figure, rows stand behind each, errors say what is missing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/errors.ts';
import type { Filter, RowsOf } from '../../src-shared/domain.ts';
import { commitImport } from '../../src-main/worker/commit-import.ts';
import { quietJob } from '../../src-main/worker/job.ts';
import type { Session } from '../../src-main/worker/session.ts';
import { openSession } from '../fixtures/open-session.ts';
import { appInfo } from '../../src-main/worker/tasks/app.ts';
import { get, list, rfm } from '../../src-main/worker/tasks/customers.ts';
import { features, featureTable } from '../../src-main/worker/tasks/features.ts';
import { filterOptions, overview } from '../../src-main/worker/tasks/overview.ts';
import { listRows } from '../../src-main/worker/tasks/rows.ts';
import { series } from '../../src-main/worker/tasks/series.ts';
import { parsedCustomers, parsedSales, parsedSeries, type Row } from '../fixtures/parsed-sales.ts';

const unit = 10_000;
const day = 86_400_000;

/**
 * Every day from 2023-01-02 to 2024-03-15 one order: customer c0 … c9 in turn, tea for 10 in Malta (even days) or jam
 * for 20 in Italy (odd days). 439 days.
 */
const rows: Row[] = Array.from({ length: 439 }, (_, i) => ({
  date: `${new Date(Date.parse('2023-01-02T00:00:00Z') + i * day).toISOString().slice(0, 10)} 12:00:00`,
  invoice: `${i}`,
  customer: `c${i % 10}`,
  product: i % 2 ? 'J' : 'T',
  description: i % 2 ? 'Jam' : 'Tea',
  country: i % 2 ? 'Italy' : 'Malta',
  price: i % 2 ? 20 : 10,
}));
const returned: Row = {
  date: '2024-03-10 12:00:00',
  invoice: 'C1',
  customer: 'c1',
  product: 'J',
  description: 'Jam',
  country: 'Italy',
  quantity: -1,
  price: 20,
};
const anonymous: Row = {
  date: '2024-03-11 12:00:00',
  invoice: '9000',
  customer: '',
  product: 'T',
  description: 'Tea',
  country: 'Malta',
  price: 10,
};

let session: Session;
beforeEach(async () => {
  session = await openSession({ storePath: ':memory:' });
});
afterEach(() => session.close());

const importSales = () => commitImport(session, parsedSales([...rows, returned, anonymous]), quietJob);
const refusal = (work: () => unknown): AppError => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
const page = { offset: 0, limit: 1_000 };
const listed = (filter: Filter = {}, of: RowsOf = {}) => listRows(session, { filter, of, ...page });
const customers = (over: Partial<Parameters<typeof list>[1]> = {}) =>
  list(session, { filter: {}, search: '', sort: 'monetary', descending: true, ...page, ...over });
/** Customers with an odd number buy jam for 20 only: 219 of the 439 orders. */
const jamRevenue = 219 * 20 * unit;
const teaRevenue = 220 * 10 * unit;

describe('an empty store', () => {
  it('says what to do', () => {
    expect(refusal(() => overview(session, { filter: {} }))).toMatchObject({
      code: 'no-data',
      details: { series: false },
    });
    expect(refusal(() => rfm(session, { filter: {} })).code).toBe('no-data');
    expect(refusal(() => series(session, { filter: {}, frequency: 'day' })).code).toBe('no-data');
    expect(refusal(() => featureTable(session, { filter: {}, features: ['frequency'] })).code).toBe('no-data');
    expect(features(session)).toEqual([]);
    expect(filterOptions(session)).toMatchObject({ firstDay: null, countries: [], products: [] });
    expect(appInfo(session)).toMatchObject({ lines: 0, firstDay: null, dataVersion: 0 });
    expect(listed()).toEqual({ total: 0, offset: 0, rows: [] });
  });

  it('with a series only: it is the series, and the overview says that there are no orders', async () => {
    await commitImport(
      session,
      parsedSeries([
        ['2024-01-01', 5],
        ['2024-01-02', 6],
        ['2024-01-04', 7],
      ]),
      quietJob,
    );
    expect(series(session, { filter: {}, frequency: 'month' })).toMatchObject({
      dates: ['2024-01-01'],
      values: [18 * unit],
    });
    expect(series(session, { filter: { from: '2024-01-02', to: '2024-01-03' }, frequency: 'day' })).toMatchObject({
      dates: ['2024-01-02', '2024-01-03'],
      values: [6 * unit, 0],
    });
    expect(refusal(() => series(session, { filter: { countries: ['Malta'] }, frequency: 'day' })).code).toBe('no-data');
    expect(refusal(() => overview(session, { filter: {} }))).toMatchObject({
      code: 'no-data',
      details: { series: true },
    });
  });
});

describe('overview', () => {
  beforeEach(importSales);

  it('compares the last complete month with the one before and the same a year ago', () => {
    const { period, total, current, previous, lastYear, months, asOf } = overview(session, { filter: {} });
    expect(period).toEqual({ from: '2023-01-02', to: '2024-03-15' });
    expect(total).toMatchObject({
      revenue: jamRevenue + teaRevenue - 20 * unit,
      orders: 439,
      customers: 10,
      repeatShare: 1,
    });
    expect([current.period, previous?.period, lastYear?.period]).toEqual([
      { from: '2024-02-01', to: '2024-02-29' },
      { from: '2024-01-01', to: '2024-01-31' },
      { from: '2023-02-01', to: '2023-02-28' },
    ]);
    // Jan 2024 has days 364 … 394 of the data: 16 even, 15 odd.
    expect(previous?.kpis).toMatchObject({ orders: 31, revenue: (16 * 10 + 15 * 20) * unit });
    // The data begin on 2 January 2023 (one open day late, New Year) and end in the middle of March 2024.
    expect(months.filter((row) => row.partial).map((row) => row.month)).toEqual(['2024-03']);
    expect(asOf).toBe('2024-03-16');
  });

  it('compares the dates of the filter, where the data reach', () => {
    const { period, current, previous, lastYear, total } = overview(session, {
      filter: { from: '2024-03-01', to: '2024-03-10' },
    });
    expect(current).toEqual({ period, kpis: total });
    expect(total).toMatchObject({ orders: 10, revenue: (5 * 10 + 5 * 20 - 20) * unit });
    expect(previous?.period).toEqual({ from: '2024-02-20', to: '2024-02-29' });
    expect(lastYear?.period).toEqual({ from: '2023-03-01', to: '2023-03-10' });
    const early = overview(session, { filter: { from: '2023-01-10', to: '2023-01-20' } });
    expect([early.previous, early.lastYear]).toEqual([null, null]);
  });

  it('acts on countries and products, and adds up', () => {
    const of = (filter: Filter) => overview(session, { filter }).total.revenue;
    expect(of({ countries: ['Malta'] })).toBe(teaRevenue);
    expect(of({ countries: ['Italy'] })).toBe(jamRevenue - 20 * unit);
    expect(of({ products: ['T', 'J'] })).toBe(of({}));
    expect(of({ products: [], countries: [], segments: [] })).toBe(of({}));
    expect(refusal(() => of({ countries: ['Atlantis'] })).code).toBe('no-data');
    expect(refusal(() => of({ from: '2024-02-30' })).code).toBe('invalid-input');
  });

  it('acts on segments: their revenue adds up to that of all customers', () => {
    const { segments } = rfm(session, { filter: {} });
    const filled = segments.filter((segment) => segment.customers > 0);
    expect(filled.length).toBeGreaterThan(1);
    for (const { id, revenue } of filled)
      expect(overview(session, { filter: { segments: [id] } }).total.revenue).toBe(revenue);
    expect(filled.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(jamRevenue + teaRevenue - 20 * unit);
    expect(
      refusal(() => rfm(session, { filter: { segments: [segments.find(({ customers: n }) => n === 0)!.id] } })).code,
    ).toBe('no-data');
  });

  it('offers what there is to choose from', () => {
    expect(filterOptions(session)).toMatchObject({
      firstDay: '2023-01-02',
      lastDay: '2024-03-15',
      countries: [
        { value: 'Italy', revenue: jamRevenue - 20 * unit },
        { value: 'Malta', revenue: teaRevenue },
      ],
      products: [
        { value: 'J', description: 'Jam', revenue: jamRevenue - 20 * unit },
        { value: 'T', description: 'Tea', revenue: teaRevenue },
      ],
    });
  });
});

describe('rows behind a figure', () => {
  beforeEach(importSales);

  it('are the lines of that figure, as imported', () => {
    const all = listed();
    expect(all.total).toBe(440);
    expect(all.rows[1]).toEqual({
      invoice: '1',
      product: 'J',
      description: 'Jam',
      quantity: 1,
      date: '2023-01-03 12:00:00',
      price: 20 * unit,
      amount: 20 * unit,
      customer: 'c1',
      country: 'Italy',
      used: true,
      rules: [],
    });
    const sum = (filter: Filter, of: RowsOf) => listed(filter, of).rows.reduce((total, row) => total + row.amount, 0);
    expect(sum({}, { country: 'Malta' })).toBe(teaRevenue);
    expect(sum({}, { product: 'J' })).toBe(jamRevenue - 20 * unit);
    expect(sum({}, { month: '2024-01' })).toBe((16 * 10 + 15 * 20) * unit);
    expect(sum({}, { customer: 'c1' })).toBe(customers({ search: 'c1' }).rows[0].monetary);
    expect(sum({ countries: ['Italy'] }, { month: '2024-01', customer: 'c0' })).toBe(0);
    expect(listed({}, { invoice: '7' }).rows.map((row) => row.date)).toEqual(['2023-01-09 12:00:00']);
    expect(listed({}, { day: '2024-03-10' }).rows.map((row) => [row.invoice, row.used, row.rules])).toEqual([
      ['433', true, []],
      ['C1', true, ['cancellations']],
    ]);
    expect(listRows(session, { filter: {}, of: {}, offset: 438, limit: 5 }).rows.map((row) => row.invoice)).toEqual([
      '438',
      'C1',
    ]);
  });

  it('show what a rule speaks about, used or not', () => {
    expect(listed({}, { rule: 'unknownCustomer' })).toMatchObject({
      total: 1,
      rows: [{ customer: null, used: false, rules: ['unknownCustomer'] }],
    });
    expect(listed({}, { rule: 'cancellations' })).toMatchObject({ total: 1, rows: [{ invoice: 'C1', used: true }] });
    expect(listed({ countries: ['Malta'] }, { rule: 'cancellations' }).total).toBe(0);
    session.changeSettings({ rules: { cancellations: 'drop', unknownCustomer: 'keep' } });
    expect(listed({}, { rule: 'cancellations' }).rows[0].used).toBe(false);
    expect(listed({}, { rule: 'unknownCustomer' }).rows[0].used).toBe(true);
  });
});

describe('customers', () => {
  beforeEach(importSales);

  it('are sorted, searched and paged, the same on every run', () => {
    const { rows: found, total } = customers();
    expect(total).toBe(10);
    // c1, c3, c5, c7 bought jam 44 times; c1 gave one back; c9 43 times.
    expect(found.map((row) => row.customer)).toEqual(['c3', 'c5', 'c7', 'c1', 'c9', 'c0', 'c2', 'c4', 'c6', 'c8']);
    expect(found[3]).toMatchObject({
      frequency: 44,
      monetary: 43 * 20 * unit,
      averageOrder: Math.round((43 * 20 * unit) / 44),
      country: 'Italy',
      firstDay: '2023-01-03',
      lastDay: '2024-03-08',
      recencyDays: 8,
    });
    expect(
      customers({ sort: 'customer', descending: false, offset: 8, limit: 5 }).rows.map((row) => row.customer),
    ).toEqual(['c8', 'c9']);
    expect(customers({ search: ' C7 ' }).rows.map((row) => row.customer)).toEqual(['c7']);
    expect(customers({ sort: 'recencyDays', descending: false }).rows[0].customer).toBe('c8');
  });

  it('are told with months, products and the customer file', async () => {
    await commitImport(session, parsedCustomers([{ customer: 'c1', attributes: { name: 'Ann', age: 31 } }]), quietJob);
    const detail = get(session, { customer: 'c1', filter: {} });
    expect(detail.months.reduce((sum, month) => sum + month.revenue, 0)).toBe(detail.monetary);
    expect(detail.months.reduce((sum, month) => sum + month.orders, 0)).toBe(detail.frequency);
    expect(detail).toMatchObject({ attributes: { name: 'Ann', age: 31 }, topProducts: [{ product: 'J', units: 43 }] });
    expect(customers({ search: 'ann' }).rows.map((row) => row.customer)).toEqual(['c1']);
    expect(refusal(() => get(session, { customer: 'nobody', filter: {} })).code).toBe('not-found');
    expect(refusal(() => get(session, { customer: 'c1', filter: { countries: ['Malta'] } })).code).toBe('not-found');
  });

  it('stand as on the day of the setting, and at the end of the dates of the filter', () => {
    expect(rfm(session, { filter: { to: '2023-12-31' } })).toMatchObject({
      asOf: '2024-01-01',
      recencyDays: { min: 1, max: 10 },
    });
    session.changeSettings({ asOf: '2023-01-11' });
    expect(rfm(session, { filter: {} })).toMatchObject({
      asOf: '2023-01-11',
      customers: 10,
      recencyDays: { min: 0, max: 9 },
      frequency: { max: 1 },
    });
  });

  it('scores by own limits where they are set, and by quintiles again once they are taken back', async () => {
    await importSales();
    const byQuintiles = rfm(session, { filter: {} });
    const cuts = { recencyDays: [2, 4, 6, 8], frequency: [10, 20, 43, 44], monetary: [1, 2, 3, 500 * unit] };
    session.changeSettings({ cuts });
    expect(rfm(session, { filter: {} }).cuts).toEqual(cuts);
    const all = { filter: {}, search: '', sort: 'customer', descending: false, offset: 0, limit: 10 } as const;
    for (const { recencyDays, frequency, monetary, r, f, m } of list(session, all).rows) {
      expect(r).toBe(5 - cuts.recencyDays.filter((cut) => recencyDays > cut).length);
      expect(f).toBe(frequency > 43 ? 4 : 3);
      expect(m).toBe(monetary > 500 * unit ? 5 : 4);
    }
    session.changeSettings({ cuts: null });
    expect(rfm(session, { filter: {} })).toEqual(byQuintiles);
  });
});

describe('features', () => {
  const table = (wanted: string[], filter: Filter = {}) => featureTable(session, { filter, features: wanted });
  const people = [
    { customer: 'c1', attributes: { age: 31, income: 15 } },
    { customer: 'x', attributes: { age: 50, income: null } },
  ];

  it('come from a customer file alone', async () => {
    await commitImport(session, parsedCustomers(people), quietJob);
    expect(features(session)).toMatchObject([
      { id: 'age', label: 'Age', source: 'customer-file', missing: 0 },
      { id: 'income', label: 'Annual Income (k$)', source: 'customer-file', missing: 1 },
    ]);
    const { customers: names, values, revenue, features: chosen } = table(['AGE', 'annual income (k$)']);
    expect([names, Array.from(values), revenue, chosen.map(({ id }) => id)]).toEqual([
      ['c1', 'x'],
      [31, 15, 50, Number.NaN],
      null,
      ['age', 'income'],
    ]);
    expect(refusal(() => table(['shoe size']))).toMatchObject({ code: 'not-found' });
  });

  it('come from the sales, joined with the customer file', async () => {
    await importSales();
    await commitImport(session, parsedCustomers(people), quietJob);
    expect(features(session).find(({ id }) => id === 'age')?.missing).toBe(9);
    const wanted = [
      'recencyDays',
      'frequency',
      'monetary',
      'averageOrder',
      'unitsPerOrder',
      'tenureDays',
      'distinctProducts',
      'age',
    ];
    const { customers: names, values, revenue } = table(wanted);
    expect(names).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9']);
    // c1: 44 orders of one jam at 20, one returned; from 3 January 2023 to 8 March 2024.
    expect(Array.from(values.subarray(8, 16))).toEqual([8, 44, 860, 860 / 44, 43 / 44, 430, 1, 31]);
    expect(revenue?.[1]).toBe(860 * unit);
    expect(values.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(table(['age'], { countries: ['Italy'] }).customers).toEqual(['c1', 'c3', 'c5', 'c7', 'c9']);
    // Columns of the file alone, no filter: everybody in the file.
    expect(table(['age']).customers).toEqual(['c1', 'x']);
  });
});
