import type { Day, Money, Note, Share } from './base.ts';

export type Frequency = 'day' | 'week' | 'month';

/** sold: at least one sale; zero: open, nothing sold; closed: not a trading day; missing: no data where some are due; partial: the period is not over. */
export type PeriodStatus = 'sold' | 'zero' | 'closed' | 'missing' | 'partial';

/** holiday: of the chosen country; promotion, special: marked by the user; closed: not a trading day. */
export type MarkKind = 'holiday' | 'promotion' | 'special' | 'closed';

/** A span of days that stands out; spans of one id are the same occasion in other years. */
export interface MarkedDays {
  id: string;
  name: string;
  kind: MarkKind;
  from: Day;
  to: Day;
}

/** A regular series of net revenue. */
export interface SalesSeries {
  frequency: Frequency;
  /** First day of each period. */
  dates: Day[];
  values: Money[];
  status: PeriodStatus[];
  /** Monday first. */
  openWeekdays: boolean[];
  /** Last day of data ("today" for the forecast). */
  lastDay: Day | null;
  /** Holidays, events and closures from the first day to a year after the last one. */
  marked: MarkedDays[];
  notes: Note[];
}

export interface ForecastPoint {
  date: Day;
  mean: Money;
  low80: Money;
  high80: Money;
  low95: Money;
  high95: Money;
  closed: boolean;
}

export interface ModelScore {
  id: string;
  name: string;
  /** null where the model could not be scored; `failure` says why. */
  mae: Money | null;
  rmse: Money | null;
  /** Mean absolute percentage error over open periods with sales, as a share. */
  mape: Share | null;
  /** Sum of absolute errors / sum of sales, as a share. */
  wape: Share | null;
  /** Mean absolute error / in-sample seasonal-naive error. */
  mase: number | null;
  failure: Note | null;
  chosen: boolean;
}

export interface ForecastTotal {
  mean: Money;
  low80: Money;
  high80: Money;
  low95: Money;
  high95: Money;
}

export interface LossCurve {
  model: string;
  training: number[];
  validation: number[];
  /** Epoch kept by early stopping, 1-based. */
  bestEpoch: number;
}

export interface ForecastResult {
  frequency: Frequency;
  horizon: number;
  /** Full history as the models saw it. */
  history: SalesSeries;
  points: ForecastPoint[];
  total: ForecastTotal;
  /** The first 30 periods (or all, when fewer): the total the plain sentence speaks about. */
  next: ForecastTotal & { periods: number };
  chosen: string;
  chosenName: string;
  /** How it was chosen: by backtest, by the user, or because history is too short for a choice. */
  chosenBy: 'backtest' | 'user' | 'short-history';
  board: ModelScore[];
  /** Origins used by the backtest and steps each. */
  backtest: {
    origins: Day[];
    steps: number;
    /** The chosen model's last-origin forecast beside what happened. */
    predicted: { date: Day; actual: Money; predicted: Money; low80: Money; high80: Money }[];
    /** Measured shares of held-out periods inside the bands; null where too few. */
    coverage80: Share | null;
    coverage95: Share | null;
  };
  /** 1 − MAE / MAE of seasonal naive; ≤ 0 means no better than last season. */
  skill: number | null;
  /** Words for MAPE: < 10 % excellent, < 20 good, < 30 fair, else poor. */
  word: 'excellent' | 'good' | 'fair' | 'poor' | null;
  loss: LossCurve[];
  engine: string;
  notes: Note[];
}

export interface ModelInfo {
  id: string;
  name: string;
  about: string;
  reference: string;
}
