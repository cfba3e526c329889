import { computed, ref, shallowRef } from 'vue';
import type { Field, ImportFile, ImportOptions, ImportPreview, ImportResult } from '../../../src-shared/domain.ts';
import { type AppError, toAppError } from '../../../src-shared/errors.ts';
import { call, prepareFile } from '../../client.ts';
import { useJob } from '../../composables/useJob.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/** The way of dropped files: one after the other is looked at, corrected, imported. */
export function useImport() {
  const workspace = useWorkspace();
  const queue = shallowRef<File[]>([]);
  const file = shallowRef<ImportFile | null>(null);
  const preview = shallowRef<ImportPreview | null>(null);
  const options = ref<ImportOptions>({});
  const looking = ref(false);
  const error = shallowRef<AppError | null>(null);
  const results = shallowRef<ImportResult[]>([]);
  const job = useJob('import.run');
  let asked = 0;

  async function look(): Promise<void> {
    if (!file.value) return;
    const mine = ++asked;
    looking.value = true;
    error.value = null;
    try {
      const answer = await call('import.preview', { file: file.value, options: options.value });
      if (mine === asked) preview.value = answer;
    } catch (thrown) {
      if (mine === asked) error.value = toAppError(thrown);
    }
    if (mine === asked) looking.value = false;
  }

  async function next(): Promise<void> {
    const [first, ...rest] = queue.value;
    queue.value = rest;
    file.value = null;
    preview.value = null;
    options.value = {};
    error.value = null;
    job.clear();
    if (!first) return;
    looking.value = true;
    try {
      file.value = await prepareFile(first);
    } catch (thrown) {
      error.value = toAppError(thrown);
      looking.value = false;
      return;
    }
    await look();
  }

  function add(files: File[]): void {
    queue.value = [...queue.value, ...files];
    if (!file.value && !job.running.value) {
      results.value = [];
      void next();
    }
  }

  function correct(patch: ImportOptions): void {
    options.value = { ...options.value, ...patch };
    void look();
  }

  /** Gives a column a meaning; the field's earlier column loses it. */
  function map(header: string, field: Field | null): void {
    const before = preview.value?.columns.find((column) => column.header === header)?.field ?? null;
    const mapping = { ...options.value.mapping };
    if (before) mapping[before] = null;
    if (field) mapping[field] = header;
    correct({ mapping });
  }

  async function run(): Promise<void> {
    if (!file.value) return;
    const answer = await job.run({ file: file.value, options: options.value });
    if (!answer) return;
    results.value = [...results.value, answer];
    await workspace.load();
    await next();
  }

  const ready = computed(() => preview.value !== null && preview.value.missing.length === 0 && !looking.value);
  return { queue, file, preview, looking, error, results, job, ready, add, correct, map, run, next };
}
