import type { Day, Money } from './base.ts';

export interface CleaningRules {
  /** Lines without a customer: left out, or kept as anonymous sales (they never count as a customer). */
  unknownCustomer: 'drop' | 'keep';
  /** net: reduce revenue on their own date, never count as a visit; drop: left out; keep: like any other line. */
  cancellations: 'net' | 'drop' | 'keep';
  /** Lines with quantity ≤ 0 that are not cancellations. */
  quantity: 'drop' | 'keep';
  /** Lines with price ≤ 0. */
  price: 'drop' | 'keep';
  /** Lines identical in every cell to an earlier line. */
  identical: 'drop' | 'keep';
  /** Postage, fees, adjustments, tests, gift cards. */
  nonProduct: 'drop' | 'keep';
}
export type RuleId = keyof CleaningRules;

/** Value cuts of a score: score = 1 + number of cuts passed; 4 ascending cuts. */
export interface ScoreCuts {
  /** Score 5 for recency ≤ cuts[0], …, 1 for recency > cuts[3]. */
  recencyDays: number[];
  frequency: number[];
  monetary: Money[];
}

export interface Settings {
  /** ISO 4217; null until the first start has asked. */
  currency: string | null;
  /** BCP 47. */
  locale: string;
  businessName: string;
  rules: CleaningRules;
  /** null: the last sale's calendar day + 1. */
  asOf: Day | null;
  /** Own limits of the R, F and M scores; null: quintiles of the customers. */
  cuts: ScoreCuts | null;
  /** Own open weekdays, Monday first; null: as the data say. */
  openWeekdays: boolean[] | null;
  /** Country whose public holidays count, ISO 3166-1, or a region of it, 3166-2; null: none. */
  holidayCountry: string | null;
  paper: 'A4' | 'Letter';
  theme: 'system' | 'light' | 'dark';
}

export interface RuleEffect {
  rule: RuleId;
  choice: string;
  /** Lines this rule speaks about, whatever the other rules say. */
  lines: number;
  money: Money;
  /** Lines it alone decides: they would come back (or go) if only this switch moved; other rules as they stand. */
  decidedLines: number;
  decidedMoney: Money;
}

export interface CleaningEffects {
  effects: RuleEffect[];
  allLines: number;
  allMoney: Money;
  usedLines: number;
  usedMoney: Money;
}
