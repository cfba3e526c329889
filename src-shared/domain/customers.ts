import type { Day, Money, Note, Share } from './base.ts';
import type { CleaningRules } from './settings.ts';

export const segmentIds = [
  'champions',
  'loyal',
  'potential-loyalist',
  'new',
  'promising',
  'needs-attention',
  'about-to-sleep',
  'at-risk',
  'cant-lose',
  'hibernating',
  'lost',
] as const;
export type SegmentId = (typeof segmentIds)[number];
export const fourGroupIds = ['champions', 'loyal', 'at-risk', 'lost'] as const;
export type FourGroupId = (typeof fourGroupIds)[number];
export const threeGroupIds = ['premium', 'regular', 'low-value'] as const;
export type ThreeGroupId = (typeof threeGroupIds)[number];

export interface GroupSummary<Id extends string = string> {
  id: Id;
  customers: number;
  customerShare: Share;
  revenue: Money;
  revenueShare: Share;
  averageRevenue: Money;
  averageRecencyDays: number;
  averageFrequency: number;
}

export interface Quartiles {
  min: number;
  q1: number;
  median: number;
  q3: number;
  max: number;
  mean: number;
}

/** Value cuts of a score: score = 1 + number of cuts passed; 4 ascending cuts. */
export interface ScoreCuts {
  /** Score 5 for recency ≤ cuts[0], …, 1 for recency > cuts[3]. */
  recencyDays: number[];
  frequency: number[];
  monetary: Money[];
}

export interface RfmSummary {
  asOf: Day;
  customers: number;
  revenue: Money;
  recencyDays: Quartiles;
  frequency: Quartiles;
  monetary: Quartiles;
  oneTimeBuyers: number;
  cuts: ScoreCuts;
  segments: GroupSummary<SegmentId>[];
  fourGroups: GroupSummary<FourGroupId>[];
  threeGroups: GroupSummary<ThreeGroupId>[];
  topCustomers: CustomerRow[];
  rules: CleaningRules;
}

export interface CustomerRow {
  customer: string;
  recencyDays: number;
  frequency: number;
  monetary: Money;
  averageOrder: Money;
  firstDay: Day;
  lastDay: Day;
  r: number;
  f: number;
  m: number;
  segment: SegmentId;
  country: string | null;
}

export type CustomerSort = keyof CustomerRow;

export interface CustomerDetail extends CustomerRow {
  months: { month: string; revenue: Money; orders: number }[];
  topProducts: { product: string; description: string; revenue: Money; units: number }[];
  /** Columns of the customer file. */
  attributes: Record<string, string | number | null>;
}

export type FeatureTransform = 'auto' | 'none' | 'log1p';
export type FeatureScaling = 'zscore' | 'minmax' | 'none';

export interface FeatureInfo {
  /** 'recencyDays', 'frequency', 'monetary', 'averageOrder' …, or a customer-file column's id. */
  id: string;
  label: string;
  source: 'sales' | 'customer-file';
  missing: number;
}

export interface ClusterSettings {
  features: string[];
  /** auto: log1p for figures from sales, none for customer-file columns. */
  transform: FeatureTransform;
  scaling: FeatureScaling;
  kMin: number;
  kMax: number;
  /** null: the k with the best silhouette. */
  k: number | null;
  seed: number;
}

export interface ClusterScore {
  k: number;
  inertia: number;
  silhouette: number;
  daviesBouldin: number;
  calinskiHarabasz: number;
}

export interface ClusterProfile {
  /** 1-based; 1 is the cluster of the highest average value. */
  cluster: number;
  customers: number;
  customerShare: Share;
  /** Mean of each feature in its own unit, in the order of `features`. */
  means: number[];
  revenue: Money | null;
}

export interface FeatureSpace {
  id: string;
  label: string;
  transform: 'none' | 'log1p';
  /** scaled = (transformed − shift) / scale */
  shift: number;
  scale: number;
  /** Training range in the feature's own unit. */
  min: number;
  max: number;
}

export interface ClusterResult {
  settings: ClusterSettings;
  space: FeatureSpace[];
  customers: number;
  /** Customers left out because a chosen feature is missing. */
  dropped: number;
  scores: ClusterScore[];
  k: number;
  /** The k that the elbow (largest distance to the chord of the inertia curve) names. */
  elbowK: number;
  silhouette: number;
  /** silhouette > 0.5 clear, 0.25–0.5 moderate, < 0.25 weak. */
  word: 'clear' | 'moderate' | 'weak';
  /** Silhouettes are exact up to this many customers, on a seeded sample above it. */
  silhouetteSample: number | null;
  profiles: ClusterProfile[];
  /** k × p, in scaled units. */
  centroids: number[][];
  /** Up to 2,000 customers (seeded) for the scatter: values in their own units, in the order of `features`. */
  sample: { customer: string; cluster: number; values: number[] }[];
  notes: Note[];
}

export interface ClassifyAnswer {
  basis: 'rfm' | 'cluster';
  /** Set for 'rfm'. */
  segment: SegmentId | null;
  scores: { r: number; f: number; m: number } | null;
  /** Set for 'cluster'. */
  cluster: number | null;
  profile: ClusterProfile | null;
  values: { feature: string; value: number }[];
  /** e.g. a value far outside what the model has seen. */
  notes: Note[];
}
