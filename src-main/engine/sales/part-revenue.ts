import { lineUse } from './line-mask.ts';
import { dayOf, epochSeconds, type SaleLines, secondsPerDay } from './sale-lines.ts';

/** How lines fall into parts: a column of ids, and the part of each id. */
export interface PartKey {
  /** [lines] ids of a dictionary, such as products or customers. */
  ids: Uint32Array | Uint16Array;
  /** [ids] part of each id, 0 … parts − 1; −1: of none. */
  partOf: Int32Array;
  parts: number;
}

/** First day with a sale (a netted return is none), in days since 1970-01-01; null without any. */
export function firstSaleDay({ seconds, length }: SaleLines, mask: Uint8Array): number | null {
  let first = 2 ** 31 - 1;
  for (let i = 0; i < length; i++) if (seconds[i] < first && mask[i] === lineUse.sale) first = seconds[i];
  return first === 2 ** 31 - 1 ? null : dayOf(first);
}

/**
 * Net revenue of each part since a moment. O(lines).
 * @returns [parts] 1/10 000 currency unit, and 1 where the part has any line in use
 */
export function partTotals(
  { seconds, amount, length }: SaleLines,
  mask: Uint8Array,
  { ids, partOf, parts }: PartKey,
  firstSecond: number,
): { revenue: Float64Array; seen: Uint8Array } {
  const revenue = new Float64Array(parts);
  const seen = new Uint8Array(parts);
  for (let i = 0; i < length; i++) {
    if (mask[i] === lineUse.out) continue;
    const part = partOf[ids[i]];
    if (part < 0) continue;
    seen[part] = 1;
    if (seconds[i] >= firstSecond) revenue[part] += amount[i];
  }
  return { revenue, seen };
}

/**
 * Net revenue of each slot in each period, and of all lines without a slot as one more. O(lines).
 * @param slotOf [ids] slot of each id, −1: none
 * @param firstDay of `periodOf`, days since 1970-01-01; earlier lines stand in no period
 * @param periodOf [days] period of each day from `firstDay` on
 * @returns [(slots + 1) · periods] row-major on shared memory, the lines without a slot last; 1/10 000 currency unit
 */
export function slotRevenue(
  { seconds, amount, length }: SaleLines,
  mask: Uint8Array,
  ids: PartKey['ids'],
  slotOf: Int32Array,
  slots: number,
  firstDay: number,
  periodOf: Int32Array,
): Float64Array {
  const periods = (periodOf.at(-1) ?? -1) + 1;
  const sums = new Float64Array(new SharedArrayBuffer(8 * (slots + 1) * periods));
  // Lines come mostly by date: the day is looked up again only when it changes.
  let [period, dayStart, dayEnd] = [-1, 0, 0];
  for (let i = 0; i < length; i++) {
    if (mask[i] === lineUse.out) continue;
    if (seconds[i] < dayStart || seconds[i] >= dayEnd) {
      const day = dayOf(seconds[i]);
      period = periodOf[day - firstDay] ?? -1;
      dayStart = day * secondsPerDay - epochSeconds;
      dayEnd = dayStart + secondsPerDay;
    }
    if (period < 0) continue;
    const slot = slotOf[ids[i]];
    sums[(slot < 0 ? slots : slot) * periods + period] += amount[i];
  }
  return sums;
}
