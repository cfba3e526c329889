import { constantTheta, continueDynamicTheta, fitDynamicTheta, type ThetaFit } from './dynamic-theta.ts';
import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';
import { isSeasonal, type Season, seasonalFactors, withoutSeason, withSeason } from './season.ts';
import { trendAndSeason } from './season-contributions.ts';

interface Theta extends Fitted {
  /** log: all values are positive and the model sees their logarithms. */
  scale: 'log' | 'linear';
  season: Season;
  line: ThetaFit;
}

/**
 * Dynamic Optimised Theta on logarithms where all values are positive, so that season and spread are shares of the level.
 * A season that the autocorrelation shows is taken out first: additive factors, shrunk as far as their noise asks for.
 */
export const theta = defineModel<Record<string, never>, Theta>({
  id: 'theta',
  name: 'Dynamic Optimised Theta',
  about: 'A smoothed level plus part of the long-run trend, with the season taken out first.',
  reference: 'Fiorucci et al. 2016, International Journal of Forecasting 32(4), 1151–1161',
  deseasonalised: true,
  quick: true,
  memberOn: ['day', 'week', 'month'],
  seldomOnly: false,
  params: {},
  minLength: () => 4,

  fit(y, _params, { period }) {
    const none: Season = { kind: 'none', factors: [] };
    if (y.every((value) => value === y[0]))
      return { version: 1, scale: 'linear', season: none, line: constantTheta(y[0], y.length) };
    const scale = y.every((value) => value > 0) ? 'log' : 'linear';
    const z = scale === 'log' ? y.map(Math.log) : y;
    const season: Season = isSeasonal(z, period)
      ? { kind: 'additive', factors: seasonalFactors(z, period, 'additive', true) }
      : none;
    return { version: 1, scale, season, line: fitDynamicTheta(withoutSeason(z, season)) };
  },

  predict({ scale, season, line }, horizon, levels, covariates) {
    const { point: trend, deviation } = continueDynamicTheta(line, horizon);
    const seasonal = withSeason(trend, season, line.state.t);
    const back = (values: Float64Array) => (scale === 'log' ? values.map(Math.exp) : values);
    const point = back(seasonal);
    return {
      point,
      intervals: normalIntervals(seasonal, deviation, levels).map(({ level, lower, upper }) => ({
        level,
        lower: back(lower),
        upper: back(upper),
      })),
      contributions: trendAndSeason(point, back(trend), season.kind !== 'none', covariates),
    };
  },
});
