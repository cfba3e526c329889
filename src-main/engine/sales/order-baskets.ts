/** Orders as sets of products: what stood together on one invoice. */
import { lineUse } from './line-mask.ts';
import { lineFlags, type SaleLines } from './sale-lines.ts';

/**
 * Orders with at least one product, each with its distinct products in ascending order. Order o holds
 * products[starts[o]] … products[starts[o + 1] − 1].
 */
export interface OrderBaskets {
  /** Number of orders. */
  orders: number;
  /** [orders + 1] */
  starts: Uint32Array;
  /** Product ids of the catalogue. */
  products: Uint32Array;
  /** [products of the catalogue] orders with the product. */
  ordersOf: Uint32Array;
  /** Sale lines left out because they are no goods (postage, fees). */
  nonProductLines: number;
}

/** @returns starts of rows from their sizes, which stand one place further on */
function runningSum(sizes: Uint32Array): Uint32Array {
  for (let i = 1; i < sizes.length; i++) sizes[i] += sizes[i - 1];
  return sizes;
}

/** Number of each line's order, −1 for a line that is no sale of goods. Lines without an invoice are orders of their own. */
function numberOrders(lines: SaleLines, mask: Uint8Array, productOf: Uint32Array, invoices: number) {
  const { invoice, product, flags, length } = lines;
  const orderOf = new Int32Array(length).fill(-1);
  const known = new Int32Array(invoices).fill(-1);
  let orders = 0;
  let nonProductLines = 0;
  for (let i = 0; i < length; i++) {
    if (mask[i] !== lineUse.sale || productOf[product[i]] === 0) continue;
    if ((flags[i] & lineFlags.nonProduct) !== 0) {
      nonProductLines++;
      continue;
    }
    const number = invoice[i];
    if (number === 0) {
      orderOf[i] = orders++;
      continue;
    }
    if (known[number] < 0) known[number] = orders++;
    orderOf[i] = known[number];
  }
  return { orderOf, orders, nonProductLines };
}

/**
 * The orders of the sale lines: returns and lines that are no goods stand in none.
 * @param productOf [entries] dictionary entry → product of the catalogue, 0 for none
 * @param products size of the catalogue
 * @param invoices size of the dictionary of invoices
 * @returns baskets without repetitions. O(lines), about 12 bytes a line.
 */
export function orderBaskets(
  lines: SaleLines,
  mask: Uint8Array,
  productOf: Uint32Array,
  products: number,
  invoices: number,
): OrderBaskets {
  const { orderOf, orders, nonProductLines } = numberOrders(lines, mask, productOf, invoices);
  const { product, length } = lines;
  // By product first, then back by order: the second turn leaves every order's products ascending.
  const productStarts = new Uint32Array(products + 1);
  for (let i = 0; i < length; i++) if (orderOf[i] >= 0) productStarts[productOf[product[i]] + 1]++;
  runningSum(productStarts);
  const next = productStarts.slice();
  const postings = new Uint32Array(productStarts[products]);
  for (let i = 0; i < length; i++) if (orderOf[i] >= 0) postings[next[productOf[product[i]]]++] = orderOf[i];

  const ordersOf = new Uint32Array(products);
  const starts = new Uint32Array(orders + 1);
  const seenBy = new Uint32Array(orders);
  for (let p = 1; p < products; p++) {
    for (let at = productStarts[p]; at < productStarts[p + 1]; at++) {
      const order = postings[at];
      if (seenBy[order] === p) continue;
      seenBy[order] = p;
      ordersOf[p]++;
      starts[order + 1]++;
    }
  }
  runningSum(starts);
  const baskets = new Uint32Array(starts[orders]);
  const place = starts.slice();
  seenBy.fill(0);
  for (let p = 1; p < products; p++) {
    for (let at = productStarts[p]; at < productStarts[p + 1]; at++) {
      const order = postings[at];
      if (seenBy[order] === p) continue;
      seenBy[order] = p;
      baskets[place[order]++] = p;
    }
  }
  return { orders, starts, products: baskets, ordersOf, nonProductLines };
}
