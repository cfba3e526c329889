import { computed, ref, shallowRef } from 'vue';
import type { ImportFile, ImportResult } from '../../../src-shared/domain.ts';
import { useJob } from '../../composables/useJob.ts';
import { useWorkspace } from '../../stores/workspace.ts';
import { usePreview } from './usePreview.ts';

/** The way of dropped files: one after the other is looked at, corrected, imported. */
export function useImport() {
  const workspace = useWorkspace();
  const queue = shallowRef<(File | ImportFile)[]>([]);
  const results = shallowRef<ImportResult[]>([]);
  const job = useJob('import.run');
  /** From the start of an import until what follows it is on the page. */
  const importing = ref(false);
  const looked = usePreview();
  const { file, preview, options, looking } = looked;

  async function next(): Promise<void> {
    const [first, ...rest] = queue.value;
    queue.value = rest;
    job.clear();
    looked.clear();
    if (first) await looked.open(first);
  }

  function add(files: (File | ImportFile)[]): void {
    if (files.length === 0) return;
    queue.value = [...queue.value, ...files];
    if (file.value || looking.value || importing.value) return;
    results.value = [];
    void next();
  }

  async function run(): Promise<void> {
    if (!file.value) return;
    importing.value = true;
    try {
      const answer = await job.run({ file: file.value, options: options.value });
      if (!answer) return;
      looked.clear();
      results.value = [...results.value, answer];
      await workspace.load();
    } finally {
      importing.value = false;
    }
    await next();
  }

  const ready = computed(() => preview.value !== null && preview.value.missing.length === 0 && !looking.value);
  const { error, correct, map } = looked;
  return { queue, file, preview, looking, error, results, job, importing, ready, add, correct, map, run, next };
}
