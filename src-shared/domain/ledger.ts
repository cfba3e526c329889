import type { Day, Money, Share } from './base.ts';
import type { Filter } from './figures.ts';
import type { ForecastTotal, Frequency } from './forecasts.ts';

/** A change by hand of a published forecast, judged when actuals arrive. */
export interface ForecastAdjustment {
  id: number;
  madeAt: string;
  from: Day;
  to: Day;
  /** Added to the mean of each open period, as a share of it: 0.1 is 10 % more. */
  change: number;
  note: string;
  /** MAE without − MAE with it, over the scored periods it covers: above 0 it helped; null until one is scored. */
  gain: Money | null;
}

/** How a published forecast has done so far. */
export interface LedgerScore {
  /** Periods that are over, of all. */
  scored: number;
  actual: Money;
  forecast: Money;
  wape: Share | null;
  mape: Share | null;
  /** Forecast − actual, as a share of actual. */
  bias: Share | null;
  hits80: Share | null;
  hits95: Share | null;
  /** Seasonal naive on the same periods, frozen with the forecast. */
  naiveWape: Share | null;
  /** With the adjustments by hand; null without any. */
  adjustedWape: Share | null;
}

export interface PublishedForecast {
  id: number;
  name: string;
  /** ISO time. */
  publishedAt: string;
  filter: Filter;
  frequency: Frequency;
  horizon: number;
  model: string;
  modelName: string;
  from: Day;
  to: Day;
  total: ForecastTotal;
  score: LedgerScore;
  adjustments: ForecastAdjustment[];
}

export interface LedgerPoint {
  date: Day;
  mean: Money;
  low80: Money;
  high80: Money;
  low95: Money;
  high95: Money;
  naive: Money | null;
  /** With the adjustments; equals mean without. */
  adjusted: Money;
  /** null: not over yet. */
  actual: Money | null;
}

export interface LedgerEntry extends PublishedForecast {
  points: LedgerPoint[];
}

/** Own past accuracy over time: all scored periods of all published forecasts, by month of the forecast period. */
export interface LedgerHistory {
  entries: PublishedForecast[];
  months: {
    month: string;
    periods: number;
    wape: Share | null;
    naiveWape: Share | null;
    bias: Share | null;
    hits80: Share | null;
    hits95: Share | null;
  }[];
  all: LedgerScore;
}

/** A trained forecaster kept for later. */
export interface SavedModel {
  id: number;
  name: string;
  savedAt: string;
  filter: Filter;
  frequency: Frequency;
  horizon: number;
  model: string;
  modelName: string;
  members: { id: string; name: string; weight: Share }[];
  /** Periods and dates it learned from. */
  periods: number;
  firstDay: Day;
  lastDay: Day;
  mase: number | null;
  wape: Share | null;
  bytes: number;
  appVersion: string;
  /** The data have changed since it was trained. */
  stale: boolean;
}
