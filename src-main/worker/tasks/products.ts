/** Products bought together, best sellers per segment, and what a customer may buy next. */
import type { Output, Parsed } from '../../../src-shared/contract.ts';
import type { CustomerProfile, Filter, Note } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { bestSellers, type GroupProducts } from '../../engine/sales/best-sellers.ts';
import {
  BestPairs,
  comparePairs,
  countPairs,
  type MeasuredPair,
  measurePair,
  mostProductsOfOrder,
  ordersWithTwo,
  usualMinOrders,
} from '../../engine/sales/bought-together.ts';
import { lastSecondOf } from '../../engine/sales/customer-totals.ts';
import { lineUse } from '../../engine/sales/line-mask.ts';
import { nextProductsOf, type PartnerTable, partnerTable } from '../../engine/sales/next-products.ts';
import { type OrderBaskets, orderBaskets } from '../../engine/sales/order-baskets.ts';
import { filteredMask, requireSales, scoredCustomers, withoutSegments } from '../figures.ts';
import { type Job, quietJob } from '../job.ts';
import type { Session } from '../session.ts';

/** Below this many orders with two products every pair may be chance. */
const fewOrders = 100;

/** A tie below this is hardly worth an offer. */
const weakLift = 1.5;

const withoutProducts = ({ products: _products, ...filter }: Filter): Filter => filter;

/** The orders under a filter; its products narrow the pairs and never tear an order apart. */
function basketsOf(session: Session, filter: Filter): OrderBaskets {
  const whole = withoutProducts(filter);
  return session.remembered(`baskets ${JSON.stringify(whole)}`, () => {
    const { lines, dictionaries } = session.sales;
    const { productOf, codes } = session.catalogue;
    return orderBaskets(lines, filteredMask(session, whole), productOf, codes.length, dictionaries.invoices.length);
  });
}

/** Finds a product by its code, without regard to case. @throws AppError 'not-found' */
function productNamed({ catalogue }: Session, name: string): number {
  const exact = catalogue.codes.indexOf(name, 1);
  if (exact > 0) return exact;
  const low = name.trim().toLowerCase();
  const found = catalogue.codes.findIndex((code, id) => id > 0 && code.toLowerCase() === low);
  if (found > 0) return found;
  throw new AppError('not-found', `There is no product "${name}". Choose one of the list of products.`, {
    product: name,
  });
}

/** Which products a pair must have one of; null: any pair. */
function wantedProducts(session: Session, filter: Filter): Set<number> | null {
  if (!filter.products?.length) return null;
  const codes = new Set(filter.products);
  return new Set(session.catalogue.codes.flatMap((code, id) => (id > 0 && codes.has(code) ? [id] : [])));
}

interface PairCount {
  pairsFound: number;
  hugeOrders: number;
  /** Of all pairs found; 0 without any. */
  strongestLift: number;
  pairs: MeasuredPair[];
}

function choosePairs(
  session: Session,
  baskets: OrderBaskets,
  minOrders: number,
  { filter, product, sort, limit }: Parsed<'products.together'>,
  job: Job,
): PairCount {
  const first = product === null ? null : productNamed(session, product);
  const wanted = wantedProducts(session, filter);
  const best = new BestPairs(limit, comparePairs(sort, session.catalogue.codes));
  let pairsFound = 0;
  let strongestLift = 0;
  const hugeOrders = countPairs(
    baskets,
    minOrders,
    (pair) => {
      if (first !== null && pair.a !== first && pair.b !== first) return;
      if (wanted !== null && !wanted.has(pair.a) && !wanted.has(pair.b)) return;
      pairsFound++;
      const measured = measurePair(pair, baskets, first);
      strongestLift = Math.max(strongestLift, measured.lift);
      best.add(measured);
    },
    (done, total) => job.tick(done, total),
  );
  return { pairsFound, hugeOrders, strongestLift, pairs: best.list() };
}

function pairNotes(
  { nonProductLines }: OrderBaskets,
  { pairsFound, hugeOrders, strongestLift }: PairCount,
  orders: number,
  minOrders: number,
): Note[] {
  const notes: Note[] = [];
  const say = (code: string, level: Note['level'], params: Note['params'] = {}) => notes.push({ code, level, params });
  if (orders === 0) say('no-two-products', 'warning');
  else if (orders < fewOrders) say('few-common-orders', 'warning', { orders });
  if (orders > 0 && pairsFound === 0) say('no-pairs', 'warning', { minOrders });
  if (pairsFound > 0 && strongestLift < weakLift)
    say('weak-pairs', 'info', { lift: Math.round(strongestLift * 10) / 10 });
  if (hugeOrders > 0) say('huge-orders', 'info', { orders: hugeOrders, most: mostProductsOfOrder });
  if (nonProductLines > 0) say('no-goods-left-out', 'info', { lines: nonProductLines });
  return notes;
}

