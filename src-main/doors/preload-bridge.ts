/** What the page gets from the preload script, made from the two Electron parts it needs. */
import { type Bridge, type DesktopWish, openedPrefix } from '../../src-shared/bridge.ts';
import type { Frame } from '../../src-shared/contract.ts';
import { cancelChannel, frameChannel, listensChannel, sendChannel, wishChannel } from './ipc-channels.ts';

type Listener = (event: unknown, ...values: unknown[]) => void;

/** Electron's `ipcRenderer` and `webUtils`, as far as the bridge uses them. */
export interface PreloadParts {
  ipcRenderer: {
    send(channel: string, ...values: unknown[]): void;
    on(channel: string, listener: Listener): unknown;
    off(channel: string, listener: Listener): unknown;
  };
  webUtils: { getPathForFile(file: File): string };
}

/**
 * Makes `window.salescope`. A path comes from a file the user chose or opened and from nothing else: what the page itself
 * writes into `input.file.path` is replaced, so that a page cannot name a file of the disk.
 */
export function makeBridge({ ipcRenderer, webUtils }: PreloadParts): Bridge {
  const pathOf = (given: unknown, file: File | undefined): string => {
    if (file) return webUtils.getPathForFile(file);
    return typeof given === 'string' && given.startsWith(openedPrefix) ? given : '';
  };
  return {
    send(request, file) {
      const { id, method } = request;
      let input = request.input as { file?: { path?: unknown } } | null | undefined;
      if (input?.file) input = { ...input, file: { ...input.file, path: pathOf(input.file.path, file) } };
      ipcRenderer.send(sendChannel, { id, method, input });
    },
    cancel: (id) => ipcRenderer.send(cancelChannel, id),
    onFrame(listener) {
      const forward: Listener = (_event, id, frame) => listener(id as number, frame as Frame);
      ipcRenderer.on(frameChannel, forward);
      return () => ipcRenderer.off(frameChannel, forward);
    },
    onWish(listener) {
      const forward: Listener = (_event, wish) => listener(wish as DesktopWish);
      ipcRenderer.on(wishChannel, forward);
      ipcRenderer.send(listensChannel);
      return () => ipcRenderer.off(wishChannel, forward);
    },
  };
}
