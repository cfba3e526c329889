/** Rows of files that hold an already-summed series. */
import type { Store } from './open-store.ts';

export interface SeriesFileRow {
  /** Days since 1970-01-01. */
  day: number;
  /** Whole 1/10 000 currency units. */
  amount: number;
  /** The same day with the same amount stands in an earlier import. */
  repeated: boolean;
}

export function insertSeriesRows(store: Store, importId: number, rows: SeriesFileRow[]): void {
  const insert = store.db.prepare(
    'INSERT INTO series_point (import_id, position, day, amount, repeated) VALUES (?, ?, ?, ?, ?)',
  );
  // A number binds as REAL, which a STRICT integer column takes only when it is whole.
  rows.forEach((row, i) => {
    insert.run(importId, i, row.day, row.amount, row.repeated ? 1 : 0);
  });
}

/** Rows of one import in file order. */
export const readSeriesRows = (store: Store, importId: number): SeriesFileRow[] =>
  (
    store.db
      .prepare('SELECT day, amount, repeated FROM series_point WHERE import_id = ? ORDER BY position')
      .all(importId) as { day: number; amount: number; repeated: number }[]
  ).map((row) => ({ ...row, repeated: row.repeated === 1 }));

/** Replaces the marks of one import's rows, in file order. */
export function updateRepeatedPoints(store: Store, importId: number, repeated: boolean[]): void {
  const update = store.db.prepare('UPDATE series_point SET repeated = ? WHERE import_id = ? AND position = ?');
  repeated.forEach((mark, position) => {
    update.run(mark ? 1 : 0, importId, position);
  });
}
