/** Puts the lines of several imports, each with ids of its own, into one set of columns with one set of dictionaries. */
import { AppError } from '../../../src-shared/errors.ts';
import { type DictionaryName, lineColumns, lineDictionaries } from './line-columns.ts';
import type { ParsedLines } from './parsed-import.ts';
import {
  type ColumnName,
  columnNames,
  type Dictionaries,
  dictionaryOf,
  emptyDictionaries,
  fileColumns,
  type KeyColumn,
  keyColumns,
  mostEntries,
  perDictionary,
  type SaleLines,
} from './sale-lines.ts';

interface ArrayType {
  readonly BYTES_PER_ELEMENT: number;
  new (source: number | SharedArrayBuffer): unknown;
}

/** Columns of zeros, `make` giving the array of each. */
export const columnsOfZeros = <Column extends ColumnName>(
  columns: readonly Column[],
  make: (array: ArrayType) => unknown,
): Pick<SaleLines, Column> =>
  Object.fromEntries(
    columns.map((column) => [column, make(lineColumns[column].array as unknown as ArrayType)]),
  ) as Pick<SaleLines, Column>;

/** Columns of zeros on shared memory. */
export const allocateLines = (length: number): SaleLines => ({
  length,
  ...columnsOfZeros(columnNames, (array) => new array(new SharedArrayBuffer(array.BYTES_PER_ELEMENT * length))),
});

/** New id of each id of the added dictionary; null: they are the same. */
export type IdMaps = Record<DictionaryName, Uint32Array | null>;

/** One growing list of distinct entries; the look-up is only built once a second import comes. */
class JoinedList {
  entries: unknown[];
  private ids: Map<string, number> | null = null;
  private readonly keyOf: (entry: unknown) => string;

  constructor(entries: unknown[], keyOf: (entry: unknown) => string) {
    this.entries = entries;
    this.keyOf = keyOf;
  }

  add(added: unknown[]): Uint32Array | null {
    if (this.entries.length <= 1) {
      this.entries = added;
      return null;
    }
    if (!this.ids) {
      this.entries = this.entries.slice();
      this.ids = new Map(this.entries.map((entry, id) => [this.keyOf(entry), id]));
    }
    const map = new Uint32Array(added.length);
    for (let local = 0; local < added.length; local++) {
      const key = this.keyOf(added[local]);
      let id = this.ids.get(key);
      if (id === undefined) {
        id = this.entries.push(added[local]) - 1;
        this.ids.set(key, id);
      }
      map[local] = id;
    }
    return map;
  }
}

/** @throws AppError 'file-not-understood' where a column has no room for so many different entries */
function requireRoom(column: KeyColumn, entries: number): void {
  if (entries <= mostEntries(column)) return;
  throw new AppError(
    'file-not-understood',
    `The column taken for the ${column} has more than ${mostEntries(column)} different values. Choose another column for it, or none.`,
  );
}

/** Joins dictionaries one import after the other; the ones handed in are never changed. */
export class DictionaryJoiner {
  private readonly lists: Record<DictionaryName, JoinedList>;

  constructor(base: Dictionaries = emptyDictionaries()) {
    this.lists = perDictionary(
      (name) => new JoinedList(base[name], lineDictionaries[name].keyOf as (entry: unknown) => string),
    );
  }

  /** @throws AppError 'file-not-understood' above 65,535 countries. */
  add(added: Dictionaries): IdMaps {
    const maps: IdMaps = perDictionary((name) => this.lists[name].add(added[name]));
    for (const column of keyColumns) requireRoom(column, this.lists[dictionaryOf(column)].entries.length);
    return maps;
  }

  get dictionaries(): Dictionaries {
    return perDictionary((name) => this.lists[name].entries) as unknown as Dictionaries;
  }
}

function translate(ids: SaleLines[KeyColumn], map: Uint32Array | null, from: number, to: number): void {
  if (map) for (let i = from; i < to; i++) ids[i] = map[ids[i]];
}

/** Copies parsed columns to line `at` and following; ids stay local until `finishLines`. */
export function copyLines(from: ParsedLines, into: SaleLines, at: number): void {
  for (const column of fileColumns) into[column].set(from[column].subarray(0, from.length), at);
}

/** Half away from zero, so that a cancellation takes back exactly what the sale brought. */
const roundedAmount = (quantity: number, price: number): number => {
  const product = quantity * price;
  return (product < 0 ? -Math.round(-product) : Math.round(product)) + 0;
};

/** Turns local ids of lines `from` … `to` into those of the joined dictionaries and works out the amounts. */
export function finishLines(lines: SaleLines, maps: IdMaps, importIndex: number, from: number, to: number): void {
  for (const column of keyColumns) translate(lines[column], maps[dictionaryOf(column)], from, to);
  const { amount, quantity, price } = lines;
  for (let i = from; i < to; i++) amount[i] = roundedAmount(quantity[i], price[i]);
  lines.importIndex.fill(importIndex, from, to);
}

/** Copies whole columns to the start of longer ones. */
export function extendLines(old: SaleLines, length: number): SaleLines {
  const lines = allocateLines(length);
  for (const column of columnNames) lines[column].set(old[column]);
  return lines;
}
