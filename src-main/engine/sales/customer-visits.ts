import { lineUse } from './line-mask.ts';
import { OrderCounts } from './order-counts.ts';
import type { ProductCatalogue } from './products.ts';
import type { Dictionaries, SaleLines } from './sale-lines.ts';

/** What one period brought, apart for customers who are known and lines that name none. Money in 1/10 000. */
export interface PeriodVisits {
  /** Everything that counts: sales + returns + anonymous. */
  revenue: number;
  /** Sales of known customers before returns. */
  sales: number;
  /** Netted returns of known customers; zero or negative as a rule. */
  returns: number;
  /** Net of lines without a customer. */
  anonymous: number;
  /** Customers with a sale, their distinct invoices, and the units of those sales. */
  customers: number;
  visits: number;
  items: number;
  /** Lines that count. */
  lines: number;
  /** [customers] by dictionary id: net revenue, 1 with a sale, 1 with any line. */
  money: Float64Array;
  bought: Uint8Array;
  seen: Uint8Array;
  /** Net revenue by product of the catalogue and by country of the dictionary; 0 is "none known". */
  productMoney: Float64Array;
  countryMoney: Float64Array;
}

/**
 * Sums one period for the question why revenue differs. One pass over the lines.
 * @param firstSecond, lastSecond both included
 */
export function customerVisits(
  lines: SaleLines,
  mask: Uint8Array,
  { customers, invoices, countries }: Dictionaries,
  { productOf, codes }: ProductCatalogue,
  { firstSecond, lastSecond }: { firstSecond: number; lastSecond: number },
): PeriodVisits {
  const counts = new OrderCounts(customers.length, invoices.length);
  const money = new Float64Array(customers.length);
  const seen = new Uint8Array(customers.length);
  const productMoney = new Float64Array(codes.length);
  const countryMoney = new Float64Array(countries.length);
  const { seconds, customer, invoice, product, country, amount, quantity, length } = lines;
  let sales = 0;
  let items = 0;
  let used = 0;
  for (let i = 0; i < length; i++) {
    if (mask[i] === lineUse.out || seconds[i] < firstSecond || seconds[i] > lastSecond) continue;
    const id = customer[i];
    used++;
    money[id] += amount[i];
    seen[id] = 1;
    productMoney[productOf[product[i]]] += amount[i];
    countryMoney[country[i]] += amount[i];
    if (mask[i] !== lineUse.sale || id === 0) continue;
    sales += amount[i];
    items += quantity[i];
    counts.add(id, invoice[i], 1);
  }
  const bought = Uint8Array.from(counts.ofCustomer, (visits) => (visits > 0 ? 1 : 0));
  const known = sumFrom(money, 1);
  return {
    revenue: known + money[0],
    sales,
    returns: known - sales,
    anonymous: money[0],
    customers: sumFrom(bought, 1),
    visits: sumFrom(counts.ofCustomer, 1),
    items,
    lines: used,
    money,
    bought,
    seen,
    productMoney,
    countryMoney,
  };
}

function sumFrom(values: ArrayLike<number>, first: number): number {
  let sum = 0;
  for (let i = first; i < values.length; i++) sum += values[i];
  return sum;
}

/** [customers] by dictionary id: 1 where the customer had a sale before a moment. One pass. */
export function boughtBefore(
  { seconds, customer, length }: SaleLines,
  mask: Uint8Array,
  customers: number,
  second: number,
): Uint8Array {
  const bought = new Uint8Array(customers);
  for (let i = 0; i < length; i++) if (seconds[i] < second && mask[i] === lineUse.sale) bought[customer[i]] = 1;
  return bought;
}
