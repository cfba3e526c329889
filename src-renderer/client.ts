/** Picks the door the page came through and exports the one typed `call`; pages know nothing else of the program. */
import type { Bridge, DesktopWish } from '../src-shared/bridge.ts';
import type { Call, CallOptions, Frame } from '../src-shared/contract.ts';
import type { ImportFile } from '../src-shared/domain.ts';
import { AppError, fromErrorFrame } from '../src-shared/errors.ts';

declare global {
  interface Window {
    salescope?: Bridge;
  }
}

interface Door {
  run(method: string, input: unknown, options: CallOptions): Promise<unknown>;
  prepareFile(file: File, signal?: AbortSignal): Promise<ImportFile>;
  /** Files this start was given, and entries of the desktop's menu. */
  onWish(listener: (wish: DesktopWish) => void): void;
  /** Asks before the window is closed, until the answered function is called. */
  holdOpen(): () => void;
}

/**
 * What leaves the page is plain JSON, the same through every door: Electron's bridge refuses Vue's proxies, and copies what
 * JSON does not know.
 */
const plain = (input: unknown): unknown => JSON.parse(JSON.stringify(input ?? {}));

const cancelled = (): AppError => new AppError('cancelled', 'This was cancelled.');

function bridgeDoor(bridge: Bridge): Door {
  const waiting = new Map<number, (frame: Frame) => void>();
  const files = new Map<string, File>();
  let lastId = 0;
  bridge.onFrame((id, frame) => waiting.get(id)?.(frame));
  return {
    run: (method, input, { onProgress, signal }) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        if (signal?.aborted) return reject(cancelled());
        const cancel = (): void => bridge.cancel(id);
        signal?.addEventListener('abort', cancel, { once: true });
        const done = (): void => {
          waiting.delete(id);
          signal?.removeEventListener('abort', cancel);
        };
        waiting.set(id, (frame) => {
          if (frame.kind === 'progress') return onProgress?.(frame.progress);
          done();
          if (frame.kind === 'result') resolve(frame.output);
          else reject(fromErrorFrame(frame.error));
        });
        const path = (input as { file?: ImportFile }).file?.path ?? '';
        bridge.send({ id, method, input }, files.get(path));
      }),
    prepareFile: (file) => {
      const path = `file-${files.size + 1}`;
      files.set(path, file);
      return Promise.resolve({ path, name: file.name });
    },
    onWish: (listener) => void bridge.onWish(listener),
    // The desktop itself asks, as only it can go on in the background.
    holdOpen: () => () => {},
  };
}

async function* frames(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? '')).split('\n');
    rest = done ? '' : (lines.pop() ?? '');
    for (const line of lines) if (line.trim()) yield JSON.parse(line) as Frame;
    if (done) return;
  }
}

async function post(path: string, body: BodyInit, contentType: string, signal?: AbortSignal): Promise<Response> {
  try {
    const response = await fetch(path, { method: 'POST', body, headers: { 'content-type': contentType }, signal });
    if (response.ok) return response;
    const frame = JSON.parse(await response.text()) as Frame;
    throw frame.kind === 'error' ? fromErrorFrame(frame.error) : new AppError('internal', response.statusText);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (signal?.aborted) throw cancelled();
    throw new AppError('worker-died', 'Salescope no longer answers. Close this window and start it again.');
  }
}

async function answerOf(response: Response, options: CallOptions): Promise<unknown> {
  try {
    for await (const frame of frames(response.body!)) {
      if (frame.kind === 'progress') options.onProgress?.(frame.progress);
      else if (frame.kind === 'result') return frame.output;
      else throw fromErrorFrame(frame.error);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (options.signal?.aborted) throw cancelled();
  }
  throw new AppError('worker-died', 'The answer broke off. Close this window and start Salescope again.');
}

const httpDoor: Door = {
  run: async (method, input, options) => {
    const body = JSON.stringify({ method, input });
    return answerOf(await post('api/call', body, 'application/json', options.signal), options);
  },
  prepareFile: async (file, signal) => {
    const path = `api/upload?name=${encodeURIComponent(file.name)}`;
    return (await post(path, file, 'application/octet-stream', signal)).json() as Promise<ImportFile>;
  },
  async onWish(listener) {
    const answer = await fetch('api/opened');
    const files = answer.ok ? ((await answer.json()) as ImportFile[]) : [];
    if (files.length > 0) listener({ kind: 'open', files });
  },
  holdOpen() {
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  },
};

const door: Door = window.salescope ? bridgeDoor(window.salescope) : httpDoor;

let onFailure: (error: AppError) => void = () => {};

/** Tells of every call that fails, whoever made it; the frame of all pages watches for a store that closes. */
export const watchFailures = (listener: (error: AppError) => void): void => {
  onFailure = listener;
};

async function run(method: string, input: unknown, options: CallOptions): Promise<unknown> {
  try {
    return await door.run(method, plain(input), options);
  } catch (error) {
    if (error instanceof AppError) onFailure(error);
    throw error;
  }
}

/** Calls a method of the contract through the door this page came through. */
export const call: Call = (method, input, options = {}) => run(method, input, options) as never;

/** Makes a dropped or chosen file readable by the program: its path over Electron, an upload over HTTP. */
export const prepareFile: Door['prepareFile'] = door.prepareFile;

export const onWish: Door['onWish'] = door.onWish;
export const holdOpen: Door['holdOpen'] = door.holdOpen;
