/**
 * What the file readers hand to the session: one file, parsed completely, in memory, with ids local to the file.
 * Nothing of it is in the store until `commitImport` has written all of it in one transaction.
 */
import type { EventRow, SetAsideRow, TableKind } from '../../../src-shared/domain.ts';
import type { Dictionaries, FileColumn, SaleLines } from './sale-lines.ts';

/** What every kind of file carries for the ledger. read = rows of the table + set aside. */
export interface ParsedFile {
  fileName: string;
  /** Hex sha256 of the file's bytes (and, where only some sheets were read, their names): the same hash is never stored twice. */
  fileHash: string;
  /** Headers in file order. */
  columns: string[];
  /** Data rows read, blank ones included. */
  read: number;
  setAside: SetAsideRow[];
}

/** Columns of the lines that a file decides; the others are the session's. */
export type ParsedLines = Pick<SaleLines, FileColumn | 'length'>;

export interface ParsedSales extends ParsedFile {
  kind: 'sales';
  /** Arrays may be longer than `lines.length`; ids are local to `dictionaries`. Plain or shared buffers. */
  lines: ParsedLines;
  /** Index 0 of each is missing: '' or { code: '', description: '', category: '' }. */
  dictionaries: Dictionaries;
  hasCustomerColumn: boolean;
  /**
   * false: the invoices were made by the reader (one per customer and day), so they are not part of a line's identity.
   * Invoice 0 means that none is known: such a line counts as an order of its own, so anonymous lines need no made-up number.
   */
  hasInvoiceColumn: boolean;
}

/** A row of a customer file: attributes by field ('name', 'age' …), or by header for further columns. */
export interface CustomerRow {
  customer: string;
  attributes: Record<string, string | number | null>;
}

/** An amount of an already-summed series; a day may stand more than once and is summed. */
export interface SeriesPoint {
  /** Days since 1970-01-01. */
  day: number;
  /** Whole 1/10 000 currency units. */
  amount: number;
}

/** A table that is kept row by row, each as plain JSON. */
export interface ParsedRows<Row = unknown> extends ParsedFile {
  kind: RowKind;
  rows: Row[];
  /**
   * When a row is a duplicate. once: an equal row stands before it, in this file or an earlier one; each: one of an earlier
   * file equals it, each earlier row answering for one.
   */
  repeats: Repeats;
  /** Day of each row, days since 1970-01-01; null: rows have none. */
  days: ArrayLike<number> | null;
  /** Customer that each row speaks of; null: of none. */
  customers: string[] | null;
  /** What reading the rows back needs, kept in the ledger. */
  details: { numericColumns?: { id: string; label: string }[] };
}
export type Repeats = 'once' | 'each';

export interface ParsedEvents extends ParsedFile {
  kind: 'events';
  rows: EventRow[];
}

export type ParsedImport = ParsedSales | ParsedRows | ParsedEvents;

/** Where the rows of a kind go: sale lines into columns, events into the calendar, any others as rows of their import. */
const homes = { sales: 'lines', events: 'calendar' } as const satisfies Partial<Record<TableKind, string>>;
export type RowKind = Exclude<TableKind, keyof typeof homes>;
export type Home = (typeof homes)[keyof typeof homes] | 'rows';
export const homeOf = (kind: TableKind): Home => (homes as Partial<Record<TableKind, Home>>)[kind] ?? 'rows';
