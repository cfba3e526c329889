/** When each customer bought, and for how much: what every model of lifetime value is fitted on. */
import { lineUse } from '../../sales/line-mask.ts';
import { dayOf, type SaleLines } from '../../sales/sale-lines.ts';
import type { Purchases } from './bg-nbd.ts';

export const daysPerWeek = 7;

/** Customers with a sale, in dictionary order; arrays on shared memory. */
export interface PurchaseHistory {
  /** Days since 1970-01-01; nothing later is in the history. */
  asOf: number;
  /** [n] dictionary ids. */
  ids: Uint32Array;
  /** [n + 1] the purchase days of customer i are days[start[i]] … days[start[i + 1] − 1]. */
  start: Uint32Array;
  /** Distinct days with a sale, ascending for each customer. */
  days: Int32Array;
  /** Net revenue of each purchase day, 1/10 000: a return reduces the last purchase before it. */
  values: Float64Array;
}

const shared = {
  uint: (length: number) => new Uint32Array(new SharedArrayBuffer(4 * length)),
  int: (length: number) => new Int32Array(new SharedArrayBuffer(4 * length)),
  float: (length: number) => new Float64Array(new SharedArrayBuffer(8 * length)),
};

/** One entry per run of lines of the same customer, day and use, by customer. */
interface Runs {
  start: Uint32Array;
  day: Int32Array;
  amount: Float64Array;
  sale: Uint8Array;
}

function collectRuns(lines: SaleLines, mask: Uint8Array, customers: number, lastSecond: number): Runs {
  const { customer, seconds, amount, length } = lines;
  const counts = new Uint32Array(customers + 1);
  const runs = (visit: (id: number, day: number, use: number, money: number) => void): void => {
    for (let i = 0; i < length; ) {
      const id = customer[i];
      const use = mask[i];
      if (id === 0 || use === lineUse.out || seconds[i] > lastSecond) {
        i++;
        continue;
      }
      const day = dayOf(seconds[i]);
      const moment = seconds[i];
      let money = 0;
      do money += amount[i++];
      while (i < length && customer[i] === id && mask[i] === use && seconds[i] === moment);
      visit(id, day, use, money);
    }
  };
  runs((id) => {
    counts[id + 1]++;
  });
  for (let id = 0; id < customers; id++) counts[id + 1] += counts[id];
  const next = counts.slice();
  const size = counts[customers];
  const made: Runs = {
    start: counts,
    day: new Int32Array(size),
    amount: new Float64Array(size),
    sale: new Uint8Array(size),
  };
  runs((id, day, use, money) => {
    const at = next[id]++;
    made.day[at] = day;
    made.amount[at] = money;
    made.sale[at] = use === lineUse.sale ? 1 : 0;
  });
  return made;
}

/**
 * Distinct purchase days of every customer with a sale, and what each was worth net of returns.
 * @param mask [lines] 0 out, 1 a sale, 2 a netted return
 * @param asOf days since 1970-01-01  @param lastSecond the last of that day; later lines do not count
 * @returns in dictionary order. O(lines + purchases · log of the purchases of a customer).
 */
export function purchaseHistory(
  lines: SaleLines,
  mask: Uint8Array,
  customers: number,
  asOf: number,
  lastSecond: number,
): PurchaseHistory {
  const runs = collectRuns(lines, mask, customers, lastSecond);
  const ids: number[] = [];
  const start: number[] = [0];
  const days: number[] = [];
  const values: number[] = [];
  for (let id = 1; id < customers; id++) {
    const [from, to] = [runs.start[id], runs.start[id + 1]];
    const order = Array.from({ length: to - from }, (_, i) => from + i);
    // Sales before returns of the same day; a stable sort keeps the rest as it came.
    order.sort((i, j) => runs.day[i] - runs.day[j] || runs.sale[j] - runs.sale[i]);
    const begin = days.length;
    let early = 0;
    for (const i of order) {
      const known = days.length > begin;
      if (runs.sale[i] === 1 && !(known && days[days.length - 1] === runs.day[i])) {
        days.push(runs.day[i]);
        // A return before the first purchase belongs to nothing we know; it reduces the first purchase.
        values.push(runs.amount[i] + early);
        early = 0;
      } else if (known) values[values.length - 1] += runs.amount[i];
      else early += runs.amount[i];
    }
    if (days.length === begin) continue;
    ids.push(id);
    start.push(days.length);
  }
  const made = {
    asOf,
    ids: shared.uint(ids.length),
    start: shared.uint(start.length),
    days: shared.int(days.length),
    values: shared.float(days.length),
  };
  made.ids.set(ids);
  made.start.set(start);
  made.days.set(days);
  made.values.set(values);
  return made;
}

/** The history as it stood on an earlier day: who had bought by then, and how often. */
export interface Snapshot extends Purchases {
  asOf: number;
  /** [n] rows of the history. */
  rows: Uint32Array;
}

/**
 * Customers with a purchase up to the last day seen, in the models' terms.
 * @param lastDay days since 1970-01-01, the last day that counts
 * @param asOf the day that ages count to, ≥ lastDay
 */
export function snapshot(history: PurchaseHistory, lastDay: number, asOf: number): Snapshot {
  const { start, days } = history;
  const rows: number[] = [];
  const x: number[] = [];
  const lastPurchaseAge: number[] = [];
  const T: number[] = [];
  for (let row = 0; row + 1 < start.length; row++) {
    const first = days[start[row]];
    if (first > lastDay) continue;
    let last = start[row + 1] - 1;
    while (days[last] > lastDay) last--;
    rows.push(row);
    x.push(last - start[row]);
    lastPurchaseAge.push((days[last] - first) / daysPerWeek);
    T.push((asOf - first) / daysPerWeek);
  }
  return {
    asOf,
    rows: Uint32Array.from(rows),
    x: Float64Array.from(x),
    lastPurchaseAge: Float64Array.from(lastPurchaseAge),
    T: Float64Array.from(T),
  };
}

/** Purchase days of a customer after one day, up to another. */
export function purchasesBetween(history: PurchaseHistory, row: number, after: number, until: number): number {
  let count = 0;
  for (let at = history.start[row]; at < history.start[row + 1]; at++)
    if (history.days[at] > after && history.days[at] <= until) count++;
  return count;
}

/** First and last purchase day of all; null without any. */
export function historySpan({ days }: PurchaseHistory): { first: number; last: number } | null {
  if (days.length === 0) return null;
  let first = days[0];
  let last = days[0];
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return { first, last };
}
