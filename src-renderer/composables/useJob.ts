import { onScopeDispose, type Ref, ref, shallowRef } from 'vue';
import type { Input, MethodName, Output } from '../../src-shared/contract.ts';
import type { Progress } from '../../src-shared/domain.ts';
import { type AppError, toAppError } from '../../src-shared/errors.ts';
import { call, holdOpen } from '../client.ts';

/** A job the user starts, watches and may cancel. */
export interface Job<M extends MethodName> {
  result: Ref<Output<M> | null>;
  error: Ref<AppError | null>;
  running: Ref<boolean>;
  progress: Ref<Progress | null>;
  startedAt: Ref<number>;
  /** Resolves to the answer, or null when it failed or was cancelled (see `error`). */
  run: (input: Input<M>) => Promise<Output<M> | null>;
  cancel: () => void;
  clear: () => void;
}

/** A job started by a click; leaving the page cancels it. */
export function useJob<M extends MethodName>(method: M): Job<M> {
  const result = shallowRef<Output<M> | null>(null) as Ref<Output<M> | null>;
  const error = shallowRef<AppError | null>(null);
  const progress = shallowRef<Progress | null>(null);
  const running = ref(false);
  const startedAt = ref(0);
  let controller: AbortController | null = null;

  function clear(): void {
    result.value = null;
    error.value = null;
    progress.value = null;
  }

  async function run(input: Input<M>): Promise<Output<M> | null> {
    clear();
    controller = new AbortController();
    running.value = true;
    const letGo = holdOpen();
    startedAt.value = Date.now();
    try {
      const onProgress = (value: Progress): void => {
        progress.value = value;
      };
      result.value = await call(method, input, { signal: controller.signal, onProgress });
      return result.value;
    } catch (thrown) {
      error.value = toAppError(thrown);
      return null;
    } finally {
      letGo();
      running.value = false;
      progress.value = null;
    }
  }

  onScopeDispose(() => controller?.abort());
  return { result, error, running, progress, startedAt, run, cancel: () => controller?.abort(), clear };
}
