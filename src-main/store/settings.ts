/** Settings (key and JSON value) and the version of the data. */
import type { Store } from './open-store.ts';

/** All stored settings; a key never set is absent. */
export function readSettings(store: Pick<Store, 'db'>): Record<string, unknown> {
  const rows = store.db.prepare('SELECT key, value FROM setting').all() as { key: string; value: string }[];
  return Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value)]));
}

export function writeSetting(store: Store, key: string, value: unknown): void {
  store.db
    .prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    .run(key, JSON.stringify(value));
}

/** Grows by one with every change of the imported data. */
export const readDataVersion = (store: Store): number =>
  store.db.prepare("SELECT value FROM meta WHERE key = 'dataVersion'").pluck().get() as number;

/** Counts the data version up; results of older data can never be asked for again, so they go. */
export function nextDataVersion(store: Store): number {
  store.db.prepare("UPDATE meta SET value = value + 1 WHERE key = 'dataVersion'").run();
  store.db.prepare('DELETE FROM run').run();
  return readDataVersion(store);
}

/** Version of the SQLite library. */
export const sqliteVersion = (store: Store): string =>
  store.db.prepare('SELECT sqlite_version()').pluck().get() as string;
