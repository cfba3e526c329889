/** Writes a parsed file into the store, and takes an import out again; each in one transaction. */
import type { ImportRecord, ImportResult, SetAsideReason, SetAsideRow } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { type Home, homeOf, type ParsedImport } from '../engine/sales/parsed-import.ts';
import {
  deleteImport,
  insertImport,
  insertSetAside,
  type LedgerEntry,
  listImports,
  packSetAside,
  type SetAsideBlock,
} from '../store/import-ledger.ts';
import { nextDataVersion } from '../store/settings.ts';
import type { Job } from './job.ts';
import { calendarKeeper } from './keepers/calendar.ts';
import type { Keeper, Remarked } from './keepers/keeper.ts';
import { rowsKeeper } from './keepers/rows.ts';
import { saleLinesKeeper } from './keepers/sale-lines.ts';
import type { Session } from './session.ts';

const keepers = { lines: saleLinesKeeper, rows: rowsKeeper, calendar: calendarKeeper } satisfies Record<Home, unknown>;
const homes = Object.keys(keepers) as Home[];
const keeperOf = (home: Home) => keepers[home] as Keeper<ParsedImport>;

/** What the ledger shows. */
export const recordOf = ({ fileHash: _hash, details: _details, ...record }: LedgerEntry): ImportRecord => record;

function countReasons(rows: SetAsideRow[]): Partial<Record<SetAsideReason, number>> {
  const counts: Partial<Record<SetAsideReason, number>> = {};
  for (const { reason } of rows) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** Rows that speak of a customer who has sale lines, and of one who has none; null where rows speak of none. */
function matches({ sales }: Session, parsed: ParsedImport): { matched: number | null; unmatched: number | null } {
  const customers = 'customers' in parsed ? parsed.customers : null;
  if (!customers) return { matched: null, unmatched: null };
  const known = new Set(sales.dictionaries.customers);
  const matched = customers.filter((customer) => known.has(customer)).length;
  return { matched, unmatched: customers.length - matched };
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
  const prepared = await keeperOf(homeOf(parsed.kind)).prepare(session, parsed, storing);
  const setAside: SetAsideBlock[] = [];
  for (const block of packSetAside(parsed.setAside)) {
    setAside.push(block);
    storing.tick(0, null);
    await storing.pause();
  }
  const { duplicates, firstDay, lastDay, details } = prepared;
  const entry: Omit<LedgerEntry, 'id'> = {
    fileName: parsed.fileName,
    fileHash: parsed.fileHash,
    kind: parsed.kind,
    importedAt: new Date().toISOString(),
    read: parsed.read,
    kept: parsed.read - parsed.setAside.length - duplicates,
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

const remark = (session: Session, home: Home, ledger: LedgerEntry[], after: number, job: Job) =>
  keeperOf(home).remark(
    session,
    ledger.filter(({ kind }) => homeOf(kind) === home),
    after,
    job,
  );

/**
 * Takes one import out again. Rows of later imports that only repeated it count from then on.
 * @throws AppError 'not-found'
 */
export async function takeImportOut(session: Session, importId: number, job: Job): Promise<ImportRecord> {
  const { store } = session;
  const ledger = listImports(store);
  const removed = ledger.find((entry) => entry.id === importId);
  if (!removed)
    throw new AppError('not-found', `There is no import ${importId}. It may have been undone already.`, { importId });
  const remaining = ledger.filter((entry) => entry !== removed);
  const { data, write } = await remark(session, homeOf(removed.kind), remaining, importId, job);
  job.tick(1, 1);
  await session.beforeChange('undo');
  const dataVersion = store.transaction(() => {
    deleteImport(store, importId);
    write();
    return nextDataVersion(store);
  });
  session.adopt(dataVersion, data);
  return recordOf(removed);
}

/** Finds anew in all imports what repeats an earlier one, after some were lost. */
export async function remarkAll(session: Session, job: Job): Promise<void> {
  const { store } = session;
  const ledger = listImports(store);
  const remarked: Remarked[] = [];
  for (const home of homes) remarked.push(await remark(session, home, ledger, 0, job));
  const dataVersion = store.transaction(() => {
    for (const { write } of remarked) write();
    return nextDataVersion(store);
  });
  session.adopt(dataVersion, remarked.find(({ data }) => data)?.data ?? null);
}
