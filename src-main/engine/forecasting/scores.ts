/** Held-out periods of one origin. */
export interface Trial {
  /** Index of the first held-out period: the model saw everything before it. */
  origin: number;
  actual: Float64Array;
  predicted: Float64Array;
  /** 0: the period is missing in the data and counts nowhere. */
  known: Uint8Array;
  /** In-sample mean absolute error of the seasonal naive method before the origin; the scale of MASE. */
  naiveError: number;
}

export interface Scores {
  mae: number;
  rmse: number;
  mape: number | null;
  wape: number | null;
  mase: number | null;
}

/**
 * Scores over all held-out periods of all origins; null where a score would divide by zero.
 * MAPE over periods with sales only, WAPE and the rest over all known periods.
 * @returns null without any known period
 * Reference: Hyndman & Koehler 2006, International Journal of Forecasting 22(4); FPP3 §5.8.
 */
export function scoresOf(trials: Trial[]): Scores | null {
  let [count, absolute, squares, actual, percentages, sold, scaled, scaledTrials] = new Array<number>(8).fill(0);
  for (const trial of trials) {
    let own = 0;
    let ownCount = 0;
    trial.actual.forEach((value, j) => {
      if (!trial.known[j]) return;
      const error = Math.abs(value - trial.predicted[j]);
      own += error;
      ownCount++;
      squares += error ** 2;
      actual += Math.abs(value);
      if (value > 0) {
        percentages += error / value;
        sold++;
      }
    });
    absolute += own;
    count += ownCount;
    if (ownCount > 0 && trial.naiveError > 0) {
      scaled += own / ownCount / trial.naiveError;
      scaledTrials++;
    }
  }
  if (count === 0) return null;
  return {
    mae: absolute / count,
    rmse: Math.sqrt(squares / count),
    mape: sold > 0 ? percentages / sold : null,
    wape: actual > 0 ? absolute / actual : null,
    mase: scaledTrials > 0 ? scaled / scaledTrials : null,
  };
}

/** Mean of |y[t] − y[t − period]| before `end` (of |y[t] − y[t − 1]| where the season does not fit). */
export function seasonalNaiveError(y: Float64Array, period: number, end: number): number {
  const lag = end > period ? period : 1;
  let sum = 0;
  for (let t = lag; t < end; t++) sum += Math.abs(y[t] - y[t - lag]);
  return end > lag ? sum / (end - lag) : 0;
}
