/** What the customer files say, joined by customer; a later file's value replaces an earlier one's. */
import type { CustomerRow } from '../engine/sales/parsed-import.ts';
import { listImports } from '../store/import-ledger.ts';
import { readRows } from '../store/import-rows.ts';
import type { Store } from '../store/open-store.ts';

export type Attributes = CustomerRow['attributes'];

export interface CustomerFile {
  attributes: Map<string, Attributes>;
  numericColumns: { id: string; label: string }[];
}

/** Reads and joins all customer files. */
export function loadCustomerFile(store: Store): CustomerFile {
  const attributes = new Map<string, Attributes>();
  for (const { row } of readRows<CustomerRow>(store, 'customers'))
    attributes.set(row.customer, { ...attributes.get(row.customer), ...row.attributes });
  const columns = new Map<string, { id: string; label: string }>();
  for (const { details } of listImports(store))
    for (const column of details.numericColumns ?? []) columns.set(column.id, column);
  return { attributes, numericColumns: [...columns.values()] };
}
