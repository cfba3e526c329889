/** Rows of files that hold an already-summed series. */
import type { Store } from './open-store.ts';
import { insertSealed, type SealedTable } from './seals.ts';
import { requireRows } from './sealed-rows.ts';

export interface SeriesFileRow {
  /** Days since 1970-01-01. */
  day: number;
  /** Whole 1/10 000 currency units. */
  amount: number;
  /** The same day with the same amount stands in an earlier import. */
  repeated: boolean;
}

const table: SealedTable = { name: 'series_point', columns: ['import_id', 'position', 'day', 'amount', 'repeated'] };

// A number binds as REAL, which a STRICT integer column takes only when it is whole.
export function insertSeriesRows(store: Store, importId: number, rows: SeriesFileRow[]): void {
  rows.forEach(({ day, amount, repeated }, i) => {
    insertSealed(store.db, table, [importId, i, day, amount, repeated ? 1 : 0]);
  });
}

/** Rows of one import in file order. @param count how many it has @throws AppError 'store-damaged' */
export const readSeriesRows = (store: Store, importId: number, count: number): SeriesFileRow[] =>
  requireRows(store, table, importId, count).map((row) => ({
    day: row.day as number,
    amount: row.amount as number,
    repeated: row.repeated === 1,
  }));

/** Replaces the marks of one import's rows, in file order. */
export function updateRepeatedPoints(store: Store, importId: number, repeated: boolean[]): void {
  const update = store.db.prepare(
    `UPDATE series_point
     SET repeated = @mark, sum = row_sum('series_point', import_id, position, day, amount, @mark)
     WHERE import_id = @importId AND position = @position`,
  );
  repeated.forEach((mark, position) => {
    update.run({ mark: mark ? 1 : 0, importId, position });
  });
}
