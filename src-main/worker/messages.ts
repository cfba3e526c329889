import type { Frame } from '../../src-shared/contract.ts';

export type ThreadRole = 'data' | 'model';

/** What a thread is started with. */
export interface ThreadStart {
  role: ThreadRole;
  storePath: string;
  version: string;
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
