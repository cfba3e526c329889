import { type ComputedRef, computed } from 'vue';
import { createFormat, type Format } from '../../src-shared/format.ts';
import { useWorkspace } from '../stores/workspace.ts';

/** Numbers, money and dates in the business's locale and currency. */
export function useFormat(): ComputedRef<Format> {
  const workspace = useWorkspace();
  return computed(() =>
    createFormat({ locale: workspace.settings?.locale ?? 'en', currency: workspace.settings?.currency ?? null }),
  );
}
