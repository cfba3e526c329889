import { lineUse } from './line-mask.ts';
import { dayOf, type SaleLines } from './sale-lines.ts';

/** [customers] by dictionary id. */
export interface PurchaseDays {
  /** Distinct calendar days with a sale. */
  days: Int32Array;
  /** Mean calendar days from one purchase day to the next; 0 with fewer than two. */
  meanGap: Float64Array;
  /** Population standard deviation of the gaps; 0 with fewer than two gaps. */
  gapSpread: Float64Array;
}

/** Purchase days of every customer, one after another, repeated days mostly left out: starts [customers + 1] and days. */
function daysByCustomer(lines: SaleLines, mask: Uint8Array, customers: number, lastSecond: number) {
  const starts = new Uint32Array(customers + 1);
  const { customer, length, seconds } = lines;
  const visit = (take: (id: number, day: number) => void) => {
    let [lastId, lastDay] = [0, 0];
    for (let i = 0; i < length; i++) {
      const id = customer[i];
      if (mask[i] !== lineUse.sale || id === 0 || seconds[i] > lastSecond) continue;
      const day = dayOf(seconds[i]);
      // Lines of one order stand together, and are one day.
      if (id === lastId && day === lastDay) continue;
      [lastId, lastDay] = [id, day];
      take(id, day);
    }
  };
  visit((id) => {
    starts[id + 1]++;
  });
  for (let id = 0; id < customers; id++) starts[id + 1] += starts[id];
  const next = starts.slice();
  const days = new Int32Array(starts[customers]);
  visit((id, day) => {
    days[next[id]++] = day;
  });
  return { starts, days };
}

/**
 * Distinct purchase days of each customer and how regular they are; netted returns are no purchase.
 * @param lastSecond later lines do not count
 * @returns [customers] by dictionary id. O(lines + days · log days).
 */
export function purchaseDays(lines: SaleLines, mask: Uint8Array, customers: number, lastSecond: number): PurchaseDays {
  const { days, starts } = daysByCustomer(lines, mask, customers, lastSecond);
  const found: PurchaseDays = {
    days: new Int32Array(customers),
    meanGap: new Float64Array(customers),
    gapSpread: new Float64Array(customers),
  };
  for (let id = 1; id < customers; id++) {
    const own = days.subarray(starts[id], starts[id + 1]).sort();
    let [gaps, squares] = [0, 0];
    for (let i = 1; i < own.length; i++) {
      const gap = own[i] - own[i - 1];
      if (gap === 0) continue;
      gaps++;
      squares += gap * gap;
    }
    found.days[id] = own.length === 0 ? 0 : gaps + 1;
    if (gaps === 0) continue;
    const mean = (own[own.length - 1] - own[0]) / gaps;
    found.meanGap[id] = mean;
    if (gaps > 1) found.gapSpread[id] = Math.sqrt(Math.max(0, squares / gaps - mean * mean));
  }
  return found;
}

/**
 * Money returned over money sold, by customer: the amounts below zero against those above, whatever the rules let in.
 * @returns [customers] by dictionary id, 0 without sales. O(lines).
 */
export function returnShares(lines: SaleLines, mask: Uint8Array, customers: number, lastSecond: number): Float64Array {
  const sold = new Float64Array(customers);
  const returned = new Float64Array(customers);
  const { amount, customer, length, seconds } = lines;
  for (let i = 0; i < length; i++) {
    if (mask[i] === lineUse.out || seconds[i] > lastSecond) continue;
    if (amount[i] > 0) sold[customer[i]] += amount[i];
    else returned[customer[i]] -= amount[i];
  }
  return returned.map((money, id) => (sold[id] > 0 ? money / sold[id] : 0));
}
