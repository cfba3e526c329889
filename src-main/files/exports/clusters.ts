/** clusters.csv, cluster_profiles.csv and cluster_comparison.csv. Money is written as exact decimals with a point. */
import type { ClusterCandidate, ClusterComparison, ClusterProfile, ClusterResult } from '../../../src-shared/domain.ts';
import { moneyToDecimal } from '../../../src-shared/format.ts';
import type { FeatureTable } from '../../engine/customers/feature-table.ts';
import { type CsvColumn, type CsvOptions, writeCsv } from '../../../src-shared/write-csv.ts';

/** A customer's own value of a feature: a number, or the name of a category; nothing where it is missing. */
function featureColumn({ features, values }: FeatureTable, j: number): CsvColumn<number> {
  const { categories = [], id } = features[j];
  const valueAt = (row: number) => values[row * features.length + j];
  if (categories.length > 0) return { header: id, kind: 'text', value: (row) => categories[valueAt(row)] ?? null };
  return { header: id, kind: 'number', value: (row) => (Number.isFinite(valueAt(row)) ? valueAt(row) : null) };
}

/**
 * clusters.csv: every customer with the cluster (0 is noise, empty is left out) and the features compared by.
 * @param table the customers in the order of `labels`
 */
export function clustersCsv(
  { labels }: Pick<ClusterResult, 'labels'>,
  table: FeatureTable,
  options?: CsvOptions,
): string {
  const columns: CsvColumn<number>[] = [
    { header: 'customer', kind: 'id', value: (row) => table.customers[row] },
    { header: 'cluster', kind: 'number', value: (row) => (labels[row] < 0 ? null : labels[row]) },
    ...table.features.map((_, j) => featureColumn(table, j)),
  ];
  return writeCsv(columns, table.customers.keys(), options);
}

/** cluster_profiles.csv: one row per cluster, then noise; means in own units, and how far they lie from all customers. */
export function clusterProfilesCsv({ profiles, space }: ClusterResult, options?: CsvOptions): string {
  const columns: CsvColumn<ClusterProfile>[] = [
    { header: 'cluster', kind: 'number', value: (row) => row.cluster },
    { header: 'customers', kind: 'number', value: (row) => row.customers },
    { header: 'customer_share', kind: 'number', value: (row) => row.customerShare },
    { header: 'revenue', kind: 'number', value: (row) => (row.revenue === null ? null : moneyToDecimal(row.revenue)) },
    ...space.map(
      ({ id }, j): CsvColumn<ClusterProfile> => ({
        header: `mean_${id}`,
        kind: 'number',
        value: (row) => row.means[j],
      }),
    ),
    ...space.map(
      ({ id }, j): CsvColumn<ClusterProfile> => ({
        header: `deviations_${id}`,
        kind: 'number',
        value: (row) => row.relative[j],
      }),
    ),
  ];
  return writeCsv(columns, profiles, options);
}

const comparisonColumns: CsvColumn<ClusterCandidate>[] = [
  { header: 'method', kind: 'text', value: (row) => row.method },
  { header: 'clusters', kind: 'number', value: (row) => row.k },
  { header: 'silhouette', kind: 'number', value: (row) => row.silhouette },
  { header: 'silhouette_standard_error', kind: 'number', value: (row) => row.silhouetteError },
  { header: 'davies_bouldin', kind: 'number', value: (row) => row.daviesBouldin },
  { header: 'calinski_harabasz', kind: 'number', value: (row) => row.calinskiHarabasz },
  { header: 'bic', kind: 'number', value: (row) => row.bic },
  { header: 'smallest_share', kind: 'number', value: (row) => row.smallestShare },
  { header: 'noise_customers', kind: 'number', value: (row) => row.noise },
  { header: 'stability', kind: 'number', value: (row) => row.stability.meanAri },
  { header: 'stability_deviation', kind: 'number', value: (row) => row.stability.sdAri },
  { header: 'stability_word', kind: 'text', value: (row) => row.stability.word },
  { header: 'refused', kind: 'text', value: (row) => row.refused.join(' ') },
  { header: 'mean_rank', kind: 'number', value: (row) => row.meanRank },
  { header: 'recommended', kind: 'text', value: (row) => row.recommended },
];

/** cluster_comparison.csv: one row per method and number of clusters. */
export const clusterComparisonCsv = ({ candidates }: ClusterComparison, options?: CsvOptions): string =>
  writeCsv(comparisonColumns, candidates, options);
