import { mean } from '../numeric/statistics.ts';
import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';
import { trendAndSeason } from './season-contributions.ts';

interface SeasonalNaive extends Fitted {
  /** [period] the last season, oldest first. */
  lastSeason: number[];
  /** Root mean square of y[t] − y[t − period]. */
  deviation: number;
}

/** Reference: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., §5.2; intervals §5.5. */
export const seasonalNaive = defineModel<Record<string, never>, SeasonalNaive>({
  id: 'seasonal-naive',
  name: 'Seasonal naive',
  about: 'Repeats the last season: next Monday sells what last Monday sold.',
  reference: 'Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., §5.2',
  deseasonalised: false,
  quick: true,
  memberOn: [],
  seldomOnly: false,
  params: {},
  minLength: (period) => period + 1,

  fit(y, _params, { period }) {
    let squares = 0;
    for (let t = period; t < y.length; t++) squares += (y[t] - y[t - period]) ** 2;
    const deviation = Math.sqrt(squares / (y.length - period));
    return { version: 1, lastSeason: Array.from(y.subarray(y.length - period)), deviation };
  },

  predict({ lastSeason, deviation }, horizon, levels, covariates) {
    const period = lastSeason.length;
    const point = Float64Array.from({ length: horizon }, (_, j) => lastSeason[j % period]);
    const seasonsAhead = (j: number) => Math.floor(j / period) + 1;
    const spread = point.map((_, j) => deviation * Math.sqrt(seasonsAhead(j)));
    const level = new Float64Array(horizon).fill(mean(lastSeason));
    return {
      point,
      intervals: normalIntervals(point, spread, levels),
      contributions: trendAndSeason(point, level, period > 1, covariates),
    };
  },
});
