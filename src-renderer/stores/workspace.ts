import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { AppInfo, Settings } from '../../src-shared/domain.ts';
import type { Input } from '../../src-shared/contract.ts';
import { call } from '../client.ts';

/** What is stored and how the business wants it shown; `version` moves with every change, and figures refetch. */
export const useWorkspace = defineStore('workspace', () => {
  const info = shallowRef<AppInfo | null>(null);
  const settings = shallowRef<Settings | null>(null);
  const version = ref(0);
  const hasSales = computed(() => (info.value?.lines ?? 0) > 0);

  async function load(): Promise<void> {
    [info.value, settings.value] = await Promise.all([call('app.info', {}), call('settings.get', {})]);
    version.value += 1;
  }

  async function change(patch: Input<'settings.set'>): Promise<void> {
    settings.value = await call('settings.set', patch);
    version.value += 1;
  }

  return { info, settings, version, hasSales, load, change };
});
