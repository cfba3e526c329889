/**
 * Reading benchmark: tables that are costly to read carelessly. Each is looked at and imported in a process of its own,
 * then looked at and imported again with a cancel at several moments. Prints a table and, last, one JSON line.
 *
 *   npm run bench:reading -- [words of the names to run]
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Application, createApplication } from '../src-main/application/application.ts';
import * as tables from '../tests/fixtures/hostile-tables.ts';

const run = promisify(execFile);
const here = fileURLToPath(import.meta.url);
const columns = tables.lastColumn + 1;
const longestSeconds = 120;
/** A cancel that is not answered within this is not waited for any longer. */
const longestCancelMs = 20_000;
const cancelMoments = [0.02, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95];

const files: [name: string, file: string, make: () => string | Buffer][] = [
  ['16,384 columns', 'a.xlsx', () => tables.wideWorkbook(columns, 60)],
  ['16,384 columns', 'a.csv', () => tables.wideText(columns, 200)],
  ['16,384 columns of one name', 'b.csv', () => tables.wideText(columns, 60, 'Amount', () => 'Measure')],
  ['16,384 columns, 300 rows of formats', 'b.xlsx', () => tables.formattedSheet(300)],
  ['500 number columns', 'c.xlsx', () => tables.wideWorkbook(500, 3000)],
  ['500 number columns', 'c.csv', () => tables.wideText(500, 3000, 'Measure')],
  ['150 number columns', 'd.csv', () => tables.wideText(150, 1500, 'Measure')],
  ['60 number columns', 'e.csv', () => tables.wideText(60, 1500, 'Measure')],
  ['300 rows, a number in XFD', 'f.xlsx', () => tables.strayNumbers(300)],
  ['100,000 rows, a number in XFD', 'g.xlsx', () => tables.strayNumbers(100_000)],
  ['3,000 rows, a format in XFD', 'h.xlsx', () => tables.strayFormats(3000)],
  ['700,000 CDATA pieces in a cell', 'i.xlsx', () => tables.piecedCell(700_000)],
  [
    '700,000 pieces of 40 characters',
    'ii.xlsx',
    () => tables.piecedCell(700_000, 'forty characters, as long as this is here'),
  ],
  ['a cell of 3 MB', 'j.xlsx', () => tables.longCellWorkbook(3_000_000)],
  ['a cell of 3 MB, quoted', 'j.csv', () => tables.longCellText(3_000_000)],
  ['a cell of 3 MB, without quotes', 'k.csv', () => tables.longCellText(3_000_000, '')],
  ['a line of 20 MB', 'l.csv', () => tables.endlessLine(20_000_000)],
  ['200,000 quotes that open nothing', 'm.csv', () => tables.strayQuotes(200_000)],
  ['100,000 such quotes in one line', 'n.csv', () => tables.quotedLine(100_000)],
  ['5,000 sheets', 'o.xlsx', () => tables.manySheets(5000, 5)],
  ['60 sheets of 3,000 rows', 'p.xlsx', () => tables.manySheets(60, 3000)],
  ['1,000,000 shared texts', 'q.xlsx', () => tables.manyTexts(1_000_000)],
  ['gzip of 84 MB', 'r.csv.gz', () => tables.growingGzip(4_000_000)],
  ['1,000,000 blank rows', 's.csv', () => tables.blankRows(1_000_000)],
  ['1,000,000 useless rows', 't.csv', () => tables.uselessRows(1_000_000)],
];

type Method = 'import.preview' | 'import.run';

interface Measured {
  cpuSeconds: number;
  peakMb: number;
  outcome: string;
  milliseconds: Record<Method, number>;
}

interface Row {
  name: string;
  file: string;
  megabytes: number;
  measured: Measured | null;
  /** Longest time from a cancel to the answer, in milliseconds; null: none, or nothing was left to cancel. */
  cancel: Record<Method, number | null> | null;
}

const seconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const short = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 400);

async function timed(work: () => Promise<string>): Promise<{ said: string; ms: number }> {
  const started = performance.now();
  const said = await work().catch(short);
  return { said, ms: performance.now() - started };
}

