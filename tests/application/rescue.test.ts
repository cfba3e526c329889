/** A store that cannot be used: what is saved of it, what a fresh begin keeps, and what is looked at anew. */
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type {
  BusinessCalendar,
  ImportRecord,
  Overview,
  Salvage,
  StoreReplaced,
  StoreState,
} from '../../src-shared/domain.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { writeSetting } from '../../src-main/store/settings.ts';
import {
  customersCsv,
  eventsCsv,
  damagePrices,
  onCopiedStore as on,
  onStore,
  type Run,
  salesCsv,
  seriesCsv,
} from '../damage/full-store.ts';
import { useOwnStore } from '../damage/own-store.ts';

let path: string;
let full: string;
const { folder, fileOf } = useOwnStore('rescue', (at, from) => {
  path = at;
  full = from;
});

describe('what stands in the way from outside', () => {
  it('is looked at anew when asked: the file was put back, the other program has ended', async () => {
    writeFileSync(path, '');
    await on(path, async (run) => {
      await expect(run('settings.get')).rejects.toMatchObject({ code: 'store-empty' });
      expect((await run('store.reopen')) as StoreState).toMatchObject({ state: 'closed' });
      copyFileSync(full, path);
      expect((await run('store.reopen')) as StoreState).toMatchObject({ state: 'open', trouble: null });
      expect(await run('settings.get')).toMatchObject({ businessName: 'Corner shop' });
    });
    const owner = openStore(path, { door: 'window' });
    await on(path, async (run) => {
      expect((await run('store.state')) as StoreState).toMatchObject({
        state: 'reading',
        trouble: { code: 'store-busy' },
      });
      // Copies of what another program owns are made over a connection of their own.
      owner.transaction(() => writeSetting(owner, 'businessName', 'Written meanwhile'));
      expect(await run('backup.make')).toMatchObject({ businessName: 'Written meanwhile' });
      expect(await run('store.check')).toMatchObject({ faults: [] });
      owner.close();
      expect((await run('store.reopen')) as StoreState).toMatchObject({ state: 'open' });
    });
  });
});

describe('beginning anew', () => {
  it('keeps what was there; what is not ours is refused and not touched', async () => {
    damagePrices(path, 1);
    const damaged = readFileSync(path);
    await on(path, async (run) => {
      await run('overview.get', { filter: {} }).catch(() => {});
      const { keptAs }: StoreReplaced = await run('store.startEmpty');
      expect(readFileSync(keptAs!).equals(damaged)).toBe(true);
      expect(await run('settings.get')).toMatchObject({ currency: null });
    });
    const foreign = join(path, '..', 'other.db');
    const other = new Database(foreign);
    other.exec('CREATE TABLE mine (text TEXT)');
    other.close();
    const bytes = readFileSync(foreign);
    await on(foreign, async (run) => {
      await expect(run('store.startEmpty')).rejects.toMatchObject({ code: 'store-foreign' });
      const file = { path: full, name: 'shop.salescope' };
      await expect(run('company.import', { file })).rejects.toMatchObject({ code: 'store-foreign' });
      await expect(run('store.salvage')).rejects.toBeTruthy();
    });
    expect(readFileSync(foreign).equals(bytes)).toBe(true);
  });
});

