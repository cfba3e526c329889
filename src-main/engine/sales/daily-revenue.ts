import type { DailySales } from '../series/calendar.ts';
import { lineUse } from './line-mask.ts';
import { dayOf, epochSeconds, type SaleLines, secondsPerDay } from './sale-lines.ts';

/** First and last day with a line in use, in days since 1970-01-01; null without any. */
export function daySpan({ seconds, length }: SaleLines, mask: Uint8Array): { first: number; last: number } | null {
  let first = 2 ** 31 - 1;
  let last = -(2 ** 31);
  for (let i = 0; i < length; i++) {
    // Looked at first: of lines by date, few lie outside what was seen so far.
    if (seconds[i] >= first && seconds[i] <= last) continue;
    if (mask[i] === lineUse.out) continue;
    if (seconds[i] < first) first = seconds[i];
    if (seconds[i] > last) last = seconds[i];
  }
  return last < first ? null : { first: dayOf(first), last: dayOf(last) };
}

/** Last day with a sale (a netted return is none), in days since 1970-01-01; null without any. */
export function lastSaleDay({ seconds, length }: SaleLines, mask: Uint8Array): number | null {
  let last = -(2 ** 31);
  for (let i = 0; i < length; i++) if (seconds[i] > last && mask[i] === lineUse.sale) last = seconds[i];
  return last === -(2 ** 31) ? null : dayOf(last);
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
  const { seconds, amount, length } = lines;
  // Lines come mostly by date: the day is looked up again only when it changes.
  let day = 0;
  let dayStart = 0;
  let dayEnd = 0;
  for (let i = 0; i < length; i++) {
    if (mask[i] === lineUse.out) continue;
    if (seconds[i] < dayStart || seconds[i] >= dayEnd) {
      day = dayOf(seconds[i]) - span.first;
      dayStart = (day + span.first) * secondsPerDay - epochSeconds;
      dayEnd = dayStart + secondsPerDay;
    }
    amounts[day] += amount[i];
    if (mask[i] === lineUse.sale) counts[day]++;
  }
  return { firstDay: span.first, amounts, counts };
}