async function measureJob(app: Application, path: string): Promise<Measured> {
  const file = { path, name: basename(path) };
  const before = seconds();
  const looked = await timed(async () => {
    const preview = await app.call('import.preview', { file });
    return `${preview.columns.length} columns`;
  });
  const imported = await timed(async () => {
    const { read, kept, setAside, duplicates } = await app.call('import.run', { file });
    if (read !== kept + setAside + duplicates) throw new Error('LOST ROWS');
    return `${read} read = ${kept} kept + ${setAside} set aside + ${duplicates} duplicates`;
  });
  return {
    cpuSeconds: seconds() - before,
    peakMb: process.resourceUsage().maxRSS / 1024,
    outcome: looked.said === imported.said ? looked.said : `${looked.said}; ${imported.said}`,
    milliseconds: { 'import.preview': looked.ms, 'import.run': imported.ms },
  };
}

/** Longest wait for the answer to a cancel, over the moments that found the call still running. */
async function cancelJob(app: Application, path: string, method: Method, lasts: number): Promise<number | null> {
  const file = { path, name: basename(path) };
  let longest: number | null = null;
  for (const moment of cancelMoments) {
    const abort = new AbortController();
    let answered = false;
    const call = app.call(method, { file }, { signal: abort.signal }).then(
      () => 'finished',
      (error: { code: string }) => error.code,
    );
    void call.then(() => {
      answered = true;
    });
    await wait(lasts * moment);
    if (answered) continue;
    const asked = performance.now();
    abort.abort();
    await Promise.race([call, wait(longestCancelMs)]);
    longest = Math.max(longest ?? 0, performance.now() - asked);
    if (!answered) break;
  }
  return longest;
}

async function child<T>(job: string, ...args: string[]): Promise<T | null> {
  try {
    const options = { maxBuffer: 1 << 24, timeout: longestSeconds * 1000, killSignal: 'SIGKILL' } as const;
    const { stdout } = await run(process.execPath, [here, '--job', job, ...args], options);
    return JSON.parse(stdout.trim().split('\n').at(-1) as string) as T;
  } catch {
    return null;
  }
}

async function measure([name, file, make]: (typeof files)[number], folder: string): Promise<Row> {
  const path = join(folder, file);
  writeFileSync(path, make());
  const row: Row = { name, file, megabytes: statSync(path).size / 1e6, measured: null, cancel: null };
  row.measured = await child<Measured>('measure', path, join(folder, `${file}.db`));
  if (row.measured) {
    const { milliseconds } = row.measured;
    const cancelOf = (method: Method): Promise<number | null> =>
      child<number>('cancel', path, join(folder, `${file}-${method}.db`), method, String(milliseconds[method]));
    row.cancel = { 'import.preview': await cancelOf('import.preview'), 'import.run': await cancelOf('import.run') };
  }
  rmSync(path);
  return row;
}

const shown = (value: number | null | undefined, digits = 0): string =>
  value === null || value === undefined ? '–' : value.toFixed(digits);

function print({ name, file, megabytes, measured, cancel }: Row): void {
  const cells = [
    shown(measured?.cpuSeconds, 2).padStart(8),
    shown(measured?.peakMb).padStart(8),
    shown(measured?.milliseconds['import.preview']).padStart(11),
    shown(measured?.milliseconds['import.run']).padStart(10),
    `${shown(cancel?.['import.preview'])} / ${shown(cancel?.['import.run'])}`.padStart(13),
  ];
  const outcome = measured?.outcome.slice(0, 160) ?? `no answer in ${longestSeconds} s`;
  console.log(
    `${`${name} (${file.slice(file.indexOf('.') + 1)}, ${megabytes.toFixed(1)} MB)`.padEnd(52)}${cells.join('')}  ${outcome}`,
  );
}

async function main(words: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'salescope-reading-'));
  const chosen = files.filter(
    ([name, file]) => words.length === 0 || words.some((word) => `${name} ${file}`.includes(word)),
  );
  console.log(`${'file'.padEnd(52)}   CPU s peak MB preview ms import ms    cancel ms  outcome`);
  try {
    const rows: Row[] = [];
    for (const one of chosen) {
      rows.push(await measure(one, folder));
      print(rows.at(-1)!);
    }
    console.log(JSON.stringify({ rows }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [first, job, path, storePath, method, lasts] = process.argv.slice(2);
if (first === '--job') {
  const app = createApplication({ storePath });
  await app.call('import.list', {});
  const result =
    job === 'measure' ? await measureJob(app, path) : await cancelJob(app, path, method as Method, Number(lasts));
  console.log(JSON.stringify(result));
  await app.close();
} else await main(process.argv.slice(2));
