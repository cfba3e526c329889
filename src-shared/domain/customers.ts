import type { Day, Money, Share } from './base.ts';
import type { CleaningRules, ScoreCuts } from './settings.ts';

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
