/** The composables through which pages ask: what follows what, what is dropped, what is let go. */
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EffectScope, effectScope, ref } from 'vue';
import { useAction } from '../../src-renderer/composables/useAction.ts';
import { useCall } from '../../src-renderer/composables/useCall.ts';
import { useJob } from '../../src-renderer/composables/useJob.ts';
import { usePages } from '../../src-renderer/composables/usePages.ts';
import { useWorkspace } from '../../src-renderer/stores/workspace.ts';
import type { Page } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { asked, held, settle } from './client-stand-in.ts';

vi.mock('../../src-renderer/client.ts', async () => (await import('./client-stand-in.ts')).clientStandIn);

/** The page on which the composables are used. */
let page: EffectScope;
const on = <T>(use: () => T): T => page.run(use)!;
beforeEach(() => {
  setActivePinia(createPinia());
  page = effectScope();
  asked.length = 0;
  held.count = 0;
});
afterEach(() => page.stop());

const progress = { done: 1, total: 2, rate: null, note: 'half' };
const failure = new AppError('no-data', 'There are no sales.');

describe('useCall', () => {
  it('asks at once, and again when the question or the stored data change', async () => {
    const from = ref('2025-01-01');
    const { data, loading } = on(() => useCall('overview.get', () => ({ filter: { from: from.value } })));
    expect(asked.map(({ method, input }) => [method, input])).toEqual([
      ['overview.get', { filter: { from: '2025-01-01' } }],
    ]);
    expect([data.value, loading.value]).toEqual([null, true]);
    asked[0].answer('first');
    await settle();
    expect([data.value, loading.value]).toEqual(['first', false]);
    from.value = '2025-02-01';
    await settle();
    expect(asked[1].input).toEqual({ filter: { from: '2025-02-01' } });
    // The last good answer stays until the next one is there.
    expect([data.value, loading.value]).toEqual(['first', true]);
    asked[1].answer('second');
    await settle();
    useWorkspace().version += 1;
    await settle();
    expect(asked).toHaveLength(3);
    expect(data.value).toBe('second');
  });

  it('a newer question stops the older one, whose late answer, failure and progress are dropped', async () => {
    const n = ref(1);
    const called = on(() => useCall('customers.list', () => ({ limit: n.value })));
    n.value = 2;
    await settle();
    const [older, newer] = asked;
    expect([older.options.signal!.aborted, newer.options.signal!.aborted]).toEqual([true, false]);
    older.options.onProgress!(progress);
    expect(called.progress.value).toBe(null);
    newer.options.onProgress!(progress);
    expect(called.progress.value).toEqual(progress);
    older.refuse(failure);
    await settle();
    expect([called.error.value, called.loading.value]).toEqual([null, true]);
    newer.answer('new');
    await settle();
    expect([called.data.value, called.progress.value, called.loading.value]).toEqual(['new', null, false]);
    older.answer('old');
    await settle();
    expect(called.data.value).toBe('new');
  });

  it('a failure takes the place of the answer; asked again, the answer that of the failure', async () => {
    const { data, error, loading, refresh } = on(() => useCall('overview.get', () => ({})));
    asked[0].answer('good');
    await settle();
    refresh();
    asked[1].refuse(failure);
    await settle();
    expect([data.value, error.value, loading.value]).toEqual([null, failure, false]);
    refresh();
    asked[2].answer('good again');
    await settle();
    expect([data.value, error.value]).toEqual(['good again', null]);
  });

  it('without a question nothing is asked, and the answer is emptied', async () => {
    const wanted = ref(false);
    const { data, loading } = on(() => useCall('overview.get', () => (wanted.value ? {} : null)));
    expect([asked.length, loading.value]).toEqual([0, false]);
    wanted.value = true;
    await settle();
    asked[0].answer('good');
    await settle();
    wanted.value = false;
    await settle();
    expect([asked.length, data.value, loading.value]).toEqual([1, null, false]);
  });

  it('is stopped by its button and by leaving the page', async () => {
    const { cancel, data } = on(() => useCall('overview.get', () => ({})));
    cancel();
    expect(asked[0].options.signal!.aborted).toBe(true);
    const other = on(() => useCall('overview.get', () => ({})));
    page.stop();
    expect(asked[1].options.signal!.aborted).toBe(true);
    asked[1].answer('late');
    await settle();
    expect([data.value, other.data.value]).toEqual([null, null]);
  });
});

