import type { ClusterSpaceSettings, FeatureSpace, Note } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { ascending, mean, populationVariance, quantile } from '../numeric/statistics.ts';
import type { Points } from './clustering/model.ts';
import { completeRows, fillMissing, oneHotColumns } from './feature-columns.ts';
import type { FeatureTable, SpaceColumn } from './feature-table.ts';
import { bestYeoJohnson, yeoJohnson } from './yeo-johnson.ts';

export type { FeatureTable } from './feature-table.ts';

/** How customers become points; the rest of the settings has no part in it. */
export type SpaceSettings = Pick<ClusterSpaceSettings, 'transform' | 'scaling'> &
  Partial<Pick<ClusterSpaceSettings, 'winsor' | 'missing' | 'duplicates'>>;

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

interface PlacedColumn {
  space: FeatureSpace;
  own: Float64Array;
  /** [n] coordinates */
  scaled: Float64Array;
}

type Shape = Pick<FeatureSpace, 'clip' | 'lambda' | 'transform'>;

/** A value as the space sees it before scaling: clipped, then transformed; log1p takes what lies below zero for zero. */
function transformed(value: number, { clip, lambda, transform }: Shape): number {
  const kept = clip ? Math.min(clip.high, Math.max(clip.low, value)) : value;
  if (transform === 'log1p') return Math.log1p(Math.max(0, kept));
  return transform === 'yeojohnson' ? yeoJohnson(kept, lambda!) : kept;
}

/** `transformed` for a whole column: a plain loop, for a million customers. */
function transformedColumn(own: Float64Array, shape: Shape): Float64Array {
  const seen = new Float64Array(own.length);
  for (let i = 0; i < own.length; i++) seen[i] = transformed(own[i], shape);
  return seen;
}

/** A value in the feature's own unit → its coordinate. */
export const coordinate = (value: number, space: FeatureSpace): number =>
  (transformed(value, space) - space.shift) / space.scale;

/** Limits at the quantiles `winsor` and 1 − winsor (numpy's linear ones); null where nothing lies beyond them. */
function clipOf(own: Float64Array, winsor: number): FeatureSpace['clip'] {
  if (winsor <= 0) return null;
  const sorted = ascending(own);
  const [low, high] = [quantile(sorted, winsor), quantile(sorted, 1 - winsor)];
  const customers = own.reduce((count, value) => count + (value < low || value > high ? 1 : 0), 0);
  return customers > 0 ? { low, high, customers } : null;
}

function transformOf({ oneHot, source }: SpaceColumn, { transform }: SpaceSettings): FeatureSpace['transform'] {
  if (oneHot) return 'none';
  if (transform === 'auto') return source === 'sales' ? 'log1p' : 'none';
  return transform;
}

function rangeOf(values: Float64Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return [low, high];
}

/** One column's place in the space; null when it is the same for everybody. */
function place(column: SpaceColumn, settings: SpaceSettings): PlacedColumn | null {
  const { id, label, oneHot, own } = column;
  const [min, max] = rangeOf(own);
  const clip = oneHot ? null : clipOf(own, settings.winsor ?? 0);
  if ((clip?.low ?? min) === (clip?.high ?? max)) return null;
  const transform = transformOf(column, settings);
  const power = transform === 'yeojohnson';
  const lambda = power ? bestYeoJohnson(transformedColumn(own, { clip, lambda: null, transform: 'none' })) : null;
  const seen = transformedColumn(own, { clip, lambda, transform });
  const [low, high] = rangeOf(seen);
  if (!(high > low)) return null;
  const deviation = settings.scaling === 'zscore' ? Math.sqrt(populationVariance(seen)) : 1;
  if (!Number.isFinite(deviation) || !Number.isFinite(high - low)) {
    throw new AppError('invalid-input', `The values of ${label} are too large to be standardised (up to ${max}).`, {
      feature: id,
    });
  }
  if (deviation === 0) return null;
  const shift = { zscore: mean(seen), minmax: low, none: 0 }[settings.scaling];
  const scale = { zscore: deviation, minmax: high - low, none: 1 }[settings.scaling];
  const space: FeatureSpace = { id, label, transform, lambda, clip, shift, scale, min, max };
  for (let i = 0; i < seen.length; i++) seen[i] = (seen[i] - shift) / scale;
  return { space, own, scaled: seen };
}

