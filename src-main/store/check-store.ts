/** Whether a store is as it was written: its structure, its schema, its seals. */
import type Database from 'better-sqlite3';
import { schemaOfVersion, schemaText } from './schema.ts';
import { rowSum } from './seals.ts';

/** Tables whose rows are looked at one by one when the store is opened; the others where they are read. */
const smallTables = [
  'meta',
  'setting',
  'import',
  'playbook',
  'event',
  'published_forecast',
  'forecast_adjustment',
  'backup_note',
] as const;
const largeTables = ['model', 'set_aside_block', 'sale_dictionary', 'sale_block', 'import_row'] as const;
/** Sealed but not tallied: a remembered answer that is not there is worked out anew. */
const passingTables = ['run'] as const;

export const talliedTables = [...smallTables, ...largeTables] as const;
export type TableName = (typeof talliedTables)[number] | (typeof passingTables)[number];

/** Columns of a table in their order, without the sum. */
export const columnsOf = (db: Database.Database, table: TableName): string[] =>
  (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name).filter((name) => name !== 'sum');

/** The first row of a table that does not fit its sum, in words; '' where all fit. */
function brokenRow(db: Database.Database, table: TableName): string {
  const columns = columnsOf(db, table);
  const rows = db
    .prepare(`SELECT ${columns.join(', ')}, sum FROM ${table}`)
    .raw()
    .iterate() as Iterable<unknown[]>;
  for (const row of rows) {
    const sum = row.pop();
    if (rowSum(table, row) !== sum) return `the row ${JSON.stringify(row[0])} of ${table} does not fit its checksum`;
  }
  return '';
}

/** What of a table's rows went or came without the program, in words; '' where nothing did. */
function brokenTally(db: Database.Database, table: TableName): string {
  const said = db.prepare('SELECT rows, total FROM tally WHERE name = ?').get(table) as
    | { rows: number; total: number }
    | undefined;
  const is = db.prepare(`SELECT count(*) AS rows, ifnull(sum(sum), 0) AS total FROM ${table}`).get() as {
    rows: number;
    total: number;
  };
  if (!said) return `nothing says how many rows ${table} has`;
  if (said.rows !== is.rows) return `${table} has ${is.rows} rows and should have ${said.rows}`;
  return said.total === is.total ? '' : `rows of ${table} are not those that were written`;
}

const firstOf = (checks: (() => string)[]): string => {
  for (const check of checks) {
    const found = check();
    if (found) return found;
  }
  return '';
};

/** Whether pages and keys hang together; '' or SQLite's first complaint. */
function brokenStructure(db: Database.Database, pragma: 'quick_check' | 'integrity_check'): string {
  const said = db.pragma(`${pragma}(1)`, { simple: true }) as string;
  return said === 'ok' ? '' : said.replaceAll('\n', ' ').slice(0, 300);
}

/** Before anything of it is believed: pages, and the tables as the version it says it has. */
export const structureFault = (db: Database.Database, version: number, steps: readonly string[]): string =>
  firstOf([
    () => brokenStructure(db, 'quick_check'),
    () =>
      schemaText(db) === schemaOfVersion(version, steps) ? '' : `its tables are not those of store version ${version}`,
  ]);

/** What a start looks at: no row missing anywhere, and every row of the small tables as it was written. */
export const sealFault = (db: Database.Database): string =>
  firstOf([
    ...talliedTables.map((table) => () => brokenTally(db, table)),
    ...smallTables.map((table) => () => brokenRow(db, table)),
  ]);

/** One step of the full check: call them all, with a pause between. Each answers '' or what it found. */
export const fullCheck = (db: Database.Database): (() => string)[] => [
  () => brokenStructure(db, 'integrity_check'),
  ...talliedTables.map((table) => () => brokenTally(db, table)),
  ...[...talliedTables, ...passingTables].map((table) => () => brokenRow(db, table)),
];
