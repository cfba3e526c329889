/**
 * `npm run bench:interface -- [sales.csv]`: does the window stay alive with a million lines? Measured in Chromium through
 * the HTTP door: the longest stop of the page during an import, how much a training delays a figure, and the time from
 * starting the program to the first figure on the screen. A table, then one JSON line.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { chromium, type Page } from 'playwright';
import { findBrowser } from '../src-main/doors/browser.ts';
import { httpClient } from '../tests/application/http-client.ts';
import { openPage, pageOf } from '../tests/interface/pages.ts';
import { browserArguments, openWindow, whyNot } from '../tests/interface/window.ts';

const packed = '../shared/data/online_retail_II.csv.gz';
const folder = await mkdtemp(join(tmpdir(), 'salescope-bench-interface-'));
const refused =
  whyNot('http') ?? (process.argv[2] || existsSync(packed) ? null : `${packed} is not there; name a sales CSV`);
if (refused) {
  console.log(`SKIPPED: ${refused}`);
  process.exit(0);
}

async function salesFile(): Promise<string> {
  if (process.argv[2]) return process.argv[2];
  const path = join(folder, 'online_retail_II.csv');
  await pipeline(createReadStream(packed), createGunzip(), createWriteStream(path));
  return path;
}

/** Starts to watch the page: the longest gap between two beats of its own clock, and its longest task. */
const startWatch = (page: Page) =>
  page.evaluate(() => {
    const watch = { longestGapMs: 0, longestTaskMs: 0 };
    Object.assign(window, { salescopeWatch: watch });
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      watch.longestGapMs = Math.max(watch.longestGapMs, now - last - 10);
      last = now;
    }, 10);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watch.longestTaskMs = Math.max(watch.longestTaskMs, duration);
    }).observe({ type: 'longtask' });
  });

const readWatch = (page: Page) =>
  page.evaluate(
    () => (window as unknown as { salescopeWatch: { longestGapMs: number; longestTaskMs: number } }).salescopeWatch,
  );

let asked = 0;

/** Milliseconds the page waits for a figure, asked over and over until `until` settles (or 15 times). */
async function figureWaits(page: Page, until: Promise<unknown> | null): Promise<number[]> {
  const waits: number[] = [];
  let over = false;
  void until?.finally(() => {
    over = true;
  });
  while (!over && (until || waits.length < 15)) {
    waits.push(
      // Another first day each time, so that no answer is a remembered one.
      await page.evaluate(
        async (from) => {
          const began = performance.now();
          const answer = await fetch('api/call', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ method: 'overview.get', input: { filter: { from } } }),
          });
          await answer.text();
          return performance.now() - began;
        },
        new Date(Date.UTC(1990, 0, 1 + asked++)).toISOString().slice(0, 10),
      ),
    );
    await page.waitForTimeout(20);
  }
  return waits;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];

async function importAndTrain(file: string, storeCopy: string) {
  const window = await openWindow('http');
  const { page } = window;
  try {
    const application = window.application!;
    await application.call('settings.set', { currency: 'GBP' });
    await page.reload();
    await openPage(page, pageOf('import'));
    await page.getByTestId('file-input').setInputFiles(file);
    const go = page.getByTestId('run-import');
    await go.waitFor({ timeout: 120_000 });
    await startWatch(page);
    await go.click({ timeout: 60_000 });
    await page.getByTestId('import-result').waitFor({ timeout: 300_000 });
    const duringImport = await readWatch(page);
    const idle = await figureWaits(page, null);
    const training = application.call('forecast.run', { horizon: 30 });
    const busy = await figureWaits(page, training);
    // What a first screen asks for has been looked at before, as on any day but the first.
    const { storePath } = await application.call('app.info', {});
    await Promise.all([
      application.call('overview.get', {}),
      application.call('customers.rfm', {}),
      application.call('filter.options', {}),
    ]);
    const { DatabaseSync } = await import('node:sqlite');
    new DatabaseSync(storePath).exec(`vacuum into '${storeCopy}'`);
    return {
      duringImport,
      idleMs: median(idle),
      busyMs: Math.max(...busy),
      busyMedianMs: median(busy),
      asked: busy.length,
    };
  } finally {
    await window.close();
  }
}

/** Starts the program on a store, hands its address on, ends it. */
async function withProgram<T>(store: string, work: (address: string, started: number) => Promise<T>): Promise<T> {
  const started = performance.now();
  const program = spawn(process.execPath, ['out/main/start.js', '--no-window', '--store', store], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let address = '';
    for await (const line of createInterface({ input: program.stdout })) {
      address = /http:\/\/\S+/.exec(line)?.[0] ?? '';
      if (address) break;
    }
    return await work(address, started);
  } finally {
    program.kill('SIGINT');
    await once(program, 'exit');
  }
}

/** Milliseconds from starting the program until the figures of the first screen have left it. */
const firstFigures = (store: string): Promise<number> =>
  withProgram(store, async (address, started) => {
    const client = await httpClient(address);
    const asked = ['app.info', 'settings.get', 'overview.get', 'customers.rfm', 'filter.options'];
    await Promise.all(asked.map((method) => client.call(method, {})));
    return performance.now() - started;
  });

/** Milliseconds until a figure is painted, in a browser that is open but has never seen the page. */
async function firstScreen(store: string): Promise<number> {
  const browser = await chromium.launch({ executablePath: findBrowser()!.path, args: browserArguments });
  try {
    const page = await browser.newPage();
    return await withProgram(store, async (address, started) => {
      await page.goto(address);
      await page.locator('[data-figure=revenue] [data-testid=kpi-value]').filter({ hasText: /\d/ }).waitFor();
      return performance.now() - started;
    });
  } finally {
    await browser.close();
  }
}

/** The median of three. */
const ofThree = async (measure: () => Promise<number>): Promise<number> =>
  median([await measure(), await measure(), await measure()]);

const file = await salesFile();
const store = join(folder, 'million.db');
const alive = await importAndTrain(file, store);
const figuresMs = await ofThree(() => firstFigures(store));
const screenMs = await ofThree(() => firstScreen(store));
const round = (value: number) => Math.round(value);
const result = {
  file: basename(file),
  importLongestStopMs: round(Math.max(alive.duringImport.longestGapMs, alive.duringImport.longestTaskMs)),
  figureIdleMs: round(alive.idleMs),
  figureWhileTrainingMs: round(alive.busyMs),
  figureWhileTrainingMedianMs: round(alive.busyMedianMs),
  trainingDelayMs: round(alive.busyMs - alive.idleMs),
  figuresAskedWhileTraining: alive.asked,
  firstFiguresMs: round(figuresMs),
  firstScreenMs: round(screenMs),
};
console.table(Object.entries(result).map(([measure, value]) => ({ measure, value })));
console.log(JSON.stringify(result));
await rm(folder, { recursive: true, force: true });
