/**
 * Sale lines as column blocks of 65,536 lines and dictionaries, both per import: an import is a document of its own
 * with ids local to it, so undoing one is deleting its rows, and reading joins the dictionaries.
 */
import type { ParsedLines } from '../engine/sales/parsed-import.ts';
import type { Dictionaries, ProductEntry } from '../engine/sales/sale-lines.ts';
import { packBytes, packJson, unpackBytes, unpackJson } from './compression.ts';
import type { Store } from './open-store.ts';

const linesPerBlock = 65_536;

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

/** Writes blocks of an import; a block that is there already (flags found anew) is replaced. */
export function insertBlocks(store: Store, importId: number, blocks: PackedBlock[]): void {
  const insert = store.db.prepare(
    'INSERT OR REPLACE INTO sale_block (import_id, block, column_name, lines, data) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { block, column, lines, data } of blocks) insert.run(importId, block, column, lines, data);
}

/**
 * Reads one column of one import, with ids local to the import.
 * @param into columns long enough for it
 * @param at the line it begins at
 */
export function readColumn(store: Store, importId: number, column: StoredColumn, into: StoredLines, at: number): void {
  const rows = store.db
    .prepare('SELECT block, lines, data FROM sale_block WHERE import_id = ? AND column_name = ?')
    .all(importId, column) as Pick<PackedBlock, 'block' | 'lines' | 'data'>[];
  const target = into[column];
  for (const { block, lines, data } of rows) {
    const bytes = unpackBytes(data);
    if (bytes.length !== lines * target.BYTES_PER_ELEMENT) {
      throw new Error(`Block ${block} of ${column} of import ${importId} is not ${lines} lines long.`);
    }
    new Uint8Array(target.buffer, (at + block * linesPerBlock) * target.BYTES_PER_ELEMENT, bytes.length).set(bytes);
  }
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

export function insertDictionaries(store: Store, importId: number, packed: PackedDictionary[]): void {
  const insert = store.db.prepare('INSERT INTO sale_dictionary (import_id, name, data) VALUES (?, ?, ?)');
  for (const { name, data } of packed) insert.run(importId, name, data);
}

export function readDictionaries(store: Store, importId: number): Dictionaries {
  const rows = store.db
    .prepare('SELECT name, data FROM sale_dictionary WHERE import_id = ?')
    .all(importId) as PackedDictionary[];
  const data = new Map(rows.map((row) => [row.name, row.data]));
  const list = <T>(name: keyof Dictionaries): T => {
    const found = data.get(name);
    if (!found) throw new Error(`Import ${importId} has no dictionary of ${name}.`);
    return unpackJson<T>(found);
  };
  const [codes, descriptions, categories] = list<[string[], string[], string[]]>('products');
  const products: ProductEntry[] = codes.map((code, i) => ({
    code,
    description: descriptions[i],
    category: categories[i],
  }));
  return { customers: list('customers'), products, invoices: list('invoices'), countries: list('countries') };
}
