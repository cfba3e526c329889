import { type Ref, ref, shallowRef, watch } from 'vue';
import type { Page } from '../../src-shared/domain.ts';
import { type AppError, toAppError } from '../../src-shared/errors.ts';
import { useWorkspace } from '../stores/workspace.ts';

const pageSize = 200;

/** A long list fetched page by page as it is scrolled. */
export interface Pages<T> {
  total: Ref<number>;
  loading: Ref<boolean>;
  error: Ref<AppError | null>;
  /** The row at a place of the list, or null while it is on its way. */
  row: (index: number) => T | null;
  /** Makes sure that the rows from first to last are there or on their way. */
  want: (first: number, last: number) => void;
  refresh: () => void;
}

/**
 * Pages of a list, kept by offset; a new question empties them and drops late answers.
 * @param question what is asked, without its paging; null: nothing
 * @param ask fetches one page
 */
export function usePages<T, Q>(
  question: () => Q | null,
  ask: (question: Q, paging: { offset: number; limit: number }, signal: AbortSignal) => Promise<Page<T>>,
): Pages<T> {
  const workspace = useWorkspace();
  const total = ref(0);
  const loading = ref(false);
  const error = shallowRef<AppError | null>(null);
  const pages = shallowRef(new Map<number, T[]>());
  let asked = new Set<number>();
  let controller = new AbortController();

  async function fetchPage(page: number): Promise<void> {
    const current = question();
    if (current === null || asked.has(page)) return;
    asked.add(page);
    const mine = controller;
    try {
      const answer = await ask(current, { offset: page * pageSize, limit: pageSize }, mine.signal);
      if (mine !== controller) return;
      total.value = answer.total;
      pages.value = new Map(pages.value).set(page, answer.rows);
    } catch (thrown) {
      if (mine !== controller) return;
      error.value = toAppError(thrown);
    }
    loading.value = false;
  }

  function refresh(): void {
    controller.abort();
    controller = new AbortController();
    asked = new Set();
    pages.value = new Map();
    error.value = null;
    total.value = 0;
    loading.value = question() !== null;
    void fetchPage(0);
  }

  function want(first: number, last: number): void {
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++) void fetchPage(page);
  }

  watch(() => `${workspace.version} ${JSON.stringify(question())}`, refresh, { immediate: true });
  const row = (index: number): T | null => pages.value.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null;
  return { total, loading, error, row, want, refresh };
}
