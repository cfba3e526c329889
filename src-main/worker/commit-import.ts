/** Writes a parsed file into the store, and takes an import out again; each in one transaction. */
import type { ImportRecord, ImportResult, SetAsideReason, SetAsideRow } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { countDuplicates } from '../engine/sales/duplicates.ts';
import type { ParsedCustomers, ParsedImport, ParsedSales, ParsedSeries } from '../engine/sales/parsed-import.ts';
import { dayOf, dayText, storedColumns } from '../engine/sales/sale-lines.ts';
import { insertCustomerRows, updateRepeatedCustomers } from '../store/customer-attributes.ts';
import {
  deleteImport,
  type ImportDetails,
  insertImport,
  insertSetAside,
  type LedgerEntry,
  listImports,
  packSetAside,
  type SetAsideBlock,
  updateDuplicates,
} from '../store/import-ledger.ts';
import {
  insertBlocks,
  insertDictionaries,
  type PackedBlock,
  packColumn,
  packDictionaries,
} from '../store/sale-blocks.ts';
import { insertSeriesRows, updateRepeatedPoints } from '../store/series-points.ts';
import type { Store } from '../store/open-store.ts';
import { nextDataVersion } from '../store/settings.ts';
import { allCustomerRows, markRepeatedCustomers } from './customer-file.ts';
import type { Job } from './job.ts';
import { addSales, loadSales, remarkRepeated, type SalesData } from './sales-data.ts';
import { allSeriesRows, markRepeatedPoints } from './series-file.ts';
import type { Session } from './session.ts';

/** An import ready to be written: what takes time has been done. */
interface Prepared {
  rows: number;
  duplicates: number;
  firstDay: string | null;
  lastDay: string | null;
  details: ImportDetails;
  data: SalesData | null;
  write(importId: number): void;
}

/** What the ledger shows. */
export const recordOf = ({ fileHash: _hash, details: _details, ...record }: LedgerEntry): ImportRecord => record;

