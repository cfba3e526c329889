/** What the customer files say, joined by customer; a later file's value replaces an earlier one's. */
import type { ParsedCustomers } from '../engine/sales/parsed-import.ts';
import { type CustomerFileRow, readCustomerRows } from '../store/customer-attributes.ts';
import { type LedgerEntry, listImports } from '../store/import-ledger.ts';
import type { Store } from '../store/open-store.ts';

export type Attributes = Record<string, string | number | null>;

export interface CustomerFile {
  attributes: Map<string, Attributes>;
  numericColumns: { id: string; label: string }[];
}

const contentOf = ({ customer, attributes }: { customer: string; attributes: Attributes }): string =>
  JSON.stringify([customer, attributes]);

/** Marks rows that stand earlier in the same file or in one of the given earlier rows. */
export function markRepeatedCustomers(
  earlier: Iterable<CustomerFileRow>,
  rows: ParsedCustomers['rows'],
): CustomerFileRow[] {
  const seen = new Set<string>();
  for (const row of earlier) seen.add(contentOf(row));
  return rows.map(({ customer, attributes }) => {
    const content = contentOf({ customer, attributes });
    const repeated = seen.has(content);
    seen.add(content);
    return { customer, attributes, repeated };
  });
}

/** Rows of all customer files, oldest import first. */
export const allCustomerRows = (store: Store, ledger: LedgerEntry[]): CustomerFileRow[] =>
  ledger
    .filter((entry) => entry.kind === 'customers')
    .flatMap((entry) => readCustomerRows(store, entry.id, entry.kept + entry.duplicates));

/** Reads and joins all customer files. */
export function loadCustomerFile(store: Store): CustomerFile {
  const ledger = listImports(store);
  const attributes = new Map<string, Attributes>();
  for (const row of allCustomerRows(store, ledger)) {
    attributes.set(row.customer, { ...attributes.get(row.customer), ...row.attributes });
  }
  const columns = new Map<string, { id: string; label: string }>();
  for (const { details } of ledger) for (const column of details.numericColumns ?? []) columns.set(column.id, column);
  return { attributes, numericColumns: [...columns.values()] };
}
