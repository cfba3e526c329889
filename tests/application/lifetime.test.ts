/** Lifetime value and the customer page through the whole program: a real shop, little shops, and the file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { AppError } from '../../src-shared/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-lifetime-'));
const opened: Application[] = [];
afterAll(async () => {
  await Promise.all(opened.map((application) => application.close()));
  rmSync(folder, { recursive: true, force: true });
});

interface Line {
  invoice: string;
  day: number;
  customer: string;
  quantity?: number;
  price?: number;
}

const dayText = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);

async function shopOf(name: string, lines: Line[]): Promise<Application> {
  const path = join(folder, `${name}.csv`);
  const rows = lines.map(
    ({ invoice, day, customer, quantity = 1, price = 20 }) =>
      `${invoice},T,Tea,${quantity},${dayText(day)} 10:00:00,${price},${customer},France`,
  );
  writeFileSync(
    path,
    ['Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country', ...rows, ''].join('\n'),
  );
  const application = createApplication({ storePath: join(folder, `${name}.db`) });
  opened.push(application);
  await application.call('settings.set', { currency: 'EUR' });
  await application.call('import.run', { file: { path, name: `${name}.csv` } });
  return application;
}

/** Every customer k buys every 10 + k % 50 days until one of them stops; 400 days. */
function steadyShop(customers: number): Line[] {
  const lines: Line[] = [];
  for (let k = 0; k < customers; k++) {
    const stops = k % 3 === 0 ? 200 : 400;
    for (let day = k % 60, visit = 0; day < stops && visit < (k % 4 === 1 ? 1 : 99); visit++) {
      lines.push({ invoice: `${1000 + k}-${visit}`, day, customer: `c${k}`, price: 10 + (k % 30) });
      day += 10 + (k % 50) + ((visit * 7) % 5);
    }
  }
  return lines.sort((a, b) => a.day - b.day);
}

const noNaN = (answer: unknown) => expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer);

