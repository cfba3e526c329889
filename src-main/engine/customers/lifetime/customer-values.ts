/** What the fitted models say about every customer. */
import { usualGapOf, usualGaps } from './gaps.ts';
import { recalibrated } from './churn.ts';
import { expectedPurchases } from './bg-nbd.ts';
import { type FittedValue, modelsOf } from './fit-value.ts';
import { aliveOf, type Buyer, type BuyingModel, ordersIfAlive, silence, spendOf, waitOf } from './ladder.ts';
import { daysPerWeek, type PurchaseHistory, type Snapshot, snapshot } from './purchase-history.ts';

const moneyUnit = 10_000;
const daysPerYear = 365.25;
const daysPerMonth = daysPerYear / 12;
/** Below this chance to buy within the horizon a date would be a guess. */
const leastChance = 0.05;
const rowsPerTick = 4096;

export interface ValueTerms {
  horizonDays: number;
  /** Yearly, 0..1. */
  discountRate: number;
  factor: number;
}

/** [n] each, in the order of the history; money in 1/10 000, times in days. */
export interface CustomerValues {
  ids: Uint32Array;
  expectedOrders: Float64Array;
  /** Discounted, whole 1/10 000. */
  predicted: Float64Array;
  /** The same of a customer who is certain to be alive. */
  ifKept: Float64Array;
  /** ifKept × churn, whole 1/10 000. */
  atStake: Float64Array;
  expectedOrder: Float64Array;
  alive: Float64Array;
  /** NaN below two gaps. */
  ownGap: Float64Array;
  usualGap: Float64Array;
  /** Days beyond factor × the usual gap; 0: not overdue. */
  overdue: Int32Array;
  churn: Float64Array;
  /** Days from "as of" to the next purchase: 10 %, 50 % and 90 % of them; NaN where none can be told. */
  next: [Float64Array, Float64Array, Float64Array];
  /** Returning customers whose value was lifted to that of a comparable one-time buyer. */
  lifted: number;
  /** By how much all of them together, 1/10 000. */
  liftedMoney: number;
  /** Customers with one purchase. */
  once: number;
  /** Whether anybody came back, so that gaps are known. */
  gapsKnown: boolean;
  /** Customers with more returned than bought. */
  returnedMore: number;
}

const buyerAt = (snap: Snapshot, i: number): Buyer => ({
  x: snap.x[i],
  lastPurchaseAge: snap.lastPurchaseAge[i],
  T: snap.T[i],
});

/** Orders within the horizon of a customer who is alive: all of them, and discounted from the middle of each month. */
interface Orders {
  count: number;
  discounted: number;
}

/** Customers with the same x and T expect the same while alive, so each pair is worked out once. */
function ordersTable(model: BuyingModel, { horizonDays, discountRate }: ValueTerms): (buyer: Buyer) => Orders {
  const known = new Map<number, Orders>();
  const ends: number[] = [];
  for (let end = daysPerMonth; end < horizonDays; end += daysPerMonth) ends.push(end);
  ends.push(horizonDays);
  const weights = ends.map((end, i) => (1 + discountRate) ** (-(end + (ends[i - 1] ?? 0)) / 2 / daysPerYear));
  return (buyer) => {
    // T is a whole number of days, and x less than a million of them.
    const key = Math.round(buyer.T * daysPerWeek) * 1_000_000 + buyer.x;
    const found = known.get(key);
    if (found) return found;
    let count = 0;
    let discounted = 0;
    ends.forEach((end, i) => {
      const upTo = ordersIfAlive(model, buyer, end / daysPerWeek);
      discounted += Math.max(0, upTo - count) * weights[i];
      count = Math.max(count, upTo);
    });
    const made = { count, discounted };
    known.set(key, made);
    return made;
  };
}

function emptyValues(ids: Uint32Array, gapsKnown: boolean): CustomerValues {
  const numbers = () => new Float64Array(ids.length);
  return {
    ids,
    expectedOrders: numbers(),
    predicted: numbers(),
    ifKept: numbers(),
    atStake: numbers(),
    expectedOrder: numbers(),
    alive: numbers(),
    ownGap: numbers(),
    usualGap: numbers(),
    overdue: new Int32Array(ids.length),
    churn: numbers(),
    next: [numbers().fill(Number.NaN), numbers().fill(Number.NaN), numbers().fill(Number.NaN)],
    lifted: 0,
    liftedMoney: 0,
    once: 0,
    gapsKnown,
    returnedMore: 0,
  };
}

