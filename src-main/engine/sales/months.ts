import { monthOf, monthStart } from '../series/calendar.ts';
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

/** Line indexes in the order of their months (a counting sort), and where each month begins among them. */
function sortByMonth(lines: SaleLines, mask: Uint8Array, first: number, last: number) {
  const firstMonth = monthOf(first);
  const monthOfDay = Uint16Array.from({ length: last - first + 1 }, (_, i) => monthOf(first + i) - firstMonth);
  const months = monthOfDay[monthOfDay.length - 1] + 1;
  const starts = new Uint32Array(months + 1);
  const { seconds, length } = lines;
  for (let i = 0; i < length; i++) if (mask[i] !== lineUse.out) starts[monthOfDay[dayOf(seconds[i]) - first] + 1]++;
  for (let m = 0; m < months; m++) starts[m + 1] += starts[m];
  const next = starts.slice();
  const order = new Uint32Array(starts[months]);
  for (let i = 0; i < length; i++) {
    if (mask[i] !== lineUse.out) order[next[monthOfDay[dayOf(seconds[i]) - first]]++] = i;
  }
  return { firstMonth, months, starts, order };
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
  const { firstMonth, months, starts, order } = sortByMonth(lines, mask, span.first, span.last);
  // Stamped with the month (from 1) that met them last: one array serves all months.
  const customerSeen = new Uint16Array(customers.length);
  const invoiceSeen = new Uint16Array(invoices.length);
  return Array.from({ length: months }, (_, month) => {
    const figures: MonthFigures = { month: monthText(firstMonth + month), revenue: 0, orders: 0, customers: 0 };
    for (let at = starts[month]; at < starts[month + 1]; at++) {
      const i = order[at];
      figures.revenue += lines.amount[i];
      if (mask[i] !== lineUse.sale) continue;
      const invoice = lines.invoice[i];
      if (invoice === 0 || invoiceSeen[invoice] !== month + 1) figures.orders++;
      invoiceSeen[invoice] = month + 1;
      const customer = lines.customer[i];
      if (customer !== 0 && customerSeen[customer] !== month + 1) figures.customers++;
      customerSeen[customer] = month + 1;
    }
    return figures;
  });
}
