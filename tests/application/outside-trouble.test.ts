/** What the system refuses: a file or a folder that cannot be written, a full disk, a file that another program holds. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodName } from '../../src-shared/contract.ts';
import type { Overview, StoreState } from '../../src-shared/domain.ts';
import { makeFullStore, onStore, salesCsv } from '../damage/full-store.ts';

const root = mkdtempSync(join(tmpdir(), 'salescope-outside-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const child = join(import.meta.dirname, '..', 'damage', 'ask-in-child.ts');
// The superuser may write everything; without these rights he is like everybody.
const rights = '-dac_override,-dac_read_search';
const asEverybody = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', rights, '--inh-caps', rights, '--'] : [];
const whyNot = (): string | null => {
  if (process.platform === 'win32') return 'rights of files are tested on POSIX systems';
  if (asEverybody.length > 0 && spawnSync(asEverybody[0], ['--version']).status !== 0) return 'setpriv is not there';
  return null;
};

type Answer = Record<string, unknown> & { code: string; message: string };
const ask = (store: string, ...calls: [MethodName, unknown][]): Answer[] => {
  const [command, ...args] = [...asEverybody, process.execPath, child, store, JSON.stringify(calls)];
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8' }));
};

let full: string;
let revenue: number;
const csv = join(root, 'more.csv');
beforeAll(async () => {
  full = await makeFullStore(join(root, 'full'));
  revenue = await onStore(full, async (run) => ((await run('overview.get', { filter: {} })) as Overview).total.revenue);
  writeFileSync(csv, salesCsv(20_000, 5000));
});
const questions: [MethodName, unknown][] = [
  ['store.state', {}],
  ['overview.get', { filter: {} }],
  ['settings.set', { businessName: 'Changed' }],
  ['import.run', { file: { path: csv, name: 'more.csv' }, options: {} }],
  ['store.state', {}],
];
const totalOf = (answer: Answer) => (answer as unknown as Overview).total.revenue;

const noRights = whyNot();
if (noRights) console.log(`SKIPPED: stores that cannot be written, as ${noRights}.`);

describe.skipIf(noRights !== null)('a store that cannot be written', () => {
  const place = (name: string): string => {
    mkdirSync(join(root, name));
    const store = join(root, name, 'store.db');
    copyFileSync(full, store);
    return store;
  };
  const expectReading = (store: string): void => {
    const before = readFileSync(store);
    const [state, overview, set, run, after] = ask(store, ...questions);
    expect(state).toMatchObject({ state: 'reading', trouble: { code: 'store-read-only' } });
    expect(totalOf(overview)).toBe(revenue);
    for (const refused of [set, run]) {
      expect(refused.code).toBe('store-read-only');
      expect(refused.message).toContain('copy the file to a folder of your own');
    }
    expect(after).toMatchObject({ state: 'reading' });
    expect(readFileSync(store)).toEqual(before);
  };

  it('opens for reading where the file is write-protected', () => {
    const store = place('file');
    chmodSync(store, 0o444);
    expectReading(store);
  });

  it('opens for reading where the folder and the file are, and lays nothing beside it', () => {
    const store = place('folder');
    chmodSync(store, 0o444);
    chmodSync(join(root, 'folder'), 0o555);
    expectReading(store);
    expect(readdirSync(join(root, 'folder'))).toEqual(['store.db']);
    chmodSync(join(root, 'folder'), 0o755);
  });

  it('opens for reading where only the folder is, as no log can lie there', () => {
    const store = place('only-folder');
    chmodSync(join(root, 'only-folder'), 0o555);
    expectReading(store);
    chmodSync(join(root, 'only-folder'), 0o755);
  });

  it('says so where it may not even be read', () => {
    const store = place('hidden');
    chmodSync(store, 0);
    const [state, overview] = ask(store, ...questions.slice(0, 2));
    expect(state).toMatchObject({ state: 'closed', trouble: { code: 'file-not-readable' } });
    expect(overview).toMatchObject({ code: 'file-not-readable' });
    expect(overview.message).toContain(store);
  });
});

describe('a full disk', () => {
  const disk = join(root, 'disk');
  const mounted = (): boolean => {
    mkdirSync(disk);
    return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1536k', 'tmpfs', disk]).status === 0;
  };
  const small = process.platform === 'linux' && mounted();
  if (!small) console.log('SKIPPED: a full disk, as none can be mounted here.');
  afterAll(() => void (small && spawnSync('umount', [disk])));

  it.skipIf(!small)('refuses the change in words, keeps every figure, and goes on once there is room', () => {
    const store = join(disk, 'store.db');
    copyFileSync(full, store);
    const filler = join(disk, 'filler');
    const room = Number(execFileSync('df', ['--output=avail', '-B1', disk], { encoding: 'utf8' }).split('\n')[1]);
    writeFileSync(filler, Buffer.alloc(room - 100_000));
    const [, overview, set, run, after] = ask(store, ...questions);
    expect(totalOf(overview)).toBe(revenue);
    expect([set.code ?? 'done', run.code]).toEqual(['done', 'disk-full']);
    expect(run.message).toContain('Free some space');
    expect(after).toMatchObject({ state: 'open' });
    expect(readdirSync(disk, { recursive: true }).filter((name) => String(name).includes('.part'))).toEqual([]);
    rmSync(filler);
    const [state, again, , more] = ask(store, ...questions);
    expect(state).toMatchObject({ state: 'open', trouble: null });
    expect(totalOf(again)).toBe(revenue);
    expect(more.code).toBeUndefined();
  });
});

describe('a store that another program holds', () => {
  it('says so, and opens once it is let go', async () => {
    const store = join(root, 'held.db');
    copyFileSync(full, store);
    const other = new Database(store);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    await onStore(store, async (run) => {
      const state = (await run('store.state', {})) as StoreState;
      expect(state).toMatchObject({ state: 'closed', trouble: { code: 'store-busy' } });
      expect(state.trouble?.message).toContain('Another program holds the file');
      other.close();
      expect(await run('store.reopen', {})).toMatchObject({ state: 'open', trouble: null });
      expect(((await run('overview.get', { filter: {} })) as Overview).total.revenue).toBe(revenue);
    });
    expect(existsSync(`${store}-wal`)).toBe(false);
  });
});
