/** How a method's answer becomes the text of a CSV file. */
import type { Output } from '../../../src-shared/contract.ts';
import type { ExportMethods } from '../../../src-shared/export-methods.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { Session } from '../session.ts';

type Writers = { [T in keyof ExportMethods]: (source: Output<ExportMethods[T]>, session: Session) => string };

const notBuilt = (): string => {
  throw new AppError('internal', 'not built');
};

export const exportWriters: Writers = {
  clusters: notBuilt,
  cluster_profiles: notBuilt,
  cluster_comparison: notBuilt,
  tree_rules: notBuilt,
  customer_value: notBuilt,
  cohorts: notBuilt,
  visits: notBuilt,
  concentration: notBuilt,
  distributions: notBuilt,
  correlation: notBuilt,
  migration: notBuilt,
  movers: notBuilt,
  revenue_change: notBuilt,
  bought_together: notBuilt,
  best_sellers: notBuilt,
  segment_profiles: notBuilt,
  playbook: notBuilt,
  target_list: notBuilt,
};
