/** Why a period was unusual, from its sale lines beside those of ordinary periods like it. */
import type { Anomaly } from '../../../src-shared/domain.ts';
import { mean } from '../numeric/statistics.ts';
import { median } from '../numeric/robust-regression.ts';
import type { PeriodSummary } from './period-lines.ts';

export type Reason = Anomaly['reasons'][number];
/** A reason and how much of the difference it makes. */
export interface WeighedReason {
  reason: Reason;
  weight: number;
}

export interface Names {
  customer(id: number): string;
  invoice(id: number): string;
  product(id: number): string;
}

/** One order, customer or product that makes half of the difference is said to make it. */
const mainShare = 0.5;
/** Returns and prices are said from a third of the difference on. */
const partShare = 1 / 3;
/** Number and size of orders are worth saying when they differ by a quarter. */
const leastChange = 0.25;
/** Who bought or gave back says more than how many orders there were, and is told first. */
const namedFirst = 1;
/** A cancelled order: the customer's cancellations reach nine tenths of it. */
const cancelledShare = 0.9;

const told = (weight: number, code: string, params: Reason['params']): WeighedReason => ({
  weight,
  reason: { code, params },
});

function largest<T>(map: Map<number, T>, of: (value: T, id: number) => number): { id: number; by: number } {
  let best = { id: 0, by: 0 };
  for (const [id, value] of map) {
    const by = of(value, id);
    if (by > best.by) best = { id, by };
  }
  return best;
}

/** One order, or else one customer, that makes most of the difference. */
function oneBuyer(now: PeriodSummary, usual: PeriodSummary[], change: number, names: Names): WeighedReason[] {
  if (change <= 0) return oneAbsent(now, usual, change, names);
  const order = largest(now.invoices, ({ money }) => money);
  const found = now.invoices.get(order.id);
  if (found && order.by >= mainShare * change) {
    const customer = found.customer === 0 ? null : names.customer(found.customer);
    const code = customer === null ? 'reason-one-order-unnamed' : 'reason-one-order';
    const reasons = [
      told(namedFirst + order.by / change, code, { orderMoney: order.by, customer, invoice: names.invoice(order.id) }),
    ];
    const cancelled = now.cancelled.get(found.customer) ?? 0;
    if (cancelled >= cancelledShare * order.by)
      reasons.push(
        told(namedFirst + order.by / change - 1e-6, 'reason-cancelled', { cancelledMoney: cancelled, customer }),
      );
    return reasons;
  }
  const usually = (id: number) => mean(usual.map(({ customers }) => customers.get(id) ?? 0));
  const customer = largest(now.customers, (money, id) => money - (usual.length > 0 ? usually(id) : 0));
  if (customer.by < mainShare * change) return [];
  const customerMoney = now.customers.get(customer.id) as number;
  return [
    told(namedFirst + customer.by / change, 'reason-one-customer', {
      customer: names.customer(customer.id),
      customerMoney,
    }),
  ];
}

/** A customer who buys in ordinary periods and did not come. */
function oneAbsent(now: PeriodSummary, usual: PeriodSummary[], change: number, names: Names): WeighedReason[] {
  if (usual.length === 0) return [];
  const usually = new Map<number, number>();
  for (const { customers } of usual)
    for (const [id, money] of customers) usually.set(id, (usually.get(id) ?? 0) + money / usual.length);
  const customer = largest(usually, (money, id) => money - (now.customers.get(id) ?? 0));
  if (customer.by < mainShare * -change) return [];
  const params = {
    customer: names.customer(customer.id),
    usualMoney: Math.round(usually.get(customer.id) as number),
    customerMoney: now.customers.get(customer.id) ?? 0,
  };
  return [told(namedFirst + customer.by / -change, 'reason-customer-less', params)];
}

function oneProduct(now: PeriodSummary, usual: PeriodSummary[], change: number, names: Names): WeighedReason[] {
  if (change <= 0 || usual.length === 0) return [];
  const usually = (id: number) => mean(usual.map(({ products }) => products.get(id)?.money ?? 0));
  const product = largest(now.products, ({ money }, id) => money - usually(id));
  if (product.by < mainShare * change) return [];
  const params = {
    product: names.product(product.id),
    productMoney: now.products.get(product.id)?.money ?? 0,
    usualMoney: Math.round(usually(product.id)),
  };
  return [told(namedFirst + product.by / change - 2e-6, 'reason-one-product', params)];
}

