import type { ClusterSettings, ExportTable } from '../../../src-shared/domain.ts';
import { download } from '../../composables/download.ts';
import { useJob } from '../../composables/useJob.ts';
import { useFilters } from '../../stores/filters.ts';

/** Saves one of the page's tables as CSV, under the settings of what is shown. */
export function useExport() {
  const filters = useFilters();
  const { running, error, run } = useJob('export.csv');

  async function save(table: ExportTable, settings: ClusterSettings): Promise<void> {
    const file = await run({ table, filter: filters.filter, input: { settings } });
    if (file) download(file);
  }

  return { saving: running, saveError: error, save };
}
