import { type DictionaryName, lineColumns, lineDictionaries } from './line-columns.ts';

type Columns = typeof lineColumns;
export type ColumnName = keyof Columns;
type Filled<From extends Columns[ColumnName]['from']> = {
  [C in ColumnName]: Columns[C]['from'] extends From ? C : never;
}[ColumnName];
/** Columns that a file decides. */
export type FileColumn = Filled<'file'>;
export type StoredColumn = Filled<'file' | 'import'>;
/** Columns whose values are places in a dictionary. */
export type KeyColumn = { [C in ColumnName]: Columns[C] extends { dictionary: string } ? C : never }[ColumnName];

type ColumnArrays = { -readonly [C in ColumnName]: Columns[C]['array']['prototype'] };

/**
 * Sale lines as columns (line-columns.ts says what each holds). Index 0 of every dictionary is "missing" (empty text), so id 0
 * means the cell was empty. All arrays have the same length and sit on SharedArrayBuffers, so that every thread reads the
 * same memory.
 */
export interface SaleLines extends ColumnArrays {
  length: number;
}

export type Dictionaries = {
  [D in DictionaryName]: ReturnType<(typeof lineDictionaries)[D]['unpack']>;
};

const columnsWhere = (fits: (column: { from: string; dictionary?: string }) => boolean): ColumnName[] =>
  (Object.keys(lineColumns) as ColumnName[]).filter((name) => fits(lineColumns[name]));

export const columnNames = columnsWhere(() => true);
export const fileColumns = columnsWhere(({ from }) => from === 'file') as FileColumn[];
export const storedColumns = columnsWhere(({ from }) => from !== 'load') as StoredColumn[];
export const keyColumns = columnsWhere(({ dictionary }) => dictionary !== undefined) as KeyColumn[];
export const dictionaryNames = Object.keys(lineDictionaries) as DictionaryName[];

export const dictionaryOf = (column: KeyColumn): DictionaryName => lineColumns[column].dictionary;
/** The highest id that a column has room for. */
export const mostEntries = (column: KeyColumn): number => 2 ** (8 * lineColumns[column].array.BYTES_PER_ELEMENT) - 1;

/** One value of each dictionary. */
export const perDictionary = <T>(make: (name: DictionaryName) => unknown): Record<DictionaryName, T> =>
  Object.fromEntries(dictionaryNames.map((name) => [name, make(name)])) as Record<DictionaryName, T>;

/** Dictionaries that hold nothing but "missing". */
export const emptyDictionaries = (): Dictionaries =>
  perDictionary((name) => [lineDictionaries[name].missing]) as unknown as Dictionaries;

/** Bits of SaleLines.flags. A bit says what the line is; the rules decide what that means. */
export const lineFlags = {
  /** The file has a customer column and the cell is empty. */
  unknownCustomer: 1,
  /** A cancellation or return: a cancelling invoice number, or a negative quantity or amount with a price above zero. */
  cancellation: 2,
  /** Quantity ≤ 0 and not a cancellation. */
  quantity: 4,
  /** Price ≤ 0. */
  price: 8,
  /** Identical in every cell to an earlier line of the same import. */
  identical: 16,
  nonProduct: 32,
  /** The same line stands in an earlier import: never counted, whatever the rules say. */
  repeated: 64,
} as const;

/** Seconds between 1970-01-01 and 2000-01-01. */
export const epochSeconds = 946_684_800;
export const secondsPerDay = 86_400;

/** Days since 1970-01-01 of a line's wall-clock seconds. */
export const dayOf = (seconds: number): number => Math.floor((seconds + epochSeconds) / secondsPerDay);

/** 'YYYY-MM-DD' of days since 1970-01-01. */
export const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Days since 1970-01-01 of 'YYYY-MM-DD'. */
export const dayNumber = (text: string): number => Math.round(Date.parse(`${text}T00:00:00Z`) / 86_400_000);
