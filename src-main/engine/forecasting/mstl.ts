import { AppError } from '../../../src-shared/errors.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { mean, populationVariance } from '../numeric/statistics.ts';
import type { AugursForecaster } from './augurs-modules.ts';
import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';
import { trendAndSeason } from './season-contributions.ts';

/** The library's forecast is kept whole, so that a stored model answers without it. */
interface Mstl extends Fitted {
  period: number;
  /** [longest horizon] */
  point: number[];
  /** [longest horizon] standard deviation of the forecast error. */
  deviation: number[];
}

const longestHorizon = 366;
/** ETS refuses shorter series. */
const leastPeriods = 7;
/** Any level does: the intervals are normal. */
const askedLevel = 0.8;
/** A trend that moves less than this share of the forecast in a season is flat: what is left is rounding. */
const leastStep = 1e-9;

/** Forecast and its deviations, [longest horizon] each; the WASM object is freed whatever happens. */
function forecastOf(forecaster: AugursForecaster, y: Float64Array, period: number): Mstl {
  try {
    forecaster.fit(y);
    const { point, intervals } = forecaster.predict(longestHorizon, askedLevel);
    const z = normalQuantile((1 + askedLevel) / 2);
    const deviation = point.map((value, j) => (intervals!.upper[j] - value) / z);
    return { version: 1, period, point, deviation };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('model-failed', `The decomposition found no usable forecast for this series: ${reason}.`, {
      model: 'mstl',
    });
  } finally {
    forecaster.free();
  }
}

/**
 * The forecast without its season, which repeats: from one season to the next only the trend changes, by the same step
 * or, damped, by a constant share of the step before. The season sums to 0.
 * @param point [longest horizon], at least two seasons
 */
function trendOf(point: number[], period: number): Float64Array {
  if (period === 1) return Float64Array.from(point);
  const step = point[period] - point[0];
  const share = Math.min(1, Math.max(0, (point[2 * period] - point[period]) / step));
  const phi = Math.abs(step) > leastStep * Math.abs(point[0]) ? share ** (1 / period) : 1;
  let growth = phi < 1 ? (step * (1 - phi)) / (1 - share) : step / period;
  const trend = new Float64Array(point.length);
  for (let j = 1; j < trend.length; j++) {
    trend[j] = trend[j - 1] + growth;
    growth *= phi;
  }
  const level = mean(point.slice(0, period)) - mean(trend.subarray(0, period));
  return trend.map((value) => value + level);
}

/**
 * Decomposes by repeated LOESS, repeats the last season and lets ETS continue the rest; without a season ETS alone.
 * Reference: Bandara, Hyndman & Bergmeir 2021, arXiv:2107.13462; computed by @bsull/augurs (the last season is repeated
 * as in R's forecast::mstl + stlf, the trend's ETS form is chosen by AICc).
 */
export const mstl = defineModel<Record<string, never>, Mstl>({
  id: 'mstl',
  name: 'Decomposition (MSTL)',
  about: 'Takes the season out as it slowly changes, continues what is left, and puts the last season back.',
  reference: 'Bandara, Hyndman & Bergmeir 2021, MSTL, arXiv:2107.13462',
  deseasonalised: true,
  quick: true,
  memberOn: ['day', 'week', 'month'],
  seldomOnly: false,
  params: {},
  minLength: (period) => Math.max(leastPeriods, period > 1 ? 2 * period : 0),

  async fit(y, _params, { period, augurs, tick }) {
    const constant = (value: number): number[] => new Array(longestHorizon).fill(value);
    if (populationVariance(y) === 0) {
      return { version: 1, period, point: constant(y[0]), deviation: constant(0) };
    }
    const { mstl } = await augurs();
    tick();
    return forecastOf(mstl(period), y, period);
  },

  predict({ period, point, deviation }, horizon, levels, covariates) {
    if (horizon > longestHorizon) {
      throw new AppError('invalid-input', `This model answers for at most ${longestHorizon} periods.`, { horizon });
    }
    const path = Float64Array.from(point.slice(0, horizon));
    const spread = Float64Array.from(deviation.slice(0, horizon));
    const contributions = trendAndSeason(path, trendOf(point, period).slice(0, horizon), period > 1, covariates);
    return { point: path, intervals: normalIntervals(path, spread, levels), contributions };
  },
});
