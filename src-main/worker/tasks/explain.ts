import type { ClusterResult, RfmSummary, TreeExplanation } from '../../../src-shared/domain.ts';
import type { FeatureTable } from '../../engine/customers/feature-space.ts';
import { explainClasses } from '../../engine/customers/tree/explain-classes.ts';
import { customersByCluster, customersBySegment } from '../../engine/customers/tree/named-customers.ts';
import type { Job } from '../job.ts';

interface ExplainInput {
  /** For segments: recencyDays, frequency, monetary; for clusters: the features they were made of. */
  table: FeatureTable;
  of: { basis: 'rfm'; cuts: RfmSummary['cuts'] } | { basis: 'cluster'; result: ClusterResult };
  maxDepth: number;
  seed: number;
}

/** The tree that explains segments or clusters. @throws AppError 'not-enough-data' */
export function explainTable(
  _context: unknown,
  { maxDepth, of, seed, table }: ExplainInput,
  job: Job,
): TreeExplanation {
  const named = of.basis === 'rfm' ? customersBySegment(table, of.cuts) : customersByCluster(table, of.result);
  return explainClasses(named, { maxDepth, seed, tick: job.tick });
}
