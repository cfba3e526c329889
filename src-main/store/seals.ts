/**
 * Seals: every row carries the checksum of its other columns (`sum`), and `tally` holds for every table how many rows it
 * has and what their sums add up to. A row that changed, moved or vanished without the program is found by its seal.
 *
 * Small tables are sealed by triggers (`sealedByTrigger`); rows with packed bytes are sealed where they are written, so
 * that the bytes are not written twice. The triggers call `row_sum`, a function of our own connections: another program
 * cannot change a sealed row by accident.
 */
import { crc32 } from 'node:zlib';
import type Database from 'better-sqlite3';

export type SqlValue = string | number | null | Uint8Array;

/** A table whose rows are sealed where they are written. */
export interface SealedTable {
  name: string;
  /** All columns but the sum, in the order of the table. */
  columns: readonly string[];
}

/** CRC-32 over a table's name and a row's values, each with its kind and length, so that nothing runs together. */
export function rowSum(table: string, values: readonly unknown[]): number {
  let sum = crc32(table);
  for (const value of values) {
    if (value instanceof Uint8Array) sum = crc32(value, crc32(`\u0002b${value.length}:`, sum));
    else sum = crc32(`\u0002${value === null ? 'n' : typeof value}${String(value).length}:${value}`, sum);
  }
  return sum;
}

/** Gives a connection the function that the triggers call. */
export function registerSeals(db: Database.Database): void {
  db.function('row_sum', { varargs: true, deterministic: true, directOnly: false }, (table, ...values) =>
    rowSum(String(table), values),
  );
}

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>();

function prepared(db: Database.Database, sql: string): Database.Statement {
  let known = statements.get(db);
  if (!known) {
    known = new Map();
    statements.set(db, known);
  }
  const found = known.get(sql) ?? db.prepare(sql);
  known.set(sql, found);
  return found;
}

/**
 * Writes one row with its seal.
 * @param values in the order of the table's columns
 * @param onConflict what follows the values, such as an upsert; it may name `excluded.sum`
 */
export function insertSealed(db: Database.Database, table: SealedTable, values: SqlValue[], onConflict = ''): void {
  const { name, columns } = table;
  const sql = `INSERT INTO ${name} (${columns.join(', ')}, sum) VALUES (${columns.map(() => '?').join(', ')}, ?) ${onConflict}`;
  prepared(db, sql).run(...values, rowSum(name, values));
}

/** Whether a row read with its sum is as it was written. */
export const isWhole = ({ name, columns }: SealedTable, row: Record<string, unknown>): boolean =>
  rowSum(
    name,
    columns.map((column) => row[column]),
  ) === row.sum;
