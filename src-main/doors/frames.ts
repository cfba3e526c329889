/** One call as every door carries it: progress frames, then one result or error frame. */
import { type Call, type Frame, isMethodName } from '../../src-shared/contract.ts';
import { AppError, toAppError } from '../../src-shared/errors.ts';

/** What a door needs of the application. */
export interface Callable {
  call: Call;
}

export const errorFrame = (error: unknown): Frame => ({ kind: 'error', error: toAppError(error).toJSON() });

/**
 * Runs one call that came in from outside and hands every frame on; never rejects.
 * @param method checked here: only the contract's own method names are looked up.
 */
export async function runCall(
  application: Callable,
  request: { method: unknown; input: unknown },
  signal: AbortSignal,
  onFrame: (frame: Frame) => void,
): Promise<void> {
  try {
    const { method, input } = request;
    if (typeof method !== 'string' || !isMethodName(method)) {
      throw new AppError('unknown-method', `There is no method "${String(method)}".`);
    }
    // The input is checked by the application against the method's schema.
    const output = await application.call(method, input as never, {
      signal,
      onProgress: (progress) => onFrame({ kind: 'progress', progress }),
    });
    onFrame({ kind: 'result', output });
  } catch (error) {
    onFrame(errorFrame(error));
  }
}
