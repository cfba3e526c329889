/** A store that holds something of everything, and what it answers: the truth that a damaged copy is held against. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createApplication } from '../../src-main/application/application.ts';
import { openDataRunner } from '../../src-main/worker/tasks/data.ts';
import { quietJob } from '../../src-main/worker/job.ts';
import type { ThreadStart } from '../../src-main/worker/messages.ts';
import type { ImportRecord, LedgerHistory, SavedModel } from '../../src-shared/domain.ts';

const day = (n: number): string => new Date(Date.UTC(2023, 0, 1 + n)).toISOString().slice(0, 10);

/** Sales of two years: returns, anonymous lines, a fee, rows that must be set aside. */
export function salesCsv(lines: number, from = 0): string {
  const rows = ['Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country'];
  for (let i = from; i < from + lines; i++) {
    const customer = i % 11 === 0 ? '' : `C${(i * 7) % 61}`;
    const product = i % 97 === 0 ? 'POST,Postage' : `P${i % 37},"Thing no. ${i % 37}"`;
    const quantity = i % 23 === 0 ? -1 : 1 + (i % 5);
    const date = i % 211 === 0 ? 'some day' : `${day((i * 3) % 700)} ${10 + (i % 8)}:15:00`;
    const country = i % 9 ? 'France' : 'Malta';
    rows.push(
      `${i % 29 ? '' : 'C'}${5000 + (i >> 1)},${product},${quantity},${date},${(i % 40) + 0.25},${customer},${country}`,
    );
  }
  return `${rows.join('\n')}\n`;
}

export const customersCsv = (): string =>
  [
    'Customer,Age,Income,Spending score',
    ...Array.from({ length: 61 }, (_, i) => `C${i},${20 + i},${15 + i * 2},${(i * 13) % 100}`),
  ].join('\n');

export const seriesCsv = (): string =>
  ['Date,Amount', ...Array.from({ length: 90 }, (_, i) => `${day(i)},${100 + i}.5`)].join('\n');

/** The second one is also typed by hand, the last row is none. */
export const eventsCsv = (): string =>
  ['Name,From,To,Kind', 'Sale,2023-06-01,2023-06-10,promo', 'Fair,2024-03-01,2024-03-05,promo', 'Ghost,,,promo'].join(
    '\n',
  );

/** Makes it by the application's own methods. @returns its path */
export async function makeFullStore(folder: string, lines = 3000): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const storePath = join(folder, 'full.db');
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return { path, name };
  };
  const { call, close } = createApplication({ storePath, backups: false });
  await call('settings.set', { currency: 'EUR', locale: 'en-GB', businessName: 'Corner shop' });
  await call('import.run', { file: file('sales.csv', salesCsv(lines)) });
  await call('import.run', { file: file('more.csv', salesCsv(400, lines - 200)) });
  await call('import.run', { file: file('customers.csv', customersCsv()) });
  await call('import.run', { file: file('series.csv', seriesCsv()), options: { kind: 'series' } });
  await call('settings.set', { rules: { unknownCustomer: 'keep' } });
  await call('calendar.addEvent', { name: 'Fair', kind: 'promotion', from: '2024-03-01', to: '2024-03-05' });
  await call('import.run', { file: file('events.csv', eventsCsv()) });
  const entry = { name: 'Regulars', description: 'Often here', actions: ['Greet'], offer: 'bundle' as const };
  await call('playbook.set', { segment: 'loyal', entry });
  const question = { frequency: 'month', horizon: 3, model: 'seasonal-naive' } as const;
  const { id, from, to } = await call('ledger.publish', { ...question, name: 'Spring' });
  await call('ledger.adjust', { id, from, to, change: 0.1, note: 'A fair' });
  await call('model.save', { ...question, name: 'Kept' });
  await call('overview.get', {});
  await close();
  return storePath;
}

const start = (storePath: string, backups: boolean): ThreadStart => ({
  role: 'data',
  storePath,
  version: '0',
  door: 'a test',
  claim: 'now',
  patienceMs: 0,
  backups,
  tendAfterMs: 1e9,
  safe: false,
});

/**
 * The data thread's tasks on a store, in this thread: a start of a tenth of a second.
 * @param backups whether it is copied before it changes
 */
