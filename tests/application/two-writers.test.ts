/** Two programs on one store: one owner at a time, and a fresh start always tells what the files say. */
import { execFile, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { isOwned, readOwner } from '../../src-main/store/owner.ts';
import type { Input, MethodName } from '../../src-shared/contract.ts';
import { salesCsv, told } from '../damage/full-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-two-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return { path, name };
};
const amounts = (name: string, month: string, lines: number) => {
  const rows = Array.from({ length: lines }, (_, n) => `2024-${month}-0${n + 1},${month}${n},c${n},10000`);
  return fileOf(name, `Date,Invoice,Customer,Amount\n${rows.join('\n')}\n`);
};

let stores = 0;
const newStore = () => join(folder, `${++stores}.db`);
const total = async ({ call }: Pick<Application, 'call'>) => (await call('overview.get', {})).total.revenue / 10_000;

describe('two windows in one program', () => {
  const january = amounts('january.csv', '01', 3);
  const february = amounts('february.csv', '02', 4);

  it('the second reads what the first has just written, and is told who owns it when it wants to write', async () => {
    const storePath = newStore();
    const first = createApplication({ storePath, door: 'window', backups: false });
    await first.call('import.run', { file: january });
    const second = createApplication({ storePath, door: 'other window', patienceMs: 0, backups: false });
    expect(await total(second)).toBe(30_000);
    await first.call('import.run', { file: february });
    // Remembered answers of the old data are not given for the new ones.
    expect(await total(second)).toBe(70_000);
    await expect(second.call('import.run', { file: january })).rejects.toMatchObject({
      code: 'store-busy',
      message: expect.stringContaining(`window, process ${process.pid}`),
    });
    expect((await second.call('store.state', {})).state).toBe('reading');
    await first.close();
    await second.call('settings.set', { businessName: 'Second' });
    expect((await second.call('import.run', { file: january })).alreadyImported).toBe(true);
    expect(await total(second)).toBe(70_000);
    await second.close();
    const fresh = createApplication({ storePath, backups: false });
    expect(await total(fresh)).toBe(70_000);
    expect((await fresh.call('settings.get', {})).businessName).toBe('Second');
    await fresh.close();
  });

  it('a change waits for the owner to end', async () => {
    const storePath = newStore();
    const first = createApplication({ storePath, backups: false });
    await first.call('import.run', { file: january });
    const second = createApplication({ storePath, patienceMs: 20_000, backups: false });
    expect((await second.call('store.state', {})).state).toBe('reading');
    const notes: string[] = [];
    const writing = second.call('import.run', { file: february }, { onProgress: ({ note }) => notes.push(note) });
    setTimeout(() => void first.close(), 700);
    expect((await writing).kept).toBe(4);
    expect(notes.some((note) => note.includes('works on the store'))).toBe(true);
    expect(await total(second)).toBe(70_000);
    await second.close();
  });
});

describe('the lock', () => {
  it('is released by kill -9', async () => {
    const storePath = newStore();
    createApplication({ storePath, backups: false }).close();
    const script = `
      import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../../src-main/store/open-store.ts'))};
      openStore(${JSON.stringify(storePath)}, { door: 'window' });
      process.stdout.write('open');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    await new Promise((done) => child.stdout.once('data', done));
    expect(isOwned(storePath)).toBe(true);
    expect(readOwner(storePath)).toMatchObject({ pid: child.pid, door: 'window' });
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
    expect(isOwned(storePath)).toBe(false);
    const next = createApplication({ storePath, backups: false });
    expect((await next.call('store.state', {})).state).toBe('open');
    await next.close();
  });
});

const quick = { frequency: 'month', horizon: 3, model: 'seasonal-naive', effort: 'quick' } as const;
/** One write of a kind, and what of a fresh start it shows in. */
type Write = { [M in MethodName]: { method: M; input: Input<M> } }[MethodName];
const writes: Record<string, Write> = {
  import: { method: 'import.run', input: { file: fileOf('b.csv', salesCsv(900, 4000)) } },
  undo: { method: 'import.undo', input: { importId: 1 } },
  settings: { method: 'settings.set', input: { businessName: 'Renamed', asOf: '2025-02-01' } },
  rules: { method: 'settings.set', input: { rules: { unknownCustomer: 'keep', cancellations: 'drop' } } },
  publish: { method: 'ledger.publish', input: { ...quick, name: 'P' } },
  'save model': { method: 'model.save', input: { ...quick, name: 'M' } },
};

describe('pairs of writes of two programs, in both orders and at once', () => {
  const run = promisify(execFile);
  const cli = ({ method, input }: Write, storePath: string) =>
    run(process.execPath, ['src-main/doors/cli.ts', method, JSON.stringify(input), '--store', storePath], {
      maxBuffer: 1e9,
    });
  const base = join(folder, 'base.db');

  beforeAll(async () => {
    const { call, close } = createApplication({ storePath: base, backups: false });
    await call('settings.set', { currency: 'EUR' });
    await call('import.run', { file: fileOf('a.csv', salesCsv(1500)) });
    await call('import.run', { file: fileOf('a2.csv', salesCsv(1500, 1200)) });
    await call('overview.get', {});
    await close();
  });
  const copyOfBase = () => {
    const path = newStore();
    copyFileSync(base, path);
    return path;
  };
  /** One after the other in one program: the truth. */
  async function sequence(...steps: Write[]): Promise<string> {
    const storePath = copyOfBase();
    const { call, close } = createApplication({ storePath, backups: false });
    for (const { method, input } of steps) await call(method, input as never);
    await close();
    return told(storePath);
  }

  const names = Object.keys(writes);
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const));
  it.each(pairs)(
    '%s and %s',
    async (a, b) => {
      const [first, second] = [writes[a], writes[b]];
      const inOrder = await sequence(first, second);
      const reversed = await sequence(second, first);
      const storePath = copyOfBase();
      await Promise.all([cli(first, storePath), cli(second, storePath)]);
      expect([inOrder, reversed]).toContain(await told(storePath));
      expect(existsSync(`${storePath}.owner.json`)).toBe(false);
    },
    180_000,
  );
});
