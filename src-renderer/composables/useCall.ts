import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import type { Input, MethodName, Output } from '../../src-shared/contract.ts';
import type { Progress } from '../../src-shared/domain.ts';
import { type AppError, toAppError } from '../../src-shared/errors.ts';
import { call } from '../client.ts';
import { useWorkspace } from '../stores/workspace.ts';

/** One answer that follows its input. */
export interface Called<M extends MethodName> {
  data: Ref<Output<M> | null>;
  error: Ref<AppError | null>;
  loading: Ref<boolean>;
  progress: Ref<Progress | null>;
  refresh: () => void;
  cancel: () => void;
}

/**
 * Keeps the answer of a method in step with its input and with the stored data. A newer question aborts the older one,
 * and a late answer to an older question is dropped; the last good answer stays visible while the next one loads.
 * @param input the question; null: nothing is asked and the answer is emptied
 */
export function useCall<M extends MethodName>(method: M, input: () => Input<M> | null): Called<M> {
  const workspace = useWorkspace();
  const data = shallowRef<Output<M> | null>(null) as Ref<Output<M> | null>;
  const error = shallowRef<AppError | null>(null);
  const progress = shallowRef<Progress | null>(null);
  const loading = ref(false);
  let running: AbortController | null = null;

  async function ask(question: Input<M>, mine: AbortController): Promise<void> {
    const isNewest = (): boolean => running === mine;
    const onProgress = (value: Progress): void => {
      if (isNewest()) progress.value = value;
    };
    try {
      const answer = await call(method, question, { signal: mine.signal, onProgress });
      if (!isNewest()) return;
      data.value = answer;
      error.value = null;
    } catch (thrown) {
      if (!isNewest()) return;
      data.value = null;
      error.value = toAppError(thrown);
    }
    loading.value = false;
    progress.value = null;
  }

  function refresh(): void {
    running?.abort();
    running = null;
    progress.value = null;
    const question = input();
    loading.value = question !== null;
    if (question === null) {
      data.value = null;
      error.value = null;
      return;
    }
    running = new AbortController();
    void ask(question, running);
  }

  watch(() => `${workspace.version} ${JSON.stringify(input())}`, refresh, { immediate: true });
  onScopeDispose(() => {
    running?.abort();
    running = null;
  });
  return { data, error, loading, progress, refresh, cancel: () => running?.abort() };
}
