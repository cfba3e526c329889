/** Reading rows that are sealed where they are written: what does not fit its seal is never handed on. */
import type { Store } from './open-store.ts';
import { isWhole, type SealedTable } from './seals.ts';
import { damaged } from './store-errors.ts';

/** A row of the store whose seal has been looked at. */
export type CheckedRow = Record<string, unknown>;

/** @throws AppError 'store-damaged' where the row is not as it was written */
export function requireWhole(store: Store, table: SealedTable, row: CheckedRow): CheckedRow {
  if (isWhole(table, row)) return row;
  const key = table.columns.slice(0, 3).map((column) => `${column} ${String(row[column]).slice(0, 40)}`);
  throw damaged(store.path, `${table.name} (${key.join(', ')}) does not fit its checksum`);
}

/**
 * All rows of one import, in the order of their key.
 * @param count how many there must be
 * @throws AppError 'store-damaged'
 */
export function requireRows(store: Store, table: SealedTable, importId: number, count: number): CheckedRow[] {
  const { name, columns } = table;
  const rows = store.db
    .prepare(`SELECT ${columns.join(', ')}, sum FROM ${name} WHERE import_id = ? ORDER BY ${columns[1]}`)
    .all(importId) as CheckedRow[];
  if (rows.length !== count)
    throw damaged(store.path, `import ${importId} has ${rows.length} rows in ${name} and should have ${count}`);
  return rows.map((row) => requireWhole(store, table, row));
}
