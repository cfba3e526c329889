import type { ExportTable } from '../../../src-shared/domain.ts';
import { download } from '../../composables/download.ts';
import { useJob } from '../../composables/useJob.ts';
import { useFilters } from '../../stores/filters.ts';

/** Saves one of the page's tables as CSV, for the same question as the one on the screen. */
export function useSave() {
  const filters = useFilters();
  const { running, error, run } = useJob('export.csv');

  async function save(table: ExportTable, input: Record<string, unknown> = {}): Promise<void> {
    const file = await run({ table, filter: filters.filter, input });
    if (file) download(file);
  }

  return { saving: running, saveError: error, save };
}
