/** How customers moved between the segments of two dates. */
import type { MoverRow, MovementFlow, MovementState, SegmentMigration } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { lastSecondOf } from '../sales/customer-totals.ts';
import { lineUse } from '../sales/line-mask.ts';
import { OrderCounts } from '../sales/order-counts.ts';
import { type Dictionaries, dayOf, type SaleLines } from '../sales/sale-lines.ts';
import { type RfmTable, scoreRfm, scoresOf } from './rfm.ts';
import { segmentIndexOf } from './segments.ts';

/** Stands for "not yet a customer" beside the indices into `segmentIds`. */
export const absent = segmentIds.length;

export const stateName = (state: number): MovementState => (state === absent ? 'absent' : segmentIds[state]);

/** One entry per customer of the later date; all arrays have the same length, customers in dictionary order. */
export interface Movement {
  /** Dictionary ids. */
  ids: Uint32Array;
  /** Index into `segmentIds`, or `absent`. */
  from: Uint8Array;
  to: Uint8Array;
  /** 1: moved, and under the earlier date's cuts would be where they were. */
  becauseOfOthers: Uint8Array;
  /** Net revenue in the window before each date, 1/10 000 currency units. */
  before: Float64Array;
  after: Float64Array;
  /** Net revenue up to the later date. */
  monetary: Float64Array;
  /** Days from the last purchase to the day after the later date. */
  recencyDays: Int32Array;
}

/** Sums up to one of the dates, by dictionary id. */
class Standing {
  readonly money: Float64Array;
  /** Second of the last sale. */
  readonly last: Int32Array;
  readonly orders: OrderCounts;

  constructor(customers: number, invoices: number) {
    this.money = new Float64Array(customers);
    this.last = new Int32Array(customers).fill(-(2 ** 31));
    this.orders = new OrderCounts(customers, invoices);
  }

  addSales(id: number, invoice: number, sales: number, latest: number): void {
    if (latest > this.last[id]) this.last[id] = latest;
    this.orders.add(id, invoice, sales);
  }

  /** Dictionary ids of those who had bought by then, and their recency (counted to the next day), frequency, monetary. */
  table(day: number): RfmTable & { ids: Uint32Array } {
    const { money, last } = this;
    const frequency = this.orders.ofCustomer;
    const ids = Uint32Array.from(frequency.keys()).filter((id) => id > 0 && frequency[id] > 0);
    return {
      ids,
      recencyDays: Int32Array.from(ids, (id) => day + 1 - dayOf(last[id])),
      frequency: Int32Array.from(ids, (id) => frequency[id]),
      monetary: Float64Array.from(ids, (id) => money[id]),
    };
  }
}

interface Standings {
  earlier: Standing;
  later: Standing;
  /** [customers] by dictionary id: net revenue of the windows before the two dates. */
  before: Float64Array;
  after: Float64Array;
}

/**
 * Both standings and both windows in one pass; lines of one invoice nearly always stand together, and the customer's
 * sums are touched once per run of them.
 * @param edges last days of the time before the first window, of the first and of the second window
 */
function sumUp(
  lines: SaleLines,
  mask: Uint8Array,
  dictionaries: Dictionaries,
  edges: [number, number, number],
): Standings {
  const size = dictionaries.customers.length;
  const earlier = new Standing(size, dictionaries.invoices.length);
  const later = new Standing(size, dictionaries.invoices.length);
  const before = new Float64Array(size);
  const after = new Float64Array(size);
  const [first, middle, end] = edges.map(lastSecondOf);
  const { seconds, customer, invoice, amount, length } = lines;
  for (let i = 0; i < length; ) {
    const id = customer[i];
    const number = invoice[i];
    let past = 0;
    let then = 0;
    let now = 0;
    let salesThen = 0;
    let salesNow = 0;
    let latestThen = -(2 ** 31);
    let latestNow = -(2 ** 31);
    do {
      const moment = seconds[i];
      if (mask[i] !== lineUse.out && moment <= end) {
        const early = moment <= middle;
        if (!early) now += amount[i];
        else if (moment > first) then += amount[i];
        else past += amount[i];
        if (mask[i] === lineUse.sale) {
          if (early) {
            salesThen++;
            if (moment > latestThen) latestThen = moment;
          } else {
            salesNow++;
            if (moment > latestNow) latestNow = moment;
          }
        }
      }
      i++;
    } while (i < length && invoice[i] === number && customer[i] === id);
    earlier.money[id] += past + then;
    later.money[id] += past + then + now;
    before[id] += then;
    after[id] += now;
    if (salesThen > 0) earlier.addSales(id, number, salesThen, latestThen);
    if (salesThen + salesNow > 0) later.addSales(id, number, salesThen + salesNow, Math.max(latestThen, latestNow));
  }
  return { earlier, later, before, after };
}

