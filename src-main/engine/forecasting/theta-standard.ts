import { valleyMinimum } from '../numeric/valley-minimum.ts';
import { mean } from '../numeric/statistics.ts';
import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';
import { isSeasonal, type Season, seasonalFactors, withoutSeason, withSeason } from './season.ts';
import { trendAndSeason } from './season-contributions.ts';

interface ThetaStandard extends Fitted {
  season: Season;
  /** Length of the series. */
  length: number;
  alpha: number;
  /** Level after the last period, without season. */
  level: number;
  /** Half the slope of the regression line, per period. */
  drift: number;
  /** Standard deviation of the one-step errors of the smoothed level. */
  sigma: number;
}

const alphaRange = { low: 1e-4, high: 0.9999 };
/** A seasonal factor closer to 0 than this would divide by nothing. */
const leastFactor = 1e-4;

/** Simple exponential smoothing: α by least squares, the initial level too (the errors are linear in it). */
function smooth(y: Float64Array): { alpha: number; level: number; sigma: number } {
  const shift = y[0];
  const run = (alpha: number) => {
    let [power, smoothed] = [1, 0];
    let [pp, pr, rr] = [0, 0, 0];
    for (let t = 0; t < y.length; t++) {
      const rest = y[t] - shift - smoothed;
      pp += power * power;
      pr += power * rest;
      rr += rest * rest;
      smoothed += alpha * rest;
      power *= 1 - alpha;
    }
    const start = pr / pp;
    return { squares: Math.max(0, rr - start * pr), level: shift + smoothed + power * start };
  };
  const alpha = valleyMinimum((one) => run(one).squares, alphaRange.low, alphaRange.high);
  const { squares, level } = run(alpha);
  return { alpha, level, sigma: Math.sqrt(squares / Math.max(1, y.length - 2)) };
}

function slopeOf(y: Float64Array): number {
  const centre = (y.length - 1) / 2;
  const average = mean(y);
  let [sxy, sxx] = [0, 0];
  for (let t = 0; t < y.length; t++) {
    sxy += (t - centre) * (y[t] - average);
    sxx += (t - centre) ** 2;
  }
  return sxy / sxx;
}

function classicalSeason(y: Float64Array, period: number): Season {
  const none: Season = { kind: 'none', factors: [] };
  if (!isSeasonal(y, period)) return none;
  if (!y.every((value) => value > 0))
    return { kind: 'additive', factors: seasonalFactors(y, period, 'additive', false) };
  const factors = seasonalFactors(y, period, 'multiplicative', false);
  return factors.every((factor) => factor >= leastFactor) ? { kind: 'multiplicative', factors } : none;
}

/**
 * The mean of the regression line and of exponential smoothing of the line with twice the curvature, in its closed form:
 * smoothing with half the line's slope as drift. Seasonal factors are multiplicative, additive where a value is not
 * positive.
 * Reference: Assimakopoulos & Nikolopoulos 2000, International Journal of Forecasting 16(4), 521–530; closed form and
 * variance: Hyndman & Billah 2003, International Journal of Forecasting 19(2), eq. 3 and 5.
 */
export const thetaStandard = defineModel<Record<string, never>, ThetaStandard>({
  id: 'theta-standard',
  name: 'Standard Theta',
  about: 'Half the long-run trend on top of a smoothed level, with the season taken out first.',
  reference: 'Assimakopoulos & Nikolopoulos 2000, International Journal of Forecasting 16(4), 521–530',
  deseasonalised: true,
  quick: true,
  memberOn: [],
  seldomOnly: false,
  params: {},
  minLength: () => 4,

  fit(y, _params, { period }) {
    const base = { version: 1, length: y.length };
    if (y.every((value) => value === y[0]))
      return { ...base, season: { kind: 'none', factors: [] }, alpha: 0.5, level: y[0], drift: 0, sigma: 0 };
    const season = classicalSeason(y, period);
    const z = withoutSeason(y, season);
    return { ...base, season, ...smooth(z), drift: slopeOf(z) / 2 };
  },

  predict({ season, length, alpha, level, drift, sigma }, horizon, levels, covariates) {
    const lag = (1 - (1 - alpha) ** length) / alpha;
    const trend = Float64Array.from({ length: horizon }, (_, j) => level + drift * (j + lag));
    const point = withSeason(trend, season, length);
    const deviation = point.map((_, j) => sigma * Math.sqrt(1 + j * alpha ** 2));
    return {
      point,
      intervals: normalIntervals(point, deviation, levels),
      contributions: trendAndSeason(point, trend, season.kind !== 'none', covariates),
    };
  },
});
