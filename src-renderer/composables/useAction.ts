import { type Ref, ref, shallowRef } from 'vue';
import { type AppError, toAppError } from '../../src-shared/errors.ts';

/** What a page does at a click, and how that goes. */
export interface Action {
  busy: Ref<boolean>;
  /** Why the last attempt failed; null again with the next one. */
  error: Ref<AppError | null>;
  /** Resolves to what the work answers, or null when it failed (see `error`). */
  act: <T>(work: () => Promise<T>) => Promise<T | null>;
}

/** For work of one or several calls that is neither watched nor cancelled; `useJob` is for what is. */
export function useAction(): Action {
  const busy = ref(false);
  const error = shallowRef<AppError | null>(null);

  async function act<T>(work: () => Promise<T>): Promise<T | null> {
    busy.value = true;
    error.value = null;
    try {
      return await work();
    } catch (thrown) {
      error.value = toAppError(thrown);
      return null;
    } finally {
      busy.value = false;
    }
  }

  return { busy, error, act };
}
