import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';

interface Naive extends Fitted {
  last: number;
  /** Root mean square of y[t] − y[t − 1]. */
  deviation: number;
}

/** Reference: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., §5.2; intervals §5.5. */
export const naive = defineModel<Record<string, never>, Naive>({
  id: 'naive',
  name: 'Last value (naive)',
  about: 'Everything stays as it was last: the next periods sell what the last one sold.',
  reference: 'Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., §5.2',
  deseasonalised: false,
  quick: true,
  memberOn: [],
  seldomOnly: false,
  params: {},
  minLength: () => 2,

  fit(y) {
    let squares = 0;
    for (let t = 1; t < y.length; t++) squares += (y[t] - y[t - 1]) ** 2;
    return { version: 1, last: y[y.length - 1], deviation: Math.sqrt(squares / (y.length - 1)) };
  },

  predict({ last, deviation }, horizon, levels) {
    const point = new Float64Array(horizon).fill(last);
    const spread = point.map((_, j) => deviation * Math.sqrt(j + 1));
    return {
      point,
      intervals: normalIntervals(point, spread, levels),
      contributions: [{ id: 'level', part: 'trend', values: point.slice() }],
    };
  },
});
