/** Trained forecasters kept for later, their state compressed. */
import { packJson, unpackJson } from './compression.ts';
import type { Store } from './open-store.ts';
import type { SealedTable } from './seals.ts';
import { requireWhole } from './sealed-rows.ts';

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

const columns = `id, name, saved_at AS savedAt, data_version AS dataVersion, app_version AS appVersion, input, summary,
  length(state) AS bytes`;

/** All saved models, newest first. */
export const listModelRows = (store: Store): StoredModel[] =>
  store.db.prepare(`SELECT ${columns} FROM model ORDER BY id DESC`).all() as StoredModel[];

export const findModelRow = (store: Store, id: number): StoredModel | null =>
  (store.db.prepare(`SELECT ${columns} FROM model WHERE id = ?`).get(id) as StoredModel) ?? null;

const table: SealedTable = {
  name: 'model',
  columns: ['id', 'name', 'saved_at', 'data_version', 'app_version', 'input', 'summary', 'state'],
};

/** The state of a model that is there. @throws AppError 'store-damaged' */
export function readModelState<T>(store: Store, id: number): T {
  const row = store.db.prepare(`SELECT ${table.columns.join(', ')}, sum FROM model WHERE id = ?`).get(id);
  return unpackJson<T>(requireWhole(store, table, row as Record<string, unknown>).state as Buffer);
}

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
