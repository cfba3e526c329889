import { nelderMead } from '../numeric/optimiser.ts';
import { populationVariance } from '../numeric/statistics.ts';
import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';
import { findSeason, type Season, withoutSeason, withSeason } from './season.ts';

/** State after t observations: level, intercept and slope of the regression line so far, mean so far. */
interface ThetaState {
  t: number;
  level: number;
  A: number;
  B: number;
  mean: number;
}

interface Theta extends Fitted {
  alpha: number;
  theta: number;
  state: ThetaState;
  /** Standard deviation of the one-step errors of the deseasonalised series. */
  sigma: number;
  season: Season;
}

const alphaRange = [0.1, 0.99];
const thetaRange = [1, 1e6];

/** Eq. 9 (first line): the forecast of y[t + 1] from the state after t observations. */
function expected({ t, level, A, B }: ThetaState, alpha: number, theta: number): number {
  const q = 1 - alpha;
  return level + (1 - 1 / theta) * (q ** t * A + ((1 - q ** (t + 1)) / alpha) * B);
}

/** Eq. 9 (the other lines): the state after one more observation. */
function observe(state: ThetaState, y: number, alpha: number): void {
  const t = state.t + 1;
  state.level = alpha * y + (1 - alpha) * state.level;
  if (t > 1) state.B = ((t - 2) * state.B + (6 * (y - state.mean)) / t) / (t + 1);
  state.mean = ((t - 1) * state.mean + y) / t;
  state.A = state.mean - ((t + 1) / 2) * state.B;
  state.t = t;
}

/** Runs over the series; the first forecast stands on nothing but the initial level and is not counted. */
function run(y: Float64Array, alpha: number, theta: number, initialLevel: number) {
  const state: ThetaState = { t: 0, level: initialLevel, A: 0, B: 0, mean: 0 };
  let squares = 0;
  for (let i = 0; i < y.length; i++) {
    if (i > 0) squares += (y[i] - expected(state, alpha, theta)) ** 2;
    observe(state, y[i], alpha);
  }
  return { state, squares };
}

/**
 * Dynamic Optimised Theta: alpha, theta and the initial level by least squares on the deseasonalised series.
 * Reference: Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016, International Journal of Forecasting 32(4), eq. 9–13.
 */
export const theta = defineModel<Record<string, never>, Theta>({
  id: 'theta',
  name: 'Dynamic Optimised Theta',
  about: 'A smoothed level plus part of the long-run trend, with the season taken out first.',
  reference: 'Fiorucci et al. 2016, International Journal of Forecasting 32(4), 1151–1161',
  deseasonalised: true,
  params: {},
  minLength: () => 4,

  fit(y, _params, { period }) {
    const season = findSeason(y, period);
    const z = withoutSeason(y, season);
    const scale = Math.sqrt(populationVariance(z));
    if (scale === 0) {
      const state = { t: z.length, level: z[0], A: z[0], B: 0, mean: z[0] };
      return { version: 1, alpha: 0.5, theta: 1, state, sigma: 0, season };
    }
    const objective = ([alpha, logTheta, shift]: Float64Array): number => {
      const inside =
        alpha >= alphaRange[0] && alpha <= alphaRange[1] && logTheta >= 0 && logTheta <= Math.log(thetaRange[1]);
      return inside ? run(z, alpha, Math.exp(logTheta), z[0] + shift * scale).squares : Infinity;
    };
    const best = nelderMead(objective, [0.5, Math.log(2), -0.2], [0.2, 0.7, 0.5]);
    const [alpha, logTheta, shift] = best.x;
    const { state, squares } = run(z, alpha, Math.exp(logTheta), z[0] + shift * scale);
    const sigma = Math.sqrt(squares / Math.max(1, z.length - 4));
    return { version: 1, alpha, theta: Math.exp(logTheta), state, sigma, season };
  },

  predict({ alpha, theta: line, state: last, sigma, season }, horizon, levels) {
    const state = { ...last };
    const trend = new Float64Array(horizon);
    const variance = new Float64Array(horizon);
    for (let j = 0; j < horizon; j++) {
      trend[j] = expected(state, alpha, line);
      observe(state, trend[j], alpha);
      variance[j] = sigma ** 2 * (1 + j * alpha ** 2);
    }
    const point = withSeason(trend, season, last.t);
    const spread = variance.map((value, j) => {
      const factor = season.kind === 'multiplicative' ? season.factors[(last.t + j) % season.factors.length] : 1;
      return Math.sqrt(value) * factor;
    });
    return { point, intervals: normalIntervals(point, spread, levels) };
  },
});
