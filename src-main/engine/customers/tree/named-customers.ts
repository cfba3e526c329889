/** Which customers, features and names the tree is asked to explain. */
import type { ClusterResult, RfmSummary, SegmentId } from '../../../../src-shared/domain.ts';
import { segmentIds } from '../../../../src-shared/domain.ts';
import { AppError } from '../../../../src-shared/errors.ts';
import { type FeatureTable, placeInSpace } from '../feature-space.ts';
import { scoresOf } from '../rfm.ts';
import { segmentIndexOf } from '../segments.ts';
import type { NamedCustomers } from './explain-classes.ts';

const moneyUnit = 10_000;

/** Only the names that customers have, and each customer's position in them. @param of [n] position in `names` */
function usedNames(names: string[], of: ArrayLike<number>): { classes: string[]; labels: Int32Array } {
  const used = new Set(Array.from(of));
  const kept = names.map((_, index) => index).filter((index) => used.has(index));
  const place = new Map(kept.map((index, at) => [index, at]));
  return { classes: kept.map((index) => names[index]), labels: Int32Array.from(of, (index) => place.get(index)!) };
}

/** Column j of a row-major matrix. */
const columnOf = (values: Float64Array, p: number, j: number): Float64Array =>
  Float64Array.from({ length: p > 0 ? values.length / p : 0 }, (_, row) => values[row * p + j]);

/**
 * Customers with their segments.
 * @param table features recencyDays, frequency and monetary (in currency units), in this order
 * @param cuts of the customers the segments are measured against (money in 1/10 000)
 */
export function customersBySegment(
  { features, values }: Pick<FeatureTable, 'features' | 'values'>,
  cuts: RfmSummary['cuts'],
): NamedCustomers {
  const columns = features.map((_, j) => columnOf(values, features.length, j));
  const [recencyDays, frequency, monetary] = columns;
  const segment = recencyDays.map((recency, row) => {
    const { f, m, r } = scoresOf(recency, frequency[row], Math.round(monetary[row] * moneyUnit), cuts);
    return segmentIndexOf(r, f, m);
  });
  const names: readonly SegmentId[] = segmentIds;
  return {
    basis: 'rfm',
    ...usedNames([...names], segment),
    features: features.map(({ id, label }) => ({ id, label })),
    columns,
  };
}

/**
 * Customers with their clusters, in the features' own units; those that the clustering left out stay out here.
 * @param table what the clustering was made of; `result.labels` stand in its order
 * @returns classes '1' … 'k', and '0' for noise last
 * @throws AppError 'internal' when table and clustering do not belong together
 */
export function customersByCluster(
  table: FeatureTable,
  { k, labels, settings, space }: Pick<ClusterResult, 'k' | 'labels' | 'settings' | 'space'>,
): NamedCustomers {
  const placed = placeInSpace(table, settings);
  const p = placed.space.length;
  if (labels.length !== table.customers.length || p !== space.length) {
    throw new AppError('internal', 'The clustering does not belong to these customers.', {
      labels: labels.length,
      customers: table.customers.length,
    });
  }
  const kept = Array.from(placed.rows.keys()).filter((point) => labels[placed.rows[point]] >= 0);
  const names = [...Array.from({ length: k }, (_, c) => String(c + 1)), '0'];
  const positions = kept.map((point) => (labels[placed.rows[point]] + names.length - 1) % names.length);
  return {
    basis: 'cluster',
    ...usedNames(names, positions),
    features: placed.space.map(({ id, label }) => ({ id, label })),
    columns: placed.space.map((_, j) => Float64Array.from(kept, (point) => placed.own[point * p + j])),
  };
}
