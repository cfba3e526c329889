import { mean, populationVariance } from '../numeric/statistics.ts';

const leastBlock = 5;
const leastBlocks = 4;
/** A trend that grows by less than about a quarter (standard deviation of its logarithm) cannot tell whether the swing follows. */
const leastTrendSpread = 0.07;
/** The swing's growth in units of the trend's: 0 is constant, 1 proportional. */
const nearerProportional = 0.5;

/** Slope of the least-squares line through (x, y). */
function slopeOf(x: Float64Array, y: Float64Array): number {
  const [centre, middle] = [mean(x), mean(y)];
  return mean(x.map((value, i) => (value - centre) * (y[i] - middle))) / populationVariance(x);
}

/**
 * Whether a season swings in proportion to a growing trend: the logarithm of the spread inside each season is regressed
 * on the logarithm of the straight line through the seasons' means.
 * @param y [n]  @param period periods of one season
 * @returns false for series with values of zero or less, without four seasons, or without growth
 * Reference: after Guerrero 1993, Journal of Forecasting 12(1) (his λ is 1 − slope), with the line as the level.
 */
export function swingsWithTrend(y: Float64Array, period: number): boolean {
  const length = Math.max(leastBlock, period);
  const blocks = Math.floor(y.length / length);
  if (blocks < leastBlocks || !y.every((value) => value > 0)) return false;
  const seasons = Array.from({ length: blocks }, (_, b) => {
    const end = y.length - (blocks - 1 - b) * length;
    return y.subarray(end - length, end);
  });
  const time = Float64Array.from(seasons, (_, b) => b);
  const means = Float64Array.from(seasons, mean);
  const growth = slopeOf(time, means);
  const line = time.map((b) => mean(means) + growth * (b - mean(time)));
  const swings = Float64Array.from(seasons, (values) => Math.sqrt(populationVariance(values)));
  if (line.some((value) => value <= 0) || swings.some((value) => value === 0)) return false;
  const trend = line.map(Math.log);
  return (
    Math.sqrt(populationVariance(trend)) >= leastTrendSpread &&
    slopeOf(trend, swings.map(Math.log)) >= nearerProportional
  );
}
