import type { ValueBacktest } from '../../../../src-shared/domain.ts';
import { dayText } from '../../sales/sale-lines.ts';
import { aliveOf, type BuyingModel, chooseBuying, ordersIfAlive } from './ladder.ts';
import { usualGapOf, usualGaps } from './gaps.ts';
import {
  daysPerWeek,
  historySpan,
  type PurchaseHistory,
  purchasesBetween,
  type Snapshot,
  snapshot,
} from './purchase-history.ts';

/** The held-out part: the last quarter of the time, at least four weeks, at most a year. */
const held = { share: 0.25, least: 28, most: 365 };
/** The last class of the back-test is "this many repeat orders or more". */
const lastClass = 7;
/** "The same rate as before" of somebody who came a week ago says nothing; the rate counts over four weeks at least. */
const shortestPace = 4;
const fewestCustomers = 20;

/** An earlier day, the customers as they stood then, and the model that was fitted on them alone. */
export interface PastView {
  cutoff: number;
  snap: Snapshot;
  model: BuyingModel;
  /** Days after the cutoff that are known. */
  days: number;
}

/** Days held out of a history; null where too little is left to learn from. */
export function heldOutDays(history: PurchaseHistory): number | null {
  const span = historySpan(history);
  if (span === null) return null;
  const length = span.last - span.first + 1;
  const days = Math.min(held.most, Math.max(held.least, Math.round(length * held.share)));
  return length >= 3 * days ? days : null;
}

/**
 * The customers as they stood `periods` held-out parts before the end, and a model that has seen nothing later.
 * @param near the model of the whole history: where the fit starts, not what it learns from
 * @returns null where there were too few customers
 */
export function pastView(
  history: PurchaseHistory,
  days: number,
  periods: number,
  near: BuyingModel,
  tick: () => void,
): PastView | null {
  const span = historySpan(history);
  if (span === null) return null;
  const cutoff = span.last - days * periods;
  const snap = snapshot(history, cutoff, cutoff + 1);
  if (snap.rows.length < fewestCustomers) return null;
  return { cutoff, snap, days, model: chooseBuying(snap, tick, near).model };
}

/**
 * Orders predicted for a held-out part against the orders that came and "goes on at the same rate as before".
 * @param factor a customer is overdue after factor × the usual gap (only the simpler models look at it). O(n).
 */
export function backtest(history: PurchaseHistory, view: PastView, factor: number): ValueBacktest {
  const { snap, model, cutoff, days } = view;
  const gaps = usualGaps(history, snap);
  const t = days / daysPerWeek;
  const classes = Array.from({ length: lastClass + 1 }, (_, repeatOrders) => ({
    repeatOrders,
    orMore: repeatOrders === lastClass,
    customers: 0,
    predicted: 0,
    actual: 0,
    naive: 0,
  }));
  let error = 0;
  let naiveError = 0;
  snap.rows.forEach((row, i) => {
    const buyer = { x: snap.x[i], lastPurchaseAge: snap.lastPurchaseAge[i], T: snap.T[i] };
    const limit = (factor * usualGapOf(gaps, i)) / daysPerWeek;
    const predicted = aliveOf(model, buyer, limit) * ordersIfAlive(model, buyer, t);
    const naive = (buyer.x / Math.max(buyer.T, shortestPace)) * t;
    const actual = purchasesBetween(history, row, cutoff, cutoff + days);
    const own = classes[Math.min(lastClass, buyer.x)];
    own.customers++;
    own.predicted += predicted;
    own.actual += actual;
    own.naive += naive;
    error += Math.abs(predicted - actual);
    naiveError += Math.abs(naive - actual);
  });
  const total = (key: 'predicted' | 'actual' | 'naive') => classes.reduce((sum, one) => sum + one[key], 0);
  const customers = snap.rows.length;
  return {
    cutoff: dayText(cutoff),
    from: dayText(cutoff + 1),
    to: dayText(cutoff + days),
    customers,
    classes,
    mae: error / customers,
    naiveMae: naiveError / customers,
    totalPredicted: total('predicted'),
    totalActual: total('actual'),
    totalNaive: total('naive'),
  };
}
