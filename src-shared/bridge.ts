/** The wire between the page and the Electron door, and what both doors accept as one call. */
import type { Frame } from './contract.ts';
import type { ImportFile } from './domain.ts';
import type { MenuPlace } from './pages.ts';

/** One call as it leaves the page: `POST /api/call` without the id, or one IPC message. */
export interface CallRequest {
  method: string;
  input: unknown;
}

/** What the desktop asks of the page: an entry of the menu, or files that were opened with Salescope. */
export type DesktopWish = { kind: 'go'; to: MenuPlace } | { kind: 'open'; files: ImportFile[] };

/** `window.salescope` in Electron; absent in a browser, where the HTTP door answers. */
export interface Bridge {
  /**
   * Starts a call; `file` is the file the user chose: its path on the disk becomes `input.file.path`. A file that was
   * opened with Salescope is named by the path its wish came with.
   */
  send(request: CallRequest & { id: number }, file?: File): void;
  cancel(id: number): void;
  /** Frames of all calls, told apart by id; the last frame of a call is a result or an error. Answers a stop function. */
  onFrame(listener: (id: number, frame: Frame) => void): () => void;
  /** Wishes, also those from before the page listened. Answers a stop function. */
  onWish(listener: (wish: DesktopWish) => void): () => void;
}

/** How a file that was opened with Salescope is named: the page never learns paths that it was not given. */
export const openedPrefix = 'opened:';
