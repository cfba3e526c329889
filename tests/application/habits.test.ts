/** The page Habits as the application answers it: cohorts, visits, concentration, distributions, their files, and odd data. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import type { ExportTable } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { en } from '../../src-shared/messages/en/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-habits-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Sale {
  day: string;
  customer: string;
  amount: number;
  quantity?: number;
}
let opened: Application[] = [];
afterEach(async () => {
  for (const application of opened) await application.close();
  opened = [];
});

/** A store with these sales, an order each. */
async function shopOf(sales: Sale[]): Promise<Application> {
  const application = createApplication({ storePath: ':memory:' });
  opened.push(application);
  const lines = ['Invoice,StockCode,Quantity,InvoiceDate,Price,Customer ID'];
  for (const [i, { day, customer, amount, quantity = 1 }] of sales.entries())
    lines.push(`${quantity < 0 ? 'C' : ''}${1000 + i},P,${quantity},${day},${amount.toFixed(2)},${customer}`);
  const path = join(folder, `sales-${opened.length}-${sales.length}.csv`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  await application.call('import.run', { file: { path, name: 'sales.csv' } });
  return application;
}

const dayOf = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** Every number of an answer is a number, every note has its sentence, and the answer survives JSON. */
function sound(answer: { notes?: { code: string }[] }): void {
  expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer);
  for (const { code } of answer.notes ?? []) expect(en.notes).toHaveProperty([code]);
}

