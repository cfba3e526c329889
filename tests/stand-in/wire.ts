/** The Electron door's wire without a window: preload's bridge and main's calls, and every value between them copied. */
import { EventEmitter } from 'node:events';
import { answerPage, type PageCalls, type PageEvent } from '../../src-main/doors/electron-calls.ts';
import type { Callable } from '../../src-main/doors/frames.ts';
import { makeBridge } from '../../src-main/doors/preload-bridge.ts';
import type { Bridge } from '../../src-shared/bridge.ts';
import { cross } from './crossing.ts';

export const origin = 'app://salescope';

export interface Wire {
  calls: PageCalls;
  sender: PageEvent['sender'];
  /** What the main process hears on. */
  ipc: EventEmitter;
  /** The bridge of a page. @param paths the paths of files the user chose, by their names */
  bridge(sender?: Partial<NonNullable<PageEvent['senderFrame']>>, paths?: Record<string, string>): Bridge;
  /** Nothing reaches the page any more. */
  destroy(): void;
}

export function wire(application: Callable): Wire {
  const ipc = new EventEmitter();
  const page = new EventEmitter();
  let destroyed = false;
  const sender: PageEvent['sender'] = {
    isDestroyed: () => destroyed,
    send: (channel, ...values) =>
      void page.emit(channel, {}, ...values.map((value) => cross(value, `${channel}, main to preload`))),
  };
  return {
    calls: answerPage(application, ipc, origin),
    ipc,
    sender,
    bridge({ url = `${origin}/`, parent = null } = {}, paths = {}) {
      const inner = makeBridge({
        ipcRenderer: {
          send: (channel, ...values) =>
            void ipc.emit(
              channel,
              { sender, senderFrame: { url, parent } },
              ...values.map((value) => cross(value, `${channel}, preload to main`)),
            ),
          on: (channel, listener) => page.on(channel, listener),
          off: (channel, listener) => page.off(channel, listener),
        },
        webUtils: { getPathForFile: ({ name }) => paths[name] ?? '' },
      });
      return {
        ...inner,
        send: (request, file) => inner.send(cross(request, 'salescope.send, page to preload'), file),
        onFrame: (listener) =>
          inner.onFrame((id, frame) => listener(id, cross(frame, 'salescope.onFrame, preload to page'))),
      };
    },
    destroy: () => {
      destroyed = true;
    },
  };
}