/**
 * Pairs of products bought in one order. An order is an invoice; a line without one is an order of its own.
 * @throws AppError 'no-data' without sales, 'not-found' for an unknown product
 */
export function together(
  session: Session,
  input: Parsed<'products.together'>,
  job: Job = quietJob,
): Output<'products.together'> {
  requireSales(session);
  const baskets = basketsOf(session, input.filter);
  if (baskets.orders === 0) {
    throw new AppError(
      'no-data',
      'No order with a product passes the filter and the cleaning rules. Widen the filter.',
    );
  }
  const minOrders = input.minOrders ?? usualMinOrders(baskets.orders);
  const orders = ordersWithTwo(baskets);
  const counted = choosePairs(session, baskets, minOrders, input, job);
  const { codes, descriptions } = session.catalogue;
  const named = (id: number) => ({ product: codes[id], description: descriptions[id] });
  return {
    orders,
    allOrders: baskets.orders,
    minOrders,
    pairsFound: counted.pairsFound,
    pairs: counted.pairs.map(({ a, b, ...measures }) => ({ a: named(a), b: named(b), ...measures })),
    notes: pairNotes(baskets, counted, orders, minOrders),
  };
}

/** Best sellers of each segment, all of one filter; remembered, since the profiles ask for them too. */
export function sellersOfSegments(session: Session, filter: Filter): GroupProducts[] {
  const whole = withoutSegments(filter);
  return session.remembered(`best sellers ${JSON.stringify(whole)}`, () => {
    const { lines, dictionaries } = session.sales;
    const { productOf, codes } = session.catalogue;
    const { totals, scores, asOf } = scoredCustomers(session, whole);
    const groupOf = new Int8Array(dictionaries.customers.length).fill(-1);
    for (let row = 0; row < totals.ids.length; row++) groupOf[totals.ids[row]] = scores.segment[row];
    const choice = { groupOf, groups: segmentIds.length, productOf, products: codes.length, codes };
    return bestSellers(lines, filteredMask(session, whole), { ...choice, lastSecond: lastSecondOf(asOf) }, mostSellers);
  });
}
/** The contract's highest limit. */
const mostSellers = 100;

/**
 * Best sellers of each segment, in the order of the segments; only the filter's segments where it names some, compared
 * with the customers of all segments all the same.
 * @throws AppError 'no-data'
 */
export function bySegment(
  session: Session,
  { filter, limit }: Parsed<'products.bySegment'>,
): Output<'products.bySegment'> {
  requireSales(session);
  const { codes, descriptions } = session.catalogue;
  const chosen = (index: number) => !filter.segments?.length || filter.segments.includes(segmentIds[index]);
  const sellers = sellersOfSegments(session, filter);
  return {
    segments: sellers.flatMap(({ customers, revenue, products }, index) => {
      if (!chosen(index)) return [];
      const named = products.slice(0, limit).map(({ product, ...figures }) => ({
        product: codes[product],
        description: descriptions[product],
        ...figures,
      }));
      return [{ segment: segmentIds[index], customers, revenue, products: named }];
    }),
  };
}

/** Partners of every product, from all orders of the shop: a customer's own filter would leave too few. */
function partners(session: Session): PartnerTable {
  return session.remembered('partner table', () => {
    const baskets = basketsOf(session, {});
    return partnerTable(baskets, usualMinOrders(baskets.orders));
  });
}

/**
 * Products that go with what a customer bought under the filter and that the customer has not bought, the most likely
 * first; none where nothing bought has a partner.
 * @param customerId dictionary id of the customer
 * @param limit how many at most
 */
export function nextProducts(
  session: Session,
  filter: Filter,
  customerId: number,
  limit: number,
): CustomerProfile['nextProducts'] {
  const { lines } = session.sales;
  const { productOf, codes, descriptions } = session.catalogue;
  const mask = filteredMask(session, filter);
  const bought = new Set<number>();
  for (let i = 0; i < lines.length; i++)
    if (lines.customer[i] === customerId && mask[i] === lineUse.sale) bought.add(productOf[lines.product[i]]);
  bought.delete(0);
  const nameOf = (id: number) => descriptions[id] || codes[id];
  return nextProductsOf(partners(session), Uint32Array.from(bought), limit).map(
    ({ product, because, confidence, lift }) => ({
      product: codes[product],
      description: descriptions[product],
      because: nameOf(because),
      confidence,
      lift,
    }),
  );
}
