/**
 * The thread's side: takes requests, runs tasks, sends frames. Short tasks are answered as soon as the event loop is
 * free; long ones wait for each other, so that at most one import (or one training) runs at a time.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Progress } from '../../src-shared/domain.ts';
import { AppError, toAppError } from '../../src-shared/errors.ts';
import type { Job } from './job.ts';
import type { TaskAnswer, TaskRequest, ThreadStart } from './messages.ts';

type Runner = (task: string, input: unknown, job: Job) => Promise<unknown>;

const progressEveryMs = 100;
const start = workerData as ThreadStart;
const port = parentPort!;

const send = (answer: TaskAnswer) => port.postMessage(answer);

function jobFor(request: TaskRequest): Job {
  let last = 0;
  return {
    tick(done, total, note = '', rate = null) {
      if (Atomics.load(request.flag, 0) !== 0) throw new AppError('cancelled', 'Cancelled; nothing was changed.');
      const now = performance.now();
      if (now - last < progressEveryMs) return;
      last = now;
      const progress: Progress = { done, total, note, rate };
      send({ id: request.id, frame: { kind: 'progress', progress } });
    },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

async function openRunner(): Promise<Runner> {
  if (start.role === 'data') return (await import('./tasks/data.ts')).openDataRunner(start);
  return (await import('./tasks/model.ts')).openModelRunner(start);
}

const runner = openRunner();
// A store that cannot be opened is answered to every call; the rejection itself must not end the thread.
runner.catch(() => {});

async function answer(request: TaskRequest): Promise<void> {
  const job = jobFor(request);
  try {
    job.tick(0, null);
    const output = await (await runner)(request.task, request.input, job);
    send({ id: request.id, frame: { kind: 'result', output } });
  } catch (error) {
    send({ id: request.id, frame: { kind: 'error', error: toAppError(error).toJSON() } });
  }
}

let longJobs: Promise<void> = Promise.resolve();

port.on('message', (request: TaskRequest) => {
  if (request.long) longJobs = longJobs.then(() => answer(request));
  else void answer(request);
});
