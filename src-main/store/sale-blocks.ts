/**
 * Sale lines as column blocks of 65,536 lines and dictionaries, both per import: an import is a document of its own
 * with ids local to it, so undoing one is deleting its rows, and reading joins the dictionaries.
 */
import type { ParsedLines } from '../engine/sales/parsed-import.ts';
import type { Dictionaries, ProductEntry } from '../engine/sales/sale-lines.ts';
import { packBytes, packJson, unpackBytes, unpackJson } from './compression.ts';
import type { Store } from './open-store.ts';
import { insertSealed, type SealedTable } from './seals.ts';
import { requireRows, requireWhole } from './sealed-rows.ts';
import { damaged } from './store-errors.ts';

export const linesPerBlock = 65_536;

/** What of an import's lines is stored; the amount follows from quantity and price. */
export type StoredLines = ParsedLines & { flags: Uint8Array };

export const storedColumns = [
  'seconds',
  'customer',
  'product',
  'invoice',
  'country',
  'quantity',
  'price',
  'rest',
  'flags',
] as const satisfies (keyof StoredLines)[];
export type StoredColumn = (typeof storedColumns)[number];

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
  name: keyof Dictionaries;
  data: Buffer;
}

/** Products are kept as three parallel lists: smaller, and quicker to parse than a million keys. */
export function packDictionaries(dictionaries: Dictionaries): PackedDictionary[] {
  const { customers, products, invoices, countries } = dictionaries;
  const columns = [products.map((p) => p.code), products.map((p) => p.description), products.map((p) => p.category)];
  return [
    { name: 'customers', data: packJson(customers) },
    { name: 'products', data: packJson(columns) },
    { name: 'invoices', data: packJson(invoices) },
    { name: 'countries', data: packJson(countries) },
  ];
}

const dictionaryTable: SealedTable = { name: 'sale_dictionary', columns: ['import_id', 'name', 'data'] };
const dictionaryNames = 4;

export function insertDictionaries(store: Store, importId: number, packed: PackedDictionary[]): void {
  for (const { name, data } of packed) insertSealed(store.db, dictionaryTable, [importId, name, data]);
}

/** @throws AppError 'store-damaged' where one is missing or not as it was written */
export function readDictionaries(store: Store, importId: number): Dictionaries {
  const rows = requireRows(store, dictionaryTable, importId, dictionaryNames) as unknown as PackedDictionary[];
  const data = new Map(rows.map((row) => [row.name, row.data]));
  const list = <T>(name: keyof Dictionaries): T => unpackJson<T>(data.get(name)!);
  const [codes, descriptions, categories] = list<[string[], string[], string[]]>('products');
  const products: ProductEntry[] = codes.map((code, i) => ({
    code,
    description: descriptions[i],
    category: categories[i],
  }));
  return { customers: list('customers'), products, invoices: list('invoices'), countries: list('countries') };
}
