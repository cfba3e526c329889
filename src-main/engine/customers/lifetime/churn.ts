import type { ChurnCalibration } from '../../../../src-shared/domain.ts';
import { minimise } from '../../numeric/minimise.ts';
import { dayText } from '../../sales/sale-lines.ts';
import type { PastView } from './backtest.ts';
import { aliveOf, silence } from './ladder.ts';
import { usualGapOf, usualGaps } from './gaps.ts';
import { daysPerWeek, type PurchaseHistory, purchasesBetween } from './purchase-history.ts';

const classCount = 10;
const fewestCustomers = 100;
/** A correction must lower the Brier score by at least this share on customers it was not made with. */
const worthwhile = 0.005;
const furthest = 1e-6;

export type Recalibration = NonNullable<ChurnCalibration['recalibration']>;

/** Predicted chances of no purchase, and 1 where none came; both [n]. */
interface Outcomes {
  predicted: Float64Array;
  silent: Uint8Array;
}

const logit = (p: number): number => {
  const inside = Math.min(1 - furthest, Math.max(furthest, p));
  return Math.log(inside / (1 - inside));
};

/** A chance moved by the correction; the order of customers stays. */
export const recalibrated = (p: number, by: Recalibration | null): number =>
  by === null ? p : 1 / (1 + Math.exp(-(by.intercept + by.slope * logit(p))));

/** What the model of an earlier day said about each customer's own window, and what came of it. The window is cut at the end of what is known. */
function outcomesOf(history: PurchaseHistory, view: PastView, factor: number): Outcomes {
  const { snap, model, cutoff, days } = view;
  const gaps = usualGaps(history, snap);
  const predicted = new Float64Array(snap.rows.length);
  const silent = new Uint8Array(snap.rows.length);
  snap.rows.forEach((row, i) => {
    const buyer = { x: snap.x[i], lastPurchaseAge: snap.lastPurchaseAge[i], T: snap.T[i] };
    const limit = factor * usualGapOf(gaps, i);
    const window = Math.max(1, Math.min(days, Math.round(limit)));
    const alive = aliveOf(model, buyer, limit / daysPerWeek);
    predicted[i] = silence(model, buyer, alive, window / daysPerWeek);
    silent[i] = purchasesBetween(history, row, cutoff, cutoff + window) === 0 ? 1 : 0;
  });
  return { predicted, silent };
}

const brierOf = ({ predicted, silent }: Outcomes): number =>
  predicted.reduce((sum, p, i) => sum + (p - silent[i]) ** 2, 0) / predicted.length;

/**
 * Logistic correction of predicted chances, by maximum likelihood; drawn a little to "no change".
 * Reference: Platt 1999, Advances in Large Margin Classifiers, eq. (1), on the logit of the prediction.
 */
function fitCorrection({ predicted, silent }: Outcomes, tick: () => void): Recalibration {
  const at = predicted.map(logit);
  const n = at.length;
  const found = minimise(
    ([intercept, slope]) => {
      let value = (intercept ** 2 + (slope - 1) ** 2) / n;
      const gradient = Float64Array.of((2 * intercept) / n, (2 * (slope - 1)) / n);
      for (let i = 0; i < n; i++) {
        const z = intercept + slope * at[i];
        const p = 1 / (1 + Math.exp(-z));
        value += (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - silent[i] * z) / n;
        gradient[0] += (p - silent[i]) / n;
        gradient[1] += ((p - silent[i]) * at[i]) / n;
      }
      return { value, gradient };
    },
    [[0, 1]],
    tick,
  );
  return { intercept: found.x[0], slope: found.x[1] };
}

/** Ten groups of as equal size as can be, by predicted chance. */
function classesOf({ predicted, silent }: Outcomes): ChurnCalibration['classes'] {
  const order = Uint32Array.from(predicted.keys()).sort((i, j) => predicted[i] - predicted[j] || i - j);
  return Array.from({ length: classCount }, (_, k) => {
    const own = order.subarray(
      Math.round((k * order.length) / classCount),
      Math.round(((k + 1) * order.length) / classCount),
    );
    const mean = (value: (i: number) => number) => own.reduce((sum, i) => sum + value(i), 0) / own.length;
    return { customers: own.length, predicted: mean((i) => predicted[i]), observed: mean((i) => silent[i]) };
  });
}

/**
 * Sets the predicted chance of no purchase beside what happened in a held-out part. A correction is made on an earlier
 * part and kept only where it predicts this one better.
 * @param last the model as of the start of the last part  @param earlier of the part before; null: no correction is tried
 * @returns null below 100 customers
 * Reference: Brier 1950, Monthly Weather Review 78(1).
 */
export function calibrateChurn(
  history: PurchaseHistory,
  last: PastView,
  earlier: PastView | null,
  factor: number,
  tick: () => void = () => {},
): ChurnCalibration | null {
  if (last.snap.rows.length < fewestCustomers) return null;
  const plain = outcomesOf(history, last, factor);
  const usable = earlier !== null && earlier.snap.rows.length >= fewestCustomers;
  const correction = usable ? fitCorrection(outcomesOf(history, earlier, factor), tick) : null;
  const corrected: Outcomes = { ...plain, predicted: plain.predicted.map((p) => recalibrated(p, correction)) };
  const before = brierOf(plain);
  // A slope at or below zero would turn the order of the customers round.
  const better = correction !== null && correction.slope > 0 && brierOf(corrected) < before * (1 - worthwhile);
  const judged = better ? corrected : plain;
  const share = plain.silent.reduce((sum, one) => sum + one, 0) / plain.silent.length;
  return {
    classes: classesOf(judged),
    brier: brierOf(judged),
    baselineBrier: share * (1 - share),
    plainBrier: before,
    recalibration: better ? correction : null,
    cutoff: dayText(last.cutoff),
  };
}
