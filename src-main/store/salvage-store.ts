/**
 * Saves what is whole of a damaged store into a new one. A row is whole where its seal fits; an import is whole where
 * every one of its rows and blocks is there. What is not whole is named and left.
 */
import Database from 'better-sqlite3';
import { type OwnTable, ownTables } from '../../src-shared/domain.ts';
import { homeOf } from '../engine/sales/parsed-import.ts';
import type { LedgerEntry } from './import-ledger.ts';
import { listImports } from './import-ledger.ts';
import { columnsOf, talliedTables, type TableName } from './check-store.ts';
import { migrations } from './migrations.ts';
import { makeStore } from './open-store.ts';
import { registerSeals, rowSum } from './seals.ts';
import { columnsOfImport, dictionariesOfImport, linesPerBlock } from './sale-blocks.ts';
import { openUntouched } from './store-file.ts';

type Row = Record<string, unknown>;

export interface Salvaged {
  imports: LedgerEntry[];
  /** Imports that could not be saved, by their number where nothing else of them could be read. */
  lostImports: { id: number; name: string | null }[];
  /** What else could not be saved; rows: null where nothing says how many there were. */
  lostRows: { table: OwnTable; rows: number | null }[];
}

/** Rows as far as they can be read: from the front up to a damaged page, and from the back down to it. */
function readableRows(db: Database.Database, table: TableName, columns: string[]): Row[] {
  const keys = (db.pragma(`table_info(${table})`) as { name: string; pk: number }[])
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map(({ name }) => name);
  const found = new Map<string, Row>();
  for (const direction of ['ASC', 'DESC']) {
    try {
      const order = keys.map((key) => `${key} ${direction}`).join(', ');
      const rows = db.prepare(`SELECT ${columns.join(', ')}, sum FROM ${table} ORDER BY ${order}`).iterate();
      for (const row of rows as Iterable<Row>) found.set(JSON.stringify(keys.map((key) => row[key])), row);
    } catch {
      // As far as this way led; the other way may lead to the rest.
    }
  }
  return [...found.values()];
}

interface Table {
  columns: string[];
  rows: Row[];
}

function wholeRows(db: Database.Database, table: TableName): Table {
  const columns = columnsOf(db, table);
  const isWhole = (row: Row) =>
    rowSum(
      table,
      columns.map((column) => row[column]),
    ) === row.sum;
  return { columns, rows: readableRows(db, table, columns).filter(isWhole) };
}

/** How many rows a table should have, as its tally says; null where that cannot be read. */
function saidRows(db: Database.Database, table: TableName): number | null {
  try {
    return (db.prepare('SELECT rows FROM tally WHERE name = ?').pluck().get(table) as number | undefined) ?? null;
  } catch {
    return null;
  }
}

const ofImport = ({ rows }: Table, id: number): Row[] => rows.filter((row) => row.import_id === id);

/** Whether every part of an import is there: all blocks of all columns, its dictionaries, its set-aside rows. */
function isComplete(tables: Map<TableName, Table>, entry: LedgerEntry): boolean {
  const { id, kept, duplicates, setAside, details } = entry;
  const rows = (table: TableName) => ofImport(tables.get(table)!, id);
  const aside = rows('set_aside_block').reduce((sum, row) => sum + (row.rows as number), 0);
  if (aside !== setAside) return false;
  const home = homeOf(entry.kind);
  // Events are the calendar's once they are imported; a lost one is named there.
  if (home === 'calendar') return true;
  if (home === 'rows') return rows('import_row').length === kept + duplicates;
  const blocks = Math.ceil((details.lines ?? 0) / linesPerBlock);
  return (
    rows('sale_dictionary').length === dictionariesOfImport(details).length &&
    rows('sale_block').length === blocks * columnsOfImport(details).length
  );
}

const importTables = ['set_aside_block', 'sale_dictionary', 'sale_block', 'import_row'] as const;

