/** Movement and change through the whole program: a made shop, its files as CSV, and shops with next to nothing in them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import { AppError } from '../../src-shared/errors.ts';
import type { MadeFile } from '../../src-shared/domain.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-movement-'));
let application: Application | null = null;
let made = 0;
afterEach(async () => {
  await application?.close();
  application = null;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Line {
  date: string;
  customer: string;
  invoice?: string;
  product?: string;
  country?: string;
  quantity?: number;
  price?: number;
}

async function open(lines: Line[]): Promise<Application> {
  made++;
  const path = join(folder, `sales-${made}.csv`);
  const text = lines.map(
    ({
      date,
      customer,
      invoice = `${date} ${customer}`,
      product = 'Tea',
      country = 'Malta',
      quantity = 1,
      price = 10,
    }) => `${invoice},${product},${product},${quantity},${date} 10:00:00,${price},${customer},${country}`,
  );
  writeFileSync(
    path,
    ['Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country', ...text, ''].join('\n'),
  );
  application = createApplication({ storePath: join(folder, `store-${made}.db`) });
  await application.call('import.run', { file: { path, name: 'sales.csv' } });
  return application;
}

const dayAt = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);

/** 60 customers over 2024; some give back, some lines have no customer. */
function shop(): Line[] {
  const rng = createRng(5);
  return Array.from({ length: 1_500 }, (_, i): Line => {
    const back = rng.next() < 0.08;
    return {
      date: dayAt(rng.below(366)),
      invoice: back ? `C${9_000 + i}` : `${1_000 + Math.floor(i / 2)}`,
      customer: rng.next() < 0.05 ? '' : `c${Math.floor(rng.next() * rng.next() * 60)}`,
      product: `P${rng.below(25)}`,
      country: ['Malta', 'Italy', 'France'][rng.below(3)],
      quantity: back ? -1 : 1 + rng.below(4),
      price: 1 + rng.below(30) + 0.99,
    };
  });
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
const sum = <T>(rows: T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0);
const csvRows = (file: MadeFile) =>
  Buffer.from(file.base64, 'base64').toString('utf8').replace('\ufeff', '').trim().split('\r\n');
const codes = ({ notes }: { notes: { code: string }[] }) => notes.map(({ code }) => code);

describe('movement', () => {
  it('null dates: the last day of the data, and three months before', async () => {
    const { call } = await open(shop());
    const answer = await call('customers.migration', {});
    expect([answer.from, answer.to, answer.windowDays, answer.notes]).toEqual(['2024-09-30', '2024-12-31', 92, []]);
    const before = await call('customers.rfm', { filter: { to: answer.from } });
    const after = await call('customers.rfm', { filter: { to: answer.to } });
    expect(answer.change.map((one) => one.before)).toEqual(before.segments.map((one) => one.customers));
    expect(answer.change.map((one) => one.after)).toEqual(after.segments.map((one) => one.customers));
    expect(sum(answer.flows, (flow) => flow.customers)).toBe(after.customers);
    expect(answer.stayed + answer.up + answer.down + answer.arrived).toBe(after.customers);
    const { current } = await call('overview.get', { filter: { from: '2024-10-01', to: '2024-12-31' } });
    // Every customer of the period is a customer at its end; nobody here only gave goods back.
    expect(sum(answer.flows, (flow) => flow.revenueAfter)).toBe(current.kpis.revenue);
    // A fixed "as of" day changes RFM, not what stood at two other dates.
    await call('settings.set', { asOf: '2025-06-30' });
    const fixed = await call('customers.migration', {});
    expect({ ...fixed, notes: [] }).toEqual(answer);
    expect(codes(fixed)).toEqual(['movementOwnAsOf']);
  });

  it('the filter: its dates choose the two days, its segments are those of the later date', async () => {
    const { call } = await open(shop());
    const answer = await call('customers.migration', { filter: { from: '2024-05-01', to: '2024-08-31' } });
    expect([answer.from, answer.to]).toEqual(['2024-04-30', '2024-08-31']);
    const loyal = await call('customers.migration', { filter: { segments: ['loyal'] }, to: '2024-08-31' });
    expect(new Set(loyal.flows.map(({ to }) => to))).toEqual(new Set(['loyal']));
    expect(codes(loyal)).toContain('movementSegments');
    const all = await call('customers.migration', { to: '2024-08-31' });
    expect(loyal.flows).toEqual(all.flows.filter(({ to }) => to === 'loyal'));
  });

  it('movers: ordered by change, narrowed by direction, cell and search, paged without gaps', async () => {
    const { call } = await open(shop());
    const { flows, up, down, arrived, stayed } = await call('customers.migration', {});
    const all = await call('customers.movers', { stayers: true });
    expect(all.total).toBe(up + down + arrived + stayed);
    const changes = all.rows.map(({ change }) => Math.abs(change));
    expect(changes).toEqual([...changes].sort((a, b) => b - a));
    for (const row of all.rows) expect(row.change).toBe(row.revenueAfter - row.revenueBefore);
    const totals = await Promise.all(
      (['all', 'up', 'down', 'arrived'] as const).map(
        async (direction) => (await call('customers.movers', { direction })).total,
      ),
    );
    expect(totals).toEqual([up + down + arrived, up, down, arrived]);
    for (const { from, to, customers, becauseOfOthers } of flows) {
      const { rows } = await call('customers.movers', { fromSegment: from, toSegment: to });
      expect(rows).toHaveLength(customers);
      expect(rows.filter((row) => row.becauseOfOthers)).toHaveLength(becauseOfOthers);
    }
    const one = await call('customers.movers', { stayers: true, search: 'C11' });
    expect(one.rows.map(({ customer }) => customer)).toEqual(['c11']);
    const second = await call('customers.movers', { stayers: true, offset: 5, limit: 5 });
    expect(second).toEqual({ total: all.total, offset: 5, rows: all.rows.slice(5, 10) });
  });

  it('both tables as CSV', async () => {
    const { call } = await open(shop());
    const { flows } = await call('customers.migration', { to: '2024-10-31' });
    const file = await call('export.csv', { table: 'migration', input: { to: '2024-10-31' } });
    const [header, ...rows] = csvRows(file);
    expect(header).toBe(
      'earlier_date,later_date,from_segment,to_segment,customers,because_others_moved,window_days,revenue_before,revenue_after',
    );
    expect(rows).toHaveLength(flows.length);
    expect(rows[0].startsWith(`2024-07-31,2024-10-31,${flows[0].from},${flows[0].to},${flows[0].customers},`)).toBe(
      true,
    );
    const movers = await call('customers.movers', { direction: 'down' });
    expect(csvRows(await call('export.csv', { table: 'movers', input: { direction: 'down' } }))).toHaveLength(
      movers.total + 1,
    );
  });

  it.each([1, 3, 19])('%i customers: an answer with a note', async (customers) => {
    const lines = Array.from({ length: customers }, (_, i) =>
      [0, 100, 200].map((day) => ({ date: dayAt(day + i), customer: `c${i}` })),
    ).flat();
    const { call } = await open(lines);
    const answer = await call('customers.migration', {});
    expect(codes(answer)).toContain('movementFewCustomers');
    expect(sum(answer.flows, (flow) => flow.customers)).toBe(customers);
    expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer);
  });

  it('nine in ten bought once; all the same; nobody before', async () => {
    const once = Array.from({ length: 100 }, (_, i) => ({ date: dayAt(i * 3), customer: `c${i}`, price: 5 + (i % 7) }));
    const { call } = await open([...once, ...once.slice(0, 10).map((line) => ({ ...line, date: dayAt(290) }))]);
    const answer = await call('customers.migration', {});
    expect(answer.stayed + answer.up + answer.down + answer.arrived).toBe(100);
    await application!.close();

    const same = await open(Array.from({ length: 30 }, (_, i) => ({ date: '2024-05-05', customer: `c${i}` })));
    const young = await same.call('customers.migration', {});
    expect(young).toMatchObject({ arrived: 30, stayed: 0 });
    expect(codes(young)).toEqual(['movementNobodyBefore']);
    const still = await same
      .call('customers.migration', { from: '2024-05-05', to: '2024-05-06' })
      .catch((error) => error);
    // The data end on the 5th: nothing lies between the dates.
    expect(still).toMatchObject({ code: 'invalid-input' });
  });

  it('who gave everything back stays a customer, with money below zero in the window', async () => {
    const lines: Line[] = Array.from({ length: 40 }, (_, i) =>
      [10, 150, 300].map((day) => ({ date: dayAt(day + (i % 20)), customer: `c${i}`, price: 10 + i })),
    ).flat();
    lines.push({ date: dayAt(10), customer: 'back', invoice: '7', price: 500 });
    lines.push({ date: dayAt(310), customer: 'back', invoice: 'C8', quantity: -1, price: 500 });
    const { call } = await open(lines);
    const { rows } = await call('customers.movers', { stayers: true, search: 'back' });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ revenueAfter: -5_000_000, monetary: 0, change: -5_000_000 });
  });

  it('refuses in words', async () => {
    const { call } = await open(shop());
    const reversed = await refusal(call('customers.migration', { from: '2024-06-30', to: '2024-03-31' }));
    expect(reversed).toMatchObject({ code: 'invalid-input' });
    expect(reversed.message).toContain('2024-06-30 is not before the later date 2024-03-31');
    expect((await refusal(call('customers.migration', { to: '2020-01-01' }))).code).toBe('no-data');
    expect((await refusal(call('customers.migration', { to: '2024-02-31' }))).code).toBe('invalid-input');
    const beyond = await call('customers.migration', { from: '2024-09-30', to: '2026-01-01' });
    expect([beyond.to, codes(beyond)]).toEqual(['2024-12-31', ['movementBeyondData']]);
    const early = await call('customers.migration', { from: '2024-02-29', to: '2024-12-31' });
    expect(codes(early)).toContain('movementShortBefore');
    const empty = createApplication({ storePath: join(folder, 'empty.db') });
    expect((await refusal(empty.call('customers.migration', {}))).message).toContain('no sales yet');
    expect((await refusal(empty.call('customers.movers', {}))).message).toContain('no sales yet');
    expect((await refusal(empty.call('overview.change', {}))).message).toContain('no sales yet');
    await empty.close();
  });
});

