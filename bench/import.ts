/**
 * Import benchmark: our CSV and XLSX imports beside pandas + to_sql and exceljs's streaming reader, each in a process of
 * its own, then the figures over all lines through the application. Prints a table and, last, one JSON line.
 *
 *   npm run bench:import -- [file.csv]
 */
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { createApplication } from '../src-main/application/application.ts';
import type { Filter } from '../src-shared/domain.ts';
import { writeSalesWorkbook } from './write-sales-workbook.ts';

const run = promisify(execFile);
const here = fileURLToPath(import.meta.url);
const retailPath = join(here, '../../../shared/data/online_retail_II.csv.gz');
/** Rows of the original's first sheet. */
const firstSheetRows = 525_461;

interface Measured {
  job: string;
  cpuSeconds: number | null;
  peakMb: number | null;
  rows: number | null;
  fileMb: number | null;
  /** Why the job was not run. */
  skipped?: string;
}

type Figures = Record<string, number>;

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const report = (result: object): void =>
  console.log(JSON.stringify({ cpuSeconds: cpuSeconds(), peakMb: process.resourceUsage().maxRSS / 1024, ...result }));

/** Bytes of a store with its write-ahead log. */
const storeMb = (path: string): number =>
  [path, `${path}-wal`].reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0) / 1e6;

async function importJob(path: string, storePath: string): Promise<void> {
  const app = createApplication({ storePath });
  const started = performance.now();
  const { read, kept, setAside, duplicates } = await app.call('import.run', { file: { path, name: basename(path) } });
  const wallSeconds = (performance.now() - started) / 1000;
  await app.close();
  report({ rows: read, kept, setAside, duplicates, wallSeconds });
}

async function exceljsJob(path: string): Promise<void> {
  const { default: exceljs } = await import('exceljs');
  let rows = 0;
  let cells = 0;
  const workbook = new exceljs.stream.xlsx.WorkbookReader(path, {
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    worksheets: 'emit',
    entries: 'emit',
  });
  for await (const sheet of workbook) {
    for await (const row of sheet) {
      rows++;
      cells += (row.values as unknown[]).length;
    }
  }
  report({ rows, cells });
}

/**
 * CPU milliseconds of whole answers over all lines: the median of five, with filters that let every line through but are new
 * each time, and the first one, before the code is compiled.
 */
async function figuresJob(storePath: string): Promise<void> {
  const started = performance.now();
  const app = createApplication({ storePath });
  await app.call('overview.get', {});
  const figures: Figures = { untilFirstOverviewMs: performance.now() - started };
  let day = 1;
  const measure = async (name: string, ask: (filter: Filter) => Promise<unknown>): Promise<void> => {
    const times: number[] = [];
    for (let time = 0; time < 5; time++) {
      const filter = { to: `2060-01-${String(day++).padStart(2, '0')}` };
      const before = cpuSeconds();
      await ask(filter);
      times.push((cpuSeconds() - before) * 1000);
    }
    figures[`${name}FirstMs`] = times[0];
    figures[`${name}Ms`] = times.toSorted((x, y) => x - y)[2];
  };
  await measure('rfm', (filter) => app.call('customers.rfm', { filter }));
  await measure('monthlySeries', (filter) => app.call('series.get', { filter, frequency: 'month' }));
  await measure('wholeOverview', (filter) => app.call('overview.get', { filter }));
  await app.close();
  report({ figures });
}

/** Runs one job of this file in a process of its own. */
async function child(job: string, ...paths: string[]): Promise<Record<string, never>> {
  const { stdout } = await run(process.execPath, [here, '--job', job, ...paths], { maxBuffer: 1 << 24 });
  return JSON.parse(stdout.trim().split('\n').at(-1) as string);
}

