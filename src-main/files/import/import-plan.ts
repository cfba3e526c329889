import type { DateOrder, DecimalMark, Delimiter, Field, Note, TableKind } from '../../../src-shared/domain.ts';
import type { Mapping } from './field-candidates.ts';
import type { DateStyle } from './date-parsing.ts';
import type { Pause } from './pace.ts';
import type { Cell } from './table-rows.ts';

/** One sheet to read (a text file is one sheet). */
export interface SheetPlan {
  name: string;
  /** 0-based row of the header in the sheet; -1: none. */
  headerRow: number;
  /** Where the plan's columns stand in this sheet; null where in the same places. */
  order: number[] | null;
}

/** Revenue of a line: quantity × price, or the amount the file states. */
export type AmountMode = 'product' | 'amount';

/** Everything decided about a file before its rows are read. */
export interface ImportPlan {
  format: 'csv' | 'xlsx';
  gzip: boolean;
  encoding: string;
  delimiter: Delimiter;
  sheets: SheetPlan[];
  /** false: some of the file's sheets are left out. */
  allSheets: boolean;
  kind: TableKind;
  headers: string[];
  mapping: Mapping;
  /** Places of the columns of dates, the surest first. */
  dates: number[];
  dateOrder: DateOrder;
  /** false: both orders fit and nothing but an assumption decides. */
  dateOrderSure: boolean;
  dateStyle: DateStyle;
  /** Decimal mark of each number column, by column. */
  marks: DecimalMark[];
  amountMode: AmountMode;
  /** What the user has chosen and no evidence may change. */
  fixed: { encoding: boolean; dateOrder: boolean; decimalMark: boolean };
}

/** A table whose rows are being taken in, whatever its kind. */
export interface TableBuilder<Parsed> {
  /** Takes one row; `number` is its 1-based row in the sheet. */
  add(row: Cell[], sheet: string, number: number): void;
  /** Ends a sheet: blank rows at its end are no rows. */
  endSheet(): void;
  /** Rows taken so far. */
  readonly read: number;
  /** The plan the column evidence demands instead; null while it agrees. With `whole`, all rows were seen. */
  contradiction(whole: boolean): ImportPlan | null;
  /** The table of all rows taken; `pause` runs where that takes long. */
  finish(
    file: { fileName: string; fileHash: string },
    pause: Pause,
  ): FinishedTable<Parsed> | Promise<FinishedTable<Parsed>>;
}

export interface FinishedTable<Parsed> {
  parsed: Parsed;
  notes: Note[];
}

export const note = (code: string, params: Note['params'] = {}, level: Note['level'] = 'info'): Note => ({
  code,
  params,
  level,
});

export const headerOf = (plan: ImportPlan, field: Field): string => {
  const index = plan.mapping[field];
  return index === undefined ? '' : plan.headers[index];
};

/** The column that a note on dates speaks of. */
export const dateHeaderOf = ({ headers, dates }: ImportPlan): string => headers[dates[0] ?? 0];

const mostListed = 40;
/** Names for a sentence; of very many, the first ones and how many more there are. */
export const listed = (names: readonly string[]): string =>
  names.length <= mostListed
    ? names.join(', ')
    : `${names.slice(0, mostListed).join(', ')} and ${names.length - mostListed} more`;
