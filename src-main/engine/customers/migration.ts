/** How customers moved between the segments of two dates. */
import type { MoverRow, MovementFlow, MovementState, SegmentMigration } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { customerTotals, type CustomerTotals, lastSecondOf } from '../sales/customer-totals.ts';
import { lineUse } from '../sales/line-mask.ts';
import type { Dictionaries, SaleLines } from '../sales/sale-lines.ts';
import { type RfmScores, scoreRfm, scoresOf } from './rfm.ts';
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

interface Standing {
  totals: CustomerTotals;
  /** null: nobody had bought by then. */
  scores: RfmScores | null;
}

/** Customers and segments as they stood at the end of a day: later lines unseen, recency counted to the next day. */
function standingAt(lines: SaleLines, mask: Uint8Array, dictionaries: Dictionaries, day: number): Standing {
  const totals = customerTotals(lines, mask, dictionaries, day);
  totals.recencyDays.forEach((days, row) => {
    totals.recencyDays[row] = days + 1;
  });
  return { totals, scores: totals.ids.length > 0 ? scoreRfm(totals) : null };
}

/** [customers] by dictionary id: net revenue of the days first + 1 … last. One pass. */
function windowRevenue(lines: SaleLines, mask: Uint8Array, customers: number, edges: [number, number, number]) {
  const [first, middle, last] = edges.map(lastSecondOf);
  const before = new Float64Array(customers);
  const after = new Float64Array(customers);
  const { seconds, customer, amount, length } = lines;
  for (let i = 0; i < length; i++) {
    const moment = seconds[i];
    if (moment <= first || moment > last || mask[i] === lineUse.out) continue;
    if (moment <= middle) before[customer[i]] += amount[i];
    else after[customer[i]] += amount[i];
  }
  return { before, after };
}

/**
 * Segments of every customer at the end of two days, each scored as RFM stood then, and the money of as many days
 * before each date as lie between the two.
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
  const earlier = standingAt(lines, mask, dictionaries, fromDay);
  const later = standingAt(lines, mask, dictionaries, toDay);
  if (later.scores === null)
    throw new AppError('no-data', 'No customer had bought by the later date under this filter and these rules.');
  const { totals, scores } = later;
  const size = dictionaries.customers.length;
  const money = windowRevenue(lines, mask, size, [2 * fromDay - toDay, fromDay, toDay]);
  const earlierSegment = new Uint8Array(size).fill(absent);
  earlier.totals.ids.forEach((id, row) => {
    earlierSegment[id] = earlier.scores!.segment[row];
  });
  const rows = Array.from(totals.ids.keys()).filter((row) => chosen === null || chosen[scores.segment[row]] === 1);
  const movement: Movement = {
    ids: Uint32Array.from(rows, (row) => totals.ids[row]),
    from: Uint8Array.from(rows, (row) => earlierSegment[totals.ids[row]]),
    to: Uint8Array.from(rows, (row) => scores.segment[row]),
    becauseOfOthers: new Uint8Array(rows.length),
    before: Float64Array.from(rows, (row) => money.before[totals.ids[row]]),
    after: Float64Array.from(rows, (row) => money.after[totals.ids[row]]),
    monetary: Float64Array.from(rows, (row) => totals.monetary[row]),
    recencyDays: Int32Array.from(rows, (row) => totals.recencyDays[row]),
  };
  rows.forEach((row, at) => {
    const from = movement.from[at];
    if (from === absent || from === movement.to[at]) return;
    const { r, f, m } = scoresOf(
      totals.recencyDays[row],
      totals.frequency[row],
      totals.monetary[row],
      earlier.scores!.cuts,
    );
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
