/** Rows of customer files, as imported. */
import type { Store } from './open-store.ts';
import { insertSealed, type SealedTable } from './seals.ts';
import { requireRows } from './sealed-rows.ts';

export interface CustomerFileRow {
  customer: string;
  attributes: Record<string, string | number | null>;
  /** The same row stands earlier in this file or in an earlier one. */
  repeated: boolean;
}

const table: SealedTable = {
  name: 'customer_attribute',
  columns: ['import_id', 'position', 'customer', 'attributes', 'repeated'],
};

export function insertCustomerRows(store: Store, importId: number, rows: CustomerFileRow[]): void {
  rows.forEach(({ customer, attributes, repeated }, i) => {
    insertSealed(store.db, table, [importId, i, customer, JSON.stringify(attributes), repeated ? 1 : 0]);
  });
}

/** Rows of one import in file order. @param count how many it has @throws AppError 'store-damaged' */
export const readCustomerRows = (store: Store, importId: number, count: number): CustomerFileRow[] =>
  requireRows(store, table, importId, count).map((row) => ({
    customer: row.customer as string,
    attributes: JSON.parse(row.attributes as string) as CustomerFileRow['attributes'],
    repeated: row.repeated === 1,
  }));

/** Replaces the marks of one import's rows, in file order. */
export function updateRepeatedCustomers(store: Store, importId: number, repeated: boolean[]): void {
  const update = store.db.prepare(
    `UPDATE customer_attribute
     SET repeated = @mark, sum = row_sum('customer_attribute', import_id, position, customer, attributes, @mark)
     WHERE import_id = @importId AND position = @position`,
  );
  repeated.forEach((mark, position) => {
    update.run({ mark: mark ? 1 : 0, importId, position });
  });
}
