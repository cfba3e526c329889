import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { StoreState } from '../../src-shared/domain.ts';
import { call } from '../client.ts';

/** What was done to the store, for the note above the page that follows. */
export interface StoreNote {
  title: string;
  /** Where what was there before lies now. */
  keptAs: string | null;
}

/** How it stands with the store; the frame of all pages asks, and shows the rescue page where it is closed. */
export const useStoreState = defineStore('store-state', () => {
  const state = shallowRef<StoreState | null>(null);
  const note = shallowRef<StoreNote | null>(null);
  const closed = computed(() => state.value?.state === 'closed');

  async function ask(): Promise<void> {
    state.value = await call('store.state', {});
  }

  /** Opens anew what could not be used or changed. */
  async function reopen(): Promise<void> {
    state.value = await call('store.reopen', {});
  }

  return { state, note, closed, ask, reopen };
});
