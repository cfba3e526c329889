/** Sale lines go into column blocks, and into the memory of the data thread. */
import { countDuplicates } from '../../engine/sales/duplicates.ts';
import type { ParsedSales } from '../../engine/sales/parsed-import.ts';
import { dayOf, storedColumns } from '../../engine/sales/sale-lines.ts';
import { updateDuplicates } from '../../store/import-ledger.ts';
import type { Store } from '../../store/open-store.ts';
import {
  insertBlocks,
  insertDictionaries,
  type PackedBlock,
  packColumn,
  packDictionaries,
} from '../../store/sale-blocks.ts';
import type { Job } from '../job.ts';
import { addSales, loadSales, remarkRepeated, type SalesData } from '../sales-data.ts';
import type { Session } from '../session.ts';
import { daysBetween, type Keeper, type Prepared } from './keeper.ts';

async function prepareSales({ store, sales }: Session, parsed: ParsedSales, job: Job): Promise<Prepared> {
  const data = await addSales(sales, parsed, job);
  const { from, to } = data.imports[data.imports.length - 1];
  const lines = { ...parsed.lines, flags: data.lines.flags.subarray(from, to) };
  const blocks: PackedBlock[] = [];
  for (const column of storedColumns) {
    blocks.push(...packColumn(lines[column], column, to - from));
    job.tick(blocks.length, null);
    await job.pause();
  }
  const dictionaries = packDictionaries(parsed.dictionaries);
  const { hasCustomerColumn, hasInvoiceColumn } = parsed;
  return {
    duplicates: countDuplicates(data.lines.flags, from, to),
    ...daysBetween(to - from, (i) => dayOf(parsed.lines.seconds[i])),
    details: { lines: to - from, columns: storedColumns, hasCustomerColumn, hasInvoiceColumn },
    data,
    write(importId) {
      insertDictionaries(store, importId, dictionaries);
      insertBlocks(store, importId, blocks);
      data.imports[data.imports.length - 1].id = importId;
    },
  };
}

/** From the import at place `first` on: found now, written by what is answered. */
function remarkLines(store: Store, data: SalesData, first: number): () => void {
  const remarked = remarkRepeated(data, first).map(({ one, duplicates }) => ({
    id: one.id!,
    duplicates,
    blocks: packColumn(data.lines.flags.subarray(one.from, one.to), 'flags', one.to - one.from),
  }));
  return () => {
    for (const { id, duplicates, blocks } of remarked) {
      updateDuplicates(store, id, duplicates);
      insertBlocks(store, id, blocks);
    }
  };
}

export const saleLinesKeeper: Keeper<ParsedSales> = {
  prepare: prepareSales,
  async remark({ store }, ledger, after, job) {
    const data = await loadSales(store, ledger, job);
    const first = data.imports.filter(({ id }) => id! < after).length;
    return { data, write: remarkLines(store, data, first) };
  },
};
