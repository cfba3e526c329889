/** The ledger of imports with its row accounting, and the rows that were set aside. */
import type { ImportRecord, SetAsideReason, SetAsideRow, TableKind } from '../../src-shared/domain.ts';
import type { Repeats } from '../engine/sales/parsed-import.ts';
import { packJson, unpackJson } from './compression.ts';
import type { Store } from './open-store.ts';
import { insertSealed, type SealedTable } from './seals.ts';
import { requireWhole } from './sealed-rows.ts';
import { damaged } from './store-errors.ts';

/** What an import needs to be read back, by kind; the ledger shows none of it. */
export interface ImportDetails {
  /** Sales: lines stored, the sale columns stored of them, and which columns the file had. */
  lines?: number;
  columns?: string[];
  hasCustomerColumn?: boolean;
  hasInvoiceColumn?: boolean;
  /** Rows: when one is a duplicate. */
  repeats?: Repeats;
  /** Customers: columns that clustering may use. */
  numericColumns?: { id: string; label: string }[];
}

export interface LedgerEntry extends ImportRecord {
  fileHash: string;
  details: ImportDetails;
}

interface ImportTableRow {
  id: number;
  file_name: string;
  file_hash: string;
  kind: TableKind;
  imported_at: string;
  read: number;
  kept: number;
  set_aside: number;
  duplicates: number;
  set_aside_by_reason: string;
  first_day: string | null;
  last_day: string | null;
  columns: string;
  details: string;
}

const setAsidePerBlock = 5000;

const toEntry = (row: ImportTableRow): LedgerEntry => ({
  id: row.id,
  fileName: row.file_name,
  fileHash: row.file_hash,
  kind: row.kind,
  importedAt: row.imported_at,
  read: row.read,
  kept: row.kept,
  setAside: row.set_aside,
  setAsideByReason: JSON.parse(row.set_aside_by_reason) as Partial<Record<SetAsideReason, number>>,
  duplicates: row.duplicates,
  firstDay: row.first_day,
  lastDay: row.last_day,
  columns: JSON.parse(row.columns) as string[],
  details: JSON.parse(row.details) as ImportDetails,
});

/** All imports, oldest first. */
export const listImports = (store: Pick<Store, 'db'>): LedgerEntry[] =>
  (store.db.prepare('SELECT * FROM import ORDER BY id').all() as ImportTableRow[]).map(toEntry);

/** Writes a ledger entry and answers its id; the table itself refuses rows that do not add up. */
export function insertImport(store: Store, entry: Omit<LedgerEntry, 'id'>): number {
  const { lastInsertRowid } = store.db
    .prepare(
      `INSERT INTO import (file_name, file_hash, kind, imported_at, read, kept, set_aside, duplicates,
         set_aside_by_reason, first_day, last_day, columns, details)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      entry.fileName,
      entry.fileHash,
      entry.kind,
      entry.importedAt,
      entry.read,
      entry.kept,
      entry.setAside,
      entry.duplicates,
      JSON.stringify(entry.setAsideByReason),
      entry.firstDay,
      entry.lastDay,
      JSON.stringify(entry.columns),
      JSON.stringify(entry.details),
    );
  return Number(lastInsertRowid);
}

/** Takes an import out with everything that came with it. */
export const deleteImport = (store: Store, importId: number): void =>
  void store.db.prepare('DELETE FROM import WHERE id = ?').run(importId);

/** Moves rows between kept and duplicates, after an earlier import was undone. */
export const updateDuplicates = (store: Store, importId: number, duplicates: number): void =>
  void store.db
    .prepare('UPDATE import SET kept = kept + duplicates - ?, duplicates = ? WHERE id = ?')
    .run(duplicates, duplicates, importId);

/** Set-aside rows as they are stored: compressed before the transaction begins, so that it stays short. */
export interface SetAsideBlock {
  first: number;
  rows: number;
  data: Buffer;
}

/** A block at a time, so that other work gets its turn between. */
export function* packSetAside(rows: SetAsideRow[]): Generator<SetAsideBlock> {
  for (let first = 0; first < rows.length; first += setAsidePerBlock) {
    const part = rows.slice(first, first + setAsidePerBlock);
    yield { first, rows: part.length, data: packJson(part) };
  }
}

const setAsideTable: SealedTable = { name: 'set_aside_block', columns: ['import_id', 'first', 'rows', 'data'] };

export function insertSetAside(store: Store, importId: number, blocks: SetAsideBlock[]): void {
  for (const { first, rows, data } of blocks) insertSealed(store.db, setAsideTable, [importId, first, rows, data]);
}

/**
 * Set-aside rows offset … offset + limit of one import, in file order.
 * @param count how many the import has
 * @throws AppError 'store-damaged'
 */
export function readSetAside(
  store: Store,
  importId: number,
  count: number,
  offset: number,
  limit: number,
): SetAsideRow[] {
  const blocks = store.db
    .prepare(
      `SELECT import_id, first, rows, data, sum FROM set_aside_block
       WHERE import_id = ? AND first < ? AND first + rows > ? ORDER BY first`,
    )
    .all(importId, offset + limit, offset)
    .map((row) => requireWhole(store, setAsideTable, row as Record<string, unknown>) as unknown as SetAsideBlock);
  const start = blocks.length > 0 ? offset - blocks[0].first : 0;
  const rows = blocks.flatMap(({ data }) => unpackJson<SetAsideRow[]>(data)).slice(start, start + limit);
  const wanted = Math.max(0, Math.min(limit, count - offset));
  if (rows.length === wanted) return rows;
  throw damaged(
    store.path,
    `of the rows that import ${importId} set aside ${rows.length} are there instead of ${wanted}`,
  );
}
