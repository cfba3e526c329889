/** The features that clustering can use: figures from the sales and columns of the customer files. */
import type { FeatureInfo, Filter } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { type CustomerTotals, distinctProducts, lastSecondOf } from '../../engine/sales/customer-totals.ts';
import type { Attributes } from '../customer-file.ts';
import { filteredMask, scoredCustomers } from '../figures.ts';
import type { Session } from '../session.ts';

const moneyUnit = 10_000;

interface SalesFeature {
  id: string;
  label: string;
  /** [rows] in the order of the totals. */
  values(session: Session, filter: Filter, totals: CustomerTotals, asOf: number): ArrayLike<number>;
}

const salesFeatures: SalesFeature[] = [
  { id: 'recencyDays', label: 'Recency (days)', values: (_s, _f, totals) => totals.recencyDays },
  { id: 'frequency', label: 'Frequency (orders)', values: (_s, _f, totals) => totals.frequency },
  {
    id: 'monetary',
    label: 'Monetary (revenue)',
    values: (_s, _f, { monetary }) => monetary.map((money) => money / moneyUnit),
  },
  {
    id: 'averageOrder',
    label: 'Average order',
    values: (_s, _f, { monetary, frequency }) => monetary.map((money, row) => money / moneyUnit / frequency[row]),
  },
  {
    id: 'unitsPerOrder',
    label: 'Units per order',
    values: (_s, _f, { units, frequency }) => units.map((count, row) => count / frequency[row]),
  },
  {
    id: 'tenureDays',
    label: 'Days from first to last purchase',
    values: (_s, _f, { firstDay, lastDay }) => lastDay.map((day, row) => day - firstDay[row]),
  },
  {
    id: 'distinctProducts',
    label: 'Distinct products',
    values: (session, filter, { ids }, asOf) => {
      const { lines, dictionaries } = session.sales;
      const mask = filteredMask(session, filter);
      const { productOf } = session.catalogue;
      const counts = distinctProducts(lines, mask, dictionaries.customers.length, productOf, lastSecondOf(asOf));
      return Int32Array.from(ids, (id) => counts[id]);
    },
  },
];

export interface FeatureTable {
  /** [n] */
  customers: string[];
  /** [p] */
  features: { id: string; label: string; source: 'sales' | 'customer-file' }[];
  /** [n · p] row-major, in the features' own units (money in currency units), NaN for missing; on shared memory. */
  values: Float64Array;
  /** [n] net revenue in 1/10 000 currency units, 0 for a customer without sales; null where there are no sales. */
  revenue: Float64Array | null;
}

const hasCustomerSales = (session: Session): boolean => session.sales.dictionaries.customers.length > 1;

const numberOf = (value: Attributes[string] | undefined): number => (typeof value === 'number' ? value : Number.NaN);

/** Every feature, with the number of customers it is missing for: of those with sales, else of the customer file. */
export function features(session: Session): FeatureInfo[] {
  return session.remembered('features', () => {
    const withSales = hasCustomerSales(session);
    const { attributes, numericColumns } = session.customerFile;
    const customers = withSales ? session.sales.dictionaries.customers.slice(1) : [...attributes.keys()];
    const fromSales = (withSales ? salesFeatures : []).map(({ id, label }) => ({
      id,
      label,
      source: 'sales' as const,
      missing: 0,
    }));
    const fromFile = numericColumns.map(({ id, label }) => ({
      id,
      label,
      source: 'customer-file' as const,
      missing: customers.filter((customer) => Number.isNaN(numberOf(attributes.get(customer)?.[id]))).length,
    }));
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

/**
 * The chosen features of every customer under a filter, for clustering. Works with a customer file alone.
 * @param wanted ids or labels
 * @returns customers in the order of their names, so that the order of imports changes nothing
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
  chosen.forEach(({ id, source }, column) => {
    const feature = source === 'sales' ? salesFeatures.find((one) => one.id === id) : undefined;
    const ofRow = feature && sold ? feature.values(session, filter, sold.totals, sold.asOf) : null;
    customers.forEach((customer, row) => {
      const value = ofRow ? ofRow[rowOf.get(customer)!] : numberOf(session.customerFile.attributes.get(customer)?.[id]);
      values[row * p + column] = value;
    });
  });
  const revenue = sold && Float64Array.from(customers, (customer) => sold.totals.monetary[rowOf.get(customer)!]);
  return { customers, features: chosen.map(({ id, label, source }) => ({ id, label, source })), values, revenue };
}
