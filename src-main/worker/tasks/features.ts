/** The features that clustering can use: figures from the sales and columns of the customer files. */
import type { FeatureInfo, Filter } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { FeatureTable } from '../../engine/customers/feature-table.ts';
import type { CustomerTotals } from '../../engine/sales/customer-totals.ts';
import type { Attributes, CustomerFile } from '../customer-file.ts';
import { scoredCustomers } from '../figures.ts';
import { boughtUnder, salesFeatures } from '../sales-features.ts';
import type { Session } from '../session.ts';

const moneyUnit = 10_000;
/** A text column is a category with this many different values, each held by a few customers on average. */
const categoryValues = { least: 2, most: 12, customersEach: 3 };

const hasCustomerSales = (session: Session): boolean => session.sales.dictionaries.customers.length > 1;

const numberOf = (value: Attributes[string] | undefined): number => (typeof value === 'number' ? value : Number.NaN);

/** 'customerGroup' → 'Customer group'. */
const labelOf = (id: string): string => {
  const words = id.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Text columns of the customer files that sort customers into few kinds, such as gender; names are none. */
function categoryColumns({ attributes, numericColumns }: CustomerFile): { id: string; categories: string[] }[] {
  const numeric = new Set(numericColumns.map(({ id }) => id));
  const counts = new Map<string, Map<string, number>>();
  for (const row of attributes.values()) {
    for (const [id, value] of Object.entries(row)) {
      if (typeof value !== 'string' || value === '' || numeric.has(id) || id === 'name') continue;
      const known = counts.get(id) ?? new Map<string, number>();
      known.set(value, (known.get(value) ?? 0) + 1);
      counts.set(id, known);
    }
  }
  const { customersEach, least, most } = categoryValues;
  return [...counts].flatMap(([id, known]) => {
    const customers = [...known.values()].reduce((sum, count) => sum + count, 0);
    if (known.size < least || known.size > most || customers < customersEach * known.size) return [];
    const ordered = [...known].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return [{ id, categories: ordered.map(([value]) => value) }];
  });
}

/** A customer's value of a column of the customer files: the number, or the position of the category; NaN without. */
function fileValue(file: CustomerFile, { categories, id }: FeatureInfo): (customer: string) => number {
  const position = new Map(categories.map((value, at) => [value, at]));
  const found = (customer: string) => file.attributes.get(customer)?.[id];
  if (categories.length === 0) return (customer) => numberOf(found(customer));
  return (customer) => position.get(String(found(customer))) ?? Number.NaN;
}

/** Every feature, with the number of customers it is missing for: of those with sales, else of the customer file. */
export function features(session: Session): FeatureInfo[] {
  return session.remembered('features', () => {
    const withSales = hasCustomerSales(session);
    const { customerFile } = session;
    const customers = withSales ? session.sales.dictionaries.customers.slice(1) : [...customerFile.attributes.keys()];
    const plain = { kind: 'number', categories: [], missing: 0 } as const;
    const fromSales = (withSales ? salesFeatures : []).map(
      ({ id, label }): FeatureInfo => ({ ...plain, id, label, source: 'sales', categories: [] }),
    );
    const fromFile = [
      ...customerFile.numericColumns.map(
        ({ id, label }): FeatureInfo => ({ ...plain, id, label, source: 'customer-file', categories: [] }),
      ),
      ...categoryColumns(customerFile).map(
        ({ categories, id }): FeatureInfo => ({
          id,
          label: labelOf(id),
          source: 'customer-file',
          kind: 'category',
          categories,
          missing: 0,
        }),
      ),
    ].map((feature) => {
      const found = fileValue(customerFile, feature);
      return { ...feature, missing: customers.filter((customer) => Number.isNaN(found(customer))).length };
    });
    return [...fromSales, ...fromFile];
  });
}

/** Finds a feature by id or label, without regard to case. @throws AppError 'not-found' naming what there is */
function chosenFeatures(session: Session, wanted: string[]): FeatureInfo[] {
  const known = features(session);
  if (known.length === 0) {
    throw new AppError(
      'no-data',
      'There are no customers yet. Import sales with a customer column, or a customer file.',
    );
  }
  return wanted.map((name) => {
    const low = name.trim().toLowerCase();
    const found = known.find(({ id, label }) => id.toLowerCase() === low || label.toLowerCase() === low);
    if (found) return found;
    const names = known.map(({ id }) => id).join(', ');
    throw new AppError('not-found', `There is no feature "${name}". There are: ${names}.`, { feature: name });
  });
}

/** Customers of the table: those with sales under the filter; those of the customer files where only their columns are asked for and no filter speaks about sales. */
function baseCustomers(
  session: Session,
  filter: Filter,
  chosen: FeatureInfo[],
): { customers: string[]; rowOf: Map<string, number> } {
  const fileOnly = chosen.every(({ source }) => source === 'customer-file');
  const filtering = Object.values(filter).some((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value)));
  const rowOf = new Map<string, number>();
  if (hasCustomerSales(session) && !(fileOnly && !filtering)) {
    const { customers } = session.sales.dictionaries;
    scoredCustomers(session, filter).totals.ids.forEach((id, row) => {
      rowOf.set(customers[id], row);
    });
    return { customers: [...rowOf.keys()].sort(), rowOf };
  }
  return { customers: [...session.customerFile.attributes.keys()].sort(), rowOf };
}

/** Recency, frequency and monetary of the customers, row by row: always at hand to say what groups explain of them. */
function rfmOf(customers: string[], rowOf: Map<string, number>, { recencyDays, frequency, monetary }: CustomerTotals) {
  const rfm = new Float64Array(new SharedArrayBuffer(8 * 3 * customers.length));
  customers.forEach((customer, at) => {
    const row = rowOf.get(customer)!;
    rfm.set([recencyDays[row], frequency[row], monetary[row] / moneyUnit], 3 * at);
  });
  return rfm;
}

/**
 * The chosen features of every customer under a filter, for clustering. Works with a customer file alone.
 * @param wanted ids or labels
 * @returns customers in the order of their names, so that the order of imports changes nothing; on shared memory
 * @throws AppError 'not-found' for an unknown feature, 'no-data' without customers
 */
export function featureTable(
  session: Session,
  { filter, features: wanted }: { filter: Filter; features: string[] },
): FeatureTable {
  const chosen = chosenFeatures(session, wanted);
  const { customers, rowOf } = baseCustomers(session, filter, chosen);
  const p = chosen.length;
  const values = new Float64Array(new SharedArrayBuffer(8 * customers.length * p));
  const sold = rowOf.size > 0 ? scoredCustomers(session, filter) : null;
  const bought = sold && boughtUnder(session, filter, sold.totals, sold.asOf);
  chosen.forEach((one, column) => {
    const feature = one.source === 'sales' ? salesFeatures.find(({ id }) => id === one.id) : undefined;
    const ofRow = feature && bought ? feature.values(bought) : null;
    const ofFile = fileValue(session.customerFile, one);
    customers.forEach((customer, row) => {
      values[row * p + column] = ofRow ? ofRow[rowOf.get(customer)!] : ofFile(customer);
    });
  });
  return {
    customers,
    features: chosen.map(({ categories, id, label, source }) => ({ id, label, source, categories })),
    values,
    revenue: sold && Float64Array.from(customers, (customer) => sold.totals.monetary[rowOf.get(customer)!]),
    rfm: sold && rfmOf(customers, rowOf, sold.totals),
  };
}
