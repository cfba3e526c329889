import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Filter, RowsOf } from '../../src-shared/domain.ts';

/** What the side panel with the rows behind a figure shows. */
export interface RowsRequest {
  title: string;
  of: RowsOf;
  filter: Filter;
}

/** The side panel: any figure opens it with the lines that stand behind it. */
export const useRowsPanel = defineStore('rows-panel', () => {
  const open = ref(false);
  const request = shallowRef<RowsRequest | null>(null);
  function show(next: RowsRequest): void {
    request.value = next;
    open.value = true;
  }
  return { open, request, show };
});
