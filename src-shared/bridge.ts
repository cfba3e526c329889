/** The wire between the page and the Electron door, and what both doors accept as one call. */
import type { Frame } from './contract.ts';

/** One call as it leaves the page: `POST /api/call` without the id, or one IPC message. */
export interface CallRequest {
  method: string;
  input: unknown;
}

/** `window.salescope` in Electron; absent in a browser, where the HTTP door answers. */
export interface Bridge {
  /** Starts a call; `file` is the file the user chose: its path on the disk becomes `input.file.path`. */
  send(request: CallRequest & { id: number }, file?: File): void;
  cancel(id: number): void;
  /** Frames of all calls, told apart by id; the last frame of a call is a result or an error. Answers a stop function. */
  onFrame(listener: (id: number, frame: Frame) => void): () => void;
}
