/** How a method's answer becomes the text of a CSV file. */
import type { Output } from '../../../src-shared/contract.ts';
import type { Filter } from '../../../src-shared/domain.ts';
import type { ExportMethods } from '../../../src-shared/export-methods.ts';
import { calendarEventsCsv } from '../../files/exports/calendar.ts';
import { catalogueText } from '../../files/catalogue-text.ts';
import { clusterComparisonCsv, clusterProfilesCsv, clustersCsv } from '../../files/exports/clusters.ts';
import { ledgerCsv } from '../../files/exports/ledger.ts';
import {
  forecastComponentsCsv,
  forecastModelsCsv,
  forecastPartsCsv,
  forecastPointsCsv,
} from '../../files/exports/forecasts.ts';
import { anomaliesCsv, promotionEffectsCsv } from '../../files/exports/insights.ts';
import { customerValueCsv } from '../../files/exports/lifetime.ts';
import { migrationCsv, moversCsv, revenueChangeCsv } from '../../files/exports/movement.ts';
import {
  bestSellersCsv,
  boughtTogetherCsv,
  playbookCsv,
  segmentProfilesCsv,
  targetListCsv,
} from '../../files/exports/segments.ts';
import { treeRulesCsv } from '../../files/exports/tree-rules.ts';
import {
  cohortsCsv,
  concentrationCsv,
  correlationCsv,
  distributionsCsv,
  visitsCsv,
} from '../../files/exports/habits.ts';
import type { Session } from '../session.ts';
import { featureTable } from './features.ts';
import { getPlaybook } from './playbook.ts';

type Writers = {
  [T in keyof ExportMethods]: (source: Output<ExportMethods[T]>, session: Session, filter: Filter) => string;
};

export const exportWriters: Writers = {
  clusters: (source, session, filter) =>
    clustersCsv(source, featureTable(session, { filter, features: source.settings.features })),
  cluster_profiles: (source) => clusterProfilesCsv(source),
  cluster_comparison: (source) => clusterComparisonCsv(source),
  tree_rules: (source, session) => treeRulesCsv(source, session.settings, getPlaybook(session)),
  customer_value: (page) => customerValueCsv(page),
  cohorts: cohortsCsv,
  visits: visitsCsv,
  concentration: concentrationCsv,
  distributions: distributionsCsv,
  correlation: correlationCsv,
  migration: migrationCsv,
  movers: moversCsv,
  revenue_change: revenueChangeCsv,
  bought_together: boughtTogetherCsv,
  best_sellers: (source, session) => bestSellersCsv(source, getPlaybook(session)),
  segment_profiles: (source, session) => segmentProfilesCsv(source, session.settings),
  playbook: playbookCsv,
  ledger: ledgerCsv,
  calendar_events: calendarEventsCsv,
  forecast_points: (source) => forecastPointsCsv(source),
  forecast_models: (source) => forecastModelsCsv(source),
  forecast_components: (source, session) => forecastComponentsCsv(source, catalogueText(session.settings).t),
  forecast_parts: (source, session) => forecastPartsCsv(source, catalogueText(session.settings).t),
  target_list: (source, session) => targetListCsv(source, getPlaybook(session), session.settings),
  anomalies: (source, session) => anomaliesCsv(source, catalogueText(session.settings)),
  promotion_effects: (source, session) => promotionEffectsCsv(source, catalogueText(session.settings)),
};
