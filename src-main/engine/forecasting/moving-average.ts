import { mean } from '../numeric/statistics.ts';
import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';

interface MovingAverageParams {
  /** Periods averaged; null: one season, or half a year of months where no season is known. */
  window: number | null;
}

interface MovingAverage extends Fitted {
  level: number;
  window: number;
  /** Root mean square of y[t] − the mean of the `window` values before it. */
  deviation: number;
}

const windowWithoutSeason = 6;

/**
 * Mean of the last periods. Its errors are taken to grow as those of the exponential smoothing with the same mean age
 * of the data, α = 2 / (window + 1).
 * Reference: Brown 1963, Smoothing, Forecasting and Prediction, ch. 7; growth: Hyndman et al. 2008, table 6.1 (ANN).
 */
export const movingAverage = defineModel<MovingAverageParams, MovingAverage>({
  id: 'moving-average',
  name: 'Moving average',
  about: 'The mean of the last season (or of the last six periods) goes on.',
  reference: 'Brown 1963, Smoothing, Forecasting and Prediction of Discrete Time Series',
  deseasonalised: false,
  quick: true,
  memberOn: ['seldom'],
  seldomOnly: false,
  params: { window: null },
  minLength: () => 2,

  fit(y, params, { period }) {
    const wanted = params.window ?? (period > 1 ? period : windowWithoutSeason);
    const window = Math.max(1, Math.min(wanted, y.length - 1));
    let squares = 0;
    for (let t = window; t < y.length; t++) squares += (y[t] - mean(y.subarray(t - window, t))) ** 2;
    const level = mean(y.subarray(y.length - window));
    return { version: 1, level, window, deviation: Math.sqrt(squares / (y.length - window)) };
  },

  predict({ level, window, deviation }, horizon, levels) {
    const alpha = 2 / (window + 1);
    const point = new Float64Array(horizon).fill(level);
    const spread = point.map((_, j) => deviation * Math.sqrt(1 + j * alpha ** 2));
    return {
      point,
      intervals: normalIntervals(point, spread, levels),
      contributions: [{ id: 'level', part: 'trend', values: point.slice() }],
    };
  },
});
