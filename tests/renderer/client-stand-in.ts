/** Stands in for the page's client: every call waits until the test answers it. Named in `vi.mock` of client.ts. */
import type { CallOptions } from '../../src-shared/contract.ts';

export interface Asked {
  method: string;
  input: unknown;
  options: CallOptions;
  answer(output: unknown): void;
  refuse(error: Error): void;
}

/** The calls so far, oldest first. */
export const asked: Asked[] = [];
/** Jobs that hold the window open now. */
export const held = { count: 0 };

export const clientStandIn = {
  call: (method: string, input: unknown, options: CallOptions = {}) =>
    new Promise((answer, refuse) => {
      asked.push({ method, input, options, answer, refuse });
    }),
  holdOpen() {
    held.count += 1;
    return () => {
      held.count -= 1;
    };
  },
};

/** Lets what follows an answer, and the watchers of Vue, run. */
export const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