export async function onStore<T>(
  storePath: string,
  work: (run: (task: string, input: unknown) => Promise<unknown>) => Promise<T>,
  backups = false,
): Promise<T> {
  const run = openDataRunner(start(storePath, backups));
  try {
    return await work((task, input) => run(task, input, quietJob));
  } finally {
    await run('store.close', {}, quietJob);
  }
}

export type Run = (task: string, input?: unknown) => Promise<never>;

/** The same on a store that copies itself before it changes; what a task answers is for the test to say. */
export const onCopiedStore = <T>(storePath: string, work: (run: Run) => Promise<T>): Promise<T> =>
  onStore(storePath, (run) => work((task, input = {}) => run(task, input) as Promise<never>), true);

/** Changes one byte in the prices of an import, as a failing disk does. */
export function damagePrices(storePath: string, importId: number): void {
  const db = new Database(storePath, { readonly: true });
  const packed = db
    .prepare("SELECT data FROM sale_block WHERE import_id = ? AND column_name = 'price'")
    .pluck()
    .get(importId) as Buffer;
  db.close();
  const bytes = readFileSync(storePath);
  const start = packed.subarray(0, 200);
  let at = bytes.indexOf(start);
  if (at < 0) throw new Error('The block is not found in one piece.');
  // Pages that are free now may hold it as well.
  for (; at >= 0; at = bytes.indexOf(start, at + 1)) bytes[at + 100] ^= 1;
  writeFileSync(storePath, bytes);
}

/** What a fresh start says, without times and numbers that only count. */
export const told = (storePath: string): Promise<string> =>
  onStore(storePath, async (run) => {
    const { entries } = (await run('ledger.list', {})) as LedgerHistory;
    const imports = (await run('import.list', {})) as ImportRecord[];
    return JSON.stringify({
      settings: await run('settings.get', {}),
      imports: imports.map(({ importedAt: _at, ...one }) => one),
      overview: await run('overview.get', { filter: {} }),
      customers: await run('customers.rfm', { filter: {} }),
      published: entries.map(({ name, total: sum, from }) => [name, sum, from]),
      models: ((await run('model.list', {})) as SavedModel[]).map(({ name, stale }) => [name, stale]),
    });
  });

const questions: [string, unknown][] = [
  ['settings.get', {}],
  ['import.list', {}],
  ['import.setAside', { importId: 1, offset: 0, limit: 1000 }],
  ['import.setAside', { importId: 2, offset: 0, limit: 1000 }],
  ['overview.get', { filter: {} }],
  ['cleaning.effects', {}],
  ['customers.rfm', { filter: {} }],
  ['customers.features', {}],
  ['customers.featureTable', { filter: {}, features: ['monetary', 'income'] }],
  ['series.get', { filter: {}, frequency: 'day' }],
  ['calendar.get', { filter: {} }],
  ['playbook.get', {}],
  ['ledger.list', {}],
  ['ledger.get', { id: 1 }],
  ['model.list', {}],
  ['model.read', { id: 1 }],
];

/** What the store at a path answers, as text; the same for equal figures. @throws what it refuses with */
export const figuresOf = (storePath: string): Promise<string> =>
  onStore(storePath, async (run) => {
    const answers: unknown[] = [];
    for (const [task, input] of questions) answers.push(await run(task, input));
    // A remembered answer: none, or the very one.
    const key = { method: 'overview.get', key: rememberedKey };
    const { output } = (await run('run.find', key)) as { output: unknown };
    if (output !== null && rememberedAnswer !== '') answers.push(JSON.stringify(output) === rememberedAnswer);
    else answers.push(true);
    return JSON.stringify(answers, (_key, value) => (ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value));
  });

let rememberedKey = '';
let rememberedAnswer = '';

/** Keeps an answer in the store under a key of the test's own, to be found again or not at all. */
export async function rememberAnswer(storePath: string): Promise<void> {
  const output = { revenue: 1234, months: Array.from({ length: 200 }, (_, i) => i * i) };
  rememberedKey = 'an answer of the test';
  rememberedAnswer = JSON.stringify(output);
  const question = { method: 'overview.get', key: rememberedKey };
  await onStore(storePath, async (run) => {
    const { dataVersion } = (await run('run.find', question)) as { dataVersion: string };
    await run('run.save', { ...question, dataVersion, output });
  });
}
