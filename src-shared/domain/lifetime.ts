import type { Day, Money, Note, Share } from './base.ts';
import type { SegmentId } from './customers.ts';

/** The ladder of lifetime value, best first; a step down is always said with its reason. */
export type ValueMethod = 'bg-nbd' | 'own-rate' | 'average';

export interface PurchaseFit {
  model: 'bg-nbd' | 'mbg-nbd';
  /** Time in weeks. */
  r: number;
  alpha: number;
  a: number;
  b: number;
  logLikelihood: number;
  converged: boolean;
  customers: number;
}

export interface SpendFit {
  p: number;
  q: number;
  /** In currency units. */
  gamma: number;
  logLikelihood: number;
  converged: boolean;
  /** Returning customers it was fitted on. */
  customers: number;
  /** Between number of orders and average order; the model assumes none. */
  correlation: number;
}

/** Predicted against actual orders of a held-out last part of the data. */
export interface ValueBacktest {
  /** Last day the model saw, and the days it was judged on. */
  cutoff: Day;
  from: Day;
  to: Day;
  customers: number;
  /** Customers by number of orders after their first, up to the cutoff; the last class is "or more". */
  classes: {
    repeatOrders: number;
    orMore: boolean;
    customers: number;
    predicted: number;
    actual: number;
    naive: number;
  }[];
  /** Mean absolute error in orders per customer. */
  mae: number;
  /** Of "goes on at the same rate as before". */
  naiveMae: number;
  totalPredicted: number;
  totalActual: number;
  totalNaive: number;
}

export interface ChurnCalibration {
  /** Chance of no purchase within factor × the customer's own usual gap: ten classes of predicted chance. */
  classes: { customers: number; predicted: Share; observed: Share }[];
  brier: number;
  /** Brier score of giving everybody the same chance. */
  baselineBrier: number;
  /** Of the model's own chances, before the correction. */
  plainBrier: number;
  /** logit(chance) = intercept + slope · logit(model's chance), made on an earlier part; null: the model's own chances are used. */
  recalibration: { intercept: number; slope: number } | null;
  cutoff: Day;
}

export interface LifetimeValue {
  asOf: Day;
  horizonDays: number;
  /** Yearly. */
  discountRate: Share;
  /** A customer is overdue after factor × the own usual gap. */
  factor: number;
  method: ValueMethod;
  purchaseFit: PurchaseFit | null;
  /** The other of BG/NBD and MBG/NBD on the same customers; MBG/NBD judges who bought once. */
  secondOpinion: (PurchaseFit & { expectedOrders: number }) | null;
  spendFit: SpendFit | null;
  customers: number;
  historic: Money;
  predicted: Money;
  expectedOrders: number;
  /** Sum of the probabilities of being alive. */
  aliveCustomers: number;
  overdueCustomers: number;
  /** Predicted value of overdue customers. */
  overdueValue: Money;
  /** Ten groups of customers by predicted value, the highest first. */
  deciles: { customers: number; predicted: Money; historic: Money }[];
  segments: {
    segment: SegmentId;
    customers: number;
    historic: Money;
    predicted: Money;
    averagePredicted: Money;
    /** Sums over the customers. */
    ifKept: Money;
    atStake: Money;
    meanAlive: Share;
    meanChurn: Share | null;
    overdue: number;
  }[];
  backtest: ValueBacktest | null;
  churn: ChurnCalibration | null;
  notes: Note[];
}

export interface ValueRow {
  customer: string;
  segment: SegmentId;
  frequency: number;
  lastDay: Day;
  /** Net revenue so far. */
  historic: Money;
  /** Discounted, within the horizon. */
  predicted: Money;
  /** What the customer would bring within the horizon if certain to be still buying; predicted weighs it with `alive`. */
  ifKept: Money;
  /** ifKept × churn: what staying away would cost. */
  atStake: Money;
  /** historic + predicted */
  total: Money;
  expectedOrders: number;
  expectedOrder: Money;
  alive: Share;
  /** Median gap between own purchase days; null below two gaps (then the shop's usual gap is used). */
  ownGapDays: number | null;
  usualGapDays: number;
  daysSince: number;
  /** Days beyond factor × the usual gap; null: not overdue. */
  overdueDays: number | null;
  /** Chance of no purchase within factor × the usual gap from now on. */
  churn: Share;
  /** Median and 10 %–90 % range of the next purchase given that one comes; null where none can be told. */
  next: { day: Day; from: Day; to: Day } | null;
}
export type ValueSort =
  | 'customer'
  | 'segment'
  | 'frequency'
  | 'lastDay'
  | 'historic'
  | 'predicted'
  | 'total'
  | 'expectedOrders'
  | 'alive'
  | 'overdueDays'
  | 'churn';

/** Everything about one customer on one page. */
export interface CustomerProfile {
  value: ValueRow;
  /** The segment at the end of each of the last twelve quarters, oldest first; null: not yet a customer. */
  path: { day: Day; segment: SegmentId | null }[];
  orders: { invoice: string; day: Day; revenue: Money; units: number; lines: number }[];
  /** What customers with the same products also buy, and this one has not. */
  nextProducts: { product: string; description: string; because: string; confidence: Share; lift: number }[];
  notes: Note[];
}
