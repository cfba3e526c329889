import type { Frame } from '../../src-shared/contract.ts';

export type ThreadRole = 'data' | 'model';

/** What a thread is started with. */
export interface ThreadStart {
  role: ThreadRole;
  storePath: string;
  version: string;
  /** How the user knows this program, for the messages of others: 'window', 'browser', 'command line'. */
  door: string;
  /** now: owns the store from its start; when-writing: at the first change. */
  claim: 'now' | 'when-writing';
  /** How long a change waits for another program that owns the store. */
  patienceMs: number;
  /** Whether copies are made before changes, every day, and checked. */
  backups: boolean;
  /** When, after its start, the thread first asks itself whether a copy or a check is due. */
  tendAfterMs: number;
  /** Without remembered answers and without training, after something went wrong with them. */
  safe: boolean;
}

/** One call on its way into a thread. */
export interface TaskRequest {
  id: number;
  task: string;
  input: unknown;
  /** Waits for its turn among the long jobs of the thread. */
  long: boolean;
  /** flag[0] becomes 1 when the caller cancels. */
  flag: Int32Array<SharedArrayBuffer>;
}

export interface TaskAnswer {
  id: number;
  frame: Frame;
}
