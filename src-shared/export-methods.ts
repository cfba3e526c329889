import type { MethodName } from './contract.ts';
import type { ExportTable } from './domain.ts';

/** Tables that are one method's whole answer as CSV: which method; a list that comes in pages is asked for all of them. */
export const exportMethods = {
  clusters: 'customers.cluster',
  cluster_profiles: 'customers.cluster',
  cluster_comparison: 'customers.compare',
  tree_rules: 'customers.explain',
  customer_value: 'customers.valueList',
  cohorts: 'customers.cohorts',
  visits: 'customers.habits',
  concentration: 'customers.concentration',
  distributions: 'customers.distributions',
  correlation: 'customers.distributions',
  migration: 'customers.migration',
  movers: 'customers.movers',
  revenue_change: 'overview.change',
  bought_together: 'products.together',
  best_sellers: 'products.bySegment',
  segment_profiles: 'segments.profiles',
  playbook: 'playbook.get',
  target_list: 'segments.targets',
  forecast_points: 'forecast.run',
  forecast_models: 'forecast.run',
  forecast_components: 'forecast.run',
  forecast_parts: 'forecast.parts',
  ledger: 'ledger.list',
  calendar_events: 'calendar.get',
  anomalies: 'anomalies.list',
  promotion_effects: 'events.effects',
} as const satisfies Partial<Record<ExportTable, MethodName>>;
export type ExportMethods = typeof exportMethods;
