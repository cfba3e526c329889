/** Cohorts, visits and concentration, worked out by hand on a small shop. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-shared/errors.ts';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import { cohortTriangle } from '../../../src-main/engine/sales/cohorts.ts';
import { concentration } from '../../../src-main/engine/sales/concentration.ts';
import { dayNumber } from '../../../src-main/engine/sales/sale-lines.ts';
import { addGroups, frequencyClasses, monthlyVisits, visitsOf } from '../../../src-main/engine/sales/visit-habits.ts';
import type { Row } from '../../fixtures/parsed-sales.ts';
import { dataOf, maskOf } from '../../fixtures/small-shop.ts';

const unit = 10_000;
const sale = (date: string, customer: string, invoice: string, price = 10, quantity = 1): Row => ({
  date,
  customer,
  invoice,
  product: 'T',
  quantity,
  price,
});
/** anna is new in January, bert and cora in February; a return of bert's stands before his first purchase. */
const rows: Row[] = [
  sale('2024-01-05', 'anna', '1', 100),
  sale('2024-01-30', 'bert', 'C2', 5, -1),
  sale('2024-02-01', 'bert', '3', 50),
  sale('2024-02-10', 'cora', '4', 30),
  sale('2024-02-20', 'anna', '5', 40),
  sale('2024-02-21', 'anna', '6', 10),
  sale('2024-02-22', 'anna', 'C7', 20, -1),
  sale('2024-04-03', 'bert', '8', 60),
  sale('2024-03-03', 'dora', 'C9', 60, -1),
  sale('2024-04-04', '', '10', 70),
];
const day = dayNumber;
const options = {
  unit: 'month' as const,
  fromDay: null,
  dataFirstDay: day('2024-01-05'),
  toDay: day('2024-04-10'),
  reachDay: day('2024-04-10'),
};
const refusal = (work: () => unknown): AppError => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

