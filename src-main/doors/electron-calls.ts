/** The page's calls over Electron's IPC: started, cancelled, answered with frames. */
import { openedPrefix } from '../../src-shared/bridge.ts';
import type { Frame } from '../../src-shared/contract.ts';
import { type Callable, runCall } from './frames.ts';
import { cancelChannel, frameChannel, sendChannel } from './ipc-channels.ts';
import type { OpenedFiles } from './desktop/opened-files.ts';

/** Electron's `IpcMainEvent`, as far as it is used. */
export interface PageEvent {
  sender: { send(channel: string, ...values: unknown[]): void; isDestroyed(): boolean };
  senderFrame: { url: string; parent: object | null } | null;
}

/** Electron's `ipcMain`, as far as it is used. */
export interface PageIpc {
  on(channel: string, listener: (event: PageEvent, value: unknown) => void): unknown;
}

/** A call of the page, for whoever watches over long work. */
export interface PageCall {
  method: string;
  /** Path on the disk of the file it is about. */
  path: string | null;
}

export interface CallWatch {
  began(call: PageCall): void;
  /** @param share 0..1; null while unknown */
  progress(call: PageCall, share: number | null): void;
  /** @param whole false: it failed or was cancelled */
  ended(call: PageCall, whole: boolean): void;
}

export interface PageCalls {
  /** Cancels every call of a page that has gone; nothing of them is sent any more. */
  forget(): void;
}

/** Whether a message comes from the program's own page, and from no frame in it. */
export const isPage = ({ senderFrame }: PageEvent, origin: string): boolean =>
  senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${origin}/`);

const nobody: CallWatch = { began() {}, progress() {}, ended() {} };

/** A file that was opened with Salescope gets its path; all others have theirs from the preload script. */
function withPath(input: unknown, opened: OpenedFiles | null): { input: unknown; path: string | null } {
  const { file } = Object(input) as { file?: { path?: unknown } };
  const path = Object(file).path;
  if (typeof path !== 'string') return { input, path: null };
  if (!path.startsWith(openedPrefix)) return { input, path };
  const known = opened?.pathOf(path) ?? '';
  return { input: { ...(input as object), file: { ...file, path: known } }, path: known };
}

/**
 * Answers the calls of one page.
 * @param origin messages of any other origin, and of frames inside a page, are dropped without an answer.
 */
export function answerPage(
  application: Callable,
  ipc: PageIpc,
  origin: string,
  watch: CallWatch = nobody,
  opened: OpenedFiles | null = null,
): PageCalls {
  const running = new Map<number, AbortController>();

  ipc.on(sendChannel, (event, value) => {
    const { id, method, input: asked } = Object(value);
    if (!isPage(event, origin) || !Number.isInteger(id) || running.has(id)) return;
    const controller = new AbortController();
    running.set(id, controller);
    const { input, path } = withPath(asked, opened);
    const call: PageCall = { method, path };
    watch.began(call);
    void runCall(application, { method, input }, controller.signal, (frame: Frame) => {
      if (frame.kind === 'progress') {
        const { done, total } = frame.progress;
        watch.progress(call, total ? Math.min(1, done / total) : null);
      } else watch.ended(call, frame.kind === 'result');
      if (running.get(id) !== controller || event.sender.isDestroyed()) return;
      if (frame.kind !== 'progress') running.delete(id);
      event.sender.send(frameChannel, id, frame);
    });
  });

  ipc.on(cancelChannel, (event, id) => {
    if (isPage(event, origin)) running.get(id as number)?.abort();
  });

  return {
    forget() {
      const gone = [...running.values()];
      running.clear();
      for (const controller of gone) controller.abort();
    },
  };
}
