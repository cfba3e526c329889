/** The ladder of lifetime value: the full model where the data carry it, a simpler one with its reason where not. */
import type { Note, PurchaseFit, SpendFit } from '../../../../src-shared/domain.ts';
import { aliveProbability, expectedIfAlive, fitPurchases, type PurchaseParameters, type Purchases } from './bg-nbd.ts';
import { expectedSpend, fitSpending, type Spending } from './gamma-gamma.ts';

/** Floors below which a fit would be guesswork. */
const modelFloor = { customers: 100, repeatBuyers: 30 };
const ownRateFloor = { customers: 20, repeatBuyers: 5 };
const spendFloor = 30;
/** Units of log-likelihood by which MBG/NBD must explain the purchases better than BG/NBD to take its place. */
const clearlyBetter = 2;
/** A parameter beyond these says that the data do not speak about it. */
const sane = { least: 1e-4, most: 1e4 };
/** Correlation between orders and order value from which "spending does not depend on how often" is in doubt. */
const tiedSpending = 0.3;
/** Weight of the shop's average against own orders, in orders, where no model of spending could be fitted. */
const averageWeight = 3;

/**
 * How customers buy, as plain JSON. bg-nbd: the better of BG/NBD and MBG/NBD, and the other where it could be fitted;
 * who bought once is judged by MBG/NBD, since BG/NBD counts them as alive for ever. own-rate: r and α pull each
 * customer's own rate towards the shop's, nobody leaves; average: everybody buys at the shop's rate.
 */
export type BuyingModel =
  | { method: 'bg-nbd'; fit: PurchaseFit; other: PurchaseFit | null }
  | { method: 'own-rate' | 'average'; r: number; alpha: number };
export type SpendModel = { fit: SpendFit } | { fit: null; average: number };

export interface Buyer {
  x: number;
  lastPurchaseAge: number;
  T: number;
}

const warning = (code: string, params: Note['params'] = {}): Note => ({ code, params, level: 'warning' });

const isSane = ({ r, alpha, a, b }: PurchaseParameters): boolean =>
  [r, alpha, b].every((value) => value >= sane.least && value <= sane.most) && a <= sane.most;

function shopRate({ x, T }: Purchases): number {
  let bought = 0;
  let time = 0;
  for (let i = 0; i < x.length; i++) {
    bought += x[i];
    time += T[i];
  }
  return time > 0 ? bought / time : 0;
}

/** The rungs below the full model. A shop where nobody came back expects nobody: r = 0. */
export function simplerModel(purchases: Purchases, method: 'own-rate' | 'average'): BuyingModel {
  const rate = shopRate(purchases);
  return rate > 0 ? { method, r: 1, alpha: 1 / rate } : { method: 'average', r: 0, alpha: 1 };
}

interface Chosen {
  model: BuyingModel;
  notes: Note[];
}

/**
 * The highest rung of the ladder that the customers carry, with a note for each step down.
 * @param purchases [n] time in weeks
 * @param near the choice for nearly the same customers, from which the fits then start
 */
export function chooseBuying(
  purchases: Purchases,
  tick: () => void = () => {},
  near: BuyingModel | null = null,
): Chosen {
  const customers = purchases.x.length;
  const repeatBuyers = purchases.x.reduce((count, x) => count + (x > 0 ? 1 : 0), 0);
  const step = (method: 'own-rate' | 'average', note: Note): Chosen => {
    const model = simplerModel(purchases, method);
    const nobody = repeatBuyers === 0 ? [warning('value-nobody-came-back', { customers })] : [];
    return { model, notes: [note, ...nobody] };
  };
  if (customers < ownRateFloor.customers || repeatBuyers < ownRateFloor.repeatBuyers)
    return step('average', warning('value-average', { customers, repeatBuyers, ...needs(ownRateFloor) }));
  if (customers < modelFloor.customers || repeatBuyers < modelFloor.repeatBuyers)
    return step('own-rate', warning('value-own-rate', { customers, repeatBuyers, ...needs(modelFloor) }));
  const known = near?.method === 'bg-nbd' ? [near.fit, near.other] : [];
  const [bg, mbg] = (['bg-nbd', 'mbg-nbd'] as const)
    .map((id) =>
      fitPurchases(
        purchases,
        id,
        tick,
        known.find((one) => one?.model === id),
      ),
    )
    .map((fit) => (fit.converged && isSane(fit) ? fit : null));
  const better = bg && mbg && mbg.logLikelihood > bg.logLikelihood + clearlyBetter;
  const fit = better ? mbg : (bg ?? mbg);
  if (!fit) return step('own-rate', warning('value-fit-failed'));
  return { model: { method: 'bg-nbd', fit, other: fit === bg ? mbg : bg }, notes: [] };
}

