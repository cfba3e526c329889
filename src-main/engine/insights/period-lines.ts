import { lineUse } from '../sales/line-mask.ts';
import { dayOf, epochSeconds, lineFlags, type SaleLines, secondsPerDay } from '../sales/sale-lines.ts';

/** Lines ordered by period, so that one period's are found without looking at the others. */
export interface PeriodLines {
  /** [periods + 1] where each period's lines begin in `lines`. */
  starts: Int32Array;
  /** Line numbers; lines that repeat an earlier import are left out. */
  lines: Int32Array;
}

/**
 * Sorts line numbers by period. Two passes over the lines.
 * @param firstDays [periods] first day of each period, ascending, days since 1970-01-01
 * @param end day after the last period
 */
export function linesByPeriod({ seconds, flags, length }: SaleLines, firstDays: Int32Array, end: number): PeriodLines {
  const [first, periods] = [firstDays[0], firstDays.length];
  const ofDay = new Int32Array(end - first);
  for (let k = 0; k < periods; k++)
    ofDay.fill(k, firstDays[k] - first, k + 1 < periods ? firstDays[k + 1] - first : undefined);
  const periodOf = (i: number): number => {
    const day = dayOf(seconds[i]) - first;
    return flags[i] & lineFlags.repeated || day < 0 || day >= ofDay.length ? -1 : ofDay[day];
  };
  const found = new Int32Array(length);
  const starts = new Int32Array(periods + 1);
  for (let i = 0; i < length; i++) {
    found[i] = periodOf(i);
    if (found[i] >= 0) starts[found[i] + 1]++;
  }
  for (let k = 0; k < periods; k++) starts[k + 1] += starts[k];
  const next = starts.slice();
  const lines = new Int32Array(starts[periods]);
  for (let i = 0; i < length; i++) if (found[i] >= 0) lines[next[found[i]]++] = i;
  return { starts, lines };
}

/** What one period's lines add up to; money in 1/10 000 currency unit. */
export interface PeriodSummary {
  /** Net revenue. */
  revenue: number;
  sales: number;
  /** Netted returns, 0 or more. */
  returns: number;
  orders: number;
  /** Sales of each invoice, net revenue of each customer and product, by dictionary id; id 0 (unknown) is left out. */
  invoices: Map<number, { money: number; customer: number }>;
  customers: Map<number, number>;
  products: Map<number, { money: number; units: number; sold: number }>;
  /** Cancellations of each customer, counted or not, 0 or more. */
  cancelled: Map<number, number>;
  /** First and last time of a sale, seconds of the day; null without one. */
  hours: { first: number; last: number } | null;
}

const emptySummary = (): PeriodSummary => ({
  revenue: 0,
  sales: 0,
  returns: 0,
  orders: 0,
  invoices: new Map(),
  customers: new Map(),
  products: new Map(),
  cancelled: new Map(),
  hours: null,
});

const grow = (map: Map<number, number>, id: number, by: number): void => {
  if (id !== 0) map.set(id, (map.get(id) ?? 0) + by);
};

function addSale(summary: PeriodSummary, lines: SaleLines, i: number): void {
  const { invoice, customer, amount, seconds } = lines;
  summary.sales += amount[i];
  if (invoice[i] === 0) summary.orders++;
  else {
    const found = summary.invoices.get(invoice[i]);
    if (found) found.money += amount[i];
    else summary.invoices.set(invoice[i], { money: amount[i], customer: customer[i] });
  }
  const time = (seconds[i] + epochSeconds) % secondsPerDay;
  summary.hours ??= { first: time, last: time };
  summary.hours.first = Math.min(summary.hours.first, time);
  summary.hours.last = Math.max(summary.hours.last, time);
}

/**
 * Adds up one period.
 * @param mask [lines] 0 out, 1 a sale, 2 a netted return
 * @param productOf [products] product of each dictionary entry
 */
export function summaryOf(
  lines: SaleLines,
  { starts, lines: order }: PeriodLines,
  period: number,
  mask: Uint8Array,
  productOf: Uint32Array | Int32Array,
): PeriodSummary {
  const summary = emptySummary();
  for (let k = starts[period]; k < starts[period + 1]; k++) {
    const i = order[k];
    const amount = lines.amount[i];
    if (lines.flags[i] & lineFlags.cancellation) grow(summary.cancelled, lines.customer[i], -amount);
    if (mask[i] === lineUse.out) continue;
    summary.revenue += amount;
    if (mask[i] === lineUse.sale) addSale(summary, lines, i);
    else summary.returns -= amount;
    grow(summary.customers, lines.customer[i], amount);
    const product = productOf[lines.product[i]];
    if (product === 0) continue;
    const found = summary.products.get(product) ?? { money: 0, units: 0, sold: 0 };
    summary.products.set(product, found);
    found.money += amount;
    if (mask[i] === lineUse.sale) {
      found.units += lines.quantity[i];
      found.sold += amount;
    }
  }
  summary.orders += summary.invoices.size;
  return summary;
}
