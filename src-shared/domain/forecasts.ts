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
  /** Holidays, events and closures from the first day to beyond the longest forecast. */
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
  /** Mean of 2·|error| / (|actual| + |forecast|), 0..2. */
  smape: Share | null;
  /** Mean absolute error / in-sample seasonal-naive error. */
  mase: number | null;
  /** 1 − squared errors / squared deviations from the mean of the held-out periods; below 0: worse than that mean. */
  r2: number | null;
  /** Mean of forecast − actual: above 0 the model promises too much. */
  bias: Money | null;
  /** Shares of held-out periods inside the model's bands, each judged by the other origins' errors. */
  coverage80: Share | null;
  coverage95: Share | null;
  /** Time the backtest took on this machine; the one figure that differs from run to run. */
  seconds: number;
  failure: Note | null;
  chosen: boolean;
  /** Share in the combination; null: not a member. */
  weight: Share | null;
}

/** What a share of the forecast comes from: `trend` holds the level too, `recent` is what recent sales add to it. */
export type ForecastPartId = 'trend' | 'weekly' | 'yearly' | 'holidays' | 'events' | 'recent';

/** How much one input adds to each period of the forecast. */
export interface ForecastDriver {
  /** 'trend', 'weekday', 'lag-7', 'holiday:…', 'event:…' …; the marks of the history name holidays and events. */
  id: string;
  part: ForecastPartId;
  /** One a point; over all drivers they add up to the point's mean exactly. */
  values: Money[];
}

/** A week, a month or the whole horizon, with bands from the simulated paths. */
export interface PeriodTotal extends ForecastTotal {
  unit: 'week' | 'month' | 'horizon';
  from: Day;
  to: Day;
  /** Points inside. */
  periods: number;
  /** Every day of the week or month is inside the forecast. */
  whole: boolean;
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
  /** Weeks and months inside the forecast (of coarser steps than its own), from the same paths. */
  totals: PeriodTotal[];
  /** The total's distribution over the simulated paths: quantiles at 0.005, 0.010 … 0.995. */
  totalQuantiles: Money[];
  drivers: ForecastDriver[];
  /** 'combination' or the model's id. */
  chosen: string;
  chosenName: string;
  /** combination: the weighted mean of several models (the default); user: the user's model; short-history: too little to test. */
  chosenBy: 'combination' | 'user' | 'short-history';
  /** tested: enough history for every part; short: wide bands on purpose; thin: too little to test anything. */
  ladder: 'tested' | 'short' | 'thin';
  /** quick: classical models only, as a first answer; full: all models. */
  effort: 'quick' | 'full';
  /** What was mixed, and with which weight; one entry for a single model. */
  members: { id: string; name: string; weight: Share }[];
  /** The best single model of the backtest; null without one. */
  best: { id: string; name: string } | null;
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

export const partKinds = ['product', 'category', 'country', 'segment'] as const;
export type PartKind = (typeof partKinds)[number];

/** The forecast of one product, category, country or segment. */
export interface PartForecast {
  /** Product code, category, country or segment id; null: all that are not listed, as one. */
  id: string | null;
  /** Description of a product, else the id. */
  name: string;
  /** Revenue of the last periods, oldest first, for a sparkline: as many as the horizon, 12 at least, 90 at most. */
  recent: Money[];
  /** Mean of each period ahead; over all rows they add up to the total's exactly. */
  means: Money[];
  total: ForecastTotal;
  /** The same number of periods before the forecast; null where the history is shorter. */
  before: Money | null;
  /** The same periods a year earlier; null where the history is shorter. */
  lastYear: Money | null;
  /** How it was forecast, in the words of the catalogue: 'combined', 'seldom-sold', 'average', 'none'. */
  way: string;
  /** Weighted absolute percentage error of the backtest; null: not tested. */
  wape: Share | null;
}

export interface ForecastParts {
  by: PartKind;
  frequency: Frequency;
  horizon: number;
  dates: Day[];
  /** The total's own forecast, as the forecast page shows it. */
  total: ForecastTotal;
  /** Most revenue first; the last row holds the rest where there is one. */
  rows: PartForecast[];
  /** Parts there are in all. */
  count: number;
  notes: Note[];
}
