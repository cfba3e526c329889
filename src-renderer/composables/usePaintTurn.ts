import { nextTick, onMounted, type Ref, ref } from 'vue';

let line: Promise<unknown> = Promise.resolve();

const idle = (): Promise<unknown> => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 300 }));

/** Becomes true when the page is idle and those before it have drawn: figures first, then one drawing at a time. */
export function usePaintTurn(): Ref<boolean> {
  const turn = ref(false);
  onMounted(() => {
    line = line.then(idle).then(() => {
      turn.value = true;
      return nextTick();
    });
  });
  return turn;
}
