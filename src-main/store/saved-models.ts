/** Trained forecasters kept for later, their state compressed. */
import { packJson, unpackJson } from './compression.ts';
import type { Store } from './open-store.ts';
import type { SealedTable } from './seals.ts';
import { type CheckedRow, requireWhole } from './sealed-rows.ts';

/** What the list shows, as JSON. */
export interface StoredModel {
  id: number;
  name: string;
  savedAt: string;
  dataVersion: number;
  appVersion: string;
  input: string;
  summary: string;
  /** Of the compressed state. */
  bytes: number;
}

const table: SealedTable = {
  name: 'model',
  columns: ['id', 'name', 'saved_at', 'data_version', 'app_version', 'input', 'summary', 'state'],
};

/** Rows as they were written; `which` follows the table's name. @throws AppError 'store-damaged' */
const rowsOf = (store: Store, which: string, ...values: number[]): CheckedRow[] =>
  store.db
    .prepare(`SELECT ${table.columns.join(', ')}, sum FROM model ${which}`)
    .all(...values)
    .map((row) => requireWhole(store, table, row as CheckedRow));

const shown = (row: CheckedRow): StoredModel => ({
  id: Number(row.id),
  name: String(row.name),
  savedAt: String(row.saved_at),
  dataVersion: Number(row.data_version),
  appVersion: String(row.app_version),
  input: String(row.input),
  summary: String(row.summary),
  bytes: (row.state as Buffer).length,
});

/** All saved models, newest first. @throws AppError 'store-damaged' */
export const listModelRows = (store: Store): StoredModel[] => rowsOf(store, 'ORDER BY id DESC').map(shown);

/** @throws AppError 'store-damaged' */
export const findModelRow = (store: Store, id: number): StoredModel | null =>
  rowsOf(store, 'WHERE id = ?', id).map(shown)[0] ?? null;

/** The state of a model that is there. @throws AppError 'store-damaged' */
export const readModelState = <T>(store: Store, id: number): T =>
  unpackJson<T>(rowsOf(store, 'WHERE id = ?', id)[0].state as Buffer);

/** Keeps a model; @returns its id */
export function insertModel(store: Store, model: Omit<StoredModel, 'id' | 'bytes'>, state: unknown): number {
  const { name, savedAt, dataVersion, appVersion, input, summary } = model;
  const { lastInsertRowid } = store.db
    .prepare(
      'INSERT INTO model (name, saved_at, data_version, app_version, input, summary, state) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(name, savedAt, dataVersion, appVersion, input, summary, packJson(state));
  return Number(lastInsertRowid);
}

/** @returns models deleted, 0 or 1 */
export const deleteModel = (store: Store, id: number): number =>
  store.db.prepare('DELETE FROM model WHERE id = ?').run(id).changes;
