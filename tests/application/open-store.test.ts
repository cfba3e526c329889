/** The store's file: making, migrating, refusing; every past version opens. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableKind } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { insertImport, listImports } from '../../src-main/store/import-ledger.ts';
import { migrations } from '../../src-main/store/migrations.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { readSettings, writeSetting } from '../../src-main/store/settings.ts';
import { applicationId } from '../../src-main/store/store-file.ts';
import { takeImportOut } from '../../src-main/worker/commit-import.ts';
import { quietJob } from '../../src-main/worker/job.ts';
import { loadDailySeries } from '../../src-main/worker/series-file.ts';
import { effects } from '../../src-main/worker/tasks/cleaning.ts';
import { getCalendar } from '../../src-main/worker/tasks/calendar.ts';
import { getEntry } from '../../src-main/worker/tasks/ledger.ts';
import { listModels, readModel } from '../../src-main/worker/tasks/models.ts';
import { forecastFrom } from '../../src-main/engine/forecasting/forecast-from.ts';
import { getPlaybook } from '../../src-main/worker/tasks/playbook.ts';
import { runImport } from '../../src-main/worker/tasks/import.ts';
import { setAsideRows } from '../../src-main/worker/tasks/imports.ts';
import { openSession } from '../fixtures/open-session.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salescope-store-'));
  path = join(folder, 'business.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return 'nothing thrown';
};

describe('opening', () => {
  it('makes a new store at the newest version, in WAL, with foreign keys', () => {
    const store = openStore(path);
    expect(store.db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(store.db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(store.db.pragma('foreign_keys', { simple: true })).toBe(1);
    const tables = store.db
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all() as { name: string; sql: string }[];
    expect(tables.length).toBeGreaterThan(8);
    expect(tables.filter(({ sql }) => !/\) STRICT/.test(sql))).toEqual([]);
    store.close();
  });

  /** A made-up first step with what every store has. */
  const first = `PRAGMA application_id = ${applicationId};
    CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
    INSERT INTO meta (key, value) VALUES ('change', 0);
    CREATE TABLE note (text TEXT) STRICT`;

  it('migrates an older store step by step, after it was shown as it was', () => {
    const old = openStore(path, { steps: [first] });
    old.transaction(() => old.db.prepare('INSERT INTO note VALUES (?)').run('kept'));
    old.close();
    const steps = [first, 'ALTER TABLE note ADD COLUMN day TEXT', "UPDATE note SET day = '2024-01-01'"];
    const seen: unknown[] = [];
    const beforeUpgrade = (db: Database.Database, version: number) =>
      seen.push(version, ...db.prepare('SELECT * FROM note').all());
    const store = openStore(path, { steps, beforeUpgrade });
    expect(seen).toEqual([1, { text: 'kept' }]);
    expect(store.db.prepare('SELECT * FROM note').all()).toEqual([{ text: 'kept', day: '2024-01-01' }]);
    expect(store.db.pragma('user_version', { simple: true })).toBe(3);
    store.close();
  });

  it('leaves a store as it was when a step fails', async () => {
    openStore(path, { steps: [first] }).close();
    const failing = { steps: [first, 'CREATE TABLE half (text TEXT) STRICT; SELECT nonsense'] };
    expect(await codeOf(() => openStore(path, failing))).toBe('store-damaged');
    const store = openStore(path, { steps: [first] });
    expect(store.db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
    store.close();
  });

  it('changes nothing outside a transaction', () => {
    const store = openStore(path);
    expect(() => store.db.prepare("INSERT INTO setting (key, value) VALUES ('a', '1')").run()).toThrow(/readonly/);
    store.transaction(() => store.db.prepare("INSERT INTO setting (key, value) VALUES ('a', '1')").run());
    expect(() => store.db.prepare('DELETE FROM setting').run()).toThrow(/readonly/);
    store.close();
  });

  it('is one whole file after every change, and at its end', () => {
    const store = openStore(path);
    store.transaction(() => writeSetting(store, 'businessName', 'A'));
    const copy = join(folder, 'copy.db');
    // Without its log, as a person copies it while the program runs.
    copyFileSync(path, copy);
    const copied = openStore(copy);
    expect(readSettings(copied)).toEqual({ businessName: 'A' });
    copied.close();
    store.close();
    expect(readdirSync(folder).sort()).toEqual(['business.db', 'business.db.lock', 'copy.db', 'copy.db.lock']);
  });

  it.skipIf(process.platform === 'win32')('is for this user alone, with all that lies beside it', () => {
    const store = openStore(path);
    store.transaction(() => writeSetting(store, 'businessName', 'A'));
    const rights = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
    expect(Object.fromEntries(rights)).toEqual({
      'business.db': 0o600,
      'business.db-shm': 0o600,
      'business.db-wal': 0o600,
      'business.db.lock': 0o600,
      'business.db.owner.json': 0o600,
    });
    store.close();
    // As an earlier program left it.
    chmodSync(path, 0o644);
    openStore(path).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe('what is no store', () => {
  /** Opening refuses it and changes no byte of it, nor leaves anything beside it but the lock. */
  async function untouched(code: string): Promise<void> {
    const before = readFileSync(path);
    expect(await codeOf(() => openStore(path))).toBe(code);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => !/^business\.db(\.lock)?$/.test(name))).toEqual([]);
  }

  it('is told apart: a text, a database of another program, an empty file, a folder', async () => {
    writeFileSync(path, 'Date,Amount\n2024-01-01,5\n');
    await untouched('store-foreign');
    rmSync(path);
    const other = new Database(path);
    other.exec(
      "CREATE TABLE meta (key TEXT, value TEXT); INSERT INTO meta VALUES ('change', '0'); PRAGMA user_version = 3",
    );
    other.close();
    await untouched('store-foreign');
    writeFileSync(path, '');
    await untouched('store-empty');
    rmSync(path);
    mkdirSync(path);
    expect(await codeOf(() => openStore(path))).toBe('store-foreign');
  });

  it('is not a newer store, which is told to be one', async () => {
    openStore(path, { steps: [...migrations, 'CREATE TABLE future (id INTEGER) STRICT'] }).close();
    await untouched('store-newer');
  });

  it('is no place where nothing can be made', async () => {
    expect(await codeOf(() => openStore(join(folder, 'none', 'a.db')))).toBe('file-not-readable');
  });
});

describe('a log that is lost', () => {
  /** A program that ended in the middle: its log holds the last change, its owner's note says so. */
  function crash(): void {
    const script = `
      import { openStore } from ${JSON.stringify(resolve(import.meta.dirname, '../../src-main/store/open-store.ts'))};
      import { writeSetting } from ${JSON.stringify(resolve(import.meta.dirname, '../../src-main/store/settings.ts'))};
      const store = openStore(${JSON.stringify(path)});
      store.transaction(() => writeSetting(store, 'businessName', 'first'));
      // A second reader keeps the log from going into the file.
      const reader = openStore(${JSON.stringify(path)}, { as: 'reader' });
      reader.beginReading();
      store.transaction(() => writeSetting(store, 'businessName', 'second'));
      process.kill(process.pid, 'SIGKILL');`;
    spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  }

  it('is used after a crash', () => {
    crash();
    const store = openStore(path);
    expect(readSettings(store)).toEqual({ businessName: 'second' });
    store.close();
  });

  it('is missed, in words, and can be given up', async () => {
    crash();
    rmSync(`${path}-wal`);
    expect(await codeOf(() => openStore(path))).toBe('store-damaged');
    expect(await codeOf(() => openStore(path, { as: 'reader' }))).toBe('store-damaged');
    const store = openStore(path, { acceptLoss: true });
    expect(readSettings(store)).toEqual({ businessName: 'first' });
    store.close();
    openStore(path).close();
  });
});

describe('every past version', () => {
  it.each([1, 2, 3])('opens a store of version %i with all it holds', async (version) => {
    copyFileSync(resolve(import.meta.dirname, `../fixtures/store-v${version}.db`), path);
    const session = await openSession({ storePath: path });
    expect(session.store.db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(session.settings).toMatchObject({
      currency: 'EUR',
      rules: { unknownCustomer: 'keep', cancellations: 'net' },
    });
    // The small shop of the fixtures: 47.345 known, 5 anonymous.
    expect(effects(session)).toMatchObject({ allLines: 7, usedMoney: 523_450 });
    expect(setAsideRows(session, { importId: 1, offset: 0, limit: 9 }).rows).toMatchObject([
      { row: 9, cells: ['?', '1'] },
    ]);
    expect(session.customerFile.attributes.get('anna')).toEqual({ age: 31 });
    expect(listImports(session.store).map(({ kind }) => kind)).toEqual(['sales', 'customers', 'series']);
    // From version 2 on the fixture holds an edited entry of the playbook.
    const loyal = version < 2 ? { name: 'Loyal', edited: false } : { name: 'Regulars', edited: true };
    expect(getPlaybook(session)[1]).toMatchObject({ segment: 'loyal', ...loyal });
    session.close();
  });

  it('opens a store of version 3 with its event, its published forecast and its saved model', async () => {
    copyFileSync(resolve(import.meta.dirname, '../fixtures/store-v3.db'), path);
    const session = await openSession({ storePath: path });
    expect(getCalendar(session, { filter: {} }).events).toMatchObject([{ name: 'Fair', from: '2024-04-02' }]);
    // The only sale of the last week was 12.345 on Sunday 31 March; the adjustment adds a fifth.
    const sunday = { date: '2024-04-07', mean: 123_450, naive: 123_450, adjusted: 148_140, actual: null };
    const entry = getEntry(session, { id: 1 });
    expect(entry).toMatchObject({ name: 'April', adjustments: [{ change: 0.2, note: 'Fair in town', gain: null }] });
    expect(entry.points.at(-1)).toMatchObject(sunday);
    expect(listModels(session)).toMatchObject([{ name: 'April', model: 'seasonal-naive' }]);
    const { trained } = readModel(session, { id: 1 });
    expect(forecastFrom(trained).points.at(-1)).toMatchObject({ date: '2024-04-07', mean: 123_450 });
    session.close();
  });

  it('opens a store of version 4: its customers, series and events are the same rows as when they are imported now', async () => {
    copyFileSync(resolve(import.meta.dirname, '../fixtures/store-v4.db'), path);
    const session = await openSession({ storePath: path });
    const accounts = () => listImports(session.store).map(({ kind, kept, duplicates }) => [kind, kept, duplicates]);
    const before = [
      ['sales', 2, 0],
      ['customers', 2, 0],
      ['customers', 1, 1],
      ['series', 2, 0],
    ];
    expect(accounts()).toEqual(before);
    expect(session.customerFile.attributes.get('anna')).toEqual({ name: 'Anna "A" Ö\\', age: 31 });
    expect(loadDailySeries(session.store, null, null)).toMatchObject({ amounts: Float64Array.of(1_005_000, -70_000) });
    const events = () => getCalendar(session, { filter: {} }).events.map(({ id: _id, ...event }) => event);
    const market = { name: 'Market', kind: 'special', from: '2023-12-01', to: '2023-12-03', everyYear: true };
    const fair = {
      name: 'Fair',
      kind: 'promotion',
      from: '2024-03-01',
      to: '2024-03-05',
      everyYear: false,
      source: '',
    };
    const known = [{ ...market, source: 'events.csv' }, fair];
    expect(events()).toEqual(known);
    const run = (name: string, kind: TableKind, ...lines: string[]) => {
      writeFileSync(join(folder, name), lines.join('\n'));
      return runImport(session, { file: { path: join(folder, name), name }, options: { kind } }, quietJob);
    };
    const people = await run('p.csv', 'customers', 'Customer,Name,Age', 'anna,"Anna ""A"" Ö\\",31', 'eve,Eve,22');
    expect(people).toMatchObject({ kind: 'customers', kept: 1, duplicates: 1 });
    expect(await run('s.csv', 'series', 'Date,Amount', '2023-01-02,-7', '2023-01-02,-7')).toMatchObject({
      kind: 'series',
      kept: 1,
      duplicates: 1,
    });
    const more = await run(
      'e.csv',
      'events',
      'name,from,to,kind',
      'Fair,2024-03-01,2024-03-05,promo',
      'New,2024-04-01,,closed',
    );
    expect(more).toMatchObject({ kind: 'events', kept: 1, duplicates: 1 });
    expect(events()).toHaveLength(3);
    await takeImportOut(session, more.id, quietJob);
    expect(events()).toEqual(known);
    await takeImportOut(session, 2, quietJob);
    expect(accounts()).toEqual([before[0], ['customers', 2, 0], before[3], ['customers', 2, 0], ['series', 1, 1]]);
    session.close();
  });

  it('refuses a ledger entry whose rows do not add up', () => {
    const store = openStore(path);
    const entry = {
      fileName: 'a.csv',
      fileHash: 'a',
      kind: 'sales' as const,
      importedAt: '2024-01-01T00:00:00Z',
      read: 10,
      kept: 7,
      setAside: 1,
      setAsideByReason: {},
      duplicates: 1,
      firstDay: null,
      lastDay: null,
      columns: [],
      details: {},
    };
    const insert = (one: typeof entry) => store.transaction(() => insertImport(store, one));
    expect(() => insert(entry)).toThrow(/CHECK constraint failed: read = kept \+ set_aside \+ duplicates/);
    expect(insert({ ...entry, kept: 8 })).toBe(1);
    store.close();
  });
});
