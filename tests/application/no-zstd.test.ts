/** A runtime whose zlib is built without zstd: it packs with gzip, which every runtime reads, and says what it cannot read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-no-zstd-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);

writeFileSync(
  path('sales.csv'),
  'Invoice,Date,Customer,Product,Quantity,Price\nA1,2025-02-01,Ann,Tea,2,3.50\nA2,2025-02-02,Bob,Mug,1,8.00\n',
);
// Runs in the program and in each of its threads before anything of theirs.
writeFileSync(
  path('without-zstd.mjs'),
  "import zlib from 'node:zlib';\nfor (const name of Object.keys(zlib)) if (/zstd/i.test(name)) delete zlib[name];\n",
);
const without = { NODE_OPTIONS: `--import=${pathToFileURL(path('without-zstd.mjs')).href}` };

const importInto = (store: string, env?: Record<string, string>) =>
  runCli(
    ['import.run', JSON.stringify({ file: { path: path('sales.csv'), name: 'sales.csv' } }), '--store', path(store)],
    env,
  );
const revenueIn = (store: string, env?: Record<string, string>) =>
  runCli(['overview.get', '{}', '--store', path(store)], env);

beforeAll(async () => {
  const imported = await Promise.all([importInto('gzip.db', without), importInto('zstd.db')]);
  expect(imported.map(({ code }) => code)).toEqual([0, 0]);
});

it('refuses data packed with zstd, with a sentence', async () => {
  const refused = await revenueIn('zstd.db', without);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(
    'These data were packed with zstd, which the runtime of this Salescope does not have.',
  );
});

it('reads what it wrote, and so does a runtime with zstd, to the same figures', async () => {
  const [here, there, usual] = await Promise.all([
    revenueIn('gzip.db', without),
    revenueIn('gzip.db'),
    revenueIn('zstd.db'),
  ]);
  expect(here.code).toBe(0);
  expect(JSON.parse(here.stdout)).toEqual(JSON.parse(usual.stdout));
  expect(JSON.parse(there.stdout)).toEqual(JSON.parse(usual.stdout));
});
