/** What the page gets from the preload script, made from the two Electron parts it needs. */
import type { Bridge } from '../../src-shared/bridge.ts';
import type { Frame } from '../../src-shared/contract.ts';
import { cancelChannel, frameChannel, sendChannel } from './ipc-channels.ts';

type FrameListener = (event: unknown, id: number, frame: Frame) => void;

/** Electron's `ipcRenderer` and `webUtils`, as far as the bridge uses them. */
export interface PreloadParts {
  ipcRenderer: {
    send(channel: string, ...values: unknown[]): void;
    on(channel: string, listener: FrameListener): unknown;
    off(channel: string, listener: FrameListener): unknown;
  };
  webUtils: { getPathForFile(file: File): string };
}

/**
 * Makes `window.salescope`. A path comes from a file the user chose and from nothing else: what the page itself writes
 * into `input.file.path` is replaced, so that a page cannot name a file of the disk.
 */
export function makeBridge({ ipcRenderer, webUtils }: PreloadParts): Bridge {
  return {
    send(request, file) {
      const { id, method } = request;
      let input = request.input as { file?: object } | null | undefined;
      if (input?.file) input = { ...input, file: { ...input.file, path: file ? webUtils.getPathForFile(file) : '' } };
      ipcRenderer.send(sendChannel, { id, method, input });
    },
    cancel: (id) => ipcRenderer.send(cancelChannel, id),
    onFrame(listener) {
      const forward: FrameListener = (_event, id, frame) => listener(id, frame);
      ipcRenderer.on(frameChannel, forward);
      return () => ipcRenderer.off(frameChannel, forward);
    },
  };
}
