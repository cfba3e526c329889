import { mean } from '../numeric/statistics.ts';

/** x[t] − x[t − lag]; lag values shorter than x. */
export const difference = (x: Float64Array, lag: number): Float64Array =>
  Float64Array.from({ length: Math.max(0, x.length - lag) }, (_, t) => x[t + lag] - x[t]);

/**
 * Statistic of the test that a series wanders around one level; large values speak against it (5 %: 0.463).
 * The long-run variance uses Bartlett's window over trunc(3√n / 13) lags. O(n^1.5).
 * @returns 0 for a constant series
 * Reference: Kwiatkowski, Phillips, Schmidt & Shin 1992, Journal of Econometrics 54, eq. 9–13, table 1.
 */
export function kpssStatistic(x: Float64Array): number {
  const n = x.length;
  const centre = mean(x);
  const e = x.map((value) => value - centre);
  let partial = 0;
  let squares = 0;
  let variance = 0;
  for (const value of e) {
    partial += value;
    squares += partial ** 2;
    variance += value ** 2;
  }
  const lags = Math.trunc((3 * Math.sqrt(n)) / 13);
  for (let lag = 1; lag <= lags; lag++) {
    let product = 0;
    for (let t = lag; t < n; t++) product += e[t] * e[t - lag];
    variance += 2 * (1 - lag / (lags + 1)) * product;
  }
  return variance > 0 ? squares / n / variance : 0;
}

/** Deviations from the centred moving average over one season (2×m for even m), half a season lost at each end. */
function withoutTrend(x: Float64Array, period: number): Float64Array {
  const half = period >> 1;
  const sums = new Float64Array(x.length + 1);
  for (let t = 0; t < x.length; t++) sums[t + 1] = sums[t] + x[t];
  return Float64Array.from({ length: Math.max(0, x.length - 2 * half) }, (_, i) => {
    const t = i + half;
    const inner = sums[t + half + 1] - sums[t - half];
    const total = period % 2 === 1 ? inner : inner - (x[t - half] + x[t + half]) / 2;
    return x[t] - total / period;
  });
}

/**
 * Share of what moves around the trend that the season explains, 0..1, by classical decomposition.
 * @returns 0 for fewer than two seasons and one period
 * Reference: FPP3 §4.3 (F_S); the decomposition: §3.4.
 */
export function seasonalStrength(x: Float64Array, period: number): number {
  if (period < 2 || x.length <= 2 * period) return 0;
  const around = withoutTrend(x, period);
  const totals = new Float64Array(period);
  const counts = new Float64Array(period);
  around.forEach((value, i) => {
    totals[i % period] += value;
    counts[i % period]++;
  });
  const centre = mean(around);
  let rest = 0;
  let all = 0;
  around.forEach((value, i) => {
    rest += (value - totals[i % period] / counts[i % period]) ** 2;
    all += (value - centre) ** 2;
  });
  return all > 0 ? Math.max(0, 1 - rest / all) : 0;
}
