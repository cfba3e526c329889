import { createRng, type Rng } from '../numeric/rng.ts';
import { dayText, lineFlags } from '../sales/sale-lines.ts';
import { expectedSales, firstDay, isOpen, lastDay, promotionOn } from './calendar.ts';
import { type DemoCustomer, demoCustomers } from './customers.ts';
import { drawFrom, poisson } from './draws.ts';
import { type Market, marketOf, visitorOf } from './market.ts';
import { countries, dayNoise, postage, returns } from './parameters.ts';
import { type PlantedRow, plantedRows } from './planted.ts';
import { type DemoProduct, demoProducts, discounted } from './products.ts';

export interface DemoLine {
  invoice: string;
  code: string;
  description: string;
  category: string;
  quantity: number;
  /** In 1/10 000 currency unit; whole cents. */
  price: number;
  /** 'YYYY-MM-DD HH:MM:SS' */
  date: string;
  /** '' for a sale over the counter without a name. */
  customer: string;
  country: string;
  /** Bits of lineFlags that the import should find. */
  flags: number;
}

/** One row of the sales file: a good line, or one with a spoiled cell. */
export interface DemoRow {
  line: DemoLine;
  /** null: a good line. */
  spoiled: Extract<PlantedRow, { kind: 'spoiled' }> | null;
}

interface Order {
  minute: number;
  customer: DemoCustomer | null;
  country: string;
  lines: { product: DemoProduct; quantity: number; price: number }[];
}

/** A sold line on its way back. */
interface Return {
  line: DemoLine;
  quantity: number;
}

interface Shop {
  rng: Rng;
  products: DemoProduct[];
  customers: DemoCustomer[];
  /** One-time buyers who have not come yet, the next one last. */
  waiting: DemoCustomer[];
  due: Map<number, Return[]>;
  nextInvoice: number;
  market: Market;
  planted: Map<number, PlantedRow[]>;
}

const homeCountry = countries[0].name;
const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;

function drawBasket(shop: Shop, basket: { lines: number; quantity: number }, discount: number): Order['lines'] {
  const { rng, market } = shop;
  const count = 1 + poisson(basket.lines - 1, rng);
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(drawFrom(market.productSums, rng));
  return [...chosen].map((index) => {
    const product = shop.products[index];
    return { product, quantity: 1 + poisson(basket.quantity - 1, rng), price: discounted(product.price, discount) };
  });
}

/** The orders of an open day in the order of their minutes. Their number makes the day's expected sales come true. */
function drawOrders(shop: Shop, day: number): Order[] {
  const { rng, market } = shop;
  const discount = promotionOn(day)?.discount ?? 0;
  const luck = Math.exp(dayNoise * rng.normal() - dayNoise ** 2 / 2);
  const count = poisson((expectedSales(day) * luck) / market.expectedOrder(discount), rng);
  const orders = Array.from({ length: count }, (): Order => {
    const { customer, basket } = visitorOf(shop, day);
    // The mean of two draws: busy around half past one, quiet at opening and closing.
    const minute = 9 * 60 + Math.floor((540 * (rng.next() + rng.next())) / 2);
    return { minute, customer, country: customer?.country ?? homeCountry, lines: drawBasket(shop, basket, discount) };
  });
  return orders.sort((a, b) => a.minute - b.minute);
}

function linesOf(shop: Shop, order: Order, day: number): DemoLine[] {
  const { rng } = shop;
  const customer = order.customer?.id ?? '';
  const flags = customer === '' ? lineFlags.unknownCustomer : 0;
  const date = `${dayText(day)} ${timeOf(order.minute)}`;
  const shared = { invoice: String(shop.nextInvoice++), date, customer, country: order.country };
  const lines = order.lines.map(({ product, quantity, price }) => ({
    ...shared,
    code: product.code,
    description: product.description,
    category: product.category,
    quantity,
    price,
    flags,
  }));
  for (const line of lines) if (rng.next() < returns.share) sendBack(shop, line, day);
  if (order.country !== homeCountry || rng.next() < postage.homeShare) {
    const price = Math.round(postage.price * 10_000);
    lines.push({
      ...shared,
      code: postage.code,
      description: postage.description,
      category: '',
      quantity: 1,
      price,
      flags: flags | lineFlags.nonProduct,
    });
  }
  return lines;
}

