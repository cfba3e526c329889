/** A thread that fills its heap ends alone: the call is answered with what happened and what to do, and the next one gets a new thread. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ThreadStart } from '../../src-main/worker/messages.ts';
import { createThread } from '../../src-main/worker/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-memory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

type AnyTasks = Record<string, (context: never, input: object, job: never) => unknown>;

const start = (role: ThreadStart['role']): ThreadStart => ({
  role,
  storePath: join(folder, `${role}.db`),
  version: '0.0.0',
  door: 'a test',
  claim: 'when-writing',
  patienceMs: 100,
  backups: false,
  tendAfterMs: 60_000,
  safe: false,
});

/** MB: V8 starts, the program's own modules do not fit any more. */
const tooLittle = 12;

describe('memory of the threads', () => {
  it.each([
    { role: 'data', task: 'store.close', advice: /one at a time/ },
    { role: 'model', task: 'engine.info', advice: /months instead of days/ },
  ] as const)('the $role thread says that memory ran out and what to do', async ({ role, task, advice }) => {
    const thread = createThread<AnyTasks>(start(role), tooLittle);
    for (let times = 0; times < 2; times++) {
      const error = await thread.run(task, {}).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'worker-died', message: expect.stringMatching(/ran out of memory/) });
      expect((error as Error).message).toMatch(advice);
    }
    await thread.close();
  });

  it('its own limit is enough for the training engine', async () => {
    const thread = createThread<AnyTasks>(start('model'));
    expect(await thread.run('engine.info', {})).toMatchObject({ id: 'wasm' });
    await thread.close();
  });
});
