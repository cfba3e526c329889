import type { SavedModel } from '../../../src-shared/domain.ts';
import { prepareFile } from '../../client.ts';
import { download } from '../../composables/download.ts';
import { useAction } from '../../composables/useAction.ts';
import { useJob } from '../../composables/useJob.ts';

/** Saved models as files: handed over and taken in. */
export function useModelFiles() {
  const handing = useJob('model.export');
  const taking = useJob('model.import');
  const { busy: importing, error: uploadError, act } = useAction();

  async function exportFile(model: SavedModel): Promise<void> {
    const file = await handing.run({ id: model.id });
    if (file) download(file);
  }

  /** Resolves to the model taken in; null when it was refused (see `errors`). */
  const importFile = (chosen: File): Promise<SavedModel | null> =>
    act(async () => taking.run({ file: await prepareFile(chosen) }));

  return { errors: [uploadError, handing.error, taking.error], importing, exportFile, importFile };
}