describe('usePages', () => {
  interface Fetch {
    question: string;
    offset: number;
    limit: number;
    signal: AbortSignal;
    answer(page: Page<number>): void;
    refuse(error: Error): void;
  }
  const fetched: Fetch[] = [];
  const ask = (question: string, paging: { offset: number; limit: number }, signal: AbortSignal) =>
    new Promise<Page<number>>((answer, refuse) => fetched.push({ question, ...paging, signal, answer, refuse }));
  const rowsFrom = (offset: number, total = 1000): Page<number> => ({
    total,
    offset,
    rows: Array.from({ length: Math.min(200, total - offset) }, (_, i) => offset + i),
  });
  beforeEach(() => {
    fetched.length = 0;
  });

  it('fetches the first page, and others once they are wanted', async () => {
    const list = on(() => usePages(() => 'all', ask));
    expect(fetched).toMatchObject([{ question: 'all', offset: 0, limit: 200 }]);
    expect([list.loading.value, list.row(0)]).toEqual([true, null]);
    fetched[0].answer(rowsFrom(0));
    await settle();
    expect([list.loading.value, list.total.value, list.row(0), list.row(199), list.row(200)]).toEqual([
      ...[false, 1000, 0, 199, null],
    ]);
    list.want(150, 450);
    list.want(190, 401);
    expect(fetched.slice(1).map(({ offset }) => offset)).toEqual([200, 400]);
    fetched[2].answer(rowsFrom(400));
    await settle();
    expect([list.row(300), list.row(450)]).toEqual([null, 450]);
  });

  it('a new question, or changed data, empty it and drop what comes late', async () => {
    const question = ref('all');
    const list = on(() => usePages(() => question.value, ask));
    question.value = 'some';
    await settle();
    expect([fetched[0].signal.aborted, fetched[1].question]).toEqual([true, 'some']);
    fetched[1].answer(rowsFrom(0, 3));
    await settle();
    fetched[0].answer(rowsFrom(0));
    await settle();
    expect([list.total.value, list.row(2), list.row(3)]).toEqual([3, 2, null]);
    useWorkspace().version += 1;
    await settle();
    expect([fetched.length, list.total.value, list.row(2), list.loading.value]).toEqual([3, 0, null, true]);
  });

  it('says what failed until it is asked again; without a question nothing is asked', async () => {
    const question = ref<string | null>('all');
    const list = on(() => usePages(() => question.value, ask));
    fetched[0].refuse(failure);
    await settle();
    expect([list.error.value, list.loading.value]).toEqual([failure, false]);
    list.refresh();
    expect([list.error.value, fetched.length]).toEqual([null, 2]);
    question.value = null;
    await settle();
    expect([fetched.length, list.loading.value]).toEqual([2, false]);
  });
});

describe('useJob', () => {
  it('runs when it is told to, shows how far it is, and holds the window open meanwhile', async () => {
    const job = on(() => useJob('import.undo'));
    expect([asked.length, job.running.value]).toEqual([0, false]);
    const before = Date.now();
    const done = job.run({ importId: 1 });
    expect([asked[0].method, asked[0].input, job.running.value, held.count]).toEqual([
      ...['import.undo', { importId: 1 }, true, 1],
    ]);
    expect(job.startedAt.value).toBeGreaterThanOrEqual(before);
    asked[0].options.onProgress!(progress);
    expect(job.progress.value).toEqual(progress);
    asked[0].answer('undone');
    expect(await done).toBe('undone');
    expect([job.result.value, job.running.value, job.progress.value, held.count]).toEqual(['undone', false, null, 0]);
    job.clear();
    expect(job.result.value).toBe(null);
  });

  it('a failure is kept and answers null; the next run begins without it', async () => {
    const job = on(() => useJob('import.undo'));
    const done = job.run({ importId: 1 });
    asked[0].refuse(failure);
    expect(await done).toBe(null);
    expect([job.error.value, job.result.value, job.running.value, held.count]).toEqual([failure, null, false, 0]);
    void job.run({ importId: 2 });
    expect(job.error.value).toBe(null);
  });

  it('is stopped by its button and by leaving the page', () => {
    const job = on(() => useJob('import.undo'));
    void job.run({ importId: 1 });
    job.cancel();
    expect(asked[0].options.signal!.aborted).toBe(true);
    void job.run({ importId: 1 });
    expect(asked[1].options.signal!.aborted).toBe(false);
    page.stop();
    expect(asked[1].options.signal!.aborted).toBe(true);
  });
});

describe('useAction', () => {
  it('is busy until the work has ended, and answers what it answers', async () => {
    const { busy, error, act } = useAction();
    const done = act(async () => {
      await settle();
      return 5;
    });
    expect(busy.value).toBe(true);
    expect([await done, busy.value, error.value]).toEqual([5, false, null]);
  });

  it('keeps a failure, of whatever kind, until the next attempt', async () => {
    const { busy, error, act } = useAction();
    expect(await act(() => Promise.reject(failure))).toBe(null);
    expect([error.value, busy.value]).toEqual([failure, false]);
    expect(
      await act(() => {
        throw new TypeError('odd');
      }),
    ).toBe(null);
    expect(error.value).toMatchObject({ code: 'internal' });
    const done = act(async () => 'fine');
    expect(error.value).toBe(null);
    expect(await done).toBe('fine');
  });
});
