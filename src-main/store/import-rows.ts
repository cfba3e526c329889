/** Rows of the tables that are kept row by row, each as the JSON that its kind makes of it. */
import type { TableKind } from '../../src-shared/domain.ts';
import { type LedgerEntry, listImports } from './import-ledger.ts';
import type { Store } from './open-store.ts';
import { insertSealed, type SealedTable } from './seals.ts';
import { requireRows } from './sealed-rows.ts';

export interface ImportRow {
  /** JSON; equal rows have equal texts. */
  content: string;
  /** It is a duplicate, as its kind says what one is. */
  repeated: boolean;
}

const table: SealedTable = { name: 'import_row', columns: ['import_id', 'position', 'content', 'repeated'] };

export function insertImportRows(store: Store, importId: number, rows: ImportRow[]): void {
  rows.forEach(({ content, repeated }, i) => {
    insertSealed(store.db, table, [importId, i, content, repeated ? 1 : 0]);
  });
}

/** Rows of one import in file order. @param count how many it has @throws AppError 'store-damaged' */
const readImportRows = (store: Store, importId: number, count: number): ImportRow[] =>
  requireRows(store, table, importId, count).map((row) => ({
    content: row.content as string,
    repeated: row.repeated === 1,
  }));

/** Rows of all files of a kind, oldest import first. */
export const rowsOf = (store: Store, ledger: LedgerEntry[], kind: TableKind): ImportRow[] =>
  ledger
    .filter((entry) => entry.kind === kind)
    .flatMap((entry) => readImportRows(store, entry.id, entry.kept + entry.duplicates));

/** The rows of a kind as its builder made them, oldest import first. */
export const readRows = <Row>(store: Store, kind: TableKind): { row: Row; repeated: boolean }[] =>
  rowsOf(store, listImports(store), kind).map(({ content, repeated }) => ({
    row: JSON.parse(content) as Row,
    repeated,
  }));

/** Replaces the marks of one import's rows, in file order. */
export function updateRepeated(store: Store, importId: number, repeated: boolean[]): void {
  const update = store.db.prepare(
    `UPDATE import_row
     SET repeated = @mark, sum = row_sum('import_row', import_id, position, content, @mark)
     WHERE import_id = @importId AND position = @position`,
  );
  repeated.forEach((mark, position) => {
    update.run({ mark: mark ? 1 : 0, importId, position });
  });
}
