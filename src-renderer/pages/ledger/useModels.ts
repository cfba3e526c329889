import { computed, shallowRef } from 'vue';
import type { SavedModel } from '../../../src-shared/domain.ts';
import { useCall } from '../../composables/useCall.ts';
import { useJob } from '../../composables/useJob.ts';
import { useModelFiles } from './useModelFiles.ts';

/** The list of saved models and everything that can be done with one. */
export function useModels() {
  const list = useCall('model.list', () => ({}));
  const answering = useJob('model.predict');
  const retraining = useJob('model.retrain');
  const removal = useJob('model.remove');
  const files = useModelFiles();
  const errors = [...files.errors, answering.error, retraining.error, removal.error];
  const asked = shallowRef<SavedModel | null>(null);
  const problem = computed(() => errors.map(({ value }) => value).find((error) => error !== null) ?? null);

  /** What an earlier click complained about is over. */
  function begin(): void {
    for (const error of errors) error.value = null;
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

  function exportFile(model: SavedModel): Promise<void> {
    begin();
    return files.exportFile(model);
  }

  async function importFile(chosen: File): Promise<void> {
    begin();
    if (await files.importFile(chosen)) list.refresh();
  }

  async function remove(model: SavedModel): Promise<void> {
    begin();
    if (!(await removal.run({ id: model.id }))) return;
    if (asked.value?.id === model.id) asked.value = null;
    list.refresh();
  }

  const { running: training, progress, cancel } = retraining;
  const work = { predict, retrain, cancel, exportFile, importFile, remove };
  return {
    ...{ list, problem, asked, answer: answering.result, training, progress },
    ...{ importing: files.importing, removing: removal.running },
    ...work,
  };
}
