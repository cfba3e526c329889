import { defineStore } from 'pinia';
import { ref } from 'vue';
import { call } from '../client.ts';

/** A fault of the interface itself: what nobody caught. The first one is shown, each is noted in the log. */
export const useTrouble = defineStore('trouble', () => {
  const happened = ref(false);

  function report(fault: unknown): void {
    happened.value = true;
    const { message, stack = '' } = fault instanceof Error ? fault : new Error(String(fault));
    call('app.noteFault', { message: message.slice(0, 2000), stack: stack.slice(0, 20_000) }).catch(() => {});
  }

  return { happened, report };
});
