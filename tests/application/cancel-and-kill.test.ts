/** Whatever is cancelled or killed, the store is as before: the same digest over everything it holds. */
import { fork } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { storeDigest } from '../fixtures/store-digest.ts';
import type { Progress } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-cancel-'));
const storePath = join(folder, 'store.db');
const bigFile = { path: join(folder, 'big.csv'), name: 'big.csv' };
let application: Application;

function digest(path = storePath): string {
  const store = openStore(path, { as: 'reader' });
  const text = storeDigest(store);
  store.close();
  return text;
}

function bigCsv(rows: number): string {
  const lines = ['Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country'];
  for (let i = 0; i < rows; i++) {
    const day = new Date(Date.UTC(2023, 0, 1 + (i % 900))).toISOString().slice(0, 10);
    lines.push(
      `${700000 + (i >> 2)},K${i % 300},Item ${i % 300},${1 + (i % 9)},${day} 09:30:00,${1 + (i % 40)}.25,${20000 + (i % 3000)},Spain`,
    );
  }
  return lines.join('\n');
}

/** Cancels once `when` says so and gives back how the call ended. */
async function cancelled(
  start: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<unknown>,
  when: (progress: Progress) => boolean,
): Promise<string> {
  const abort = new AbortController();
  try {
    await start(abort.signal, (progress) => when(progress) && abort.abort());
    return 'finished';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

beforeAll(async () => {
  writeFileSync(bigFile.path, bigCsv(400_000));
  application = createApplication({ storePath });
  await application.call('demo.load', { seed: 3 });
});
afterAll(async () => {
  await application.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('cancel', () => {
  it.each([0, 0.3, 0.9])('of an import after %f of the file leaves the store as before', async (share) => {
    const before = digest();
    const ended = await cancelled(
      (signal, onProgress) => application.call('import.run', { file: bigFile }, { signal, onProgress }),
      ({ done, total }) => done >= share * (total ?? Number.POSITIVE_INFINITY),
    );
    expect(ended).toBe('cancelled');
    expect(digest()).toBe(before);
  });

  it('of a training leaves the store as before, and the next call is answered', async () => {
    const before = digest();
    const ended = await cancelled(
      (signal, onProgress) => application.call('forecast.run', { horizon: 20 }, { signal, onProgress }),
      () => true,
    );
    expect(ended).toBe('cancelled');
    expect(digest()).toBe(before);
    expect((await application.call('forecast.models', {})).length).toBeGreaterThan(2);
  });

  it('of a clustering leaves the store as before', async () => {
    const before = digest();
    const ended = await cancelled(
      (signal, onProgress) => application.call('customers.cluster', {}, { signal, onProgress }),
      () => true,
    );
    expect(ended).toBe('cancelled');
    expect(digest()).toBe(before);
  });

  it('of a report leaves the store as before', async () => {
    await application.call('forecast.run', { frequency: 'month', horizon: 6, model: 'seasonal-naive' });
    const before = digest();
    const ended = await cancelled(
      (signal, onProgress) =>
        application.call(
          'report.pdf',
          { frequency: 'month', horizon: 6, model: 'seasonal-naive' },
          { signal, onProgress },
        ),
      () => true,
    );
    expect(ended).toBe('cancelled');
    expect(digest()).toBe(before);
  });

  it('before the start changes nothing either', async () => {
    const signal = AbortSignal.abort();
    await expect(application.call('import.run', { file: bigFile }, { signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('kill -9 during an import', () => {
  it.each([150, 500, 900])('after %i ms of it: the store opens and is as before', async (ms) => {
    const path = join(folder, `killed-${ms}.db`);
    for (const part of ['', '-wal']) if (existsSync(storePath + part)) copyFileSync(storePath + part, path + part);
    const before = digest(path);
    const child = fork(new URL('./import-in-child.ts', import.meta.url), [path, bigFile.path], { stdio: 'ignore' });
    const gone = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('exit', (_code, signal) => resolve(signal)),
    );
    await new Promise((resolve) => child.once('message', resolve));
    await wait(ms);
    child.kill('SIGKILL');
    // An import that was quicker than the kill would prove nothing.
    expect(await gone).toBe('SIGKILL');
    expect(digest(path)).toBe(before);
    const reopened = createApplication({ storePath: path });
    expect((await reopened.call('app.info', {})).lines).toBeGreaterThan(0);
    await reopened.close();
  });
});