function returned(now: PeriodSummary, usual: PeriodSummary[], change: number, names: Names): WeighedReason[] {
  const usually = usual.length > 0 ? median(usual.map(({ returns }) => returns)) : 0;
  const more = now.returns - usually;
  if (change >= 0 || more < partShare * -change) return [];
  const customer = largest(now.cancelled, (money) => money);
  const one = customer.by >= mainShare * now.returns;
  const params = { returnsMoney: now.returns, usualMoney: Math.round(usually) };
  return [
    one
      ? told(namedFirst + more / -change, 'reason-returns-by', { ...params, customer: names.customer(customer.id) })
      : told(namedFirst + more / -change, 'reason-returns', params),
  ];
}

/** Number of orders, and money of an order, against their medians; each weighs its part of the change in logarithms. */
function orders(now: PeriodSummary, usual: PeriodSummary[], change: number, sayAverage: boolean): WeighedReason[] {
  const before = usual.filter((one) => one.orders > 0);
  if (before.length === 0 || now.orders === 0) return [];
  const count = median(before.map((one) => one.orders));
  const average = median(before.map((one) => one.sales / one.orders));
  const nowAverage = now.sales / now.orders;
  if (average <= 0 || nowAverage <= 0) return [];
  const byCount = Math.log(now.orders / count);
  const byAverage = Math.log(nowAverage / average);
  const whole = Math.abs(byCount) + Math.abs(byAverage);
  const isIt = (by: number) =>
    by * change > 0 && Math.abs(Math.expm1(by)) >= leastChange && Math.abs(by) >= partShare * whole;
  const way = change > 0 ? 'more' : 'less';
  const reasons: WeighedReason[] = [];
  if (isIt(byCount))
    reasons.push(told(Math.abs(byCount) / whole, `reason-orders-${way}`, { n: now.orders, usual: Math.round(count) }));
  if (sayAverage && isIt(byAverage)) {
    const params = { averageMoney: Math.round(nowAverage), usualMoney: Math.round(average) };
    reasons.push(told(Math.abs(byAverage) / whole, `reason-order-size-${way}`, params));
  }
  return reasons;
}

/** What the units sold would have brought at the prices of ordinary periods, for products sold in both. */
function prices(now: PeriodSummary, usual: PeriodSummary[], change: number): WeighedReason[] {
  const before = new Map<number, { units: number; sold: number }>();
  for (const { products } of usual) {
    for (const [id, { units, sold }] of products) {
      const found = before.get(id) ?? { units: 0, sold: 0 };
      before.set(id, { units: found.units + units, sold: found.sold + sold });
    }
  }
  let effect = 0;
  for (const [id, { units, sold }] of now.products) {
    const was = before.get(id);
    if (units > 0 && was && was.units > 0) effect += sold - (units * was.sold) / was.units;
  }
  if (effect * change <= 0 || Math.abs(effect) < partShare * Math.abs(change)) return [];
  return [
    told(Math.abs(effect / change), effect > 0 ? 'reason-prices-higher' : 'reason-prices-lower', {
      priceMoney: Math.round(Math.abs(effect)),
    }),
  ];
}

const clock = (seconds: number): string =>
  `${String(Math.floor(seconds / 3600)).padStart(2, '0')}:${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')}`;

/** Sales that begin late or end early, where the data know times: part of the day may be missing. */
function hours(now: PeriodSummary, usual: PeriodSummary[], change: number): WeighedReason[] {
  const times = usual.flatMap((one) => (one.hours ? [one.hours] : []));
  if (change >= 0 || now.hours === null || times.length < 3) return [];
  const first = median(times.map((one) => one.first));
  const last = median(times.map((one) => one.last));
  const limit = (last - first) * leastChange;
  if (limit <= 0 || (now.hours.last > last - limit && now.hours.first < first + limit)) return [];
  const params = {
    from: clock(now.hours.first),
    to: clock(now.hours.last),
    usualFrom: clock(first),
    usualTo: clock(last),
  };
  return [told(0.4, 'reason-hours', params)];
}

/**
 * Reasons in the lines of one period, each with its part of the difference between its net revenue and what was
 * expected; money in 1/10 000 currency unit.
 * @param usual ordinary periods like it: the same weekday in the weeks around, or the weeks or months around
 * @param change actual − expected
 * @param isDay the period is one day, so that times of day can be compared
 */
export function reasonsOf(
  now: PeriodSummary,
  usual: PeriodSummary[],
  change: number,
  names: Names,
  isDay: boolean,
): WeighedReason[] {
  const buyer = oneBuyer(now, usual, change, names);
  const order = buyer.some(({ reason }) => reason.code.startsWith('reason-one-order'));
  return [
    ...buyer,
    ...(order ? [] : oneProduct(now, usual, change, names)),
    ...returned(now, usual, change, names),
    ...orders(now, usual, change, !order),
    ...prices(now, usual, change),
    ...(isDay ? hours(now, usual, change) : []),
  ];
}
