/** Rows of customer files, as imported. */
import type { Store } from './open-store.ts';

export interface CustomerFileRow {
  customer: string;
  attributes: Record<string, string | number | null>;
  /** The same row stands earlier in this file or in an earlier one. */
  repeated: boolean;
}

interface AttributeTableRow {
  customer: string;
  attributes: string;
  repeated: number;
}

export function insertCustomerRows(store: Store, importId: number, rows: CustomerFileRow[]): void {
  const insert = store.db.prepare(
    'INSERT INTO customer_attribute (import_id, position, customer, attributes, repeated) VALUES (?, ?, ?, ?, ?)',
  );
  rows.forEach((row, i) => {
    insert.run(importId, i, row.customer, JSON.stringify(row.attributes), row.repeated ? 1 : 0);
  });
}

/** Rows of one import in file order. */
export const readCustomerRows = (store: Store, importId: number): CustomerFileRow[] =>
  (
    store.db
      .prepare('SELECT customer, attributes, repeated FROM customer_attribute WHERE import_id = ? ORDER BY position')
      .all(importId) as AttributeTableRow[]
  ).map((row) => ({
    customer: row.customer,
    attributes: JSON.parse(row.attributes) as CustomerFileRow['attributes'],
    repeated: row.repeated === 1,
  }));

/** Replaces the marks of one import's rows, in file order. */
export function updateRepeatedCustomers(store: Store, importId: number, repeated: boolean[]): void {
  const update = store.db.prepare('UPDATE customer_attribute SET repeated = ? WHERE import_id = ? AND position = ?');
  repeated.forEach((mark, position) => {
    update.run(mark ? 1 : 0, importId, position);
  });
}
