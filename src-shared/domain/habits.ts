import type { Money, Note, Share } from './base.ts';
import type { Quartiles, SegmentId } from './customers.ts';

export interface CohortTriangle {
  unit: 'month' | 'quarter';
  /** Cohorts by the period of the first purchase, oldest first; cells[i] is i periods after it. */
  cohorts: {
    /** 'YYYY-MM' (first month of a quarter) */
    cohort: string;
    customers: number;
    cells: {
      customers: number;
      share: Share;
      revenue: Money /** This period's revenue / the cohort's first-period revenue; null for 0. */;
      revenueShare: number | null;
    }[];
  }[];
  /** Share of customers that came back i periods later, over the cohorts that reached it (weighted by size), without a first one that may hold old customers. */
  average: Share[];
  /** The last period is not over. */
  lastPartial: boolean;
  notes: Note[];
}

/** Visits and basket per month and segment (segments as of today). */
export interface VisitHabits {
  months: string[];
  /** Months that the data cover only in part. */
  partial: boolean[];
  segments: {
    segment: SegmentId | 'all';
    /** [months] */
    customers: number[];
    orders: number[];
    revenue: Money[];
    /** orders / customers with an order in the month; null without. */
    ordersPerCustomer: (number | null)[];
    averageOrder: (Money | null)[];
  }[];
  /** How many customers bought 1, 2, … times in all; the last class is "or more". */
  frequency: { orders: number; orMore: boolean; customers: number; revenue: Money }[];
}

export interface Concentration {
  customers: number;
  revenue: Money;
  /** Of net revenue, customers with negative revenue counted as 0. */
  gini: number;
  /** Top 1, 5, 10, 20, 50 % of customers (rounded up). */
  top: { share: Share; customers: number; revenue: Money; revenueShare: Share }[];
  top10Share: Share;
  /** Fewest customers that make 80 % of the revenue. */
  customersFor80: number;
  /** The Pareto curve: at most 101 points from (0, 0) to (1, 1), best customers first. */
  curve: { customers: Share; revenue: Share }[];
  notes: Note[];
}

/** The measures of the distributions where none are chosen. */
export const defaultMeasures = ['recencyDays', 'frequency', 'monetary', 'averageOrder', 'tenureDays'];

export interface Distribution {
  id: string;
  label: string;
  quartiles: Quartiles;
  sd: number;
  skewness: number;
  /** Bins over the values, or over their logarithm where the tail is long. */
  logBins: boolean;
  bins: { from: number; to: number; customers: number }[];
}

export interface Distributions {
  customers: number;
  measures: Distribution[];
  /** Spearman's rank correlation of every pair, [measures][measures]; null for a constant measure. */
  correlation: (number | null)[][];
  /** Sentences on the strongest pairs. */
  notes: Note[];
}