describe('what can be saved of a damaged store', () => {
  /** What a store of the remaining files says, imported in a store of its own. */
  async function truth(sales: 'sales.csv' | 'more.csv'): Promise<object> {
    const alone = join(folder, `truth of ${sales}.db`);
    rmSync(alone, { force: true });
    return onStore(alone, async (run) => {
      await run('settings.set', { currency: 'EUR', locale: 'en-GB', businessName: 'Corner shop' });
      await run('settings.set', { rules: { unknownCustomer: 'keep' } });
      await run('calendar.addEvent', { name: 'Fair', kind: 'promotion', from: '2024-03-01', to: '2024-03-05' });
      const text = sales === 'sales.csv' ? salesCsv(3000) : salesCsv(400, 2800);
      await run('import.run', { file: fileOf(sales, text), options: {} });
      await run('import.run', { file: fileOf('customers.csv', customersCsv()), options: {} });
      await run('import.run', { file: fileOf('series.csv', seriesCsv()), options: { kind: 'series' } });
      await run('import.run', { file: fileOf('events.csv', eventsCsv()), options: {} });
      return told(run as Run);
    });
  }
  async function told(run: Run): Promise<object> {
    const imports: ImportRecord[] = await run('import.list');
    return {
      overview: await run('overview.get', { filter: {} }),
      rfm: await run('customers.rfm', { filter: {} }),
      cleaning: await run('cleaning.effects'),
      accounting: imports.map(({ fileName, read, kept, setAside, duplicates }) => ({
        fileName,
        read,
        kept,
        setAside,
        duplicates,
      })),
    };
  }

  it.each([
    ['the second of two overlapping imports', 2, 'more.csv', 'sales.csv'],
    ['the first, whose repetitions in the second count from now on', 1, 'sales.csv', 'more.csv'],
  ] as const)('all but %s', async (_which, importId, lost, left) => {
    damagePrices(path, importId);
    const damaged = readFileSync(path);
    await on(path, async (run) => {
      await expect(run('overview.get', { filter: {} })).rejects.toMatchObject({ code: 'store-damaged' });
      const saved: Salvage = await run('store.salvage');
      expect(saved).toMatchObject({ imports: 4, lostImports: [{ id: importId, name: lost }], lostRows: [] });
      expect(readFileSync(saved.keptAs!).equals(damaged)).toBe(true);
      expect(await told(run)).toEqual(await truth(left));
      expect(await run('ledger.get', { id: 1 })).toMatchObject({ name: 'Spring', adjustments: [{ note: 'A fair' }] });
      expect(await run('model.list')).toMatchObject([{ name: 'Kept' }]);
      expect(await run('store.check')).toMatchObject({ faults: [] });
    });
    // The lost file is imported again, and all is as it was.
    await on(path, async (run) => {
      const text = importId === 1 ? salesCsv(3000) : salesCsv(400, 2800);
      await run('import.run', { file: fileOf(lost, text), options: {} });
      const overview: Overview = await run('overview.get', { filter: {} });
      const before = await onStore(full, (ask) => ask('overview.get', { filter: {} }));
      expect(overview.total).toEqual((before as Overview).total);
    });
  });

  it('names rows that are lost, and says where it cannot tell how many', async () => {
    const db = new Database(path);
    db.function('row_sum', { varargs: true }, () => 7);
    db.exec("UPDATE event SET name = 'Fairy'");
    db.exec("DELETE FROM tally WHERE name = 'playbook'");
    db.close();
    await on(path, async (run) => {
      await expect(run('settings.get')).rejects.toMatchObject({ code: 'store-damaged' });
      const saved: Salvage = await run('store.salvage');
      expect(saved).toMatchObject({ imports: 5, lostImports: [] });
      expect(saved.lostRows).toEqual([
        { table: 'playbook', rows: null },
        { table: 'event', rows: 3 },
      ]);
    });
  });

  it('leaves the events of a lost import in the calendar, each once', async () => {
    const db = new Database(path);
    const before = db.prepare('SELECT name FROM event WHERE repeated = 0 ORDER BY name').pluck().all();
    db.function('row_sum', { varargs: true }, () => 7);
    db.exec("UPDATE import SET file_name = 'other.csv' WHERE kind = 'events'");
    db.close();
    await on(path, async (run) => {
      const saved: Salvage = await run('store.salvage');
      expect(saved).toMatchObject({ imports: 4, lostImports: [{ id: 5, name: null }], lostRows: [] });
      const { events }: BusinessCalendar = await run('calendar.get', { filter: {} });
      expect(events.map(({ name }) => name).sort()).toEqual(before);
      expect(before).toEqual(['Fair', 'Sale']);
      expect(await run('store.check')).toMatchObject({ faults: [] });
    });
  });

  it('is nothing where no row is whole, or none can be told to be: the store stays as it is', async () => {
    const broken = readFileSync(path);
    broken.fill(0, 4096);
    writeFileSync(path, broken);
    await on(path, async (run) => {
      await expect(run('store.salvage')).rejects.toMatchObject({
        code: 'store-damaged',
        message: expect.stringContaining('Nothing could be read'),
      });
    });
    expect(readFileSync(path).equals(broken)).toBe(true);
    expect(readdirSync(join(path, '..')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