/**
 * Segments of every customer at the end of two days, each scored as RFM stood then (later lines unseen, recency counted
 * to the next day, cuts of that date), and the money of as many days before each date as lie between the two.
 * @param mask lines under the rules and the filter, of all dates
 * @param fromDay, toDay days since 1970-01-01, fromDay < toDay
 * @param chosen 1 for the segments (of the later date) to answer for; null: all
 * @throws AppError 'no-data' where nobody had bought by the later day. O(lines + n log n) for n customers.
 */
export function segmentMovement(
  lines: SaleLines,
  mask: Uint8Array,
  dictionaries: Dictionaries,
  { fromDay, toDay }: { fromDay: number; toDay: number },
  chosen: Uint8Array | null = null,
): Movement {
  const sums = sumUp(lines, mask, dictionaries, [2 * fromDay - toDay, fromDay, toDay]);
  const later = sums.later.table(toDay);
  if (later.ids.length === 0)
    throw new AppError('no-data', 'No customer had bought by the later date under this filter and these rules.');
  const { segment } = scoreRfm(later);
  const earlier = sums.earlier.table(fromDay);
  const earlierScores = earlier.ids.length > 0 ? scoreRfm(earlier) : null;
  const earlierSegment = new Uint8Array(dictionaries.customers.length).fill(absent);
  earlier.ids.forEach((id, row) => {
    earlierSegment[id] = earlierScores!.segment[row];
  });
  const rows = Uint32Array.from(later.ids.keys()).filter((row) => chosen === null || chosen[segment[row]] === 1);
  const movement: Movement = {
    ids: Uint32Array.from(rows, (row) => later.ids[row]),
    from: Uint8Array.from(rows, (row) => earlierSegment[later.ids[row]]),
    to: Uint8Array.from(rows, (row) => segment[row]),
    becauseOfOthers: new Uint8Array(rows.length),
    before: Float64Array.from(rows, (row) => sums.before[later.ids[row]]),
    after: Float64Array.from(rows, (row) => sums.after[later.ids[row]]),
    monetary: Float64Array.from(rows, (row) => later.monetary[row]),
    recencyDays: Int32Array.from(rows, (row) => later.recencyDays[row]),
  };
  rows.forEach((row, at) => {
    const from = movement.from[at];
    if (from === absent || from === movement.to[at]) return;
    const { cuts } = earlierScores!;
    const { r, f, m } = scoresOf(later.recencyDays[row], later.frequency[row], later.monetary[row], cuts);
    if (segmentIndexOf(r, f, m) === from) movement.becauseOfOthers[at] = 1;
  });
  return movement;
}

/** Up is nearer to the head of `segmentIds`, which go from the best (Champions) to the worst (Lost). */
export function directionOf(from: number, to: number): MoverRow['direction'] {
  if (from === absent) return 'arrived';
  return to < from ? 'up' : to > from ? 'down' : 'same';
}

type Summary = Omit<SegmentMigration, 'from' | 'to' | 'windowDays' | 'notes'>;

/** Flows between the segments, how many went which way, and size and revenue of each segment at both dates. O(n). */
export function summariseMovement({ ids, from, to, becauseOfOthers, before, after }: Movement): Summary {
  const summary: Summary = {
    flows: [],
    stayed: 0,
    up: 0,
    down: 0,
    arrived: 0,
    becauseOfOthers: 0,
    change: segmentIds.map((segment) => ({ segment, before: 0, after: 0, revenueBefore: 0, revenueAfter: 0 })),
  };
  const flows = new Map<number, MovementFlow>();
  const countOf = { up: 'up', down: 'down', same: 'stayed', arrived: 'arrived' } as const;
  for (let at = 0; at < ids.length; at++) {
    const key = from[at] * segmentIds.length + to[at];
    let flow = flows.get(key);
    if (!flow) {
      flow = {
        from: stateName(from[at]),
        to: segmentIds[to[at]],
        customers: 0,
        becauseOfOthers: 0,
        revenueBefore: 0,
        revenueAfter: 0,
      };
      flows.set(key, flow);
    }
    flow.customers++;
    flow.becauseOfOthers += becauseOfOthers[at];
    flow.revenueBefore += before[at];
    flow.revenueAfter += after[at];
    summary[countOf[directionOf(from[at], to[at])]]++;
    summary.becauseOfOthers += becauseOfOthers[at];
    const now = summary.change[to[at]];
    now.after++;
    now.revenueAfter += after[at];
    if (from[at] === absent) continue;
    const then = summary.change[from[at]];
    then.before++;
    then.revenueBefore += before[at];
  }
  summary.flows = [...flows.keys()].sort((a, b) => a - b).map((key) => flows.get(key)!);
  return summary;
}
