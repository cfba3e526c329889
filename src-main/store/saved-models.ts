/** Trained forecasters kept for later, their state compressed. */
import { packJson, unpackJson } from './compression.ts';
import type { Store } from './open-store.ts';

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

/** The state of a model that is there. */
export const readModelState = <T>(store: Store, id: number): T =>
  unpackJson<T>(store.db.prepare('SELECT state FROM model WHERE id = ?').pluck().get(id) as Buffer);

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
