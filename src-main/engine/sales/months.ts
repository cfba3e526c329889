import { monthOf, monthStart } from '../series/calendar.ts';
import { firstSecondOf } from './customer-totals.ts';
import { daySpan } from './daily-revenue.ts';
import { lineUse } from './line-mask.ts';
import { type Dictionaries, dayOf, dayText, type SaleLines } from './sale-lines.ts';

export interface MonthFigures {
  /** 'YYYY-MM' */
  month: string;
  revenue: number;
  orders: number;
  customers: number;
}

/** 'YYYY-MM' of months since 1970-01. */
export const monthText = (month: number): string => dayText(monthStart(month)).slice(0, 7);

/** Counts distinct orders and customers of each month, in any order of months. */
class MonthCounts {
  readonly orders: Int32Array;
  readonly customers: Int32Array;
  private readonly months: number;
  /** Month (from 1) that met an invoice first; few invoices reach into a second one. */
  private readonly monthOfInvoice: Uint16Array;
  private readonly furtherMonths = new Set<number>();
  /** One bit per customer and month. */
  private readonly seen: Uint32Array;

  constructor(months: number, customers: number, invoices: number) {
    this.months = months;
    this.orders = new Int32Array(months);
    this.customers = new Int32Array(months);
    this.monthOfInvoice = new Uint16Array(invoices);
    this.seen = new Uint32Array(Math.ceil((months * customers) / 32));
  }

  addOrder(month: number, invoice: number, saleLines: number): void {
    const known = this.monthOfInvoice[invoice];
    if (known === month + 1) return;
    if (known === 0) {
      this.orders[month] += invoice === 0 ? saleLines : 1;
      if (invoice !== 0) this.monthOfInvoice[invoice] = month + 1;
      return;
    }
    const pair = invoice * this.months + month;
    if (this.furtherMonths.has(pair)) return;
    this.furtherMonths.add(pair);
    this.orders[month]++;
  }

  addCustomer(month: number, customer: number): void {
    const bit = customer * this.months + month;
    // Not bit >> 5: many customers times many months do not fit 32 bits.
    const word = Math.floor(bit / 32);
    const flag = 1 << (bit % 32);
    if (this.seen[word] & flag) return;
    this.seen[word] |= flag;
    this.customers[month]++;
  }
}

/**
 * Net revenue, distinct orders and distinct customers of each calendar month, from the first to the last month with a
 * line in use; months between without any stand with zeros. O(lines).
 */
export function monthFigures(
  lines: SaleLines,
  mask: Uint8Array,
  { customers, invoices }: Dictionaries,
): MonthFigures[] {
  const span = daySpan(lines, mask);
  if (span === null) return [];
  const firstMonth = monthOf(span.first);
  const months = monthOf(span.last) - firstMonth + 1;
  const revenue = new Float64Array(months);
  const counts = new MonthCounts(months, customers.length, invoices.length);
  const { seconds, customer, invoice, amount, length } = lines;
  let month = 0;
  let monthBegin = 0;
  let nextBegin = 0;
  for (let i = 0; i < length; ) {
    if (mask[i] === lineUse.out) {
      i++;
      continue;
    }
    // A run of lines of one invoice inside one month: lines come mostly so, and sums are touched once per run.
    const id = customer[i];
    const number = invoice[i];
    if (seconds[i] < monthBegin || seconds[i] >= nextBegin) {
      month = monthOf(dayOf(seconds[i])) - firstMonth;
      monthBegin = firstSecondOf(monthStart(month + firstMonth));
      nextBegin = firstSecondOf(monthStart(month + firstMonth + 1));
    }
    let money = 0;
    let sales = 0;
    do {
      if (mask[i] !== lineUse.out) money += amount[i];
      if (mask[i] === lineUse.sale) sales++;
      i++;
    } while (
      i < length &&
      invoice[i] === number &&
      customer[i] === id &&
      seconds[i] >= monthBegin &&
      seconds[i] < nextBegin
    );
    revenue[month] += money;
    if (sales === 0) continue;
    counts.addOrder(month, number, sales);
    if (id !== 0) counts.addCustomer(month, id);
  }
  return Array.from(revenue, (money, month) => ({
    month: monthText(firstMonth + month),
    revenue: money,
    orders: counts.orders[month],
    customers: counts.customers[month],
  }));
}