async function everything(application: Application) {
  const cohorts = await application.call('customers.cohorts', {});
  const visits = await application.call('customers.habits', {});
  const concentration = await application.call('customers.concentration', {});
  const distributions = await application.call('customers.distributions', {});
  for (const answer of [cohorts, concentration, distributions]) sound(answer);
  expect(JSON.parse(JSON.stringify(visits))).toStrictEqual(visits);
  const { customers } = concentration;
  expect(sum(cohorts.cohorts.map((row) => row.customers))).toBe(customers);
  expect(sum(visits.frequency.map((row) => row.customers))).toBe(customers);
  for (const { bins } of distributions.measures) expect(sum(bins.map((bin) => bin.customers))).toBe(customers);
  expect(concentration.gini).toBeGreaterThanOrEqual(0);
  expect(concentration.gini).toBeLessThanOrEqual(1);
  return { cohorts, visits, concentration, distributions };
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

async function csv(
  application: Application,
  table: ExportTable,
  input: Record<string, unknown> = {},
): Promise<string[]> {
  const { base64 } = await application.call('export.csv', { table, input });
  const text = Buffer.from(base64, 'base64').toString('utf8');
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
  return text
    .replace(/^\ufeff/, '')
    .trim()
    .split('\r\n');
}

/** 40 customers over a year: number c buys every c + 3 days, for 10 + c. */
const ordinary: Sale[] = Array.from({ length: 40 }, (_, c) =>
  Array.from({ length: Math.floor(340 / (c + 3)) }, (_, i) => ({
    day: dayOf(c * 4 + i * (c + 3)),
    customer: `k${c}`,
    amount: 10 + c,
  })),
)
  .flat()
  .filter(({ day }) => day <= '2024-12-31');

describe('an ordinary year', () => {
  it('agrees with itself and with the other figures', async () => {
    const application = await shopOf(ordinary);
    const { cohorts, visits, concentration } = await everything(application);
    const rfm = await application.call('customers.rfm', {});
    const revenue = sum(cohorts.cohorts.flatMap(({ cells }) => cells.map((cell) => cell.revenue)));
    expect(revenue).toBe(rfm.revenue);
    expect(sum(visits.segments[0].revenue)).toBe(rfm.revenue);
    expect(concentration.revenue).toBe(rfm.revenue);
    expect(visits.segments.slice(1).map(({ segment }) => segment)).toEqual(
      rfm.segments.filter(({ customers }) => customers > 0).map(({ id }) => id),
    );
    const overview = await application.call('overview.get', {});
    expect(visits.months).toEqual(overview.months.map(({ month }) => month));
    expect(visits.segments[0].orders).toEqual(overview.months.map(({ orders }) => orders));
    expect(visits.partial).toEqual(overview.months.map(({ partial }) => partial));
  });

  it('follows the filter: a customer of before is not new', async () => {
    const application = await shopOf(ordinary);
    const all = await application.call('customers.cohorts', { unit: 'quarter' });
    const filter = { from: '2024-04-01', to: '2024-09-30' };
    const later = await application.call('customers.cohorts', { unit: 'quarter', filter });
    expect(later.cohorts.map(({ cohort, customers }) => [cohort, customers])).toEqual(
      all.cohorts.slice(1, 3).map(({ cohort, customers }) => [cohort, customers]),
    );
    expect(later.cohorts[0].cells).toEqual(all.cohorts[1].cells.slice(0, 2));
    expect(later.lastPartial).toBe(false);
    expect(later.notes[0]).toMatchObject({ code: 'cohort-not-new', params: { customers: all.cohorts[0].customers } });
    const { months } = await application.call('customers.habits', { filter });
    expect(months).toEqual(['2024-04', '2024-05', '2024-06', '2024-07', '2024-08', '2024-09']);
    const cut = await application.call('customers.habits', { filter: { from: '2024-04-10' } });
    expect(cut.partial[0]).toBe(true);
    const loyal = await application.call('customers.cohorts', { filter: { segments: ['champions'] } });
    const rfm = await application.call('customers.rfm', {});
    expect(sum(loyal.cohorts.map(({ customers }) => customers))).toBe(
      rfm.segments.find(({ id }) => id === 'champions')!.customers,
    );
  });

  it('has every table as a file', async () => {
    const application = await shopOf(ordinary);
    const { cohorts, visits, concentration, distributions } = await everything(application);
    const cohortLines = await csv(application, 'cohorts');
    expect(cohortLines[0]).toBe(
      'unit,cohort,cohort_customers,periods_later,customers,customer_share,revenue,revenue_share,complete',
    );
    expect(cohortLines).toHaveLength(1 + sum(cohorts.cohorts.map(({ cells }) => cells.length)));
    expect((await csv(application, 'cohorts', { unit: 'quarter' }))[1]).toMatch(/^quarter,2024-01,/);
    expect(await csv(application, 'visits')).toHaveLength(1 + visits.months.length * visits.segments.length);
    const spread = await csv(application, 'concentration');
    expect(spread).toHaveLength(1 + 3 + concentration.top.length + concentration.curve.length);
    expect(spread[1]).toBe(`gini,,40,${concentration.revenue / 10_000},,${concentration.gini}`);
    const features = ['frequency', 'monetary'];
    const bins = distributions.measures.filter(({ id }) => features.includes(id)).map((one) => one.bins.length);
    expect(await csv(application, 'distributions', { features })).toHaveLength(1 + 2 * 8 + sum(bins));
    const matrix = await csv(application, 'correlation', { features });
    expect(matrix[0]).toBe('feature,frequency,monetary');
    expect(matrix[1]).toMatch(/^frequency,1,-?0\.\d+$/);
  });

  it('names what it does not know', async () => {
    const application = await shopOf(ordinary);
    const unknown = await refusal(application.call('customers.distributions', { features: ['charm'] }));
    expect(unknown).toMatchObject({ code: 'not-found' });
    expect(unknown.message).toContain('charm');
    const empty = await refusal(application.call('customers.cohorts', { filter: { from: '2030-01-01' } }));
    expect(empty).toMatchObject({ code: 'no-data' });
    const twice = await application.call('customers.distributions', { features: ['frequency', 'frequency'] });
    expect(twice.measures).toHaveLength(1);
  });
});

describe('odd data', () => {
  it('refuses an empty store in words', async () => {
    const application = createApplication({ storePath: ':memory:' });
    opened.push(application);
    for (const method of ['customers.cohorts', 'customers.habits', 'customers.concentration'] as const)
      expect(await refusal(application.call(method, {}))).toMatchObject({ code: 'no-data' });
    expect(await refusal(application.call('customers.distributions', {}))).toMatchObject({ code: 'no-data' });
  });

  it.each([1, 3, 19])('answers for %i customers and says that they are few', async (count) => {
    const sales = Array.from({ length: count }, (_, c) => ({ day: dayOf(c), customer: `k${c}`, amount: 5 + c }));
    const { concentration, distributions, cohorts } = await everything(await shopOf(sales));
    expect(concentration.notes.map(({ code }) => code)).toContain('habits-few-customers');
    expect(distributions.notes.map(({ code }) => code)).toContain('habits-few-customers');
    expect(cohorts.average).toEqual([1]);
  });

  it('answers where all customers are the same', async () => {
    const sales = Array.from({ length: 30 }, (_, c) => ({ day: '2024-03-01', customer: `k${c}`, amount: 9 }));
    const { concentration, distributions, visits } = await everything(await shopOf(sales));
    expect(concentration.gini).toBe(0);
    expect(distributions.correlation.flat().every((value) => value === null)).toBe(true);
    expect(distributions.notes.every(({ code }) => code === 'habits-constant')).toBe(true);
    expect(distributions.measures.every(({ sd, skewness }) => sd === 0 && skewness === 0)).toBe(true);
    expect(visits.frequency).toHaveLength(1);
  });

  it('answers where nine of ten bought once', async () => {
    const sales = Array.from({ length: 200 }, (_, c) => ({ day: dayOf(c), customer: `k${c}`, amount: 20 + (c % 7) }));
    const again = sales.slice(0, 20).map((one) => ({ ...one, day: dayOf(220) }));
    const { visits, cohorts } = await everything(await shopOf([...sales, ...again]));
    expect(visits.frequency.map(({ customers }) => customers)).toEqual([180, 20]);
    for (const { cells, customers } of cohorts.cohorts)
      for (const { share } of cells) expect(share).toBeLessThanOrEqual(customers > 0 ? 1 : 0);
  });

  it('counts customers who returned more than they bought as zero', async () => {
    const sales = Array.from({ length: 30 }, (_, c) => ({ day: dayOf(c), customer: `k${c}`, amount: 50 }));
    const returned = [{ day: dayOf(25), customer: 'k3', amount: 80, quantity: -1 }];
    const { concentration, cohorts } = await everything(await shopOf([...sales, ...returned]));
    expect(concentration.notes).toEqual([
      { code: 'concentration-negative', params: { customers: 1, returnedMoney: 300_000 }, level: 'info' },
    ]);
    expect(concentration.revenue).toBe(29 * 500_000);
    expect(sum(cohorts.cohorts.flatMap(({ cells }) => cells.map((cell) => cell.revenue)))).toBe(30 * 500_000 - 800_000);
  });
});
