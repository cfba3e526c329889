import { ascending, quantile } from '../../numeric/statistics.ts';
import { daysPerWeek, type PurchaseHistory, type Snapshot } from './purchase-history.ts';

const median = (values: ArrayLike<number>): number => quantile(ascending(values), 0.5);

/** Own gaps a customer needs before they say more than the shop's. */
const ownGapsNeeded = 2;

export interface UsualGaps {
  /** [n] median gap between own purchase days; NaN below two gaps. */
  own: Float64Array;
  /** Days: the median over the returning customers of their median gap; the whole time looked at where nobody came back. */
  shop: number;
  /** Whether anybody came back, so that "overdue" means something. */
  known: boolean;
}

/**
 * The usual days between purchases, of each customer and of the shop.
 * @param snap [n] customers as they stood; later purchases do not count
 * @returns days, ≥ 1. O(purchases · log).
 */
export function usualGaps(history: PurchaseHistory, snap: Snapshot): UsualGaps {
  const { start, days } = history;
  const own = new Float64Array(snap.rows.length).fill(Number.NaN);
  const each: number[] = [];
  let longest = 1;
  snap.rows.forEach((row, i) => {
    const from = start[row];
    const gaps = Array.from({ length: snap.x[i] }, (_, k) => days[from + k + 1] - days[from + k]);
    if (gaps.length > 0) each.push(median(gaps));
    if (gaps.length >= ownGapsNeeded) own[i] = median(gaps);
    longest = Math.max(longest, Math.round(snap.T[i] * daysPerWeek));
  });
  return { own, shop: each.length > 0 ? median(each) : longest, known: each.length > 0 };
}

/** The gap that a customer is measured by. */
export const usualGapOf = (gaps: UsualGaps, i: number): number => (Number.isNaN(gaps.own[i]) ? gaps.shop : gaps.own[i]);
