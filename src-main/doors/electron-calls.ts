/** The page's calls over Electron's IPC: started, cancelled, answered with frames. */
import type { Frame } from '../../src-shared/contract.ts';
import { type Callable, runCall } from './frames.ts';
import { cancelChannel, frameChannel, sendChannel } from './ipc-channels.ts';

/** Electron's `IpcMainEvent`, as far as it is used. */
export interface PageEvent {
  sender: { send(channel: string, ...values: unknown[]): void; isDestroyed(): boolean };
  senderFrame: { url: string; parent: object | null } | null;
}

/** Electron's `ipcMain`, as far as it is used. */
export interface PageIpc {
  on(channel: string, listener: (event: PageEvent, value: unknown) => void): unknown;
}

export interface PageCalls {
  /** Cancels every call of a page that has gone; nothing of them is sent any more. */
  forget(): void;
}

/**
 * Answers the calls of one page.
 * @param origin messages of any other origin, and of frames inside a page, are dropped without an answer.
 */
export function answerPage(application: Callable, ipc: PageIpc, origin: string): PageCalls {
  const running = new Map<number, AbortController>();

  const isOurs = ({ senderFrame }: PageEvent) =>
    senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${origin}/`);

  ipc.on(sendChannel, (event, value) => {
    const { id, method, input } = Object(value);
    if (!isOurs(event) || !Number.isInteger(id) || running.has(id)) return;
    const controller = new AbortController();
    running.set(id, controller);
    void runCall(application, { method, input }, controller.signal, (frame: Frame) => {
      if (running.get(id) !== controller || event.sender.isDestroyed()) return;
      if (frame.kind !== 'progress') running.delete(id);
      event.sender.send(frameChannel, id, frame);
    });
  });

  ipc.on(cancelChannel, (event, id) => {
    if (isOurs(event)) running.get(id as number)?.abort();
  });

  return {
    forget() {
      const gone = [...running.values()];
      running.clear();
      for (const controller of gone) controller.abort();
    },
  };
}
