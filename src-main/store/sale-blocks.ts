/**
 * Sale lines as column blocks of 65,536 lines and dictionaries, both per import: an import is a document of its own
 * with ids local to it, so undoing one is deleting its rows, and reading joins the dictionaries.
 */
import { type DictionaryName, lineDictionaries } from '../engine/sales/line-columns.ts';
import {
  type Dictionaries,
  dictionaryNames,
  dictionaryOf,
  keyColumns,
  perDictionary,
  type SaleLines,
  type StoredColumn,
  storedColumns,
} from '../engine/sales/sale-lines.ts';
import { packBytes, packJson, unpackBytes, unpackJson } from './compression.ts';
import type { ImportDetails } from './import-ledger.ts';
import type { Store } from './open-store.ts';
import { insertSealed, type SealedTable } from './seals.ts';
import { requireRows, requireWhole } from './sealed-rows.ts';
import { damaged } from './store-errors.ts';

export const linesPerBlock = 65_536;

/** What of an import's lines is stored; the amount follows from quantity and price. */
export type StoredLines = Pick<SaleLines, StoredColumn>;

/** Columns that an import has blocks of; those that came later hold zeros for it. */
export const columnsOfImport = ({ columns = [] }: ImportDetails): StoredColumn[] =>
  storedColumns.filter((column) => columns.includes(column));

export interface PackedBlock {
  block: number;
  column: StoredColumn;
  lines: number;
  data: Buffer;
}

/** Compresses one column; call per column so that other work gets its turn between. */
export function packColumn(array: StoredLines[StoredColumn], column: StoredColumn, length: number): PackedBlock[] {
  const blocks: PackedBlock[] = [];
  for (let first = 0; first < length; first += linesPerBlock) {
    const end = Math.min(first + linesPerBlock, length);
    blocks.push({
      block: first / linesPerBlock,
      column,
      lines: end - first,
      data: packBytes(array.subarray(first, end)),
    });
  }
  return blocks;
}

const blockTable: SealedTable = {
  name: 'sale_block',
  columns: ['import_id', 'column_name', 'block', 'lines', 'data'],
};

/** Writes blocks of an import; a block that is there already (flags found anew) is replaced. */
export function insertBlocks(store: Store, importId: number, blocks: PackedBlock[]): void {
  for (const { block, column, lines, data } of blocks) {
    const anew = 'ON CONFLICT DO UPDATE SET lines = excluded.lines, data = excluded.data, sum = excluded.sum';
    insertSealed(store.db, blockTable, [importId, column, block, lines, data], anew);
  }
}

/**
 * Reads one column of one import, with ids local to the import.
 * @param into columns long enough for it
 * @param at the line it begins at
 * @param count lines of the import
 * @throws AppError 'store-damaged' where a block is missing or not as it was written
 */
export function readColumn(
  store: Store,
  importId: number,
  column: StoredColumn,
  into: StoredLines,
  at: number,
  count: number,
): void {
  const rows = store.db
    .prepare(
      `SELECT import_id, column_name, block, lines, data, sum FROM sale_block
       WHERE import_id = ? AND column_name = ? ORDER BY block`,
    )
    .all(importId, column) as Record<string, unknown>[];
  const target = into[column];
  let read = 0;
  for (const [place, row] of rows.entries()) {
    const { block, lines, data } = requireWhole(store, blockTable, row) as unknown as PackedBlock;
    const bytes = unpackBytes(data);
    const first = block * linesPerBlock;
    if (block !== place || first + lines > count || bytes.length !== lines * target.BYTES_PER_ELEMENT)
      throw damaged(store.path, `block ${block} of the column ${column} of import ${importId} does not belong there`);
    new Uint8Array(target.buffer, (at + first) * target.BYTES_PER_ELEMENT, bytes.length).set(bytes);
    read += lines;
  }
  if (read !== count)
    throw damaged(store.path, `the column ${column} of import ${importId} has ${read} lines of ${count}`);
}

export interface PackedDictionary {
  name: DictionaryName;
  data: Buffer;
}

type Codec = { pack(entries: unknown): unknown; unpack(packed: unknown): unknown };
const codecOf = (name: DictionaryName) => lineDictionaries[name] as Codec;

export const packDictionaries = (dictionaries: Dictionaries): PackedDictionary[] =>
  dictionaryNames.map((name) => ({ name, data: packJson(codecOf(name).pack(dictionaries[name])) }));

const dictionaryTable: SealedTable = { name: 'sale_dictionary', columns: ['import_id', 'name', 'data'] };

/** Dictionaries that an import has: those of its columns. */
export const dictionariesOfImport = (details: ImportDetails): DictionaryName[] => {
  const columns = columnsOfImport(details);
  return [...new Set(keyColumns.filter((column) => columns.includes(column)).map(dictionaryOf))];
};

export function insertDictionaries(store: Store, importId: number, packed: PackedDictionary[]): void {
  for (const { name, data } of packed) insertSealed(store.db, dictionaryTable, [importId, name, data]);
}

/** @throws AppError 'store-damaged' where one is missing or not as it was written */
export function readDictionaries(store: Store, importId: number, details: ImportDetails): Dictionaries {
  const names = dictionariesOfImport(details);
  const rows = requireRows(store, dictionaryTable, importId, names.length) as unknown as PackedDictionary[];
  const data = new Map(rows.map((row) => [row.name, row.data]));
  return perDictionary((name) => {
    const packed = data.get(name);
    return packed ? codecOf(name).unpack(unpackJson(packed)) : [lineDictionaries[name].missing];
  }) as unknown as Dictionaries;
}