/**
 * Value, chance of being alive, overdue days, chance of silence and next purchase of every customer.
 *
 * Any model of this family thinks less of two quick purchases and a long silence than of one purchase and the same
 * silence. An owner would not: a returning customer is never valued below a one-time buyer of the same age and order
 * value; `lifted` says how often that mattered.
 * @param fitted what was learnt from this history
 * @param tick called every few thousand customers
 * @returns in the order of the history. O(purchases + distinct (x, T) · orders expected).
 */
export function customerValues(
  history: PurchaseHistory,
  fitted: FittedValue,
  terms: ValueTerms,
  tick: (done: number, total: number) => void = () => {},
): CustomerValues {
  const snap = snapshot(history, history.asOf, history.asOf);
  const { buying, spend } = modelsOf(fitted, history, snap);
  const gaps = usualGaps(history, snap);
  const made = emptyValues(history.ids, gaps.known);
  const ordersOf = ordersTable(buying, terms);
  const correction = fitted.churn?.recalibration ?? null;
  const shopLimit = (terms.factor * gaps.shop) / daysPerWeek;
  for (let i = 0; i < snap.rows.length; i++) {
    if (i % rowsPerTick === 0) tick(i, snap.rows.length);
    const buyer = buyerAt(snap, i);
    const usual = usualGapOf(gaps, i);
    const limit = terms.factor * usual;
    const alive = aliveOf(buying, buyer, limit / daysPerWeek);
    const mean = meanOrder(history, i);
    if (mean < 0) made.returnedMore++;
    if (buyer.x === 0) made.once++;
    const orders = ordersOf(buyer);
    const once: Buyer = { x: 0, lastPurchaseAge: 0, T: buyer.T };
    const onceAlive = buyer.x > 0 ? aliveOf(buying, once, shopLimit) : 0;
    const spendPerOrder = spendOf(spend, buyer.x + 1, mean);
    const own = alive * orders.discounted * spendPerOrder;
    const floor = onceAlive * ordersOf(once).discounted * spendOf(spend, 1, mean);
    if (floor > own) made.lifted++;
    made.liftedMoney += Math.round(Math.max(0, floor - own) * moneyUnit);
    made.expectedOrders[i] = Math.max(alive * orders.count, onceAlive * ordersOf(once).count);
    made.predicted[i] = Math.round(Math.max(own, floor) * moneyUnit);
    made.expectedOrder[i] = Math.round(spendPerOrder * moneyUnit);
    made.alive[i] = alive;
    made.ownGap[i] = gaps.own[i];
    made.usualGap[i] = usual;
    const since = (buyer.T - buyer.lastPurchaseAge) * daysPerWeek;
    made.overdue[i] = gaps.known && since > limit + 1e-6 ? Math.max(1, Math.round(since - limit)) : 0;
    made.churn[i] = recalibrated(silence(buying, buyer, alive, limit / daysPerWeek), correction);
    // Never below the value itself, which a comparable one-time buyer may have lifted.
    made.ifKept[i] = Math.max(made.predicted[i], Math.round(orders.discounted * spendPerOrder * moneyUnit));
    made.atStake[i] = Math.round(made.ifKept[i] * made.churn[i]);
    nextPurchase(made, i, buying, buyer, terms.horizonDays);
  }
  return made;
}

/** Mean value of a customer's purchase days in currency units; below zero where more was returned than bought. */
function meanOrder({ start, values }: PurchaseHistory, row: number): number {
  let sum = 0;
  for (let at = start[row]; at < start[row + 1]; at++) sum += values[at];
  return sum / (start[row + 1] - start[row]) / moneyUnit;
}

function nextPurchase(made: CustomerValues, i: number, model: BuyingModel, buyer: Buyer, horizonDays: number): void {
  if (model.method === 'average') return;
  const weeks = horizonDays / daysPerWeek;
  if (1 - silence(model, buyer, made.alive[i], weeks) < leastChance) return;
  [0.1, 0.5, 0.9].forEach((p, k) => {
    made.next[k][i] = Math.round(waitOf(model, buyer, weeks, p) * daysPerWeek);
  });
}

/** Orders that another fit expects of each customer within the horizon; [n] in the order of the history. */
export function expectedOrdersOf(
  history: PurchaseHistory,
  fit: NonNullable<FittedValue['purchaseFit']>,
  horizonDays: number,
): Float64Array {
  const snap = snapshot(history, history.asOf, history.asOf);
  return Float64Array.from(snap.rows, (_, i) =>
    expectedPurchases(fit, snap.x[i], snap.lastPurchaseAge[i], snap.T[i], horizonDays / daysPerWeek),
  );
}
