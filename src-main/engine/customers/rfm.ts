import type {
  FourGroupId,
  GroupSummary,
  RfmSummary,
  ScoreCuts,
  SegmentId,
  ThreeGroupId,
} from '../../../src-shared/domain.ts';
import { fourGroupIds, segmentIds, threeGroupIds } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { ascending, quartiles } from '../numeric/statistics.ts';
import { fourGroupIndex, segmentIndexOf, threeGroupIndex } from './segments.ts';

/** One entry per customer; all arrays have the same length n. */
export interface RfmTable {
  /** Calendar days from the last purchase to the "as of" day. */
  recencyDays: Int32Array;
  /** Number of purchases (invoices); cancellations never count. */
  frequency: Int32Array;
  /** Net revenue in whole 1/10 000 currency units; negative where returns outweigh purchases. */
  monetary: Float64Array;
}

export interface RfmScores {
  cuts: ScoreCuts;
  /** [n] 1–5, 5 the best. */
  r: Uint8Array;
  f: Uint8Array;
  m: Uint8Array;
  /** [n] index into `segmentIds`. */
  segment: Uint8Array;
}

const quintiles = [1, 2, 3, 4];

/**
 * Values at 1/5 … 4/5 of the customers (linear interpolation, in whole numbers so that no rounding moves a customer),
 * rounded down: the measures are whole numbers, so `value > cut` says the same.
 * Where all customers are equal the measure tells nothing, and the cuts give everybody the middle score 3.
 */
function valueCuts(values: ArrayLike<number>): number[] {
  const sorted = ascending(values);
  const last = sorted.length - 1;
  if (sorted[0] === sorted[last]) return [sorted[0] - 1, sorted[0] - 1, sorted[0], sorted[0]];
  return quintiles.map((fifths) => {
    const below = Math.floor((fifths * last) / 5);
    const beyond = (fifths * last) % 5;
    return sorted[below] + (beyond === 0 ? 0 : Math.floor((beyond * (sorted[below + 1] - sorted[below])) / 5));
  });
}

/**
 * Cuts of the three scores. A cut of frequency is never below 1, so whoever bought once has F score 1,
 * also in a business where everybody did.
 */
function scoreCuts(table: RfmTable): ScoreCuts {
  return {
    recencyDays: valueCuts(table.recencyDays),
    frequency: valueCuts(table.frequency).map((cut) => Math.max(1, cut)),
    monetary: valueCuts(table.monetary),
  };
}

/** 0–4: how many of the four ascending cuts a value lies above. */
function cutsPassed(value: number, cuts: number[]): number {
  let passed = 0;
  while (passed < cuts.length && value > cuts[passed]) passed++;
  return passed;
}

/** Scores 1–5 of one customer under given cuts: r falls with recency, f and m rise with their values. */
export function scoresOf(
  recencyDays: number,
  frequency: number,
  monetary: number,
  cuts: ScoreCuts,
): { r: number; f: number; m: number } {
  return {
    r: 5 - cutsPassed(recencyDays, cuts.recencyDays),
    f: 1 + cutsPassed(frequency, cuts.frequency),
    m: 1 + cutsPassed(monetary, cuts.monetary),
  };
}

/**
 * Scores every customer 1–5 on recency, frequency and monetary and names the segment of the R × FM grid.
 * Cuts are values (quintiles with linear interpolation, intervals closed on the right), never ranks:
 * equal customers have equal scores, and where ties swallow a cut a score stays empty instead of splitting them.
 * @param own limits to use instead of the quintiles, ascending; money in 1/10 000
 * @throws AppError 'no-data' without customers. O(n log n).
 * Reference: Hughes 1994, Strategic Database Marketing (quintile scores); the grid is PRODUCT.md's table.
 */
export function scoreRfm(table: RfmTable, own: ScoreCuts | null = null): RfmScores {
  const n = table.recencyDays.length;
  if (n === 0)
    throw new AppError(
      'no-data',
      'No customer is left to score: no sale with a customer passes the filter and the cleaning rules.',
    );
  const cuts = own ?? scoreCuts(table);
  const scores: RfmScores = {
    cuts,
    r: new Uint8Array(n),
    f: new Uint8Array(n),
    m: new Uint8Array(n),
    segment: new Uint8Array(n),
  };
  for (let i = 0; i < n; i++) {
    const { r, f, m } = scoresOf(table.recencyDays[i], table.frequency[i], table.monetary[i], cuts);
    scores.r[i] = r;
    scores.f[i] = f;
    scores.m[i] = m;
    scores.segment[i] = segmentIndexOf(r, f, m);
  }
  return scores;
}

/**
 * Size, revenue and averages of each group, empty ones included, in the order of `ids`.
 * @param groupOf [n] customer → index into `ids`
 */
function summariseGroups<Id extends string>(
  table: RfmTable,
  ids: readonly Id[],
  groupOf: (customer: number) => number,
): GroupSummary<Id>[] {
  const n = table.recencyDays.length;
  const totals = ids.map(() => ({ customers: 0, revenue: 0, recency: 0, frequency: 0 }));
  let revenue = 0;
  for (let i = 0; i < n; i++) {
    const total = totals[groupOf(i)];
    total.customers++;
    total.revenue += table.monetary[i];
    total.recency += table.recencyDays[i];
    total.frequency += table.frequency[i];
    revenue += table.monetary[i];
  }
  return totals.map((total, index) => {
    const size = Math.max(1, total.customers);
    return {
      id: ids[index],
      customers: total.customers,
      customerShare: total.customers / n,
      revenue: total.revenue,
      // A share of a total that is not positive means nothing.
      revenueShare: revenue > 0 ? total.revenue / revenue : 0,
      // + 0 turns −0 into 0.
      averageRevenue: Math.round(total.revenue / size) + 0,
      averageRecencyDays: total.recency / size,
      averageFrequency: total.frequency / size,
    };
  });
}

/** The part of RfmSummary that follows from the customers alone. */
type RfmFigures = Omit<RfmSummary, 'asOf' | 'topCustomers' | 'rules'>;

/**
 * Totals, quartiles (linear interpolation), one-time buyers and the groups of scored customers.
 * @param table [n] customers
 * @param scores what scoreRfm answered for them (or for a larger table, narrowed to these customers); money stays in 1/10 000
 * @throws AppError 'no-data' without customers. O(n log n).
 */
export function summariseRfm(table: RfmTable, scores: Pick<RfmScores, 'cuts' | 'segment'>): RfmFigures {
  const { recencyDays, frequency, monetary } = table;
  let revenue = 0;
  let oneTimeBuyers = 0;
  for (let i = 0; i < monetary.length; i++) {
    revenue += monetary[i];
    if (frequency[i] === 1) oneTimeBuyers++;
  }
  return {
    customers: monetary.length,
    revenue,
    recencyDays: quartiles(recencyDays),
    frequency: quartiles(frequency),
    monetary: quartiles(monetary),
    oneTimeBuyers,
    cuts: scores.cuts,
    segments: summariseGroups<SegmentId>(table, segmentIds, (i) => scores.segment[i]),
    fourGroups: summariseGroups<FourGroupId>(table, fourGroupIds, (i) => fourGroupIndex[scores.segment[i]]),
    threeGroups: summariseGroups<ThreeGroupId>(table, threeGroupIds, (i) => threeGroupIndex[scores.segment[i]]),
  };
}
