import type { CohortTriangle, Note } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { firstSecondOf, lastSecondOf } from './customer-totals.ts';
import { lineUse } from './line-mask.ts';
import { PeriodFinder, type PeriodUnit, periodOf, periodStart, periodText } from './periods.ts';
import { dayOf, dayText, type SaleLines } from './sale-lines.ts';

export interface CohortOptions {
  unit: PeriodUnit;
  /** Customers are new only where their first purchase is on this day or later; null: from the first line. */
  fromDay: number | null;
  /** First day of all data: who bought before it cannot be told from a new customer. */
  dataFirstDay: number;
  /** Lines after this day do not count. */
  toDay: number;
  /** How far data and question reach, no line that counts is later: the triangle ends with the period of this day. All in days since 1970-01-01. */
  reachDay: number;
}

/** Moment of each customer's first sale, by dictionary id; `never` without one. */
const never = 2 ** 31 - 1;
function firstSales({ seconds, customer, length }: SaleLines, mask: Uint8Array, customers: number, lastSecond: number) {
  const first = new Int32Array(customers).fill(never);
  for (let i = 0; i < length; i++) {
    if (mask[i] !== lineUse.sale) continue;
    const moment = seconds[i];
    if (moment < first[customer[i]] && moment <= lastSecond) first[customer[i]] = moment;
  }
  first[0] = never;
  return first;
}

interface Cells {
  /** Periods, and cohorts: one that nobody began in stands with zeros. */
  count: number;
  origin: number;
  /** [cohorts] */
  sizes: Int32Array;
  /** [cohorts · count], by cohort and periods since it. */
  customers: Int32Array;
  revenue: Float64Array;
}

/** Cohort of each customer, −1 for those outside, and the empty cells. */
function layOut(first: Int32Array, { unit, fromDay, reachDay }: CohortOptions): { cohortOf: Int32Array; cells: Cells } {
  const fromSecond = fromDay === null ? -(2 ** 31) : firstSecondOf(fromDay);
  let earliest = never;
  for (let id = 1; id < first.length; id++) if (first[id] >= fromSecond && first[id] < earliest) earliest = first[id];
  if (earliest === never) {
    throw new AppError(
      'no-data',
      'No customer bought for the first time under this filter. Choose a longer period, or clear the filter.',
    );
  }
  const origin = periodOf(dayOf(earliest), unit);
  const count = Math.max(1, periodOf(reachDay, unit) - origin + 1);
  const sizes = new Int32Array(count);
  const cohortOf = new Int32Array(first.length).fill(-1);
  const periods = new PeriodFinder(unit, dayOf(earliest), periodStart(origin + count, unit) - 1, origin);
  for (let id = 1; id < first.length; id++) {
    if (first[id] === never || first[id] < fromSecond) continue;
    cohortOf[id] = periods.at(first[id]);
    sizes[cohortOf[id]]++;
  }
  const customers = new Int32Array(count * count);
  return { cohortOf, cells: { count, origin, sizes, customers, revenue: new Float64Array(count * count) } };
}

/** Adds every line to its cell; a customer counts once per period. */
function fill(lines: SaleLines, mask: Uint8Array, cohortOf: Int32Array, cells: Cells, options: CohortOptions): void {
  const { seconds, customer, amount, length } = lines;
  const { count, customers, revenue } = cells;
  const lastSecond = lastSecondOf(options.toDay);
  const periods = new PeriodFinder(options.unit, options.dataFirstDay, options.reachDay, cells.origin);
  const seen = new Uint32Array(Math.ceil((count * cohortOf.length) / 32));
  for (let i = 0; i < length; ) {
    const id = customer[i];
    const cohort = cohortOf[id];
    if (cohort < 0 || mask[i] === lineUse.out || seconds[i] > lastSecond) {
      i++;
      continue;
    }
    // A run of one customer's lines of one moment, as an invoice brings them: its cell is looked up once.
    const moment = seconds[i];
    let money = 0;
    let sales = 0;
    do {
      if (mask[i] !== lineUse.out) money += amount[i];
      if (mask[i] === lineUse.sale) sales++;
      i++;
    } while (i < length && customer[i] === id && seconds[i] === moment);
    // A return can stand before the first purchase; it belongs to the first period, so that the cells add up.
    const period = Math.max(cohort, periods.at(moment));
    const cell = cohort * count + period - cohort;
    revenue[cell] += money;
    if (sales === 0) continue;
    const bit = id * count + period;
    // Not bit >> 5: many customers times many periods do not fit 32 bits.
    const word = Math.floor(bit / 32);
    const flag = 1 << (bit % 32);
    if (seen[word] & flag) continue;
    seen[word] |= flag;
    customers[cell]++;
  }
}

