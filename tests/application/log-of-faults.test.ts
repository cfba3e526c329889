/** Which faults of a running program leave a trace: those of its own, with the method that was asked. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import type { MethodName } from '../../src-shared/contract.ts';
import { AppError } from '../../src-shared/errors.ts';

let failure = new Error('none');
vi.mock('../../src-main/worker/run.ts', () => ({
  createThread: () => ({ run: () => Promise.reject(failure), start() {}, close: async () => {} }),
}));
const { createApplication } = await import('../../src-main/application/application.ts');
const { openLog } = await import('../../src-main/application/log.ts');

const folder = mkdtempSync(join(tmpdir(), 'salescope-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a thread that died and an internal error are noted; what the user has read is not', async () => {
  const log = openLog(folder, 'faults');
  const { call, close } = createApplication({ storePath: join(folder, 'store.db'), log });
  const failing = (method: MethodName, error: Error) => {
    failure = error;
    return expect(call(method as 'app.info', {})).rejects.toBe(error);
  };
  await failing('app.info', new AppError('no-data', 'There are no sales yet.'));
  await failing('app.info', new AppError('store-busy', 'Another program holds it.'));
  expect(log.last()).toBe('');
  await failing('import.list', new AppError('worker-died', 'The data thread stopped (code 1).'));
  expect(log.last()).toMatch(/Salescope \d+\.\d+\.\d+.*\nimport\.list: worker-died: The data thread stopped/);
  await failing('backup.list', new TypeError('x is undefined'));
  expect(log.last()).toContain('backup.list: internal: x is undefined');
  expect(log.last()).toContain('log-of-faults.test.ts');
  await close();
});
