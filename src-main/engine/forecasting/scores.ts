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
  smape: number | null;
  mase: number | null;
  /** null where the held-out periods do not vary. */
  r2: number | null;
  /** Mean of forecast − actual. */
  bias: number;
}

/**
 * Scores over all held-out periods of all origins; null where a score would divide by zero.
 * MAPE over periods with sales only, WAPE and the rest over all known periods.
 * @returns null without any known period
 * Reference: Hyndman & Koehler 2006, International Journal of Forecasting 22(4); FPP3 §5.8; sMAPE (0..2) as in the M
 * competitions, Makridakis & Hibon 2000.
 */
export function scoresOf(trials: Trial[]): Scores | null {
  const actual: number[] = [];
  const predicted: number[] = [];
  const scaled: number[] = [];
  for (const trial of trials) {
    const known = Array.from(trial.actual.keys()).filter((j) => trial.known[j]);
    for (const j of known) {
      actual.push(trial.actual[j]);
      predicted.push(trial.predicted[j]);
    }
    if (known.length === 0 || !(trial.naiveError > 0)) continue;
    scaled.push(mean(known.map((j) => Math.abs(trial.actual[j] - trial.predicted[j]))) / trial.naiveError);
  }
  if (actual.length === 0) return null;
  const errors = actual.map((value, i) => predicted[i] - value);
  const squares = sum(errors.map((error) => error ** 2));
  const level = mean(actual);
  const spread = sum(actual.map((value) => (value - level) ** 2));
  const sold = actual.flatMap((value, i) => (value > 0 ? [Math.abs(errors[i]) / value] : []));
  const sales = sum(actual.map(Math.abs));
  const shares = actual.map((value, i) => {
    const size = Math.abs(value) + Math.abs(predicted[i]);
    return size > 0 ? (2 * Math.abs(errors[i])) / size : 0;
  });
  const absolute = sum(errors.map(Math.abs));
  return {
    mae: absolute / actual.length,
    rmse: Math.sqrt(squares / actual.length),
    mape: sold.length > 0 ? mean(sold) : null,
    wape: sales > 0 ? absolute / sales : null,
    smape: mean(shares),
    mase: scaled.length > 0 ? mean(scaled) : null,
    r2: spread > 0 ? 1 - squares / spread : null,
    bias: mean(errors),
  };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: number[]): number => sum(values) / values.length;

/** Mean of |y[t] − y[t − period]| before `end` (of |y[t] − y[t − 1]| where the season does not fit). */
export function seasonalNaiveError(y: Float64Array, period: number, end: number): number {
  const lag = end > period ? period : 1;
  let total = 0;
  for (let t = lag; t < end; t++) total += Math.abs(y[t] - y[t - lag]);
  return end > lag ? total / (end - lag) : 0;
}
