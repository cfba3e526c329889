/** How a method's answer becomes the text of a CSV file. */
import type { Output } from '../../../src-shared/contract.ts';
import type { ExportMethods } from '../../../src-shared/export-methods.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { migrationCsv, moversCsv, revenueChangeCsv } from '../../files/exports/movement.ts';
import {
  bestSellersCsv,
  boughtTogetherCsv,
  playbookCsv,
  segmentProfilesCsv,
  targetListCsv,
} from '../../files/exports/segments.ts';
import { treeRulesCsv } from '../../files/exports/tree-rules.ts';
import type { Session } from '../session.ts';
import { getPlaybook } from './playbook.ts';

type Writers = { [T in keyof ExportMethods]: (source: Output<ExportMethods[T]>, session: Session) => string };

const notBuilt = (): string => {
  throw new AppError('internal', 'not built');
};

export const exportWriters: Writers = {
  clusters: notBuilt,
  cluster_profiles: notBuilt,
  cluster_comparison: notBuilt,
  tree_rules: (source, session) => treeRulesCsv(source, session.settings),
  customer_value: notBuilt,
  cohorts: notBuilt,
  visits: notBuilt,
  concentration: notBuilt,
  distributions: notBuilt,
  correlation: notBuilt,
  migration: migrationCsv,
  movers: moversCsv,
  revenue_change: revenueChangeCsv,
  bought_together: boughtTogetherCsv,
  best_sellers: (source, session) => bestSellersCsv(source, getPlaybook(session)),
  segment_profiles: (source, session) => segmentProfilesCsv(source, session.settings),
  playbook: playbookCsv,
  target_list: (source, session) => targetListCsv(source, getPlaybook(session), session.settings),
};
