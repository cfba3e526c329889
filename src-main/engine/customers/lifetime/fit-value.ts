/** Everything of lifetime value that is learnt from the past: the models, and how well they would have done before. */
import type { LifetimeValue, Note, PurchaseFit } from '../../../../src-shared/domain.ts';
import { backtest, heldOutDays, pastView } from './backtest.ts';
import { calibrateChurn } from './churn.ts';
import { type BuyingModel, chooseBuying, chooseSpend, type SpendModel, simplerModel } from './ladder.ts';
import type { Spending } from './gamma-gamma.ts';
import { historySpan, type PurchaseHistory, type Snapshot, snapshot } from './purchase-history.ts';

const moneyUnit = 10_000;
/** With less history than this a rate of buying is mostly luck. */
const shortDays = 90;

/** What the values of customers are worked out from, as it stands in the answer. */
export interface FittedValue extends Pick<LifetimeValue, 'method' | 'purchaseFit' | 'spendFit' | 'churn'> {
  secondOpinion: PurchaseFit | null;
}

export interface ValueFits extends FittedValue {
  backtest: LifetimeValue['backtest'];
  notes: Note[];
}

/** Mean value of all purchase days of all customers, in currency units; returns counted. */
function averageOrder({ values }: PurchaseHistory): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length / moneyUnit;
}

/** Returning customers with a mean repeat order above zero. */
function repeatSpending({ start, values }: PurchaseHistory, snap: Snapshot): Spending {
  const x: number[] = [];
  const value: number[] = [];
  snap.rows.forEach((row, i) => {
    let sum = 0;
    for (let at = start[row] + 1; at < start[row + 1]; at++) sum += values[at];
    if (sum <= 0) return;
    x.push(snap.x[i]);
    value.push(sum / snap.x[i] / moneyUnit);
  });
  return { x: Float64Array.from(x), value: Float64Array.from(value) };
}

/** The two models again, from the stored answer and the same history. */
export function modelsOf(
  fitted: FittedValue,
  history: PurchaseHistory,
  snap: Snapshot,
): { buying: BuyingModel; spend: SpendModel } {
  const { method, purchaseFit, secondOpinion, spendFit } = fitted;
  return {
    buying:
      method === 'bg-nbd' && purchaseFit
        ? { method, fit: purchaseFit, other: secondOpinion }
        : simplerModel(snap, method === 'own-rate' ? method : 'average'),
    spend: spendFit ? { fit: spendFit } : { fit: null, average: Math.max(0, averageOrder(history)) },
  };
}

function pastNotes(past: LifetimeValue['backtest'], churn: LifetimeValue['churn'], history: PurchaseHistory): Note[] {
  const notes: Note[] = [];
  const span = historySpan(history);
  const days = span === null ? 0 : span.last - span.first + 1;
  if (days < shortDays)
    notes.push({ code: 'value-short-history', params: { days, need: shortDays }, level: 'warning' });
  if (past === null) notes.push({ code: 'value-no-backtest', params: { days }, level: 'warning' });
  else if (past.mae > past.naiveMae) {
    const params = { mae: Math.round(past.mae * 1000) / 1000, naiveMae: Math.round(past.naiveMae * 1000) / 1000 };
    notes.push({ code: 'value-naive-better', params, level: 'warning' });
  }
  if (churn?.recalibration) {
    const params = {
      before: Math.round(churn.plainBrier * 10_000) / 10_000,
      after: Math.round(churn.brier * 10_000) / 10_000,
    };
    notes.push({ code: 'churn-recalibrated', params, level: 'info' });
  }
  return notes;
}

/**
 * Fits the ladder's models on the whole history and judges them on its last quarter.
 * @param factor a customer is overdue after factor × the usual gap
 * @param tick called between the steps of the fits
 */
export function fitValue(history: PurchaseHistory, factor: number, tick: () => void = () => {}): ValueFits {
  const snap = snapshot(history, history.asOf, history.asOf);
  const buying = chooseBuying(snap, tick);
  const spend = chooseSpend(repeatSpending(history, snap), averageOrder(history), tick);
  const days = heldOutDays(history);
  const last = days === null ? null : pastView(history, days, 1, buying.model, tick);
  const earlier = days === null ? null : pastView(history, days, 2, buying.model, tick);
  const past = last && backtest(history, last, factor);
  const churn = last && calibrateChurn(history, last, earlier, factor, tick);
  return {
    method: buying.model.method,
    purchaseFit: buying.model.method === 'bg-nbd' ? buying.model.fit : null,
    secondOpinion: buying.model.method === 'bg-nbd' ? buying.model.other : null,
    spendFit: spend.model.fit,
    backtest: past,
    churn,
    notes: [...buying.notes, ...spend.notes, ...pastNotes(past, churn, history)],
  };
}
