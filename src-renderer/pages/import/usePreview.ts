import { ref, shallowRef } from 'vue';
import type { Field, ImportFile, ImportOptions, ImportPreview } from '../../../src-shared/domain.ts';
import { type AppError, toAppError } from '../../../src-shared/errors.ts';
import { call, prepareFile } from '../../client.ts';

/** One file as it is understood, and the user's corrections of that. */
export function usePreview() {
  const file = shallowRef<ImportFile | null>(null);
  const preview = shallowRef<ImportPreview | null>(null);
  const options = ref<ImportOptions>({});
  const looking = ref(false);
  const error = shallowRef<AppError | null>(null);
  let asked = 0;

  function clear(): void {
    asked += 1;
    file.value = null;
    preview.value = null;
    options.value = {};
    looking.value = false;
    error.value = null;
  }

  /** Asks anew; a late answer to an older question is dropped. */
  async function look(chosen?: File | ImportFile): Promise<void> {
    const mine = ++asked;
    looking.value = true;
    error.value = null;
    try {
      const known = chosen instanceof File ? await prepareFile(chosen) : (chosen ?? file.value);
      if (mine !== asked || !known) return;
      file.value = known;
      const answer = await call('import.preview', { file: known, options: options.value });
      if (mine === asked) preview.value = answer;
    } catch (thrown) {
      if (mine === asked) error.value = toAppError(thrown);
    }
    if (mine === asked) looking.value = false;
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

  return { file, preview, options, looking, error, clear, open: look, correct, map };
}
