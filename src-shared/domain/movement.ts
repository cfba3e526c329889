import type { Day, Money, Note, Share } from './base.ts';
import type { SegmentId } from './customers.ts';
import type { Period } from './figures.ts';

/** Where a customer stands: a segment, or not yet a customer. */
export type MovementState = SegmentId | 'absent';

export interface MovementFlow {
  from: MovementState;
  to: SegmentId;
  customers: number;
  /** Of these, moved because others moved: with the earlier cuts they would be where they were. */
  becauseOfOthers: number;
  /** Revenue of these customers in the days before each date (as many days as lie between the two). */
  revenueBefore: Money;
  revenueAfter: Money;
}

export interface SegmentMigration {
  from: Day;
  to: Day;
  windowDays: number;
  /** Every pair of states that customers have; stayers too. */
  flows: MovementFlow[];
  stayed: number;
  up: number;
  down: number;
  arrived: number;
  becauseOfOthers: number;
  /** Net change of customers per segment. */
  change: { segment: SegmentId; before: number; after: number; revenueBefore: Money; revenueAfter: Money }[];
  notes: Note[];
}

export interface MoverRow {
  customer: string;
  from: MovementState;
  to: SegmentId;
  direction: 'up' | 'down' | 'same' | 'arrived';
  becauseOfOthers: boolean;
  revenueBefore: Money;
  revenueAfter: Money;
  change: Money;
  /** Net revenue up to the later date. */
  monetary: Money;
  recencyDays: number;
}

export interface RevenueSide {
  period: Period;
  revenue: Money;
  customers: number;
  visits: number;
  items: number;
  returns: Money;
  anonymous: Money;
}

/** Revenue of two periods and the parts of the difference; the parts add to it exactly. */
export interface RevenueChange {
  current: RevenueSide;
  previous: RevenueSide;
  change: Money;
  changeShare: Share | null;
  /** customers, visits per customer, items per visit, price per item; returns; sales without a customer. */
  parts: { id: 'customers' | 'visits' | 'items' | 'price' | 'returns' | 'anonymous'; money: Money }[];
  /** Who: new, returning, lost customers; adds to the change of customers' revenue. */
  who: { id: 'new' | 'back' | 'more' | 'less' | 'gone'; customers: number; money: Money }[];
  products: { product: string; description: string; before: Money; after: Money; change: Money }[];
  countries: { country: string; before: Money; after: Money; change: Money }[];
  notes: Note[];
}