/** What must be said of a column that was taken in. */
function columnNotes({ own, space }: PlacedColumn, rows: Int32Array, revenue: Float64Array | null): Note[] {
  const notes: Note[] = [];
  const { clip, label: feature, transform } = space;
  let negative = 0;
  if (transform === 'log1p') for (const value of own) if (value < 0) negative++;
  if (negative > 0) notes.push({ code: 'negative-as-zero', params: { feature, customers: negative }, level: 'info' });
  if (!clip) return notes;
  let [above, money, total] = [0, 0, 0];
  own.forEach((value, i) => {
    const worth = revenue ? revenue[rows[i]] : 0;
    total += worth;
    if (value <= clip.high) return;
    above++;
    money += worth;
  });
  const params = { feature, low: clip.low, high: clip.high, below: clip.customers - above, customers: above };
  if (total > 0)
    notes.push({ code: 'winsorised', params: { ...params, revenueShare: money / total }, level: 'warning' });
  else notes.push({ code: 'winsorised-plain', params, level: 'info' });
  return notes;
}

/** Whether the second column says nothing that the first does not: equal coordinates, or the other half of a yes-or-no. */
function repeats(first: PlacedColumn, second: PlacedColumn): boolean {
  if (first.scaled.every((value, i) => value === second.scaled[i])) return true;
  const feature = ({ space: { id } }: PlacedColumn) => id.slice(0, id.indexOf('=') + 1);
  return (
    feature(first) !== '' &&
    feature(first) === feature(second) &&
    first.own.every((value, i) => value + second.own[i] === 1)
  );
}

/** Places every column; constant and repeated ones are left out with a note. */
function placeColumns(columns: SpaceColumn[], settings: SpaceSettings, note: (note: Note) => void): PlacedColumn[] {
  const kept: PlacedColumn[] = [];
  for (const column of columns) {
    const placed = place(column, settings);
    if (!placed) {
      note({ code: 'constant-feature', params: { feature: column.label }, level: 'info' });
      continue;
    }
    const first = settings.duplicates === 'keep' ? undefined : kept.find((one) => repeats(one, placed));
    if (first)
      note({ code: 'duplicate-feature', params: { feature: column.label, same: first.space.label }, level: 'info' });
    else kept.push(placed);
  }
  return kept;
}

/**
 * Fills or leaves out missing values, makes columns of categories, clips, transforms and scales.
 *
 * auto: log1p for figures from sales, none for columns of a customer file; one-hot columns are only scaled. Yeo–Johnson's
 * λ is of greatest likelihood over the clipped values. zscore with the population standard deviation (divided by n).
 * Notes: `missing-feature` (customers left out), `imputed` (values filled in, per feature), `constant-feature`,
 * `duplicate-feature` (left out), `negative-as-zero`, `winsorised` (who counts as the limit, and their share of revenue).
 * @returns an empty `space` when no feature tells the customers apart. O(n·p) without Yeo–Johnson and winsorising.
 * @throws AppError 'invalid-input' for values beyond the range of numbers.
 */
export function placeInSpace(table: FeatureTable, settings: SpaceSettings): SpacedCustomers {
  const missing = settings.missing ?? 'drop';
  const notes: Note[] = [];
  const filled = missing === 'drop' ? table : fillMissing(table, missing, (one) => notes.push(one));
  const rows = completeRows(filled);
  const n = rows.length;
  const dropped = table.customers.length - n;
  if (dropped > 0)
    notes.push({ code: 'missing-feature', params: { dropped, customers: table.customers.length }, level: 'warning' });
  const columns = n > 0 ? oneHotColumns(filled, rows) : [];
  const kept = placeColumns(columns, settings, (one) => notes.push(one));
  for (const column of kept) notes.push(...columnNotes(column, rows, table.revenue));
  const p = kept.length;
  const own = new Float64Array(n * p);
  const values = new Float64Array(n * p);
  kept.forEach((column, j) => {
    for (let i = 0; i < n; i++) {
      own[i * p + j] = column.own[i];
      values[i * p + j] = column.scaled[i];
    }
  });
  return { space: kept.map(({ space }) => space), points: { n, p, values }, rows, own, dropped, notes };
}
