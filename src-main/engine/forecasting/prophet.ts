import { populationVariance } from '../numeric/statistics.ts';
import type { Covariates } from './covariates.ts';
import { type Contribution, defineModel, type FitContext, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';
import { prophetTerms, type SeasonOrders, seasonOrders } from './prophet-features.ts';
import { fitProphet, type ProphetEstimates } from './prophet-fit.ts';
import { trendAt, trendVariance } from './prophet-trend.ts';
import { swingsWithTrend } from './season-mode.ts';
import { winsorise } from './winsorise.ts';

interface Prophet extends Fitted {
  /** First and last day of the history, days since 1970-01-01: times 0 and 1. */
  firstDay: number;
  lastDay: number;
  /** Currency units of one scaled unit. */
  scale: number;
  /** Seasons, holidays and events scale with the trend. */
  multiplicative: boolean;
  orders: SeasonOrders;
  estimates: ProphetEstimates;
}

/** A series that never changes has no noise to estimate. */
const flat = (value: number, features: number): ProphetEstimates => ({
  trend: { k: 0, m: value, changepoints: [], delta: [] },
  beta: new Array(features).fill(0),
  sigma: 0,
});

/**
 * The scaled series is rounded to so many grains: in another unit its last digits differ, and the search, which ends long before them,
 * would end elsewhere.
 */
const grains = 2 ** 40;

const timesOf = (days: Int32Array, { firstDay, lastDay }: Pick<Prophet, 'firstDay' | 'lastDay'>): Float64Array =>
  Float64Array.from(days, (day) => (day - firstDay) / (lastDay - firstDay));

async function learn(y: Float64Array, { period, covariates, augurs, tick }: FitContext): Promise<Prophet> {
  const { days, frequency } = covariates;
  const orders = seasonOrders(covariates);
  const terms = prophetTerms(covariates, orders);
  const range = { firstDay: days[0], lastDay: days[days.length - 1] };
  const scale = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const multiplicative = swingsWithTrend(y, period);
  const shared = { version: 1, ...range, scale, multiplicative, orders };
  if (populationVariance(y) === 0) {
    return { ...shared, estimates: flat(y[0] / scale, terms.flatMap(({ columns }) => columns).length) };
  }
  const optimizer = await (await augurs()).prophet();
  tick();
  const learned = frequency === 'day' ? winsorise(y, period, covariates) : y;
  const scaled = learned.map((value) => Math.round((value / scale) * grains) / grains);
  return { ...shared, estimates: fitProphet(optimizer, scaled, timesOf(days, range), terms, multiplicative) };
}

/** [horizon] per term: scaled units, or shares of the trend where the effects are multiplicative. */
function effectsOf({ orders, estimates }: Prophet, covariates: Covariates): Contribution[] {
  let feature = 0;
  return prophetTerms(covariates, orders).map(({ id, part, columns }) => {
    const values = new Float64Array(covariates.days.length);
    for (const column of columns) {
      const weight = estimates.beta[feature++];
      for (let j = 0; j < values.length; j++) values[j] += weight * column[j];
    }
    return { id, part, values };
  });
}

const sumOf = (contributions: Contribution[], horizon: number): Float64Array => {
  const sum = new Float64Array(horizon);
  for (const { values } of contributions) for (let j = 0; j < horizon; j++) sum[j] += values[j];
  return sum;
};

/**
 * Piecewise linear trend, Fourier seasons and marked days, estimated by Prophet's own Stan model (in WebAssembly).
 * Reference: Taylor & Letham 2018, The American Statistician 72(1); tested against R's prophet 1.0.
 */
export const prophet = defineModel<Record<string, never>, Prophet>({
  id: 'prophet',
  name: 'Prophet',
  about: 'A trend that may bend, the week, the year, and what each holiday and event adds.',
  reference: 'Taylor & Letham 2018, Forecasting at Scale, The American Statistician 72(1)',
  deseasonalised: false,
  quick: false,
  memberOn: ['day', 'week'],
  seldomOnly: false,
  params: {},
  minLength: () => 12,

  fit: (y, _params, context) => learn(y, context),

  predict(state, horizon, levels, covariates) {
    const { scale, multiplicative, estimates } = state;
    const times = timesOf(covariates.days, state);
    const trend = trendAt(times, estimates.trend);
    const effects = effectsOf(state, covariates);
    const unit = (j: number): number => (multiplicative ? trend[j] * scale : scale);
    const contributions: Contribution[] = [
      { id: 'trend', part: 'trend', values: trend.map((value) => value * scale) },
      ...effects.map((effect) => ({ ...effect, values: effect.values.map((value, j) => value * unit(j)) })),
    ];
    const point = sumOf(contributions, horizon);
    const bends = trendVariance(times, estimates.trend);
    const shares = multiplicative ? sumOf(effects, horizon) : new Float64Array(horizon);
    const deviation = bends.map((bend, j) => scale * Math.sqrt(estimates.sigma ** 2 + (1 + shares[j]) ** 2 * bend));
    return { point, intervals: normalIntervals(point, deviation, levels), contributions };
  },
});