/** Puts a line down to come back on a later open day; after the period nobody sees it. */
function sendBack(shop: Shop, line: DemoLine, day: number): void {
  const { rng, due } = shop;
  let back = day + returns.minDays + rng.below(returns.maxDays - returns.minDays + 1);
  while (!isOpen(back)) back++;
  due.set(back, [...(due.get(back) ?? []), { line, quantity: 1 + rng.below(line.quantity) }]);
}

function returnLines(shop: Shop, day: number): DemoLine[] {
  return (shop.due.get(day) ?? []).map(({ line, quantity }, i) => ({
    ...line,
    invoice: `C${shop.nextInvoice++}`,
    date: `${dayText(day)} ${timeOf(18 * 60 + (i % 30))}`,
    quantity: -quantity,
    flags: line.flags | lineFlags.cancellation,
  }));
}

function writeOff(shop: Shop, day: number): DemoLine {
  const product = shop.products[shop.rng.below(shop.products.length)];
  return {
    invoice: String(shop.nextInvoice++),
    code: product.code,
    description: 'Damaged in the shop',
    category: product.category,
    quantity: -1 - shop.rng.below(6),
    price: 0,
    date: `${dayText(day)} 18:45:00`,
    customer: '',
    country: homeCountry,
    flags: lineFlags.unknownCustomer | lineFlags.quantity | lineFlags.price,
  };
}

/** A free sample on the order of `line`: a product that is not on it yet. */
function sample(shop: Shop, line: DemoLine, rows: DemoRow[]): DemoLine {
  const taken = new Set(rows.filter((row) => row.line.invoice === line.invoice).map((row) => row.line.code));
  const product = shop.products.find(({ code }) => !taken.has(code)) ?? shop.products[0];
  const { code, description, category } = product;
  return {
    ...line,
    code,
    description,
    category,
    quantity: 1,
    price: 0,
    flags: (line.flags & lineFlags.unknownCustomer) | lineFlags.price,
  };
}

function plant(shop: Shop, rows: DemoRow[], row: PlantedRow, day: number): void {
  const { rng } = shop;
  if (row.kind === 'write-off') {
    rows.push({ line: writeOff(shop, day), spoiled: null });
    return;
  }
  const good = rows.flatMap(({ line, spoiled }, i) =>
    spoiled === null && (line.flags & ~lineFlags.unknownCustomer) === 0 ? [i] : [],
  );
  const at = good[rng.below(good.length)];
  const { line } = rows[at];
  const added: DemoRow =
    row.kind === 'spoiled'
      ? { line, spoiled: row }
      : {
          line: row.kind === 'sample' ? sample(shop, line, rows) : { ...line, flags: line.flags | lineFlags.identical },
          spoiled: null,
        };
  rows.splice(at + 1, 0, added);
}

function rowsOf(shop: Shop, day: number): DemoRow[] {
  shop.market = marketOf(shop, day);
  const lines = drawOrders(shop, day).flatMap((order) => linesOf(shop, order, day));
  const rows: DemoRow[] = [...lines, ...returnLines(shop, day)].map((line) => ({ line, spoiled: null }));
  for (const row of shop.planted.get(day) ?? []) plant(shop, rows, row, day);
  return rows;
}

/**
 * The sales file of the demo company, row by row in the order of time.
 * @param seed whole number ≥ 0; the same seed gives the same rows on every machine
 */
export function* demoSales(seed: number): Generator<DemoRow> {
  const rng = createRng(seed * 8 + 4);
  const customers = demoCustomers(seed);
  const products = demoProducts(seed);
  const waiting = customers.filter(({ type }) => type === 'one-time').reverse();
  const base = { rng, products, customers, waiting, due: new Map<number, Return[]>(), nextInvoice: 100_001 };
  const shop: Shop = { ...base, market: marketOf(base, firstDay), planted: plantedRows(seed) };
  for (let day = firstDay; day <= lastDay; day++) if (isOpen(day)) yield* rowsOf(shop, day);
}
