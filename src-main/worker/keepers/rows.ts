/** Tables that are kept row by row, each row as the JSON that its kind makes of it. */
import type { ParsedRows, Repeats } from '../../engine/sales/parsed-import.ts';
import { type LedgerEntry, listImports, updateDuplicates } from '../../store/import-ledger.ts';
import { type ImportRow, insertImportRows, rowsOf, updateRepeated } from '../../store/import-rows.ts';
import type { Store } from '../../store/open-store.ts';
import { daysBetween, type Keeper } from './keeper.ts';

/** Which of these rows are duplicates, after earlier ones. */
function findRepeated(repeats: Repeats, earlier: ImportRow[], contents: string[]): boolean[] {
  const left = new Map<string, number>();
  for (const { content, repeated } of earlier)
    if (repeats === 'once' || !repeated) left.set(content, (left.get(content) ?? 0) + 1);
  return contents.map((content) => {
    const count = left.get(content) ?? 0;
    if (repeats === 'once') left.set(content, 1);
    else if (count > 0) left.set(content, count - 1);
    return count > 0;
  });
}

function remarkEntry(store: Store, ledger: LedgerEntry[], entry: LedgerEntry): void {
  const before = ledger.filter(({ id }) => id < entry.id);
  const contents = rowsOf(store, [entry], entry.kind).map(({ content }) => content);
  const marks = findRepeated(entry.details.repeats ?? 'once', rowsOf(store, before, entry.kind), contents);
  updateRepeated(store, entry.id, marks);
  updateDuplicates(store, entry.id, marks.filter(Boolean).length);
}

export const rowsKeeper: Keeper<ParsedRows> = {
  prepare({ store }, { kind, rows, repeats, days, details }) {
    const contents = rows.map((row) => JSON.stringify(row));
    const marks = findRepeated(repeats, rowsOf(store, listImports(store), kind), contents);
    const kept = contents.map((content, i): ImportRow => ({ content, repeated: marks[i] }));
    return {
      duplicates: marks.filter(Boolean).length,
      ...daysBetween(days?.length ?? 0, (i) => days![i]),
      details: { ...details, repeats },
      data: null,
      write: (importId) => insertImportRows(store, importId, kept),
    };
  },
  remark: ({ store }, ledger, after) => ({
    data: null,
    // One after the other: what an entry repeats depends on what those before it do.
    write: () => {
      for (const entry of ledger) if (entry.id > after) remarkEntry(store, ledger, entry);
    },
  }),
};