/** Periods that are over. */
const wholePeriods = ({ count }: Cells, lastPartial: boolean): number => (lastPartial ? Math.max(1, count - 1) : count);

/**
 * Cohorts at the beginning that stand in no average: 1 where the first also holds customers who may have bought before
 * the data began, as long as a later cohort can be seen coming back; else 0.
 */
function leftOut(cells: Cells, whole: number, { unit, dataFirstDay }: CohortOptions): number {
  const maybeOld = periodOf(dataFirstDay, unit) === cells.origin;
  return maybeOld && cells.sizes.subarray(1, Math.max(1, whole - 1)).some((size) => size > 0) ? 1 : 0;
}

/** Share that came back i periods later, over the cohorts that had i whole periods since; weighted by size. */
function averages({ count, sizes, customers }: Cells, whole: number, begin: number): number[] {
  const shares: number[] = [];
  for (let later = 0; later < whole - begin; later++) {
    let size = 0;
    let back = 0;
    for (let cohort = begin; cohort < whole - later; cohort++) {
      size += sizes[cohort];
      back += customers[cohort * count + later];
    }
    // No cohort with a customer is so old.
    if (size === 0) break;
    shares.push(back / size);
  }
  return shares;
}

function notesOf(first: Int32Array, { fromDay, dataFirstDay }: CohortOptions, begin: number): Note[] {
  if (fromDay === null || fromDay <= dataFirstDay) {
    const code = begin > 0 ? 'cohort-first-left-out' : 'cohort-data-begin';
    return [{ code, params: { firstDay: dayText(dataFirstDay) }, level: 'info' }];
  }
  const before = first.reduce((count, moment) => count + (moment < firstSecondOf(fromDay) ? 1 : 0), 0);
  return before > 0
    ? [{ code: 'cohort-not-new', params: { customers: before, fromDay: dayText(fromDay) }, level: 'info' }]
    : [];
}

/**
 * Cohort triangle: customers by the month or quarter of their first purchase, and what they bought i periods later.
 *
 * New is who has no sale before: the first purchase is looked for in all lines of the mask, so the mask must not be cut
 * by the filter's first day. With `fromDay`, customers who bought before it are not new and stand in no cohort. A cell
 * counts customers with at least one sale in that period (a netted return is no visit) and their net revenue; returns
 * dated before the first purchase count in the cohort's own period. So a cohort's cells add to its customers' whole net
 * revenue up to `toDay`. Cohorts without a customer stand with zeros, so that periods have no holes. Where the last
 * period is not over, it stands in the cells but not in the average, which then is one shorter. The cohort of the
 * period in which the data begin also holds customers who had bought before; it stands in the cells, but in the average
 * only where no later cohort has a whole period behind it.
 * @param mask [lines] lineUse over all dates
 * @param customers entries of the customer dictionary
 * @returns money in 1/10 000 currency units
 * @throws AppError 'no-data' without a new customer. O(lines + customers + periods²).
 */
export function cohortTriangle(
  lines: SaleLines,
  mask: Uint8Array,
  customers: number,
  options: CohortOptions,
): CohortTriangle {
  const first = firstSales(lines, mask, customers, lastSecondOf(options.toDay));
  const { cohortOf, cells } = layOut(first, options);
  fill(lines, mask, cohortOf, cells, options);
  const { unit, reachDay } = options;
  const { count, origin, sizes } = cells;
  const lastPartial = reachDay < periodStart(origin + count, unit) - 1;
  const cohorts = Array.from({ length: count }, (_, cohort) => {
    const begin = cells.revenue[cohort * count];
    return {
      cohort: periodText(origin + cohort, unit),
      customers: sizes[cohort],
      cells: Array.from({ length: count - cohort }, (_, later) => {
        const back = cells.customers[cohort * count + later];
        const revenue = cells.revenue[cohort * count + later];
        return {
          customers: back,
          share: sizes[cohort] > 0 ? back / sizes[cohort] : 0,
          revenue,
          revenueShare: begin > 0 ? revenue / begin : null,
        };
      }),
    };
  });
  const whole = wholePeriods(cells, lastPartial);
  const begin = leftOut(cells, whole, options);
  return { unit, cohorts, average: averages(cells, whole, begin), lastPartial, notes: notesOf(first, options, begin) };
}
