import type { Day, Note } from './base.ts';

export interface ImportFile {
  /** Absolute path, or the token an upload returned. */
  path: string;
  /** The name the user knows. */
  name: string;
}

/** Kinds of tables, and what a column of each may mean. */
export const tableFields = {
  sales: [
    'date',
    'time',
    'invoice',
    'customer',
    'product',
    'description',
    'quantity',
    'price',
    'amount',
    'country',
    'category',
  ],
  customers: ['customer', 'name', 'gender', 'age', 'income', 'spendingScore'],
  series: ['date', 'amount'],
  events: ['name', 'from', 'to', 'kind', 'everyYear'],
} as const;
export type TableKind = keyof typeof tableFields;
export type FieldOf<Kind extends TableKind> = (typeof tableFields)[Kind][number];
export type Field = FieldOf<TableKind>;
export const tableKindIds = Object.keys(tableFields) as [TableKind, ...TableKind[]];

export type DateOrder = 'ymd' | 'dmy' | 'mdy';
export type DecimalMark = '.' | ',';
export type Delimiter = ',' | ';' | '\t' | '|';

/** What the user corrected in the preview; everything left out is decided from the file. */
export interface ImportOptions {
  kind?: TableKind;
  /** Names of the sheets to read; equal headers are stacked. */
  sheets?: string[];
  encoding?: string;
  delimiter?: Delimiter;
  /** 0-based row of the header; -1: the file has none. */
  headerRow?: number;
  dateOrder?: DateOrder;
  decimalMark?: DecimalMark;
  /** field → column header (exact text); null: leave this field out. Fields not named keep the proposal. */
  mapping?: Partial<Record<Field, string | null>>;
}

export interface ColumnPreview {
  /** Header text; 'Column 3' where the file has none. */
  header: string;
  index: number;
  /** What it is taken for; null: not used (for customers, numeric columns without a field become extra features). */
  field: Field | null;
  type: 'date' | 'number' | 'text' | 'empty';
  samples: string[];
}

export interface SheetPreview {
  name: string;
  /** Rows below the header; null when only an import can tell. */
  rows: number | null;
  headers: string[];
  selected: boolean;
}

export interface ImportPreview {
  file: ImportFile;
  format: 'csv' | 'xlsx';
  bytes: number;
  encoding: string;
  delimiter: Delimiter | null;
  headerRow: number;
  sheets: SheetPreview[];
  kind: TableKind;
  columns: ColumnPreview[];
  dateOrder: DateOrder;
  decimalMark: DecimalMark;
  /** First data rows as text, in file order. */
  rows: string[][];
  /** Fields still needed before the import can start (date; amount or quantity × price; customer …). */
  missing: Field[];
  /** Doubts worth the user's look (ambiguous day/month, mixed decimal marks …). */
  notes: Note[];
}

export const setAsideReasons = [
  'blank-row',
  'date-missing',
  'date-invalid',
  'quantity-missing',
  'quantity-invalid',
  'price-missing',
  'price-invalid',
  'amount-missing',
  'amount-invalid',
  'customer-missing',
  'too-many-cells',
  'number-too-large',
  'name-missing',
  'name-too-long',
  'to-before-from',
  'kind-unknown',
  'every-year-unknown',
  'yearly-too-long',
] as const;
export type SetAsideReason = (typeof setAsideReasons)[number];

export interface SetAsideRow {
  sheet: string;
  /** 1-based row in the file, as Excel or an editor shows it. */
  row: number;
  column: string;
  value: string;
  reason: SetAsideReason;
  /** The whole row as read, so that it can be exported, repaired and imported again. */
  cells: string[];
}

export interface ImportRecord {
  id: number;
  fileName: string;
  kind: TableKind;
  /** ISO 8601, UTC. */
  importedAt: string;
  read: number;
  kept: number;
  setAside: number;
  setAsideByReason: Partial<Record<SetAsideReason, number>>;
  /** Lines identical to an earlier one of the same file (kept in the store under a flag) or of an earlier import. */
  duplicates: number;
  firstDay: Day | null;
  lastDay: Day | null;
  columns: string[];
}

export interface ImportResult extends ImportRecord {
  /** true: this very file was imported before; nothing was added. */
  alreadyImported: boolean;
  seconds: number;
  notes: Note[];
  /** For customer files: rows whose customer has sales, and rows without. */
  matched: number | null;
  unmatched: number | null;
}
