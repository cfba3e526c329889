/** The sale lines in memory, as the data thread holds them: read from the store, and grown by an import. */
import {
  addEarlier,
  countDuplicates,
  hasDaysOnly,
  LineTable,
  markIdentical,
  markRepeated,
} from '../engine/sales/duplicates.ts';
import {
  allocateLines,
  copyLines,
  DictionaryJoiner,
  extendLines,
  finishLines,
} from '../engine/sales/assemble-lines.ts';
import { findMarks, flagLines } from '../engine/sales/flag-lines.ts';
import { homeOf, type ParsedSales } from '../engine/sales/parsed-import.ts';
import { type Dictionaries, emptyDictionaries, type SaleLines } from '../engine/sales/sale-lines.ts';
import type { LedgerEntry } from '../store/import-ledger.ts';
import type { Store } from '../store/open-store.ts';
import { columnsOfImport, readColumn, readDictionaries } from '../store/sale-blocks.ts';
import type { Job } from './job.ts';

/** Where the lines of one import stand. */
export interface SaleImport {
  /** Id in the ledger; null while it is not written yet. */
  id: number | null;
  from: number;
  to: number;
  hasCustomerColumn: boolean;
  hasInvoiceColumn: boolean;
}

export interface SalesData {
  lines: SaleLines;
  dictionaries: Dictionaries;
  imports: SaleImport[];
}

/** Lines worked on before other calls get their turn: some ten milliseconds. */
const linesPerStep = 65_536;

export const noSales = (): SalesData => ({ lines: allocateLines(0), dictionaries: emptyDictionaries(), imports: [] });

/** Calls `work` for from … to in steps and lets waiting calls be answered between them. */
async function inSteps(job: Job, from: number, to: number, work: (from: number, to: number) => void): Promise<void> {
  for (let at = from; at < to; at += linesPerStep) {
    work(at, Math.min(to, at + linesPerStep));
    job.tick(at - from, null);
    await job.pause();
  }
}

/** Reads the lines of the given imports, in their order, column by column. */
export async function loadSales(store: Store, ledger: LedgerEntry[], job: Job): Promise<SalesData> {
  const entries = ledger.filter(({ kind }) => homeOf(kind) === 'lines');
  const lines = allocateLines(entries.reduce((sum, entry) => sum + (entry.details.lines ?? 0), 0));
  const joiner = new DictionaryJoiner();
  const imports: SaleImport[] = [];
  let from = 0;
  for (const { id, details } of entries) {
    const count = details.lines ?? 0;
    const to = from + count;
    for (const column of columnsOfImport(details)) {
      readColumn(store, id, column, lines, from, count);
      await job.pause();
    }
    const maps = joiner.add(readDictionaries(store, id, details));
    await inSteps(job, from, to, (first, end) => finishLines(lines, maps, imports.length, first, end));
    const { hasCustomerColumn = false, hasInvoiceColumn = false } = details;
    imports.push({ id, from, to, hasCustomerColumn, hasInvoiceColumn });
    from = to;
  }
  return { lines, dictionaries: joiner.dictionaries, imports };
}

const withInvoice = (imports: SaleImport[]): boolean[] => imports.map((one) => one.hasInvoiceColumn);

/** Lowest and highest moment of from … to. */
function momentsOf(seconds: Int32Array, from: number, to: number): { first: number; last: number } {
  let first = 2 ** 31 - 1;
  let last = -(2 ** 31);
  for (let i = from; i < to; i++) {
    if (seconds[i] < first) first = seconds[i];
    if (seconds[i] > last) last = seconds[i];
  }
  return { first, last };
}

/** Earlier imports that reach into the days of the last one: only they can hold the same lines. */
function overlapping(data: SalesData, last: SaleImport): SaleImport[] {
  const { seconds } = data.lines;
  const span = momentsOf(seconds, last.from, last.to);
  return data.imports.slice(0, -1).filter((one) => {
    const other = momentsOf(seconds, one.from, one.to);
    return other.first <= span.last && span.first <= other.last;
  });
}

async function findDuplicates(data: SalesData, job: Job): Promise<void> {
  const { lines, imports } = data;
  const added = imports[imports.length - 1];
  const invoices = withInvoice(imports);
  const seen = new LineTable(lines, invoices, added.to - added.from);
  const daysOnly = hasDaysOnly(lines, added.hasInvoiceColumn, added.from, added.to);
  await inSteps(job, added.from, added.to, (from, to) => markIdentical(lines, seen, daysOnly, from, to));
  const others = overlapping(data, added);
  if (others.length === 0) return;
  const earlier = new LineTable(
    lines,
    invoices,
    others.reduce((sum, one) => sum + one.to - one.from, 0),
  );
  for (const one of others) await inSteps(job, one.from, one.to, (from, to) => addEarlier(lines, earlier, from, to));
  await inSteps(job, added.from, added.to, (from, to) => markRepeated(lines, earlier, from, to));
}

/** The data with a parsed file at their end, flagged; the old data stay as they are. */
export async function addSales(old: SalesData, parsed: ParsedSales, job: Job): Promise<SalesData> {
  const from = old.lines.length;
  const to = from + parsed.lines.length;
  const { hasCustomerColumn, hasInvoiceColumn } = parsed;
  const imports = [...old.imports, { id: null, from, to, hasCustomerColumn, hasInvoiceColumn }];
  const joiner = new DictionaryJoiner(old.dictionaries);
  const maps = joiner.add(parsed.dictionaries);
  await job.pause();
  const lines = extendLines(old.lines, to);
  copyLines(parsed.lines, lines, from);
  await job.pause();
  await inSteps(job, from, to, (first, end) => finishLines(lines, maps, imports.length - 1, first, end));
  const data: SalesData = { lines, dictionaries: joiner.dictionaries, imports };
  const marks = findMarks(lines, data.dictionaries, { from, to, hasCustomerColumn });
  await job.pause();
  await inSteps(job, from, to, (first, end) => flagLines(lines, marks, first, end));
  await findDuplicates(data, job);
  return data;
}

/**
 * Finds anew which lines repeat an earlier import, after one was taken out.
 * @param first index of the first import whose lines may be judged differently now
 * @returns duplicates of each such import, for the ledger
 */
export function remarkRepeated(
  { lines, imports }: SalesData,
  first: number,
): { one: SaleImport; duplicates: number }[] {
  if (first >= imports.length) return [];
  const earlier = new LineTable(lines, withInvoice(imports), lines.length);
  for (const one of imports.slice(0, first)) addEarlier(lines, earlier, one.from, one.to);
  return imports.slice(first).map((one) => {
    markRepeated(lines, earlier, one.from, one.to);
    // Taken lines come back with these: of each line the table then holds as often as any import so far has it.
    for (let i = one.from; i < one.to; i++) earlier.add(i);
    return { one, duplicates: countDuplicates(lines.flags, one.from, one.to) };
  });
}
