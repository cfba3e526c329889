/** The caller's side of a worker thread: typed calls, progress, cancel, and a new thread after one has died. */
import { Worker } from 'node:worker_threads';
import type { CallOptions } from '../../src-shared/contract.ts';
import { AppError, fromErrorFrame } from '../../src-shared/errors.ts';
import type { TaskAnswer, TaskRequest, ThreadRole, ThreadStart } from './messages.ts';

type AnyTask = (context: never, input: never, job: never) => unknown;
type TaskInput<T> = T extends (context: never, input: infer I, job: never) => unknown ? I : never;
type TaskOutput<T> = T extends (context: never, input: never, job: never) => infer O ? Awaited<O> : never;

interface Waiting {
  flag: Int32Array<SharedArrayBuffer>;
  resolve: (output: unknown) => void;
  reject: (error: AppError) => void;
  onProgress: CallOptions['onProgress'];
}

export interface Thread<Tasks extends Record<keyof Tasks, AnyTask>> {
  run<K extends keyof Tasks & string>(
    task: K,
    input: TaskInput<Tasks[K]>,
    options?: RunOptions,
  ): Promise<TaskOutput<Tasks[K]>>;
  /** Starts the thread now rather than at its first call. */
  start(): void;
  /** Ends the thread. @param last a task that puts things away first; what still runs is cancelled and waited for */
  close(last?: keyof Tasks & string): Promise<void>;
}

export interface RunOptions extends CallOptions {
  long?: boolean;
}

/**
 * How much JavaScript heap a thread may fill, in MB; columns, BLOBs and WASM lie elsewhere. In Electron every thread of
 * the process takes its heap from one region of 4 GB (V8 compresses pointers to 32 bits). A thread at its own limit ends
 * alone and is answered; a full region ends the program with its window. So both together leave a quarter to the main
 * thread and to what V8 counts apart (new objects, compiled code). A workbook's texts take the most, in the data thread.
 */
const heapMegabytes: Record<ThreadRole, number> = { data: 2048, model: 1024 };

const memoryAdvice: Record<ThreadRole, string> = {
  data: 'Import the files one at a time, or a workbook as CSV.',
  model: 'Choose months instead of days, a shorter period or fewer products.',
};

function whyItStopped(role: ThreadRole, error: Error & { code?: string }): string {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return `The ${role} thread stopped: ${error.message}`;
  return `The ${role} thread ran out of memory, so its work was given up and nothing was changed. ${memoryAdvice[role]}`;
}

function rejectAll(waiting: Map<number, Waiting>, message: string): void {
  for (const call of waiting.values()) call.reject(new AppError('worker-died', message));
  waiting.clear();
}

function handOn(waiting: Map<number, Waiting>, { id, frame }: TaskAnswer): void {
  const call = waiting.get(id);
  if (!call) return;
  if (frame.kind !== 'progress') waiting.delete(id);
  if (frame.kind === 'progress') call.onProgress?.(frame.progress);
  else if (frame.kind === 'result') call.resolve(frame.output);
  else call.reject(fromErrorFrame(frame.error));
}

function cancelAll(waiting: Map<number, Waiting>): void {
  for (const { flag } of waiting.values()) Atomics.store(flag, 0, 1);
}

/** A thread that does not come to an end by itself is ended. */
const closeWithinMs = 5000;
const patience = () => new Promise((done) => setTimeout(done, closeWithinMs).unref());

const cancelled = () => new AppError('cancelled', 'Cancelled; nothing was changed.');

/** The thread file lies beside this one, as source (.ts) and in the bundle (.js). */
const threadUrl = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url);

/**
 * Starts a thread at its first call and again after it died; calls under way then fail with 'worker-died'.
 * @param heap its limit in MB
 */
export function createThread<Tasks extends Record<keyof Tasks, AnyTask>>(
  start: ThreadStart,
  heap: number = heapMegabytes[start.role],
): Thread<Tasks> {
  let worker: Worker | null = null;
  let nextId = 1;
  const waiting = new Map<number, Waiting>();

  function failAll(message: string): void {
    worker = null;
    rejectAll(waiting, message);
  }

  const receive = (answer: TaskAnswer): void => handOn(waiting, answer);

  function liveWorker(): Worker {
    if (worker) return worker;
    const started = new Worker(threadUrl, { workerData: start, resourceLimits: { maxOldGenerationSizeMb: heap } });
    started.on('message', receive);
    started.on('error', (error: Error) => worker === started && failAll(whyItStopped(start.role, error)));
    started.on('exit', (code) => worker === started && failAll(`The ${start.role} thread stopped (code ${code}).`));
    worker = started;
    return started;
  }

  function run(task: string, input: unknown, options: RunOptions = {}): Promise<unknown> {
    const { signal, onProgress, long = false } = options;
    if (signal?.aborted) return Promise.reject(cancelled());
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const id = nextId++;
    // The model thread writes nothing, so nobody need wait until a step inside WASM, which cannot be interrupted, is
    // over. The data thread answers itself, once it has put everything back.
    const atOnce = start.role === 'model';
    const cancel = () => {
      Atomics.store(flag, 0, 1);
      if (atOnce) receive({ id, frame: { kind: 'error', error: cancelled().toJSON() } });
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const answered = new Promise((resolve, reject) => {
      waiting.set(id, { flag, resolve, reject, onProgress });
      const request: TaskRequest = { id, task, input, long, flag };
      liveWorker().postMessage(request);
    });
    return answered.finally(() => signal?.removeEventListener('abort', cancel));
  }

  return {
    run: run as Thread<Tasks>['run'],
    start: () => void liveWorker(),
    async close(last) {
      const closing = worker;
      if (closing && last) {
        cancelAll(waiting);
        await Promise.race([run(last, {}, { long: true }).catch(() => {}), patience()]);
      }
      failAll('The program is closing.');
      await closing?.terminate();
    },
  };
}
