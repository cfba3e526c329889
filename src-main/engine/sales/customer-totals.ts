import { lineUse } from './line-mask.ts';
import { OrderCounts } from './order-counts.ts';
import { type Dictionaries, dayOf, epochSeconds, type SaleLines, secondsPerDay } from './sale-lines.ts';

/** One entry per customer with at least one sale; all arrays have the same length, customers in dictionary order. */
export interface CustomerTotals {
  /** Dictionary ids. */
  ids: Uint32Array;
  /** Calendar days from the last sale to the "as of" day; netted returns are no visit. */
  recencyDays: Int32Array;
  /** Distinct invoices with a sale. */
  frequency: Int32Array;
  /** Net revenue, 1/10 000 currency units. */
  monetary: Float64Array;
  /** Days of the first and last sale since 1970-01-01. */
  firstDay: Int32Array;
  lastDay: Int32Array;
  /** Net of returned units. */
  units: Float64Array;
  /** Sale lines. */
  lines: Int32Array;
}

interface Sums {
  monetary: Float64Array;
  units: Float64Array;
  lines: Int32Array;
  first: Int32Array;
  last: Int32Array;
  orders: OrderCounts;
}

function sumUp(lines: SaleLines, mask: Uint8Array, dictionaries: Dictionaries, lastSecond: number): Sums {
  const size = dictionaries.customers.length;
  const sums: Sums = {
    monetary: new Float64Array(size),
    units: new Float64Array(size),
    lines: new Int32Array(size),
    first: new Int32Array(size).fill(2 ** 31 - 1),
    last: new Int32Array(size).fill(-(2 ** 31)),
    orders: new OrderCounts(size, dictionaries.invoices.length),
  };
  const { seconds, customer, invoice, amount, quantity, length } = lines;
  const { first, last } = sums;
  // Lines of one invoice nearly always stand together: the customer's sums are touched once per run of them.
  for (let i = 0; i < length; ) {
    const id = customer[i];
    const number = invoice[i];
    let money = 0;
    let count = 0;
    let sales = 0;
    let earliest = 2 ** 31 - 1;
    let latest = -(2 ** 31);
    do {
      const use = mask[i];
      const moment = seconds[i];
      if (use !== lineUse.out && moment <= lastSecond) {
        money += amount[i];
        count += quantity[i];
        if (use === lineUse.sale) {
          sales++;
          if (moment < earliest) earliest = moment;
          if (moment > latest) latest = moment;
        }
      }
      i++;
    } while (i < length && invoice[i] === number && customer[i] === id);
    sums.monetary[id] += money;
    sums.units[id] += count;
    sums.lines[id] += sales;
    if (sales === 0) continue;
    if (earliest < first[id]) first[id] = earliest;
    if (latest > last[id]) last[id] = latest;
    sums.orders.add(id, number, sales);
  }
  return sums;
}

/**
 * Country of most lines of each customer, whatever rules and filters say of them; the lower id among equals, 0 without.
 * @returns [customers] by dictionary id. Few customers have more than one country, so only those need a count of each.
 */
export function mainCountries(lines: SaleLines, customers: number): Uint16Array {
  const first = new Uint16Array(customers);
  const counts = new Map<number, Map<number, number>>();
  const firstCount = new Int32Array(customers);
  const { customer, country } = lines;
  for (let i = 0; i < lines.length; i++) {
    const id = customer[i];
    const land = country[i];
    if (id === 0 || land === 0) continue;
    if (first[id] === 0) first[id] = land;
    if (first[id] === land) {
      firstCount[id]++;
      continue;
    }
    const others = counts.get(id) ?? new Map<number, number>();
    others.set(land, (others.get(land) ?? 0) + 1);
    counts.set(id, others);
  }
  for (const [id, others] of counts) {
    let best = first[id];
    let most = firstCount[id];
    for (const [land, count] of others) {
      if (count > most || (count === most && land < best)) {
        best = land;
        most = count;
      }
    }
    first[id] = best;
  }
  return first;
}

/** Last wall-clock second of a day given in days since 1970-01-01, kept inside 32 bits. */
export const lastSecondOf = (day: number): number =>
  Math.min(2 ** 31 - 1, (day + 1) * secondsPerDay - epochSeconds - 1);

/** First wall-clock second of a day given in days since 1970-01-01, kept inside 32 bits. */
export const firstSecondOf = (day: number): number => Math.max(-(2 ** 31), day * secondsPerDay - epochSeconds);

/**
 * Recency, frequency, monetary and their like for every customer with a sale up to the "as of" day.
 * @param asOfDay days since 1970-01-01; later lines do not count
 */
export function customerTotals(
  lines: SaleLines,
  mask: Uint8Array,
  dictionaries: Dictionaries,
  asOfDay: number,
): CustomerTotals {
  const lastSecond = lastSecondOf(asOfDay);
  const sums = sumUp(lines, mask, dictionaries, lastSecond);
  const frequency = sums.orders.ofCustomer;
  const found: number[] = [];
  for (let id = 1; id < frequency.length; id++) if (frequency[id] > 0) found.push(id);
  return {
    ids: Uint32Array.from(found),
    recencyDays: Int32Array.from(found, (id) => asOfDay - dayOf(sums.last[id])),
    frequency: Int32Array.from(found, (id) => frequency[id]),
    monetary: Float64Array.from(found, (id) => sums.monetary[id]),
    firstDay: Int32Array.from(found, (id) => dayOf(sums.first[id])),
    lastDay: Int32Array.from(found, (id) => dayOf(sums.last[id])),
    units: Float64Array.from(found, (id) => sums.units[id]),
    lines: Int32Array.from(found, (id) => sums.lines[id]),
  };
}

/** The same arrays for some of the customers only. */
export function narrowTotals(totals: CustomerTotals, rows: Uint32Array): CustomerTotals {
  const pick = <T extends Uint32Array | Int32Array | Float64Array>(values: T): T => {
    const picked = new (values.constructor as new (length: number) => T)(rows.length);
    for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]];
    return picked;
  };
  return Object.fromEntries(
    Object.entries(totals).map(([name, values]) => [name, pick(values as Float64Array)]),
  ) as unknown as CustomerTotals;
}

/**
 * Distinct products (codes) of each customer's sales.
 * @param productOf [entries] dictionary entry → product
 * @returns [customers] by dictionary id. O(lines).
 */
export function distinctProducts(
  lines: SaleLines,
  mask: Uint8Array,
  customers: number,
  productOf: Uint32Array,
  lastSecond: number,
): Int32Array {
  const starts = new Uint32Array(customers + 1);
  const counted = (i: number) =>
    mask[i] === lineUse.sale && lines.customer[i] !== 0 && lines.product[i] !== 0 && lines.seconds[i] <= lastSecond;
  for (let i = 0; i < lines.length; i++) if (counted(i)) starts[lines.customer[i] + 1]++;
  for (let id = 0; id < customers; id++) starts[id + 1] += starts[id];
  const next = starts.slice();
  const products = new Uint32Array(starts[customers]);
  for (let i = 0; i < lines.length; i++)
    if (counted(i)) products[next[lines.customer[i]]++] = productOf[lines.product[i]];
  const seenBy = new Uint32Array(productOf.length);
  const distinct = new Int32Array(customers);
  for (let id = 1; id < customers; id++) {
    for (let at = starts[id]; at < starts[id + 1]; at++) {
      if (seenBy[products[at]] !== id) distinct[id]++;
      seenBy[products[at]] = id;
    }
  }
  return distinct;
}
