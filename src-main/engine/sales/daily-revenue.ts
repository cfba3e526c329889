import type { DailySales } from '../series/calendar.ts';
import { lineUse } from './line-mask.ts';
import { dayOf, type SaleLines } from './sale-lines.ts';

/** First and last day with a line in use, in days since 1970-01-01; null without any. */
export function daySpan(lines: SaleLines, mask: Uint8Array): { first: number; last: number } | null {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < lines.length; i++) {
    if (mask[i] === lineUse.out) continue;
    if (lines.seconds[i] < first) first = lines.seconds[i];
    if (lines.seconds[i] > last) last = lines.seconds[i];
  }
  return last === Number.NEGATIVE_INFINITY ? null : { first: dayOf(first), last: dayOf(last) };
}

/**
 * Net revenue per calendar day, without holes, from the first to the last day with a line in use.
 * @returns amounts in 1/10 000 currency unit; counts are sale lines, so a day of nothing but returns has none
 */
export function dailyRevenue(lines: SaleLines, mask: Uint8Array): DailySales {
  const span = daySpan(lines, mask);
  if (span === null) return { firstDay: 0, amounts: new Float64Array(0), counts: new Int32Array(0) };
  const days = span.last - span.first + 1;
  const amounts = new Float64Array(days);
  const counts = new Int32Array(days);
  for (let i = 0; i < lines.length; i++) {
    if (mask[i] === lineUse.out) continue;
    const day = dayOf(lines.seconds[i]) - span.first;
    amounts[day] += lines.amount[i];
    if (mask[i] === lineUse.sale) counts[day]++;
  }
  return { firstDay: span.first, amounts, counts };
}
