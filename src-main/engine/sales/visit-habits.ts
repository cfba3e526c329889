import type { VisitHabits } from '../../../src-shared/domain.ts';
import { monthOf } from '../series/calendar.ts';
import { lastSecondOf } from './customer-totals.ts';
import { daySpan } from './daily-revenue.ts';
import { lineUse } from './line-mask.ts';
import { PeriodFinder, periodText } from './periods.ts';
import { dayOf, type Dictionaries, type SaleLines } from './sale-lines.ts';

/** Counts distinct (invoice, customer) pairs of each month, with few exceptions from what the invoice showed last. */
class MonthlyOrders {
  private readonly owner: Uint32Array;
  private readonly month: Uint16Array;
  private readonly further = new Set<number>();
  private readonly customers: number;
  private readonly months: number;

  constructor(invoices: number, customers: number, months: number) {
    this.owner = new Uint32Array(invoices);
    this.month = new Uint16Array(invoices);
    this.customers = customers;
    this.months = months;
  }

  /** Orders that some sale lines of one invoice add: 0 or 1; a line without invoice number is an order of its own. */
  added(invoice: number, customer: number, month: number, saleLines: number): number {
    if (invoice === 0) return saleLines;
    if (this.owner[invoice] === customer && this.month[invoice] === month) return 0;
    if (this.owner[invoice] === 0) {
      this.owner[invoice] = customer;
      this.month[invoice] = month;
      return 1;
    }
    const key = (invoice * this.customers + customer) * this.months + month;
    if (this.further.has(key)) return 0;
    this.further.add(key);
    return 1;
  }
}

export interface MonthlyVisits {
  /** 'YYYY-MM', without holes. */
  months: string[];
  /** Per group [months]. */
  groups: { customers: number[]; orders: number[]; revenue: number[] }[];
}

/**
 * Customers with a sale, distinct orders and net revenue of each month and group of customers.
 * @param groupOf [customers] group by dictionary id; `groups` or above: the customer stands outside
 * @param groups number of groups
 * @param asOfDay days since 1970-01-01; later lines do not count
 * @returns money in 1/10 000 currency units; an order that reaches into a second month counts in both. O(lines).
 */
export function monthlyVisits(
  lines: SaleLines,
  mask: Uint8Array,
  { customers, invoices }: Pick<Dictionaries, 'customers' | 'invoices'>,
  groupOf: Uint8Array,
  groups: number,
  asOfDay: number,
): MonthlyVisits {
  const span = daySpan(lines, mask);
  if (span === null) return { months: [], groups: emptyGroups(groups, 0) };
  const { seconds, customer, invoice, amount, length } = lines;
  const origin = monthOf(span.first);
  const lastSecond = lastSecondOf(asOfDay);
  const count = monthOf(Math.min(span.last, dayOf(lastSecond))) - origin + 1;
  const found = emptyGroups(groups, Math.max(0, count));
  const months = new PeriodFinder('month', span.first, span.last, origin);
  const orders = new MonthlyOrders(invoices.length, customers.length, count);
  const seen = new Uint32Array(Math.ceil((Math.max(0, count) * customers.length) / 32));
  for (let i = 0; i < length; ) {
    const id = customer[i];
    if (id === 0 || groupOf[id] >= groups || mask[i] === lineUse.out || seconds[i] > lastSecond) {
      i++;
      continue;
    }
    // A run of lines of one invoice, customer and moment: they come mostly so, and sums are touched once per run.
    const moment = seconds[i];
    const number = invoice[i];
    let money = 0;
    let sales = 0;
    do {
      if (mask[i] !== lineUse.out) money += amount[i];
      if (mask[i] === lineUse.sale) sales++;
      i++;
    } while (i < length && customer[i] === id && invoice[i] === number && seconds[i] === moment);
    const group = found[groupOf[id]];
    const month = months.at(moment);
    group.revenue[month] += money;
    if (sales === 0) continue;
    group.orders[month] += orders.added(number, id, month, sales);
    const bit = id * count + month;
    const word = Math.floor(bit / 32);
    const flag = 1 << (bit % 32);
    if (seen[word] & flag) continue;
    seen[word] |= flag;
    group.customers[month]++;
  }
  return {
    months: Array.from({ length: Math.max(0, count) }, (_, i) => periodText(origin + i, 'month')),
    groups: found,
  };
}

const emptyGroups = (groups: number, months: number): MonthlyVisits['groups'] =>
  Array.from({ length: groups }, () => ({
    customers: new Array<number>(months).fill(0),
    orders: new Array<number>(months).fill(0),
    revenue: new Array<number>(months).fill(0),
  }));

type Group = MonthlyVisits['groups'][number];
type SegmentVisits = VisitHabits['segments'][number];

/** All groups in one. */
export const addGroups = (groups: Group[], months: number): Group =>
  groups.reduce(
    (total, group) => ({
      customers: total.customers.map((value, i) => value + group.customers[i]),
      orders: total.orders.map((value, i) => value + group.orders[i]),
      revenue: total.revenue.map((value, i) => value + group.revenue[i]),
    }),
    emptyGroups(1, months)[0],
  );

/**
 * The group's figures with orders per customer and average order; null in a month without an order, and the average
 * order also where more was returned than bought, since a basket below zero is none.
 */
export const visitsOf = (segment: SegmentVisits['segment'], group: Group): SegmentVisits => ({
  segment,
  ...group,
  ordersPerCustomer: group.orders.map((orders, i) => (group.customers[i] > 0 ? orders / group.customers[i] : null)),
  averageOrder: group.orders.map((orders, i) =>
    orders > 0 && group.revenue[i] >= 0 ? Math.round(group.revenue[i] / orders) : null,
  ),
});

/** From this many orders on, customers stand in one class. */
const openClass = 10;

/**
 * How many customers bought 1, 2, …, 9 times, and 10 times or more, with their net revenue; up to the highest that
 * occurs, without holes.
 * @param frequency [n] orders of each customer, 1 or more
 * @param revenue [n] in 1/10 000 currency units. O(n).
 */
export function frequencyClasses(frequency: ArrayLike<number>, revenue: ArrayLike<number>): VisitHabits['frequency'] {
  const customers = new Array<number>(openClass).fill(0);
  const money = new Array<number>(openClass).fill(0);
  let most = 0;
  for (let i = 0; i < frequency.length; i++) {
    const at = Math.min(frequency[i], openClass) - 1;
    customers[at]++;
    money[at] += revenue[i];
    if (at + 1 > most) most = at + 1;
  }
  return customers.slice(0, most).map((count, i) => ({
    orders: i + 1,
    orMore: i + 1 === openClass,
    customers: count,
    revenue: money[i],
  }));
}
