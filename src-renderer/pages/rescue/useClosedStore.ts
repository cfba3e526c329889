import { computed, ref, shallowRef } from 'vue';
import type { BackupList, StoreState } from '../../../src-shared/domain.ts';
import { call } from '../../client.ts';
import { useStoreState } from '../../stores/store-state.ts';

/** What is wrong, as far as the ways back differ. */
export type Trouble = 'damaged' | 'lost' | 'empty' | 'newer' | 'foreign' | 'other';

const byCode: Partial<Record<string, Trouble>> = {
  'store-damaged': 'damaged',
  'store-empty': 'empty',
  'store-newer': 'newer',
  'store-foreign': 'foreign',
};

function troubleOf({ state, trouble, canAccept }: StoreState): Trouble | null {
  if (state !== 'closed') return null;
  return canAccept ? 'lost' : (byCode[trouble?.code ?? ''] ?? 'other');
}

/** A store that cannot be used: what is wrong with it, its copies, and which ways back there are. */
export function useClosedStore() {
  const store = useStoreState();
  const list = shallowRef<BackupList | null>(null);
  const chosen = ref('');

  const backups = computed(() => list.value?.backups ?? []);
  const chosenCopy = computed(() => backups.value.find(({ id }) => id === chosen.value) ?? null);
  /** Nothing is said of copies before it is known whether there are any. */
  const listed = computed(() => list.value !== null);
  const trouble = computed(() => (store.state ? troubleOf(store.state) : null));
  /** A file that is not ours is left alone, and a newer store is whole. */
  const offers = computed(() => {
    const isOurs = trouble.value === 'damaged' || trouble.value === 'lost' || trouble.value === 'empty';
    return {
      accept: store.state?.canAccept ?? false,
      restore: backups.value.length > 0,
      salvage: store.state?.canSalvage ?? false,
      open: isOurs || trouble.value === 'newer',
      start: isOurs,
    };
  });

  /** The way whose button stands out: the one that loses least, or trying again where only that helps; none for a newer store. */
  const lead = computed(() => {
    const { accept, restore, salvage, start } = offers.value;
    if (accept) return 'accept';
    if (trouble.value === 'newer') return 'none';
    if (trouble.value === 'other') return 'again';
    if (restore) return 'restore';
    return salvage ? 'salvage' : start ? 'start' : 'again';
  });

  async function look(): Promise<void> {
    await store.ask();
    if (!store.closed) return;
    list.value = await call('backup.list', {});
    chosen.value = backups.value[0]?.id ?? '';
  }

  return { store, trouble, offers, lead, backups, listed, chosen, chosenCopy, look };
}