describe('what changed', () => {
  it('compares the periods of the overview, and everything adds up', async () => {
    const { call } = await open(shop());
    for (const unknownCustomer of ['drop', 'keep'] as const) {
      await call('settings.set', { rules: { unknownCustomer } });
      const overview = await call('overview.get', {});
      for (const [against, side] of [
        ['previous', overview.previous],
        ['year', overview.lastYear],
      ] as const) {
        const answer = await call('overview.change', { against });
        expect(answer.current.period).toEqual(overview.current.period);
        expect(answer.current.revenue).toBe(overview.current.kpis.revenue);
        if (side) expect(answer.previous).toMatchObject({ period: side.period, revenue: side.kpis.revenue });
        else expect(codes(answer)).toEqual(['changePartial', 'changeNothingBefore']);
        expect(answer.change).toBe(answer.current.revenue - answer.previous.revenue);
        expect(sum(answer.parts, ({ money }) => money)).toBe(answer.change);
        const anonymous = answer.parts.find(({ id }) => id === 'anonymous')!.money;
        expect(anonymous === 0).toBe(unknownCustomer === 'drop');
        expect(sum(answer.who, ({ money }) => money)).toBe(answer.change - anonymous);
        for (const rows of [answer.products, answer.countries] as { change: number }[][])
          expect(sum(rows, (row) => row.change)).toBe(answer.change);
        expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer);
      }
    }
  });

  it('own periods, and the dates of the filter', async () => {
    const { call } = await open(shop());
    const own = await call('overview.change', {
      current: { from: '2024-10-01', to: '2024-12-31' },
      against: { from: '2024-01-01', to: '2024-03-31' },
    });
    expect([own.previous.period, codes(own)]).toEqual([{ from: '2024-01-01', to: '2024-03-31' }, ['changeLength']]);
    const filtered = await call('overview.change', { filter: { from: '2024-05-10', to: '2024-05-19' } });
    expect([filtered.current.period, filtered.previous.period]).toEqual([
      { from: '2024-05-10', to: '2024-05-19' },
      { from: '2024-04-30', to: '2024-05-09' },
    ]);
    const same = await call('overview.change', {
      current: { from: '2024-05-01', to: '2024-05-31' },
      against: { from: '2024-05-01', to: '2024-05-31' },
    });
    expect(same.change).toBe(0);
    expect(same.parts.every(({ money }) => money === 0)).toBe(true);
    expect(codes(same)).toEqual(['changeOverlap']);
  });

  it('an empty period is said in words and gives no NaN', async () => {
    const { call } = await open(shop());
    const first = await call('overview.change', { current: { from: '2024-01-01', to: '2024-01-31' } });
    expect(codes(first)).toEqual(['changePartial', 'changeNothingBefore']);
    expect(first.changeShare).toBeNull();
    expect(first.parts.filter(({ id, money }) => id !== 'customers' && id !== 'returns' && money !== 0)).toEqual([]);
    expect(first.who.filter(({ id, customers }) => id !== 'new' && customers > 0)).toEqual([]);
    const after = await call('overview.change', {
      current: { from: '2025-03-01', to: '2025-03-31' },
      against: { from: '2024-12-01', to: '2024-12-31' },
    });
    expect(codes(after)).toEqual(['changePartial', 'changeNothingNow']);
    expect(sum(after.parts, ({ money }) => money)).toBe(-after.previous.revenue);
    expect(JSON.parse(JSON.stringify(after))).toStrictEqual(after);
  });

  it('refuses in words', async () => {
    const { call } = await open(shop());
    const may = { from: '2024-05-01', to: '2024-05-31' };
    const reversed = await refusal(call('overview.change', { current: { from: may.to, to: may.from } }));
    expect(reversed.message).toContain('Write the earlier day first');
    const later = await refusal(
      call('overview.change', { current: may, against: { from: '2024-06-01', to: '2024-06-30' } }),
    );
    expect(later.message).toContain('Choose an earlier one');
    const outside = await refusal(call('overview.change', { current: { from: '2020-05-01', to: '2020-05-31' } }));
    expect(outside.code).toBe('no-data');
    expect(outside.message).toContain('The data reach from 2024-01-01 to 2024-12-31');
    const impossible = await refusal(call('overview.change', { current: { from: '2024-02-30', to: '2024-03-01' } }));
    expect(impossible.code).toBe('invalid-input');
  });

  it('without customers there is no split, and it says so', async () => {
    const lines = Array.from({ length: 120 }, (_, i) => ({
      date: dayAt(i),
      customer: '',
      invoice: `${i}`,
      price: 1 + (i % 9),
    }));
    const { call } = await open(lines);
    await call('settings.set', { rules: { unknownCustomer: 'keep' } });
    const answer = await call('overview.change', {});
    expect(codes(answer)).toEqual(['changeNoCustomers']);
    expect(answer.parts.find(({ id }) => id === 'anonymous')!.money).toBe(answer.change);
    expect((await refusal(call('customers.migration', {}))).code).toBe('no-data');
  });

  it('as CSV', async () => {
    const { call } = await open(shop());
    const answer = await call('overview.change', { against: 'year' });
    const [header, total, ...rows] = csvRows(
      await call('export.csv', { table: 'revenue_change', input: { against: 'year' } }),
    );
    expect(header).toBe('table,item,name,customers,before,after,change');
    expect(total.startsWith('revenue,total,')).toBe(true);
    expect(rows).toHaveLength(6 + 5 + answer.products.length + answer.countries.length);
    const changeOf = (row: string) => Math.round(Number(row.split(',').at(-1)) * 10_000);
    const parts = rows.filter((row) => row.startsWith('part,'));
    expect(sum(parts, changeOf)).toBe(answer.change);
  });
});
