import type { MissingFeature, Note } from '../../../src-shared/domain.ts';
import { ascending, quantile } from '../numeric/statistics.ts';
import type { FeatureTable, SpaceColumn, TableFeature } from './feature-table.ts';

const isCategory = ({ categories }: TableFeature): boolean => (categories?.length ?? 0) > 0;

/** The value that most customers have; the smallest among equals. @param sorted ascending, not empty */
function mostFrequent(sorted: Float64Array): number {
  let [best, most] = [sorted[0], 0];
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    if (to - from > most) [best, most] = [sorted[from], to - from];
    from = to;
  }
  return best;
}

/**
 * The table with missing values filled in: the median of a number (its most frequent value with 'most-frequent', the
 * smallest among equals), the most frequent value of a category. A feature that nobody has stays missing.
 * @param note told `imputed` per feature with what was filled in and for how many
 * O(n log n · p)
 */
export function fillMissing(
  table: FeatureTable,
  how: Exclude<MissingFeature, 'drop'>,
  note: (note: Note) => void,
): FeatureTable {
  const p = table.features.length;
  const values = table.values.slice();
  table.features.forEach((feature, j) => {
    const known = ascending(values.filter((value, at) => at % p === j && Number.isFinite(value)));
    const customers = table.customers.length - known.length;
    if (customers === 0 || known.length === 0) return;
    const frequent = isCategory(feature) || how === 'most-frequent';
    const value = frequent ? mostFrequent(known) : quantile(known, 0.5);
    for (let at = j; at < values.length; at += p) if (!Number.isFinite(values[at])) values[at] = value;
    const shown = isCategory(feature) ? feature.categories![value] : value;
    note({ code: 'imputed', params: { feature: feature.label, customers, value: shown }, level: 'warning' });
  });
  return { ...table, values };
}

/** Rows in which every feature has a value. */
export function completeRows({ customers, features, values }: FeatureTable): Int32Array {
  const p = features.length;
  const rows = new Int32Array(customers.length);
  let found = 0;
  for (let row = 0; row < customers.length; row++) {
    let complete = true;
    for (let at = row * p; at < row * p + p; at++) if (!Number.isFinite(values[at])) complete = false;
    if (complete) rows[found++] = row;
  }
  return rows.slice(0, found);
}

/** The id of a category's column. */
export const oneHotId = (feature: string, value: string): string => `${feature}=${value}`;

/** The chosen rows as columns: a number as it is, a category as one 0/1 column per value that occurs. O(n·columns). */
export function oneHotColumns({ features, values }: FeatureTable, rows: Int32Array): SpaceColumn[] {
  const p = features.length;
  return features.flatMap((feature, j): SpaceColumn[] => {
    const { categories, id, label, source } = feature;
    const own = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) own[i] = values[rows[i] * p + j];
    if (!isCategory(feature)) return [{ id, label, source, oneHot: false, own }];
    return categories!.flatMap((value, position) =>
      own.includes(position)
        ? [
            {
              id: oneHotId(id, value),
              label: `${label}: ${value}`,
              source,
              oneHot: true,
              own: own.map((at) => (at === position ? 1 : 0)),
            },
          ]
        : [],
    );
  });
}
