import { computed, ref, shallowRef } from 'vue';
import type { SavedModel } from '../../../src-shared/domain.ts';
import { type AppError, toAppError } from '../../../src-shared/errors.ts';
import { prepareFile } from '../../client.ts';
import { download } from '../../composables/download.ts';
import { useCall } from '../../composables/useCall.ts';
import { useJob } from '../../composables/useJob.ts';

/** The list of saved models and everything that can be done with one. */
export function useModels() {
  const list = useCall('model.list', () => ({}));
  const answering = useJob('model.predict');
  const retraining = useJob('model.retrain');
  const handing = useJob('model.export');
  const taking = useJob('model.import');
  const removal = useJob('model.remove');
  const jobs = [answering, retraining, handing, taking, removal];
  const asked = shallowRef<SavedModel | null>(null);
  const uploadError = shallowRef<AppError | null>(null);
  const uploading = ref(false);
  const problem = computed(
    () => uploadError.value ?? jobs.map(({ error }) => error.value).find((error) => error !== null) ?? null,
  );

  function begin(): void {
    uploadError.value = null;
    for (const { error } of jobs) error.value = null;
  }

  async function predict(model: SavedModel): Promise<void> {
    begin();
    asked.value = model;
    await answering.run({ id: model.id });
  }

  async function retrain(model: SavedModel): Promise<void> {
    begin();
    if (await retraining.run({ id: model.id })) list.refresh();
  }

  async function exportFile(model: SavedModel): Promise<void> {
    begin();
    const file = await handing.run({ id: model.id });
    if (file) download(file);
  }

  async function importFile(chosen: File): Promise<void> {
    begin();
    uploading.value = true;
    try {
      const file = await prepareFile(chosen);
      if (await taking.run({ file })) list.refresh();
    } catch (thrown) {
      uploadError.value = toAppError(thrown);
    }
    uploading.value = false;
  }

  async function remove(model: SavedModel): Promise<void> {
    begin();
    if (!(await removal.run({ id: model.id }))) return;
    if (asked.value?.id === model.id) asked.value = null;
    list.refresh();
  }

  return {
    list,
    problem,
    asked,
    answer: answering.result,
    training: retraining.running,
    progress: retraining.progress,
    importing: uploading,
    removing: removal.running,
    predict,
    retrain,
    cancel: retraining.cancel,
    exportFile,
    importFile,
    remove,
  };
}