async function pandas(csvPath: string, folder: string): Promise<Measured> {
  const job = 'pandas read_csv + to_sql';
  const database = join(folder, 'pandas.db');
  const nothing = { job, cpuSeconds: null, peakMb: null, rows: null, fileMb: null };
  const python = '/usr/bin/python3';
  try {
    await run(python, ['-c', 'import pandas']);
  } catch {
    return { ...nothing, skipped: `${python} has no pandas (apt-get install python3-pandas)` };
  }
  try {
    const { stdout } = await run(python, [join(here, '../pandas_to_sql.py'), csvPath, database]);
    return { job, fileMb: storeMb(database), ...JSON.parse(stdout) };
  } catch (error) {
    return { ...nothing, skipped: `pandas failed on this file: ${String(error).split('\n').at(-2) ?? ''}` };
  }
}

async function measureImport(name: string, path: string, storePath: string): Promise<Measured> {
  const result = await child('import', path, storePath);
  return { job: name, fileMb: storeMb(storePath), ...(result as unknown as Omit<Measured, 'job' | 'fileMb'>) };
}

const shown = (value: number | null, digits: number): string => (value === null ? '–' : value.toFixed(digits));

function printTable(jobs: Measured[], figures: Figures): void {
  console.log(
    `${'job'.padEnd(34)}${'CPU s'.padStart(8)}${'peak MB'.padStart(9)}${'rows'.padStart(12)}${'file MB'.padStart(9)}`,
  );
  for (const { job, cpuSeconds: cpu, peakMb, rows, fileMb, skipped } of jobs) {
    const tail = skipped ? `  SKIPPED: ${skipped}` : '';
    console.log(
      `${job.padEnd(34)}${shown(cpu, 2).padStart(8)}${shown(peakMb, 0).padStart(9)}${shown(rows, 0).padStart(12)}${shown(fileMb, 1).padStart(9)}${tail}`,
    );
  }
  for (const [name, value] of Object.entries(figures))
    console.log(`${name.padEnd(34)}${value.toFixed(1).padStart(8)} ms`);
}

async function main(given: string | undefined): Promise<void> {
  const source = given ?? retailPath;
  if (!existsSync(source)) {
    console.log(`SKIPPED: ${source} is not there. Give a CSV file: npm run bench:import -- file.csv`);
    console.log(JSON.stringify({ skipped: 'no data' }));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'salescope-bench-'));
  try {
    const csv = source.endsWith('.gz') ? join(folder, 'sales.csv') : source;
    if (csv !== source) await pipeline(createReadStream(source), createGunzip(), createWriteStream(csv));
    const xlsx = join(folder, 'sales.xlsx');
    await writeSalesWorkbook(csv, xlsx, firstSheetRows);
    const ours = await measureImport('salescope CSV import', csv, join(folder, 'csv.db'));
    const peer = await pandas(csv, folder);
    const ourWorkbook = await measureImport('salescope XLSX import, two sheets', xlsx, join(folder, 'xlsx.db'));
    const excel: Measured = {
      job: 'exceljs streaming reader',
      fileMb: statSync(xlsx).size / 1e6,
      ...((await child('exceljs', xlsx)) as unknown as Omit<Measured, 'job' | 'fileMb'>),
    };
    const { figures } = (await child('figures', join(folder, 'csv.db'))) as unknown as { figures: Figures };
    const jobs = [ours, peer, ourWorkbook, excel];
    printTable(jobs, figures);
    const ratio = (a: Measured, b: Measured): number | null =>
      a.cpuSeconds === null || b.cpuSeconds === null ? null : a.cpuSeconds / b.cpuSeconds;
    console.log(
      JSON.stringify({ jobs, figures, csvToPandas: ratio(ours, peer), xlsxToExceljs: ratio(ourWorkbook, excel) }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [first, job, ...paths] = process.argv.slice(2);
if (first !== '--job') await main(first);
else if (job === 'import') await importJob(paths[0], paths[1]);
else if (job === 'exceljs') await exceljsJob(paths[0]);
else await figuresJob(paths[0]);
