import type { ParsedImport } from '../../engine/sales/parsed-import.ts';
import { dayText } from '../../engine/sales/sale-lines.ts';
import type { ImportDetails, LedgerEntry } from '../../store/import-ledger.ts';
import type { Job } from '../job.ts';
import type { SalesData } from '../sales-data.ts';
import type { Session } from '../session.ts';

/** An import ready to be written: what takes time has been done. */
export interface Prepared {
  duplicates: number;
  firstDay: string | null;
  lastDay: string | null;
  details: ImportDetails;
  data: SalesData | null;
  write(importId: number): void;
}

/** What the imports that are left will be: the sale lines in memory where they change, and what is written of them. */
export interface Remarked {
  data: SalesData | null;
  /** Within the transaction, once the import that goes is gone. */
  write(): void;
}

/** How the rows of a table are kept in the store, and what becomes of duplicates when an import goes. */
export interface Keeper<Parsed extends ParsedImport> {
  prepare(session: Session, parsed: Parsed, job: Job): Promise<Prepared> | Prepared;
  /**
   * Finds anew what repeats an earlier import.
   * @param ledger the imports that are left with this keeper
   * @param after id of the import that goes: only later ones may be judged differently
   */
  remark(session: Session, ledger: LedgerEntry[], after: number, job: Job): Promise<Remarked> | Remarked;
}

/** First and last as days in text, of any number of day numbers. */
export function daysBetween(
  count: number,
  dayAt: (i: number) => number,
): { firstDay: string | null; lastDay: string | null } {
  if (count === 0) return { firstDay: null, lastDay: null };
  let first = dayAt(0);
  let last = first;
  for (let i = 1; i < count; i++) {
    const day = dayAt(i);
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return { firstDay: dayText(first), lastDay: dayText(last) };
}