describe('a shop with enough history', () => {
  const steady = shopOf('steady', [
    ...steadyShop(240),
    { invoice: 'C9', day: 390, customer: 'c2', quantity: -1, price: 12 },
  ]);

  it('values all customers; list, roll-ups and rfm agree', async () => {
    const { call } = await steady;
    const value = await call('customers.value', {});
    const rfm = await call('customers.rfm', {});
    const { rows, total } = await call('customers.valueList', { limit: 1000 });
    noNaN(value);
    expect(value.method).toBe('bg-nbd');
    expect(value.purchaseFit).toMatchObject({ converged: true, customers: 240 });
    expect(value.secondOpinion?.customers).toBe(240);
    expect([value.customers, total, rows.length, rfm.customers]).toEqual([240, 240, 240, 240]);
    const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0);
    expect(sum((row) => row.historic)).toBe(rfm.revenue);
    expect(value.historic).toBe(rfm.revenue);
    expect(sum((row) => row.predicted)).toBe(value.predicted);
    expect(value.deciles.reduce((all, one) => all + one.predicted, 0)).toBe(value.predicted);
    expect(value.segments.reduce((all, one) => all + one.predicted, 0)).toBe(value.predicted);
    expect(rows.filter((row) => row.overdueDays !== null).length).toBe(value.overdueCustomers);
    for (const row of rows) {
      expect(row.total).toBe(row.historic + row.predicted);
      expect(Number.isInteger(row.predicted) && row.predicted >= 0).toBe(true);
      if (row.next) expect(row.next.from <= row.next.day && row.next.day <= row.next.to).toBe(true);
    }
    expect(value.backtest?.customers).toBeGreaterThan(200);
    expect(value.churn?.classes).toHaveLength(10);
  });

  it('knows own gaps and who is overdue', async () => {
    const { call } = await steady;
    // c3 bought every 13 to 17 days and stopped at day 200.
    const { rows } = await call('customers.valueList', { search: 'c3', sort: 'customer', descending: false });
    const c3 = rows.find((row) => row.customer === 'c3')!;
    expect(c3.ownGapDays).toBe(15);
    expect(c3.overdueDays).toBe(c3.daysSince - 30);
    expect(c3.churn).toBeGreaterThan(0.9);
    const overdue = await call('customers.valueList', { overdueOnly: true, sort: 'overdueDays' });
    expect(overdue.rows.every((row) => row.overdueDays !== null)).toBe(true);
    const days = overdue.rows.map((row) => row.overdueDays!);
    expect(days).toEqual([...days].sort((a, b) => b - a));
    const lax = await call('customers.value', { factor: 4 });
    expect(lax.overdueCustomers).toBeLessThan((await call('customers.value', {})).overdueCustomers);
  });

  it('a chosen segment shows its customers with the same values', async () => {
    const { call } = await steady;
    const all = await call('customers.valueList', { limit: 1000 });
    const segment = all.rows[0].segment;
    const own = await call('customers.valueList', { filter: { segments: [segment] }, limit: 1000 });
    expect(own.rows).toEqual(all.rows.filter((row) => row.segment === segment));
    const value = await call('customers.value', { filter: { segments: [segment] } });
    expect(value.predicted).toBe(own.rows.reduce((sum, row) => sum + row.predicted, 0));
    expect(value.purchaseFit).toEqual((await call('customers.value', {})).purchaseFit);
  });

  it('has a page for every customer: the value of the list, segments as they stood, orders newest first', async () => {
    const { call } = await steady;
    const { rows } = await call('customers.valueList', { limit: 1000 });
    const profile = await call('customers.profile', { customer: 'c2' });
    noNaN(profile);
    expect(profile.value).toEqual(rows.find((row) => row.customer === 'c2'));
    expect(profile.path).toHaveLength(12);
    expect(profile.path.at(-1)!.segment).toBe(profile.value.segment);
    // The sales begin in January 2024.
    expect(profile.path.filter(({ day }) => day < '2024-01-01').every(({ segment }) => segment === null)).toBe(true);
    for (const { day, segment } of profile.path.filter((one) => one.segment !== null)) {
      const { rows: then } = await call('customers.list', { filter: { to: day }, limit: 1000 });
      expect([day, then.find((row) => row.customer === 'c2')?.segment]).toEqual([day, segment]);
    }
    const days = profile.orders.map((order) => order.day);
    expect(days).toEqual([...days].sort().reverse());
    expect(profile.orders.reduce((sum, order) => sum + order.revenue, 0)).toBe(profile.value.historic);
    expect(profile.orders.find((order) => order.invoice === 'C9')?.revenue).toBe(-120_000);
    await expect(call('customers.profile', { customer: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('a set "as of" day changes what is known, not the past segments', async () => {
    const application = await shopOf('as-of', steadyShop(150));
    const before = await application.call('customers.profile', { customer: 'c5' });
    await application.call('settings.set', { asOf: '2025-03-31' });
    const later = await application.call('customers.profile', { customer: 'c5' });
    expect(later.value.daysSince).toBeGreaterThan(before.value.daysSince);
    const past = (profile: typeof later) => new Map(profile.path.map(({ day, segment }) => [day, segment]));
    for (const [day, segment] of past(before)) {
      if (day < '2025-01-01' && past(later).has(day)) expect([day, past(later).get(day)]).toEqual([day, segment]);
    }
    await application.call('settings.set', { asOf: '2024-06-30' });
    const early = await application.call('customers.profile', { customer: 'c5' });
    expect(early.orders.every((order) => order.day <= '2024-06-30')).toBe(true);
    expect(early.path.at(-1)!.day).toBe('2024-06-29');
  });

  it('writes every customer into customer_value.csv', async () => {
    const { call } = await steady;
    const file = await call('export.csv', {
      table: 'customer_value',
      input: { horizonDays: 90, sort: 'customer', descending: false },
    });
    const lines = Buffer.from(file.base64, 'base64').toString().trim().split('\r\n');
    expect(lines).toHaveLength(241);
    expect(lines[0]).toContain('customer,segment,frequency,last_purchase');
    const { rows } = await call('customers.valueList', { horizonDays: 90, search: 'c100', limit: 1 });
    expect(lines.find((line) => line.startsWith('c100,'))).toContain(`,${rows[0].predicted / 10_000},`);
  });

  it('answers the same on a second program', async () => {
    const { call } = await steady;
    const again = await shopOf('again', [
      ...steadyShop(240),
      { invoice: 'C9', day: 390, customer: 'c2', quantity: -1, price: 12 },
    ]);
    expect(await again.call('customers.value', {})).toEqual(await call('customers.value', {}));
  });
});

describe('too little to know much', () => {
  it.each([1, 3, 19])('%i customers: an average, with its reason', async (customers) => {
    const { call } = await shopOf(`small-${customers}`, steadyShop(customers));
    const value = await call('customers.value', {});
    noNaN(value);
    expect(value.method).toBe('average');
    expect(value.notes.map((note) => note.code)).toContain('value-average');
    expect(value.predicted).toBeGreaterThanOrEqual(0);
    const profile = await call('customers.profile', { customer: 'c0' });
    noNaN(profile);
    expect(profile.value.next).toBeNull();
    expect(profile.notes.map((note) => note.code)).toContain('profile-average');
  });

  it('90 % bought once', async () => {
    const lines = Array.from({ length: 200 }, (_, k) =>
      Array.from({ length: k % 10 ? 1 : 4 }, (_, visit) => ({
        invoice: `${k}-${visit}`,
        day: k + 30 * visit,
        customer: `c${k}`,
      })),
    ).flat();
    const { call } = await shopOf(
      'once',
      lines.sort((a, b) => a.day - b.day),
    );
    const value = await call('customers.value', {});
    noNaN(value);
    expect(value.method).toBe('own-rate');
    expect(value.notes.map((note) => note.code)).toContain('value-own-rate');
  });

  it('nobody came back, and everybody on one day', async () => {
    const { call } = await shopOf(
      'one-day',
      Array.from({ length: 120 }, (_, k) => ({ invoice: `${k}`, day: 0, customer: `c${k}` })),
    );
    const value = await call('customers.value', {});
    noNaN(value);
    expect(value).toMatchObject({
      method: 'average',
      predicted: 0,
      aliveCustomers: 0,
      expectedOrders: 0,
      overdueCustomers: 0,
      backtest: null,
      churn: null,
    });
    expect(value.notes.map((note) => note.code)).toEqual(
      expect.arrayContaining(['value-nobody-came-back', 'value-no-gaps', 'value-no-backtest', 'value-short-history']),
    );
  });

  it('no sales at all is said in words', async () => {
    const application = createApplication({ storePath: join(folder, 'none.db') });
    opened.push(application);
    const refused = await application.call('customers.value', {}).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect((refused as AppError).code).toBe('no-data');
  });
});
