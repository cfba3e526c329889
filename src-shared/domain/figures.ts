import type { Day, Money, Share } from './base.ts';
import type { CleaningRules, RuleId } from './settings.ts';
import type { SegmentId } from './customers.ts';

export interface Filter {
  from?: Day | null;
  to?: Day | null;
  segments?: SegmentId[];
  countries?: string[];
  products?: string[];
}

export interface FilterOptions {
  firstDay: Day | null;
  lastDay: Day | null;
  countries: { value: string; revenue: Money }[];
  products: { value: string; description: string; revenue: Money }[];
  segments: SegmentId[];
}

export interface Kpis {
  revenue: Money;
  orders: number;
  customers: number;
  /** revenue / orders; null without orders. */
  averageOrder: Money | null;
  /** Customers with two or more orders in the period / customers; null without customers. */
  repeatShare: Share | null;
  units: number;
  lines: number;
}

export interface Period {
  from: Day;
  to: Day;
}

export interface PeriodKpis {
  period: Period;
  kpis: Kpis;
}

export interface MonthRow {
  /** 'YYYY-MM' */
  month: string;
  revenue: Money;
  orders: number;
  customers: number;
  /** The data begin or end inside this month. */
  partial: boolean;
}

export interface Overview {
  /** Period of the figures: the filter's dates, else first to last sale. */
  period: Period;
  total: Kpis;
  /** What the arrows compare: the filter's own dates, or the last complete month when no dates are chosen. */
  current: PeriodKpis;
  /** The period of equal length just before (the month before, for a month); null where no data reach. */
  previous: PeriodKpis | null;
  /** The same period one year earlier. */
  lastYear: PeriodKpis | null;
  months: MonthRow[];
  topProducts: { product: string; description: string; revenue: Money; units: number }[];
  topCountries: { country: string; revenue: Money; share: Share }[];
  /** Trading days with at least one sale. */
  tradingDays: number;
  rules: CleaningRules;
  asOf: Day;
}

/** Which lines stand behind a figure. */
export interface RowsOf {
  customer?: string;
  product?: string;
  country?: string;
  invoice?: string;
  month?: string;
  day?: Day;
  /** Lines a cleaning rule speaks about, used or not. */
  rule?: RuleId;
}

export interface SaleRow {
  invoice: string;
  product: string;
  description: string;
  quantity: number;
  /** 'YYYY-MM-DD HH:MM:SS' */
  date: string;
  price: Money;
  amount: Money;
  customer: string | null;
  country: string | null;
  /** false: a cleaning rule leaves it out. */
  used: boolean;
  rules: RuleId[];
}

export interface Page<T> {
  total: number;
  offset: number;
  rows: T[];
}
