/** What imports, undo, settings and runs leave in the store. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SetAsideRow } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { listImports } from '../../src-main/store/import-ledger.ts';
import { storeDigest } from '../fixtures/store-digest.ts';
import { commitImport, takeImportOut } from '../../src-main/worker/commit-import.ts';
import { type Job, quietJob } from '../../src-main/worker/job.ts';
import type { Session } from '../../src-main/worker/session.ts';
import { openSession } from '../fixtures/open-session.ts';
import { effects } from '../../src-main/worker/tasks/cleaning.ts';
import { setAsideRows } from '../../src-main/worker/tasks/imports.ts';
import { findStoredRun, saveRunOutput } from '../../src-main/worker/tasks/runs.ts';
import { series } from '../../src-main/worker/tasks/series.ts';
import { setSettings } from '../../src-main/worker/tasks/settings.ts';
import { parsedCustomers, parsedSales, parsedSeries, type Row } from '../fixtures/parsed-sales.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salescope-store-'));
  path = join(folder, 'business.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (over: Partial<Row> = {}): Row => ({
  date: '2024-03-01 09:30:00',
  customer: 'anna',
  invoice: '1',
  product: 'tea',
  price: 4.5,
  ...over,
});

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return 'nothing thrown';
};

describe('imports', () => {
  let session: Session;
  beforeEach(async () => {
    session = await openSession({ storePath: path });
  });
  afterEach(() => session.close());
  const commit = (parsed: Parameters<typeof commitImport>[1], job: Job = quietJob) =>
    commitImport(session, parsed, job);
  const ledger = () =>
    listImports(session.store).map(({ id, read, kept, setAside, duplicates }) => ({
      id,
      read,
      kept,
      setAside,
      duplicates,
    }));
  const keepIdentical = () => session.changeSettings({ rules: { identical: 'keep' } });

  it('reads back exactly what it stored', async () => {
    const rows = [
      line({ description: ' Green tea ', category: 'drinks', country: 'Malta', quantity: 2.5, price: 0.0333, rest: 7 }),
      line({ date: '1999-12-31 23:59:59', customer: '', product: '', quantity: -3 }),
      line({ customer: '00017', invoice: 'C9', quantity: 1e6 }),
    ];
    await commit(parsedSales(rows));
    const before = structuredClone(session.sales);
    session.close();
    session = await openSession({ storePath: path });
    expect(session.sales).toEqual(before);
    expect(Array.from(session.sales.lines.amount)).toEqual([Math.round(2.5 * 333), -135_000, 45_000 * 1e6]);
  });

  it('stores more lines than one block holds', async () => {
    const rows = Array.from({ length: 70_000 }, (_, i) => line({ invoice: `${i}`, quantity: i % 9 }));
    await commit(parsedSales(rows));
    session.close();
    session = await openSession({ storePath: path });
    const { lines, dictionaries } = session.sales;
    expect([lines.length, dictionaries.invoices[lines.invoice[69_999]], lines.quantity[69_999]]).toEqual([
      70_000,
      '69999',
      69_999 % 9,
    ]);
  });

  it('joins the dictionaries of several imports', async () => {
    await commit(parsedSales([line(), line({ customer: 'bert', product: 'jam' })], { name: 'a.csv' }));
    await commit(
      parsedSales(
        [line({ customer: 'bert', invoice: '9', product: 'tea' }), line({ customer: 'carl', invoice: '9' })],
        { name: 'b.csv' },
      ),
    );
    const read = () => {
      const { lines, dictionaries } = session.sales;
      return Array.from(
        lines.customer,
        (id, i) => `${dictionaries.customers[id]} ${dictionaries.products[lines.product[i]].code}`,
      );
    };
    expect(read()).toEqual(['anna tea', 'bert jam', 'bert tea', 'carl tea']);
    session.close();
    session = await openSession({ storePath: path });
    expect(read()).toEqual(['anna tea', 'bert jam', 'bert tea', 'carl tea']);
  });

  it('counts a line that stands twice in a file once, and keeps it under a flag', async () => {
    const result = await commit(parsedSales([line(), line(), line({ rest: 1 }), line({ price: 4.51 })]));
    expect(result).toMatchObject({ read: 4, kept: 3, setAside: 0, duplicates: 1, alreadyImported: false });
    expect(effects(session).usedLines).toBe(3);
    keepIdentical();
    expect(effects(session).usedLines).toBe(4);
  });

  it('does not let made-up invoices make equal lines differ, nor takes fifty coffees for one', async () => {
    const file = (name: string, row: Partial<Row>) =>
      parsedSales([line(row), line(row)], { name, hasInvoiceColumn: false });
    expect(await commit(file('a.csv', { invoice: '' }))).toMatchObject({ kept: 1, duplicates: 1 });
    // No invoice, no time, no customer: nothing says that the second line is not a second sale.
    expect(await commit(file('b.csv', { invoice: '', date: '2024-05-01', customer: '' }))).toMatchObject({ kept: 2 });
    expect(await commit(file('c.csv', { invoice: '', date: '2024-06-01' }))).toMatchObject({ kept: 1, duplicates: 1 });
    // The same day in a later file is the same coffees again, with one more.
    const again = line({ invoice: '', date: '2024-05-01', customer: '' });
    const later = parsedSales([again, again, again], { name: 'd.csv', hasInvoiceColumn: false });
    expect(await commit(later)).toMatchObject({ kept: 1, duplicates: 2 });
  });

  it('stores nothing for a file it has already', async () => {
    await commit(parsedSales([line(), line({ invoice: '2' })]));
    const before = storeDigest(session.store);
    const again = await commit(parsedSales([line(), line({ invoice: '2' })]));
    expect(again).toMatchObject({ alreadyImported: true, read: 2, kept: 0, setAside: 0, duplicates: 2 });
    expect(storeDigest(session.store)).toBe(before);
  });

  it('takes each line of an earlier import for one of an overlapping one', async () => {
    keepIdentical();
    const tea = line();
    const jam = line({ product: 'jam' });
    await commit(parsedSales([tea, tea, jam], { name: 'a.csv' }));
    // Three times tea against two before: two are repeated; bread is new.
    const second = await commit(parsedSales([tea, tea, tea, line({ product: 'bread' })], { name: 'b.csv' }));
    expect(second).toMatchObject({ read: 4, duplicates: 3 });
    // tea 3 times (the most that one file had), jam, bread.
    expect(effects(session)).toMatchObject({ allLines: 5, usedLines: 5, usedMoney: 5 * 45_000 });
    const third = await commit(parsedSales([tea, tea, tea, tea, jam], { name: 'c.csv' }));
    expect(third).toMatchObject({ read: 5, kept: 0, duplicates: 5 });
    expect(effects(session).usedLines).toBe(6);
  });

  it('lets repeated lines count again when the earlier import is undone', async () => {
    keepIdentical();
    const tea = line();
    await commit(parsedSales([tea, tea, line({ product: 'jam' })], { name: 'a.csv' }));
    await commit(parsedSales([tea, line({ product: 'bread' })], { name: 'b.csv' }));
    await commit(parsedSales([tea, tea, tea], { name: 'c.csv' }));
    expect(ledger().map(({ duplicates }) => duplicates)).toEqual([1, 1, 3]);
    const undone = await takeImportOut(session, 1, quietJob);
    expect(undone).toMatchObject({ id: 1, fileName: 'a.csv' });
    // b: tea and bread; c: the first of its three teas repeats b's, the others are identical to it.
    expect(ledger()).toEqual([
      { id: 2, read: 2, kept: 2, setAside: 0, duplicates: 0 },
      { id: 3, read: 3, kept: 0, setAside: 0, duplicates: 3 },
    ]);
    expect(effects(session).usedLines).toBe(4);
    const flags = Array.from(session.sales.lines.flags);
    session.close();
    session = await openSession({ storePath: path });
    expect(Array.from(session.sales.lines.flags)).toEqual(flags);
    expect(await codeOf(() => takeImportOut(session, 1, quietJob))).toBe('not-found');
    await takeImportOut(session, 2, quietJob);
    await takeImportOut(session, 3, quietJob);
    expect([session.sales.lines.length, session.sales.dictionaries.customers]).toEqual([0, ['']]);
    expect(session.store.db.prepare('SELECT count(*) FROM sale_block').pluck().get()).toBe(0);
  });

  it('keeps every row set aside, in order, with its reason', async () => {
    const aside = Array.from(
      { length: 12_345 },
      (_, i): SetAsideRow => ({
        sheet: '',
        row: i + 2,
        column: 'date',
        value: `no day ${i}`,
        reason: i % 2 ? 'date-invalid' : 'date-missing',
        cells: ['a', `${i}`],
      }),
    );
    const { id, ...result } = await commit(parsedSales([line()], { setAside: aside }));
    expect(result).toMatchObject({
      read: 12_346,
      kept: 1,
      setAside: 12_345,
      setAsideByReason: { 'date-invalid': 6_172, 'date-missing': 6_173 },
    });
    expect(setAsideRows(session, { importId: id, offset: 4_998, limit: 4 })).toEqual({
      total: 12_345,
      offset: 4_998,
      rows: aside.slice(4_998, 5_002),
    });
    expect(setAsideRows(session, { importId: id, offset: 0, limit: 100_000 }).rows).toEqual(aside);
    expect(setAsideRows(session, { importId: id, offset: 20_000, limit: 10 }).rows).toEqual([]);
  });

  it('is as before when an import is cancelled at any moment', async () => {
    await commit(parsedSales([line()], { name: 'a.csv' }));
    const before = storeDigest(session.store);
    const data = session.sales;
    const big = parsedSales(
      Array.from({ length: 140_000 }, (_, i) => line({ invoice: `${i}` })),
      { name: 'b.csv' },
    );
    let cancelled = 0;
    for (let at = 1; ; at++) {
      let ticks = 0;
      const job: Job = {
        tick: () => {
          if (++ticks === at) throw new AppError('cancelled', 'Cancelled.');
        },
        pause: () => Promise.resolve(),
      };
      if ((await codeOf(() => commit(big, job))) !== 'cancelled') break;
      cancelled++;
      expect(storeDigest(session.store)).toBe(before);
      expect(session.sales).toBe(data);
    }
    expect(cancelled).toBeGreaterThan(5);
    expect(session.sales.lines.length).toBe(140_001);
  });

  it('imports customers and a series, counts what repeats, and undoes them', async () => {
    await commit(parsedSales([line({ customer: 'anna' })]));
    const anna = { customer: 'anna', attributes: { age: 30, income: 15 } };
    const zoe = { customer: 'zoe', attributes: { age: null, income: 80 } };
    expect(await commit(parsedCustomers([anna, anna, zoe], 'c1.csv'))).toMatchObject({
      kept: 2,
      duplicates: 1,
      matched: 2,
      unmatched: 1,
    });
    expect(await commit(parsedCustomers([anna, { customer: 'zoe', attributes: { age: 41 } }], 'c2.csv'))).toMatchObject(
      { kept: 1, duplicates: 1 },
    );
    expect(session.customerFile.attributes.get('zoe')).toEqual({ age: 41, income: 80 });
    await takeImportOut(session, 2, quietJob);
    expect(ledger().slice(-1)).toEqual([{ id: 3, read: 2, kept: 2, setAside: 0, duplicates: 0 }]);
    expect(session.customerFile.attributes.get('zoe')).toEqual({ age: 41 });
  });

  it('sums the rows of one date of a series and drops those an earlier file brought', async () => {
    await commit(
      parsedSeries(
        [
          ['2024-01-01', 10],
          ['2024-01-02', 5.5],
          ['2024-01-02', 5.5],
        ],
        's1.csv',
      ),
    );
    expect(
      await commit(
        parsedSeries(
          [
            ['2024-01-02', 5.5],
            ['2024-01-03', 7],
          ],
          's2.csv',
        ),
      ),
    ).toMatchObject({ read: 2, kept: 1, duplicates: 1, firstDay: '2024-01-02', lastDay: '2024-01-03' });
    const daily = () => series(session, { filter: {}, frequency: 'day' });
    expect(daily()).toMatchObject({
      dates: ['2024-01-01', '2024-01-02', '2024-01-03'],
      values: [100_000, 110_000, 70_000],
    });
    await takeImportOut(session, 1, quietJob);
    expect(daily()).toMatchObject({ dates: ['2024-01-02', '2024-01-03'], values: [55_000, 70_000] });
  });

  it('remembers settings and runs; data and rules make runs stale', async () => {
    expect(session.settings).toMatchObject({
      currency: null,
      rules: { cancellations: 'net', identical: 'drop', nonProduct: 'keep' },
      asOf: null,
    });
    setSettings(session, { currency: 'EUR', rules: { cancellations: 'drop' } });
    expect(await codeOf(() => setSettings(session, { asOf: '2024-02-31' }))).toBe('invalid-input');
    const ask = () => findStoredRun(session, { method: 'forecast.run', key: 'k' });
    const { dataVersion } = ask();
    saveRunOutput(session, { method: 'forecast.run', key: 'k', dataVersion, output: { mean: 1 } });
    expect(ask().output).toEqual({ mean: 1 });
    setSettings(session, { rules: { cancellations: 'keep' } });
    expect(ask().output).toBeNull();
    setSettings(session, { rules: { cancellations: 'drop' } });
    expect(ask().output).toEqual({ mean: 1 });
    await commit(parsedSales([line()]));
    expect(ask().output).toBeNull();
    // Asked before the import, answered after it: too late to be kept.
    saveRunOutput(session, { method: 'forecast.run', key: 'k', dataVersion, output: { mean: 1 } });
    expect(ask().output).toBeNull();
    session.close();
    session = await openSession({ storePath: path });
    expect(session.settings).toMatchObject({ currency: 'EUR', rules: { cancellations: 'drop', price: 'drop' } });
    expect(session.dataVersion).toBe(1);
  });
});