function insertRows(db: Database.Database, table: TableName, { columns }: Table, rows: Row[]): void {
  const target = columnsOf(db, table).filter((column) => columns.includes(column));
  const hasTrigger = !(importTables as readonly string[]).includes(table);
  const names = hasTrigger ? target : [...target, 'sum'];
  const insert = db.prepare(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
  );
  for (const row of rows) insert.run(Object.fromEntries(names.map((name) => [name, row[name]])));
}

/** Only rows of this version have seals by which they can be told to be whole. */
function requireSeals(db: Database.Database): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version !== migrations.length) throw new Error(`it says that it is of version ${version}`);
}

function requireSomething(tables: Map<TableName, Table>): void {
  if (['import', ...ownTables].every((name) => tables.get(name as TableName)!.rows.length === 0))
    throw new Error('not one row of it is whole');
}

/**
 * Builds a new store at `draft` from what is whole at `path`, which is not changed.
 * @throws whatever SQLite says where not even its tables can be read, and where nothing in it is whole
 */
export function salvageStore(path: string, draft: string): Salvaged {
  const from = openUntouched(path);
  try {
    registerSeals(from);
    requireSeals(from);
    const tables = new Map(talliedTables.map((table) => [table, wholeRows(from, table)]));
    requireSomething(tables);
    makeStore(draft);
    const to = new Database(draft);
    try {
      registerSeals(to);
      to.pragma('foreign_keys = OFF');
      return to.transaction(() => fill(from, to, tables))();
    } finally {
      to.close();
    }
  } finally {
    from.close();
  }
}

function fill(from: Database.Database, to: Database.Database, tables: Map<TableName, Table>): Salvaged {
  const table = (name: TableName) => tables.get(name)!;
  insertRows(to, 'import', table('import'), table('import').rows);
  const ledger = listImports({ db: to });
  const complete = ledger.filter((entry) => isComplete(tables, entry));
  const ids = new Set(complete.map(({ id }) => id));
  for (const { id } of ledger) if (!ids.has(id)) to.prepare('DELETE FROM import WHERE id = ?').run(id);
  for (const name of importTables) {
    insertRows(
      to,
      name,
      table(name),
      table(name).rows.filter((row) => ids.has(row.import_id as number)),
    );
  }
  const forecasts = new Set(table('published_forecast').rows.map(({ id }) => id));
  const kept = { forecast_adjustment: (row: Row) => forecasts.has(row.forecast_id) } as Partial<
    Record<TableName, (row: Row) => boolean>
  >;
  const lostRows = ownTables.flatMap((name): Salvaged['lostRows'] => {
    const rows = table(name).rows.filter(kept[name] ?? (() => true));
    insertRows(to, name, table(name), rows);
    const said = saidRows(from, name);
    if (said === null) return [{ table: name, rows: null }];
    return said > rows.length ? [{ table: name, rows: said - rows.length }] : [];
  });
  // What the user had in the calendar stays there when its import is lost; what stood there twice does not.
  to.exec('DELETE FROM event WHERE repeated = 1 AND import_id NOT IN (SELECT id FROM import)');
  to.exec('UPDATE event SET import_id = NULL WHERE import_id NOT IN (SELECT id FROM import)');
  const meta = new Map(table('meta').rows.map(({ key, value }) => [key, value as number]));
  // Above everything that was, so that no answer remembered elsewhere can be taken for one of this store.
  for (const key of ['dataVersion', 'change'])
    to.prepare('UPDATE meta SET value = ? WHERE key = ?').run((meta.get(key) ?? 0) + 1000, key);
  return { imports: complete, lostImports: lostImports(tables, ledger, ids), lostRows };
}

/** Imports whose entry, or some part of whose rows, did not come through. */
function lostImports(
  tables: Map<TableName, Table>,
  ledger: LedgerEntry[],
  saved: Set<number>,
): Salvaged['lostImports'] {
  const names = new Map(ledger.map(({ id, fileName }) => [id, fileName]));
  const seen = new Set(names.keys());
  for (const name of importTables) for (const row of tables.get(name)!.rows) seen.add(row.import_id as number);
  return [...seen]
    .filter((id) => !saved.has(id))
    .sort((a, b) => a - b)
    .map((id) => ({ id, name: names.get(id) ?? null }));
}
