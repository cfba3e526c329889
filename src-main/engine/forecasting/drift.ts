import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';

interface Drift extends Fitted {
  last: number;
  /** Mean change from one period to the next. */
  slope: number;
  /** Standard deviation of the changes around it. */
  deviation: number;
  /** Periods the fit has seen. */
  seen: number;
}

/** Reference: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., §5.2; intervals §5.5. */
export const drift = defineModel<Record<string, never>, Drift>({
  id: 'drift',
  name: 'Mean change (drift)',
  about: 'Goes on from the last value with the mean change of the past: a line from the first value through the last.',
  reference: 'Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., §5.2',
  deseasonalised: false,
  quick: true,
  memberOn: [],
  seldomOnly: false,
  params: {},
  minLength: () => 3,

  fit(y) {
    const n = y.length;
    const slope = (y[n - 1] - y[0]) / (n - 1);
    let squares = 0;
    for (let t = 1; t < n; t++) squares += (y[t] - y[t - 1] - slope) ** 2;
    return { version: 1, last: y[n - 1], slope, deviation: Math.sqrt(squares / (n - 2)), seen: n };
  },

  predict({ last, slope, deviation, seen }, horizon, levels) {
    const growth = Float64Array.from({ length: horizon }, (_, j) => (j + 1) * slope);
    const point = growth.map((value) => last + value);
    const spread = point.map((_, j) => deviation * Math.sqrt((j + 1) * (1 + (j + 1) / (seen - 1))));
    return {
      point,
      intervals: normalIntervals(point, spread, levels),
      contributions: [
        { id: 'level', part: 'trend', values: new Float64Array(horizon).fill(last) },
        { id: 'slope', part: 'trend', values: growth },
      ],
    };
  },
});
