import type { ForecastResult, LossCurve, ModelScore, SalesSeries } from '../../../src-shared/domain.ts';
import type { Fitted } from './model.ts';

export interface ForecastSettings {
  /** Periods ahead, 1–365. */
  horizon: number;
  /** 'auto': the weighted combination; else a model of the registry. */
  model: string;
  seed: number;
  /** First day of the forecast; null: the period after the data. */
  start: string | null;
  /** quick: classical models only. */
  effort: 'quick' | 'full';
}

/** Held-out periods of one origin, as plain JSON. */
export interface StoredTrial {
  origin: number;
  actual: number[];
  predicted: number[];
  known: number[];
  naiveError: number;
}

/**
 * All that a forecast needs, as plain JSON: stored, moved to another laptop and asked again it answers the same
 * numbers without any training.
 */
export interface TrainedForecaster {
  version: 1;
  settings: ForecastSettings;
  /** What it learned from. */
  series: SalesSeries;
  /** Yearly profile taken out of the members that want it. */
  yearly: boolean;
  /** Share of the forecast that is what the same periods sold a year before, 0..1 (see last-year.ts). */
  lastYear: number;
  members: { id: string; name: string; weight: number; fitted: Fitted }[];
  /** Held-out periods beside the forecasts of the members' mixture, or of the single model, before level-correction.ts. */
  trials: StoredTrial[];
  /** The same periods as the forecast is judged by (see judgedTrials); forecasters stored before 2026-12 have none. */
  judged?: StoredTrial[];
  /** Held-out periods of a trial at most. */
  steps: number;
  board: ModelScore[];
  chosen: string;
  chosenName: string;
  chosenBy: ForecastResult['chosenBy'];
  best: ForecastResult['best'];
  loss: LossCurve[];
  engine: string;
}
