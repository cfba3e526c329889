/**
 * What the file readers hand to the session: one file, parsed completely, in memory, with ids local to the file.
 * Nothing of it is in the store until `commitImport` has written all of it in one transaction.
 */
import type { SetAsideRow } from '../../../src-shared/domain.ts';
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

export interface ParsedCustomers extends ParsedFile {
  kind: 'customers';
  /** Attributes by field ('name', 'gender', 'age', 'income', 'spendingScore') or by header for further columns. */
  rows: { customer: string; attributes: Record<string, string | number | null> }[];
  /** Columns that clustering may use: the attribute's key and its header. */
  numericColumns: { id: string; label: string }[];
}

export interface ParsedSeries extends ParsedFile {
  kind: 'series';
  /** Days since 1970-01-01, one per row kept, in file order; a day may stand more than once and is summed. */
  days: Int32Array;
  /** Whole 1/10 000 currency units. */
  amounts: Float64Array;
}

export type ParsedImport = ParsedSales | ParsedCustomers | ParsedSeries;
