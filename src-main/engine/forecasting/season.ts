import { mean } from '../numeric/statistics.ts';

/** Seasonal factors taken out of a series before, and put back after, a model that knows no season. */
export interface Season {
  kind: 'none' | 'multiplicative' | 'additive';
  /** [period] index of the first period of the series, and on; empty for 'none'. */
  factors: number[];
}

const leastFactor = 0.01;
const significance90 = 1.645;

/** Autocorrelation of lags 1 … lags. O(n · lags). */
function autocorrelation(y: Float64Array, lags: number): Float64Array {
  const centre = mean(y);
  let variance = 0;
  for (const value of y) variance += (value - centre) ** 2;
  const r = new Float64Array(lags);
  if (variance === 0) return r;
  for (let lag = 1; lag <= lags; lag++) {
    let sum = 0;
    for (let t = lag; t < y.length; t++) sum += (y[t] - centre) * (y[t - lag] - centre);
    r[lag - 1] = sum / variance;
  }
  return r;
}

/**
 * Tests whether the autocorrelation at the seasonal lag is significant at 90 %; never below three full seasons… of data.
 * @param y [n]
 * Reference: Assimakopoulos & Nikolopoulos 2000, International Journal of Forecasting 16(4), §3.1.
 */
export function isSeasonal(y: Float64Array, period: number): boolean {
  if (period < 2 || y.length < 2 * period + 1) return false;
  const r = autocorrelation(y, period);
  let squares = 0;
  for (let lag = 1; lag < period; lag++) squares += r[lag - 1] ** 2;
  return Math.abs(r[period - 1]) > significance90 * Math.sqrt((1 + 2 * squares) / y.length);
}

/** Centred moving average over one season (2×m for even m); NaN is never read: the ends are left out. */
function movingAverage(y: Float64Array, period: number, t: number): number {
  const half = period >> 1;
  let sum = 0;
  if (period % 2 === 1) {
    for (let k = t - half; k <= t + half; k++) sum += y[k];
  } else {
    sum = (y[t - half] + y[t + half]) / 2;
    for (let k = t - half + 1; k < t + half; k++) sum += y[k];
  }
  return sum / period;
}

/**
 * Seasonal factors by classical decomposition, shrunk towards "no season" as far as their noise asks for.
 * @param y [n], n ≥ 2 periods; positive for 'multiplicative'
 * @returns [period] with mean 1 (multiplicative) or 0 (additive)
 * Reference: FPP3 §3.4; shrinkage: Miller & Williams 2003, International Journal of Forecasting 19(4) (James–Stein).
 */
export function seasonalFactors(
  y: Float64Array,
  period: number,
  kind: 'multiplicative' | 'additive',
  shrink: boolean,
): number[] {
  const half = period >> 1;
  const multiplicative = kind === 'multiplicative';
  const samples = Array.from({ length: period }, () => [] as number[]);
  for (let t = half; t < y.length - half; t++) {
    const level = movingAverage(y, period, t);
    samples[t % period].push(multiplicative ? y[t] / level : y[t] - level);
  }
  const neutral = multiplicative ? 1 : 0;
  const raw = samples.map((values) => (values.length > 0 ? mean(values) : neutral));
  const centre = mean(raw);
  const factors = raw.map((value) => (multiplicative ? value / centre : value - centre));
  if (!shrink) return factors;
  const weight = shrinkage(samples, factors, neutral);
  return factors.map((value) => neutral + (1 - weight) * (value - neutral));
}

/** James–Stein weight on "no season": (m − 3) · mean variance of the factors / sum of their squares. */
function shrinkage(samples: number[][], factors: number[], neutral: number): number {
  const period = factors.length;
  const squares = factors.reduce((sum, value) => sum + (value - neutral) ** 2, 0);
  const variances = samples
    .filter((values) => values.length > 1)
    .map((values) => {
      const centre = mean(values);
      const sum = values.reduce((total, value) => total + (value - centre) ** 2, 0);
      return sum / (values.length - 1) / values.length;
    });
  if (variances.length === 0 || squares === 0) return 0;
  return Math.min(1, Math.max(0, ((period - 3) * mean(variances)) / squares));
}

/** Finds the season of a series: multiplicative where all values allow it, additive otherwise, none unless tested. */
export function findSeason(y: Float64Array, period: number): Season {
  if (!isSeasonal(y, period)) return { kind: 'none', factors: [] };
  if (y.every((value) => value > 0)) {
    const factors = seasonalFactors(y, period, 'multiplicative', true);
    if (factors.every((factor) => factor >= leastFactor)) return { kind: 'multiplicative', factors };
  }
  return { kind: 'additive', factors: seasonalFactors(y, period, 'additive', true) };
}

/** Takes the season out. */
export function withoutSeason(y: Float64Array, { kind, factors }: Season): Float64Array {
  if (kind === 'none') return Float64Array.from(y);
  return y.map((value, t) => {
    const factor = factors[t % factors.length];
    return kind === 'multiplicative' ? value / factor : value - factor;
  });
}

/** Puts the season back on periods `from`, `from + 1`, … of the series. */
export function withSeason(values: Float64Array, { kind, factors }: Season, from: number): Float64Array {
  if (kind === 'none') return values;
  return values.map((value, j) => {
    const factor = factors[(from + j) % factors.length];
    return kind === 'multiplicative' ? value * factor : value + factor;
  });
}
