import { onMounted, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Salvage } from '../../../src-shared/domain.ts';
import { fromErrorFrame } from '../../../src-shared/errors.ts';
import { call } from '../../client.ts';
import { useReplaceStore } from '../../composables/useReplaceStore.ts';
import { useClosedStore } from './useClosedStore.ts';

/** The ways back from a store that cannot be used, one at a time. */
export function useRescue() {
  const { t } = useI18n();
  const { look, chosenCopy, store, ...closed } = useClosedStore();
  const { busy, error, attempt, goOn, replace, restore, openFile } = useReplaceStore();
  /** What was saved, until the user goes on. */
  const saved = shallowRef<Salvage | null>(null);
  onMounted(() => attempt('look', look));

  async function restoreChosen(): Promise<void> {
    if (chosenCopy.value) await restore(chosenCopy.value);
  }

  async function salvage(): Promise<void> {
    saved.value = await attempt('salvage', () => call('store.salvage', {}));
  }

  const startEmpty = (): Promise<void> =>
    replace('start', t('screen.store.done.emptied'), () => call('store.startEmpty', {}));

  const accept = (): Promise<void> =>
    replace('accept', t('screen.store.done.accepted'), async () => {
      await call('store.accept', {});
      return { keptAs: null };
    });

  async function tryAgain(): Promise<void> {
    await attempt('again', async () => {
      await store.reopen();
      if (!store.closed) return goOn();
      const told = store.state?.trouble;
      await look();
      // Nothing has changed: said anew, so that the button is seen to have done something.
      if (told) throw fromErrorFrame(told);
    });
  }

  /** After the account of what was saved, and where nothing is wrong. */
  async function leave(): Promise<void> {
    await attempt('leave', goOn);
  }

  const ways = { restoreChosen, salvage, openFile, startEmpty, accept, tryAgain, leave };
  return { ...closed, ...ways, store, saved, busy, error };
}
