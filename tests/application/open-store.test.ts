/** The store's file: making, migrating, refusing; every past version opens. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/errors.ts';
import { insertImport, listImports } from '../../src-main/store/import-ledger.ts';
import { migrations } from '../../src-main/store/migrations.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { openSession } from '../../src-main/worker/session.ts';
import { effects } from '../../src-main/worker/tasks/cleaning.ts';
import { getCalendar } from '../../src-main/worker/tasks/calendar.ts';
import { getEntry } from '../../src-main/worker/tasks/ledger.ts';
import { listModels, readModel } from '../../src-main/worker/tasks/models.ts';
import { forecastFrom } from '../../src-main/engine/forecasting/forecast-from.ts';
import { getPlaybook } from '../../src-main/worker/tasks/playbook.ts';
import { setAsideRows } from '../../src-main/worker/tasks/imports.ts';

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

  it('migrates an older store step by step and keeps a copy of it', () => {
    const first = 'CREATE TABLE note (text TEXT) STRICT';
    const old = openStore(path, [first]);
    old.db.prepare('INSERT INTO note VALUES (?)').run('kept');
    old.close();
    const store = openStore(path, [
      first,
      'ALTER TABLE note ADD COLUMN day TEXT',
      "UPDATE note SET day = '2024-01-01'",
    ]);
    expect(store.db.prepare('SELECT * FROM note').all()).toEqual([{ text: 'kept', day: '2024-01-01' }]);
    expect(store.db.pragma('user_version', { simple: true })).toBe(3);
    store.close();
    const copy = new Database(`${path}.v1.bak`, { readonly: true });
    expect(copy.prepare('SELECT * FROM note').all()).toEqual([{ text: 'kept' }]);
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    copy.close();
  });

  it('leaves a store as it was when a step fails', async () => {
    const first = 'CREATE TABLE note (text TEXT) STRICT';
    openStore(path, [first]).close();
    expect(await codeOf(() => openStore(path, [first, 'CREATE TABLE half (text TEXT) STRICT; SELECT nonsense']))).toBe(
      'file-not-readable',
    );
    const store = openStore(path, [first]);
    expect(store.db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
    store.close();
  });

  it('refuses a newer store and a file that is none', async () => {
    openStore(path, [...migrations, 'CREATE TABLE future (id INTEGER) STRICT']).close();
    expect(await codeOf(() => openStore(path))).toBe('file-too-new');
    expect(await codeOf(() => openStore(resolve(import.meta.dirname, 'store.test.ts')))).toBe('file-not-readable');
  });

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
    expect(() => insertImport(store, entry)).toThrow(/CHECK constraint failed: read = kept \+ set_aside \+ duplicates/);
    expect(insertImport(store, { ...entry, kept: 8 })).toBe(1);
    store.close();
  });
});