function countReasons(rows: SetAsideRow[]): Partial<Record<SetAsideReason, number>> {
  const counts: Partial<Record<SetAsideReason, number>> = {};
  for (const { reason } of rows) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** First and last as days in text, of any number of day numbers. */
function daysBetween(count: number, dayAt: (i: number) => number): { firstDay: string | null; lastDay: string | null } {
  if (count === 0) return { firstDay: null, lastDay: null };
  let first = dayAt(0);
  let last = first;
  for (let i = 1; i < count; i++) {
    const day = dayAt(i);
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return { firstDay: dayText(first), lastDay: dayText(last) };
}

async function prepareSales({ store, sales }: Session, parsed: ParsedSales, job: Job): Promise<Prepared> {
  const data = await addSales(sales, parsed, job);
  const { from, to } = data.imports[data.imports.length - 1];
  const lines = { ...parsed.lines, flags: data.lines.flags.subarray(from, to) };
  const blocks: PackedBlock[] = [];
  for (const column of storedColumns) {
    blocks.push(...packColumn(lines[column], column, to - from));
    job.tick(blocks.length, null);
    await job.pause();
  }
  const dictionaries = packDictionaries(parsed.dictionaries);
  const { hasCustomerColumn, hasInvoiceColumn } = parsed;
  return {
    rows: to - from,
    duplicates: countDuplicates(data.lines.flags, from, to),
    ...daysBetween(to - from, (i) => dayOf(parsed.lines.seconds[i])),
    details: { lines: to - from, columns: storedColumns, hasCustomerColumn, hasInvoiceColumn },
    data,
    write(importId) {
      insertDictionaries(store, importId, dictionaries);
      insertBlocks(store, importId, blocks);
      data.imports[data.imports.length - 1].id = importId;
    },
  };
}

function prepareCustomers({ store }: Session, parsed: ParsedCustomers): Prepared {
  const rows = markRepeatedCustomers(allCustomerRows(store, listImports(store)), parsed.rows);
  return {
    rows: rows.length,
    duplicates: rows.filter(({ repeated }) => repeated).length,
    firstDay: null,
    lastDay: null,
    details: { numericColumns: parsed.numericColumns },
    data: null,
    write: (importId) => insertCustomerRows(store, importId, rows),
  };
}

function prepareSeries({ store }: Session, parsed: ParsedSeries): Prepared {
  const points = Array.from(parsed.days, (day, i) => ({ day, amount: parsed.amounts[i] }));
  const rows = markRepeatedPoints(allSeriesRows(store, listImports(store)), points);
  return {
    rows: rows.length,
    duplicates: rows.filter(({ repeated }) => repeated).length,
    ...daysBetween(rows.length, (i) => rows[i].day),
    details: {},
    data: null,
    write: (importId) => insertSeriesRows(store, importId, rows),
  };
}

function prepare(session: Session, parsed: ParsedImport, job: Job): Promise<Prepared> | Prepared {
  if (parsed.kind === 'sales') return prepareSales(session, parsed, job);
  return parsed.kind === 'customers' ? prepareCustomers(session, parsed) : prepareSeries(session, parsed);
}

/** Rows of a customer file whose customer has sale lines, and rows without; null for other files. */
function matches({ sales }: Session, parsed: ParsedImport): { matched: number | null; unmatched: number | null } {
  if (parsed.kind !== 'customers') return { matched: null, unmatched: null };
  const known = new Set(sales.dictionaries.customers);
  const matched = parsed.rows.filter(({ customer }) => known.has(customer)).length;
  return { matched, unmatched: parsed.rows.length - matched };
}

/** The answer for a file that is in the ledger already: nothing is stored. */
function importedBefore(earlier: LedgerEntry, parsed: ParsedImport): ImportResult {
  const nothing = { kept: 0, setAside: 0, setAsideByReason: {}, read: parsed.read, duplicates: parsed.read };
  return {
    ...recordOf(earlier),
    ...nothing,
    alreadyImported: true,
    seconds: 0,
    notes: [],
    matched: null,
    unmatched: null,
  };
}

/**
 * Stores one parsed file completely or not at all. Everything that takes time is done in steps before the one short
 * transaction; a cancel or a kill before its end leaves the store as it was.
 * @returns `seconds` and `notes` are the caller's to fill in
 * @throws AppError 'cancelled'
 */
export async function commitImport(session: Session, parsed: ParsedImport, job: Job): Promise<ImportResult> {
  const { store } = session;
  const earlier = listImports(store).find((entry) => entry.fileHash === parsed.fileHash);
  if (earlier) return importedBefore(earlier, parsed);
  // The reading told how far it was; what is left is short, so progress stays at the end and only a cancel counts.
  const storing: Job = { tick: () => job.tick(parsed.read, parsed.read, parsed.fileName), pause: job.pause };
  const prepared = await prepare(session, parsed, storing);
  const setAside: SetAsideBlock[] = [];
  for (const block of packSetAside(parsed.setAside)) {
    setAside.push(block);
    storing.tick(0, null);
    await storing.pause();
  }
  const { rows, duplicates, firstDay, lastDay, details } = prepared;
  const entry: Omit<LedgerEntry, 'id'> = {
    fileName: parsed.fileName,
    fileHash: parsed.fileHash,
    kind: parsed.kind,
    importedAt: new Date().toISOString(),
    read: parsed.read,
    kept: rows - duplicates,
    setAside: parsed.setAside.length,
    setAsideByReason: countReasons(parsed.setAside),
    duplicates,
    firstDay,
    lastDay,
    columns: parsed.columns,
    details,
  };
  await storing.pause();
  storing.tick(0, null);
  const unsaved = await session.beforeChange('import');
  const { id, dataVersion } = store.transaction(() => {
    const importId = insertImport(store, entry);
    insertSetAside(store, importId, setAside);
    prepared.write(importId);
    return { id: importId, dataVersion: nextDataVersion(store) };
  });
  session.adopt(dataVersion, prepared.data);
  const notes = unsaved ? [unsaved] : [];
  return { ...recordOf({ id, ...entry }), alreadyImported: false, seconds: 0, notes, ...matches(session, parsed) };
}

/** After a customer or series file is gone, rows of later ones (after `id`) may no longer be repetitions. */
function remarkRows(store: Store, kind: 'customers' | 'series', id: number, ledger: LedgerEntry[]): void {
  for (const entry of ledger.filter((one) => one.id > id && one.kind === kind)) {
    const before = ledger.filter((one) => one.id < entry.id);
    const marked =
      kind === 'customers'
        ? markRepeatedCustomers(allCustomerRows(store, before), allCustomerRows(store, [entry]))
        : markRepeatedPoints(allSeriesRows(store, before), allSeriesRows(store, [entry]));
    const marks = marked.map(({ repeated }) => repeated);
    if (kind === 'customers') updateRepeatedCustomers(store, entry.id, marks);
    else updateRepeatedPoints(store, entry.id, marks);
    updateDuplicates(store, entry.id, marks.filter(Boolean).length);
  }
}

/** The same for sale lines, from the import at place `first` on: found now, written by what is answered. */
function remarkLines(store: Store, data: SalesData, first: number): () => void {
  const remarked = remarkRepeated(data, first).map(({ one, duplicates }) => ({
    id: one.id!,
    duplicates,
    blocks: packColumn(data.lines.flags.subarray(one.from, one.to), 'flags', one.to - one.from),
  }));
  return () => {
    for (const { id, duplicates, blocks } of remarked) {
      updateDuplicates(store, id, duplicates);
      insertBlocks(store, id, blocks);
    }
  };
}

/**
 * Takes one import out again. Lines of later imports that only repeated it count from then on.
 * @throws AppError 'not-found'
 */
export async function takeImportOut(session: Session, importId: number, job: Job): Promise<ImportRecord> {
  const { store } = session;
  const ledger = listImports(store);
  const removed = ledger.find((entry) => entry.id === importId);
  if (!removed)
    throw new AppError('not-found', `There is no import ${importId}. It may have been undone already.`, { importId });
  const remaining = ledger.filter((entry) => entry !== removed);
  const { kind } = removed;
  const data = kind === 'sales' ? await loadSales(store, remaining, job) : null;
  const writeMarks = data
    ? remarkLines(store, data, data.imports.filter(({ id }) => id! < importId).length)
    : () => kind !== 'sales' && remarkRows(store, kind, importId, remaining);
  job.tick(1, 1);
  await session.beforeChange('undo');
  const dataVersion = store.transaction(() => {
    deleteImport(store, importId);
    writeMarks();
    return nextDataVersion(store);
  });
  session.adopt(dataVersion, data);
  return recordOf(removed);
}

/** Finds anew in all imports what repeats an earlier one, after some were lost. */
export async function remarkAll(session: Session, job: Job): Promise<void> {
  const { store } = session;
  const ledger = listImports(store);
  const data = await loadSales(store, ledger, job);
  const writeMarks = remarkLines(store, data, 0);
  const dataVersion = store.transaction(() => {
    writeMarks();
    for (const kind of ['customers', 'series'] as const) remarkRows(store, kind, 0, ledger);
    return nextDataVersion(store);
  });
  session.adopt(dataVersion, data);
}
