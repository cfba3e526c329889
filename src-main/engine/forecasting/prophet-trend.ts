/** A line that may bend, in scaled units: time 0 at the first period of the history and 1 at the last. */
export interface ProphetTrend {
  /** Growth before the first bend. */
  k: number;
  /** Value at time 0. */
  m: number;
  /** [bends] times, ascending. */
  changepoints: number[];
  /** [bends] changes of the growth. */
  delta: number[];
}

const mostChangepoints = 25;
/** Bends are looked for in this first share of the history. */
const changepointShare = 0.8;

/**
 * Where the trend may bend: evenly spread over the first 80 % of the history, at most 25 times.
 * @param t [n] scaled times
 */
export function changepointsOf(t: Float64Array): number[] {
  const candidates = Math.floor(t.length * changepointShare);
  const count = Math.min(mostChangepoints, candidates - 1);
  return Array.from({ length: count }, (_, i) => t[Math.round(((i + 1) * (candidates - 1)) / count)]);
}

/** The trend at scaled times. Reference: Taylor & Letham 2018, The American Statistician 72(1), eq. 4. */
export function trendAt(t: Float64Array, { k, m, changepoints, delta }: ProphetTrend): Float64Array {
  return t.map((time) => {
    let value = m + k * time;
    for (let i = 0; i < changepoints.length && changepoints[i] <= time; i++)
      value += delta[i] * (time - changepoints[i]);
    return value;
  });
}

/**
 * Variance of the trend after the history, if it goes on bending as often and as much as before: bends arrive at the
 * rate of the past's, their sizes follow a Laplace distribution with the past's mean size. This is the exact variance of
 * what Prophet simulates (compound Poisson process; ibid. §3.1.4): rate · 2 λ² · (t − 1)³ / 3.
 */
export function trendVariance(t: Float64Array, { changepoints, delta }: ProphetTrend): Float64Array {
  const size = delta.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, delta.length);
  return t.map((time) => (changepoints.length * 2 * size ** 2 * Math.max(0, time - 1) ** 3) / 3);
}
