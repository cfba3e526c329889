import type { Day } from './base.ts';

export const exportTables = [
  'rfm_table',
  'customer_segments',
  'segment_summary',
  'sales_forecast_30days',
  'set_aside',
  'clusters',
  'cluster_profiles',
  'cluster_comparison',
  'tree_rules',
  'customer_value',
  'cohorts',
  'visits',
  'concentration',
  'distributions',
  'correlation',
  'migration',
  'movers',
  'revenue_change',
  'bought_together',
  'best_sellers',
  'segment_profiles',
  'playbook',
  'target_list',
  'forecast_points',
  'forecast_models',
  'forecast_components',
  'forecast_parts',
  'ledger',
  'calendar_events',
  'anomalies',
  'promotion_effects',
] as const;
export type ExportTable = (typeof exportTables)[number];

/** A file made by the program, handed to the screen or written by the command line. */
export interface MadeFile {
  fileName: string;
  mimeType: string;
  base64: string;
}

export interface EngineInfo {
  id: 'wasm' | 'tfjs-node';
  /** accepted: the user's own passed the self-test; refused, not-loaded: it did not, and WebAssembly runs in its place. */
  reason: 'default' | 'accepted' | 'refused' | 'not-loaded';
  /** What was wrong with the user's own. */
  detail?: string;
  version: string;
}

export interface LogState {
  path: string;
  /** The newest entry; '' without any. */
  last: string;
}

export interface Licence {
  name: string;
  version: string;
  /** SPDX identifier. */
  licence: string;
}

export interface AppInfo {
  version: string;
  /** Runs without remembered answers and without the training engines. */
  safe: boolean;
  node: string;
  sqlite: string;
  storePath: string;
  dataVersion: number;
  lines: number;
  firstDay: Day | null;
  lastDay: Day | null;
}

export interface Progress {
  done: number;
  /** null while unknown. */
  total: number | null;
  note: string;
  /** Rows per second, for imports. */
  rate: number | null;
}
