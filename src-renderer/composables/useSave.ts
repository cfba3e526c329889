import type { Input } from '../../src-shared/contract.ts';
import type { ExportTable } from '../../src-shared/domain.ts';
import { useFilters } from '../stores/filters.ts';
import { download } from './download.ts';
import { useJob } from './useJob.ts';

/** Saves tables as CSV: of the page's filters, and of what else the table on the screen was asked. */
export function useSave() {
  const filters = useFilters();
  const { running, error, run } = useJob('export.csv');

  async function save(table: ExportTable, question: Omit<Input<'export.csv'>, 'table'> = {}): Promise<void> {
    const file = await run({ table, filter: filters.filter, ...question });
    if (file) download(file);
  }

  return { saving: running, saveError: error, save };
}
