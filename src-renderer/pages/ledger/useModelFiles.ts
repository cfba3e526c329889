import { ref, shallowRef } from 'vue';
import type { SavedModel } from '../../../src-shared/domain.ts';
import { type AppError, toAppError } from '../../../src-shared/errors.ts';
import { prepareFile } from '../../client.ts';
import { download } from '../../composables/download.ts';
import { useJob } from '../../composables/useJob.ts';

/** Saved models as files: handed over and taken in. */
export function useModelFiles() {
  const handing = useJob('model.export');
  const taking = useJob('model.import');
  const uploadError = shallowRef<AppError | null>(null);
  const importing = ref(false);

  async function exportFile(model: SavedModel): Promise<void> {
    const file = await handing.run({ id: model.id });
    if (file) download(file);
  }

  /** Resolves to the model taken in; null when it was refused (see `errors`). */
  async function importFile(chosen: File): Promise<SavedModel | null> {
    importing.value = true;
    try {
      return await taking.run({ file: await prepareFile(chosen) });
    } catch (thrown) {
      uploadError.value = toAppError(thrown);
      return null;
    } finally {
      importing.value = false;
    }
  }

  return { errors: [uploadError, handing.error, taking.error], importing, exportFile, importFile };
}
