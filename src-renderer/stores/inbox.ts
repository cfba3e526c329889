import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { ImportFile } from '../../src-shared/domain.ts';

/** Files that were opened with Salescope and wait for the import page. */
export const useInbox = defineStore('inbox', () => {
  const files = shallowRef<ImportFile[]>([]);

  function add(more: ImportFile[]): void {
    files.value = [...files.value, ...more];
  }

  /** Answers the waiting files, which then wait no more. */
  function take(): ImportFile[] {
    const taken = files.value;
    if (taken.length > 0) files.value = [];
    return taken;
  }

  return { files, add, take };
});