describe('cohorts', () => {
  it('holds each customer in the period of the first purchase, later purchases to the right', async () => {
    const data = await dataOf(rows);
    const { cohorts, average, lastPartial, notes } = cohortTriangle(data.lines, maskOf(data), 6, options);
    expect(cohorts.map(({ cohort, customers }) => [cohort, customers])).toEqual([
      ['2024-01', 1],
      ['2024-02', 2],
      ['2024-03', 0],
      ['2024-04', 0],
    ]);
    const table = cohorts.map(({ cells }) => cells.map(({ customers, revenue }) => [customers, revenue / unit]));
    expect(table).toEqual([
      [
        [1, 100],
        [1, 30],
        [0, 0],
        [0, 0],
      ],
      [
        [2, 75],
        [0, 0],
        [1, 60],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      [[0, 0]],
    ]);
    expect(cohorts[0].cells.map(({ revenueShare }) => revenueShare)).toEqual([1, 0.3, 0, 0]);
    expect(cohorts[1].cells.map(({ share }) => share)).toEqual([1, 0, 0.5]);
    expect(cohorts[2].cells[0]).toEqual({ customers: 0, share: 0, revenue: 0, revenueShare: null });
    expect(lastPartial).toBe(true);
    // April is not over and stays out; anna may be an old customer, so bert and cora alone stand in the average.
    expect(average).toEqual([1, 0]);
    expect(notes).toEqual([{ code: 'cohort-first-left-out', params: { firstDay: '2024-01-05' }, level: 'info' }]);
  });

  it('counts the last period where it is over', async () => {
    const data = await dataOf(rows);
    const whole = { ...options, reachDay: day('2024-04-30') };
    const { average, lastPartial } = cohortTriangle(data.lines, maskOf(data), 6, whole);
    expect([average, lastPartial]).toEqual([[1, 0, 1 / 2], false]);
  });

  it('averages over the first cohort too where its customers are new, or where it is alone', async () => {
    const data = await dataOf(rows);
    // The data reach back a month before the first purchase that counts here.
    const older = { ...options, dataFirstDay: day('2023-12-05') };
    expect(cohortTriangle(data.lines, maskOf(data), 6, older).average).toEqual([1, 1 / 3, 0]);
    const anna = await dataOf(rows.filter(({ customer }) => customer === 'anna'));
    const alone = cohortTriangle(anna.lines, maskOf(anna), 6, options);
    expect(alone.average).toEqual([1, 1, 0]);
    expect(alone.notes.map(({ code }) => code)).toEqual(['cohort-data-begin']);
  });

  it('by quarters', async () => {
    const data = await dataOf(rows);
    const { cohorts } = cohortTriangle(data.lines, maskOf(data), 6, { ...options, unit: 'quarter' });
    expect(cohorts.map(({ cohort, customers, cells }) => [cohort, customers, cells.map((c) => c.customers)])).toEqual([
      ['2024-01', 3, [3, 1]],
      ['2024-04', 0, [0]],
    ]);
  });

  it('does not call those new who bought before the first day, and says how many they are', async () => {
    const data = await dataOf(rows);
    const later = { ...options, fromDay: day('2024-02-05') };
    const { cohorts, notes } = cohortTriangle(data.lines, maskOf(data), 6, later);
    expect(cohorts.map(({ cohort, customers }) => [cohort, customers])).toEqual([
      ['2024-02', 1],
      ['2024-03', 0],
      ['2024-04', 0],
    ]);
    expect(notes).toEqual([{ code: 'cohort-not-new', params: { customers: 2, fromDay: '2024-02-05' }, level: 'info' }]);
    const none = refusal(() => cohortTriangle(data.lines, maskOf(data), 6, { ...options, fromDay: day('2024-03-01') }));
    expect(none.code).toBe('no-data');
  });

  it('adds up to the revenue of its customers, in any order of lines', async () => {
    const rng = createRng(4);
    const many: Row[] = Array.from({ length: 2_000 }, (_, i) => ({
      ...sale(
        new Date(Date.UTC(2022, 0, 1 + rng.below(900))).toISOString().slice(0, 10),
        `c${rng.below(150)}`,
        `${i}`,
        1 + rng.below(99),
      ),
    }));
    const answer = async (lines: Row[]) => {
      const data = await dataOf(lines);
      const reach = {
        ...options,
        dataFirstDay: day('2022-01-01'),
        toDay: day('2024-06-30'),
        reachDay: day('2024-06-30'),
      };
      return cohortTriangle(data.lines, maskOf(data), data.dictionaries.customers.length, reach);
    };
    const shuffled = await answer(many);
    const byDate = await answer([...many].sort((a, b) => (a.date < b.date ? -1 : 1)));
    expect(byDate).toEqual(shuffled);
    expect(sum(byDate.cohorts.flatMap(({ cells }) => cells.map(({ revenue }) => revenue)))).toBe(
      sum(many.map(({ price }) => price * unit)),
    );
    for (const { customers, cells } of byDate.cohorts) {
      expect(cells[0].customers).toBe(customers);
      for (const cell of cells) expect(cell.customers).toBeLessThanOrEqual(customers);
    }
  });
});

describe('visits', () => {
  it('counts customers, orders and money per month and group', async () => {
    const data = await dataOf(rows);
    const { customers } = data.dictionaries;
    const groupOf = Uint8Array.from(customers, (name) => ({ anna: 0, bert: 1, cora: 1 })[name] ?? 2);
    const mask = maskOf(data, { unknownCustomer: 'keep' });
    const { months, groups } = monthlyVisits(data.lines, mask, data.dictionaries, groupOf, 2, day('2024-04-10'));
    expect(months).toEqual(['2024-01', '2024-02', '2024-03', '2024-04']);
    expect(groups).toEqual([
      { customers: [1, 1, 0, 0], orders: [1, 2, 0, 0], revenue: [100, 30, 0, 0].map((v) => v * unit) },
      { customers: [0, 2, 0, 1], orders: [0, 2, 0, 1], revenue: [-5, 80, 0, 60].map((v) => v * unit) },
    ]);
    const all = visitsOf('all', addGroups(groups, 4));
    expect(all.orders).toEqual([1, 4, 0, 1]);
    expect(all.ordersPerCustomer).toEqual([1, 4 / 3, null, 1]);
    expect(all.averageOrder).toEqual([95, 27.5, null, 60].map((v) => (v === null ? null : v * unit)));
  });

  it('counts an invoice once, each line without a number as an order, and a second customer of an invoice', async () => {
    const shared: Row[] = [
      sale('2024-01-05', 'anna', '1'),
      sale('2024-01-05', 'bert', '1', 11),
      sale('2024-01-05', 'anna', '1', 12),
      sale('2024-01-06', 'bert', '', 13),
      sale('2024-01-06', 'bert', '', 14),
      sale('2024-02-06', 'anna', '1', 15),
    ];
    const data = await dataOf(shared);
    const groupOf = new Uint8Array(3);
    const { groups } = monthlyVisits(data.lines, maskOf(data), data.dictionaries, groupOf, 1, day('2024-03-01'));
    expect(groups[0]).toMatchObject({ orders: [4, 1], customers: [2, 1] });
  });

  it('puts customers into classes of 1, 2, … 9, and 10 times or more', () => {
    expect(frequencyClasses([1, 1, 3], [5, 7, 1])).toEqual([
      { orders: 1, orMore: false, customers: 2, revenue: 12 },
      { orders: 2, orMore: false, customers: 0, revenue: 0 },
      { orders: 3, orMore: false, customers: 1, revenue: 1 },
    ]);
    const long = frequencyClasses([10, 400], [1, 2]);
    expect(long).toHaveLength(10);
    expect(long[9]).toEqual({ orders: 10, orMore: true, customers: 2, revenue: 3 });
  });
});

describe('concentration', () => {
  it('is right by hand', () => {
    // 10 customers: 55 + 9 · 5 = 100. Gini = Σ (2i − n − 1) x / (n Σ x) = (9 · 55 − 9 · 5) / 1000.
    const found = concentration([5, 5, 5, 5, 55, 5, 5, 5, 5, 5]);
    expect(found).toMatchObject({ customers: 10, revenue: 100, gini: 0.45, top10Share: 1, customersFor80: 6 });
    expect(found.top.map(({ share, customers, revenueShare }) => [share, customers, revenueShare])).toEqual([
      [0.01, 1, 0.55],
      [0.05, 1, 0.55],
      [0.1, 1, 0.55],
      [0.2, 2, 0.6],
      [0.5, 5, 0.75],
    ]);
    expect(found.curve).toHaveLength(11);
    expect(found.curve[0]).toEqual({ customers: 0, revenue: 0 });
    expect(found.curve[1]).toEqual({ customers: 0.1, revenue: 0.55 });
    expect(found.curve[10]).toEqual({ customers: 1, revenue: 1 });
    expect(found.notes.map(({ code }) => code)).toEqual(['habits-few-customers']);
  });

  it('knows equality, one customer, and everything with one', () => {
    expect(concentration(new Array(40).fill(7)).gini).toBe(0);
    expect(concentration([3])).toMatchObject({ gini: 0, customersFor80: 1, curve: [{}, { customers: 1, revenue: 1 }] });
    const one = concentration([...new Array(99).fill(0), 5]);
    expect(one.gini).toBeCloseTo(0.99, 12);
    expect(one.customersFor80).toBe(1);
  });

  it('counts negative customers as zero and says so', () => {
    const found = concentration([-30, 40, -20, 60]);
    expect(found).toMatchObject({ customers: 4, revenue: 100, customersFor80: 2 });
    expect(found.gini).toBeGreaterThanOrEqual(0);
    expect(found.gini).toBeLessThanOrEqual(1);
    expect(found.notes[0]).toEqual({
      code: 'concentration-negative',
      params: { customers: 2, returnedMoney: 50 },
      level: 'info',
    });
    expect(refusal(() => concentration([0, -5])).code).toBe('no-data');
    expect(refusal(() => concentration([])).code).toBe('no-data');
  });

  it('has a rising curve of at most 101 points', () => {
    const rng = createRng(8);
    const { curve } = concentration(Array.from({ length: 1_234 }, () => rng.below(1_000)));
    expect(curve).toHaveLength(101);
    for (let i = 1; i < curve.length; i++) {
      expect(curve[i].customers).toBeGreaterThan(curve[i - 1].customers);
      expect(curve[i].revenue).toBeGreaterThanOrEqual(curve[i].customers - 1e-12);
    }
  });
});