const needs = (floor: typeof modelFloor) => ({ needCustomers: floor.customers, needRepeatBuyers: floor.repeatBuyers });

/**
 * How much customers spend per order.
 * @param spending returning customers with a mean repeat order above zero
 * @param average of all orders, in currency units
 */
export function chooseSpend(
  spending: Spending,
  average: number,
  tick: () => void = () => {},
): { model: SpendModel; notes: Note[] } {
  const simple: SpendModel = { fit: null, average: Math.max(0, average) };
  const customers = spending.x.length;
  if (customers < spendFloor)
    return { model: simple, notes: [warning('value-spend-average', { customers, need: spendFloor })] };
  const fit = fitSpending(spending, tick);
  // At q ≤ 1 the spending of a customer would have no mean.
  const usable = fit.converged && fit.q > 1.01;
  if (!usable) return { model: simple, notes: [warning('value-spend-failed')] };
  const tied = Math.abs(fit.correlation) > tiedSpending;
  return {
    model: { fit },
    notes: tied ? [warning('value-spend-tied', { correlation: Math.round(fit.correlation * 100) / 100 })] : [],
  };
}

/**
 * Expected value of a customer's next order, in the unit of the model.
 * @param orders so far, first one included  @param value mean of them; below zero counts as zero
 */
export function spendOf(model: SpendModel, orders: number, value: number): number {
  const own = Math.max(0, value);
  return model.fit === null
    ? (orders * own + averageWeight * model.average) / (orders + averageWeight)
    : expectedSpend(model.fit, orders, own);
}

const fitFor = ({ fit, other }: BuyingModel & { method: 'bg-nbd' }, { x }: Buyer): PurchaseFit =>
  x === 0 && other?.model === 'mbg-nbd' ? other : fit;

/** Gamma distribution of a customer's rate of buying: shape and rate, time in weeks. */
function pace(model: BuyingModel, buyer: Buyer): { shape: number; rate: number } {
  const { x, T } = buyer;
  if (model.method === 'bg-nbd') {
    const { r, alpha } = fitFor(model, buyer);
    return { shape: r + x, rate: alpha + T };
  }
  if (model.method === 'own-rate') return { shape: model.r + x, rate: model.alpha + T };
  return { shape: model.r, rate: model.alpha };
}

/**
 * Probability of still being a customer. Without the full model a rule of thumb: 1 until the customer is overdue, from
 * then on overdue limit / time since the last purchase; 0 where nobody ever came back, so that nobody is expected to.
 * @param limit weeks after which the customer is overdue
 */
export function aliveOf(model: BuyingModel, buyer: Buyer, limit: number): number {
  const { x, lastPurchaseAge, T } = buyer;
  if (model.method === 'bg-nbd') return aliveProbability(fitFor(model, buyer), x, lastPurchaseAge, T);
  if (model.r === 0) return 0;
  const since = T - lastPurchaseAge;
  return since <= limit ? 1 : limit / since;
}

/** Expected purchases in the next t weeks of a customer who is alive. */
export function ordersIfAlive(model: BuyingModel, buyer: Buyer, t: number): number {
  const { shape, rate } = pace(model, buyer);
  if (model.method !== 'bg-nbd') return (shape * t) / rate;
  const fit = fitFor(model, buyer);
  return expectedIfAlive(shape, rate, fit.a, fit.b + buyer.x + (fit.model === 'mbg-nbd' ? 1 : 0), t);
}

/**
 * Probability that a customer who is alive buys nothing in the next t weeks: nobody leaves before a purchase, so it is
 * that of a gamma-mixed Poisson process. Reference: Fader, Hardie & Lee 2005, section 3.
 */
export function silenceIfAlive(model: BuyingModel, buyer: Buyer, t: number): number {
  const { shape, rate } = pace(model, buyer);
  return Math.exp(-shape * Math.log1p(t / rate));
}

/** Probability of no purchase in the next t weeks, alive or not: eq. (8) at zero purchases after T. */
export const silence = (model: BuyingModel, buyer: Buyer, alive: number, t: number): number =>
  1 - alive * (1 - silenceIfAlive(model, buyer, t));

/**
 * Weeks until the next purchase of a customer who is alive and buys within the horizon: the p-quantile of the waiting
 * time 1 − (rate / (rate + w))^shape, cut off at the horizon.
 */
export function waitOf(model: BuyingModel, buyer: Buyer, horizon: number, p: number): number {
  const { shape, rate } = pace(model, buyer);
  const within = 1 - silenceIfAlive(model, buyer, horizon);
  return Math.min(horizon, rate * Math.expm1(-Math.log1p(-p * within) / shape));
}
