import type { ClusterSettings, FeatureInfo, FeatureSpace, Note } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { mean, populationVariance } from '../numeric/statistics.ts';
import type { Points } from './clustering/model.ts';

/** The customers to cluster. */
export interface FeatureTable {
  /** [n] */
  customers: string[];
  /** [p] */
  features: Pick<FeatureInfo, 'id' | 'label' | 'source'>[];
  /** [n·p] row-major, in the features' own units; anything not finite is missing. */
  values: Float64Array;
  /** [n] net revenue in 1/10 000 currency units; null where there are no sales. */
  revenue: Float64Array | null;
}

/** Customers as points of one feature space. */
export interface SpacedCustomers {
  space: FeatureSpace[];
  points: Points;
  /** [points.n] row of the table behind each point. */
  rows: Int32Array;
  /** [points.n·space.length] the same customers in the features' own units. */
  own: Float64Array;
  /** Customers left out because a chosen feature is missing. */
  dropped: number;
  notes: Note[];
}

/** A value as the space sees it: log1p takes what lies below zero for zero. */
const transformed = (value: number, transform: FeatureSpace['transform']): number =>
  transform === 'log1p' ? Math.log1p(Math.max(0, value)) : value;

/** A value in the feature's own unit → its coordinate. */
export const coordinate = (value: number, { transform, shift, scale }: FeatureSpace): number =>
  (transformed(value, transform) - shift) / scale;

/** Rows in which every feature has a value. */
function completeRows({ customers, features, values }: FeatureTable): Int32Array {
  const p = features.length;
  const rows: number[] = [];
  for (let row = 0; row < customers.length; row++) {
    let complete = true;
    for (let at = row * p; at < row * p + p; at++) if (!Number.isFinite(values[at])) complete = false;
    if (complete) rows.push(row);
  }
  return Int32Array.from(rows);
}

/** One feature's place in the space; null when it is the same for everybody. */
function spaceOf(
  column: Float64Array,
  feature: FeatureTable['features'][number],
  settings: Pick<ClusterSettings, 'transform' | 'scaling'>,
): FeatureSpace | null {
  const fromSales = settings.transform === 'auto' && feature.source === 'sales';
  const transform = fromSales || settings.transform === 'log1p' ? 'log1p' : 'none';
  let [min, max] = [Infinity, -Infinity];
  for (const value of column) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const low = transformed(min, transform);
  const range = transformed(max, transform) - low;
  if (range === 0) return null;
  const base = { id: feature.id, label: feature.label, transform, min, max } as const;
  if (settings.scaling === 'none') return { ...base, shift: 0, scale: 1 };
  if (settings.scaling === 'minmax') return { ...base, shift: low, scale: range };
  const seen = column.map((value) => transformed(value, transform));
  const scale = Math.sqrt(populationVariance(seen));
  if (!Number.isFinite(scale)) {
    throw new AppError(
      'invalid-input',
      `The values of ${feature.label} are too large to be standardised (up to ${max}).`,
      { feature: feature.id },
    );
  }
  return scale > 0 ? { ...base, shift: mean(seen), scale } : null;
}

/**
 * Transforms and scales the customers that have every chosen feature.
 *
 * auto: log1p for figures from sales, none for columns of a customer file; zscore with the population standard
 * deviation (divided by n). Features that are the same for everybody are left out with the note `constant-feature`,
 * customers with a missing value with `missing-feature`; values below zero count as zero under log1p (`negative-as-zero`).
 * @returns an empty `space` when no feature tells the customers apart. O(n·p).
 * @throws AppError 'invalid-input' for values beyond the range of numbers.
 */
export function placeInSpace(
  table: FeatureTable,
  settings: Pick<ClusterSettings, 'transform' | 'scaling'>,
): SpacedCustomers {
  const rows = completeRows(table);
  const n = rows.length;
  const dropped = table.customers.length - n;
  const notes: Note[] = [];
  if (dropped > 0)
    notes.push({ code: 'missing-feature', params: { dropped, customers: table.customers.length }, level: 'warning' });
  const kept: { space: FeatureSpace; column: Float64Array }[] = [];
  table.features.forEach((feature, index) => {
    const column = Float64Array.from(rows, (row) => table.values[row * table.features.length + index]);
    const space = n > 0 ? spaceOf(column, feature, settings) : null;
    if (space) kept.push({ space, column });
    else if (n > 0) notes.push({ code: 'constant-feature', params: { feature: feature.label }, level: 'info' });
    const negative = space?.transform === 'log1p' ? column.reduce((count, value) => count + (value < 0 ? 1 : 0), 0) : 0;
    if (negative > 0)
      notes.push({ code: 'negative-as-zero', params: { feature: feature.label, customers: negative }, level: 'info' });
  });
  const p = kept.length;
  const own = new Float64Array(n * p);
  const values = new Float64Array(n * p);
  kept.forEach(({ space, column }, j) => {
    for (let i = 0; i < n; i++) {
      own[i * p + j] = column[i];
      values[i * p + j] = coordinate(column[i], space);
    }
  });
  return { space: kept.map(({ space }) => space), points: { n, p, values }, rows, own, dropped, notes };
}
