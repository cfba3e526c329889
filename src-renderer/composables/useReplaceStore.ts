import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Backup, ImportFile, StoreReplaced } from '../../src-shared/domain.ts';
import { call, prepareFile } from '../client.ts';
import { useStoreState } from '../stores/store-state.ts';
import { useAction } from './useAction.ts';
import { useCompany } from './useCompany.ts';
import { useCopyText } from './useCopyText.ts';

/** Puts something else in the store's place, one thing at a time, and goes on to the figures that it has. */
export function useReplaceStore() {
  const { t } = useI18n();
  const store = useStoreState();
  const company = useCompany();
  const text = useCopyText();
  /** What is under way; null: nothing. */
  const busy = ref<string | null>(null);
  const { error, act } = useAction();

  /** Runs what changes the store as a whole; answers null where it failed. */
  async function attempt<T>(name: string, work: () => Promise<T>): Promise<T | null> {
    busy.value = name;
    const answer = await act(work);
    busy.value = null;
    return answer;
  }

  /** Shows what lies in the store now; where that cannot be used either, the rescue page says so. */
  async function goOn(): Promise<void> {
    await store.ask();
    if (!store.closed) await company.show('overview');
  }

  async function replace(name: string, title: string, work: () => Promise<StoreReplaced>): Promise<void> {
    await attempt(name, async () => {
      const { keptAs } = await work();
      store.note = { title, keptAs };
      await goOn();
    });
  }

  const restore = (copy: Backup): Promise<void> =>
    replace('restore', t('screen.store.done.restored', { when: text.when(copy.madeAt) }), () =>
      call('backup.restore', { id: copy.id }),
    );

  const openFile = (file: File | ImportFile): Promise<void> =>
    replace('open', t('screen.store.done.opened', { name: file.name }), async () =>
      call('company.import', { file: file instanceof File ? await prepareFile(file) : file }),
    );

  return { busy, error, attempt, goOn, replace, restore, openFile };
}
