import { arimaDeviations, type ArimaState, continueArima } from './arima-fit.ts';
import { type FoundArima, searchArima } from './arima-search.ts';
import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';
import { findSeason, type Season, withoutSeason, withSeason } from './season.ts';

interface Arima extends Fitted {
  /** Their forecasts are averaged. */
  members: FoundArima[];
  /** The model speaks of logarithms. */
  logarithms: boolean;
  /** Taken out before the fit, where the period is too long for seasonal terms. */
  season: Season;
  /** Periods the fit has seen. */
  seen: number;
  /** Forecasts stay inside, in the unit of the state. */
  range: [number, number];
}

/** Seasonal terms reach back over whole seasons; beyond this length (weeks of a year) that costs too much. */
const longestPeriod = 24;
/** A path this many times beyond the largest value ever seen is an artefact of its order. */
const plausibleTimes = 20;
/** Limits of intervals may lie further out, but stay numbers. */
const limitTimes = 1000;

/** What forecasts may reach, in logarithms or not. */
function rangeOf(z: Float64Array, logarithms: boolean, times: number): [number, number] {
  const [least, largest] = z.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  if (logarithms) return [least - Math.log(times), largest + Math.log(times)];
  const reach = times * Math.max(Math.abs(least), Math.abs(largest));
  return [-reach, reach];
}

/** Mean of the members' paths, and the deviation of their mixture: inside the members and between them. */
function averageOf(members: FoundArima[], horizon: number) {
  const path = new Float64Array(horizon);
  const variance = new Float64Array(horizon);
  const each = members.map(({ state }) => ({
    own: continueArima(state, horizon),
    deviations: arimaDeviations(state, horizon),
  }));
  for (const { own } of each) for (let j = 0; j < horizon; j++) path[j] += own[j] / members.length;
  for (const { own, deviations } of each) {
    for (let j = 0; j < horizon; j++) variance[j] += (deviations[j] ** 2 + (own[j] - path[j]) ** 2) / members.length;
  }
  return { path, deviation: variance.map(Math.sqrt) };
}

/** Reference: Box, Jenkins, Reinsel & Ljung 2015, Time Series Analysis; Hyndman & Khandakar 2008. */
export const arima = defineModel<Record<string, never>, Arima>({
  id: 'arima',
  name: 'Seasonal ARIMA',
  about:
    'Learns how sales follow on recent sales and on those of a season ago; picks the form that explains the past best.',
  reference: 'Hyndman & Khandakar 2008, Journal of Statistical Software 27(3); Ansley 1979, Biometrika 66(1)',
  deseasonalised: true,
  quick: false,
  memberOn: ['week', 'month'],
  seldomOnly: false,
  params: {},
  minLength: () => 6,

  fit(y, _params, { period, horizon, tick }) {
    const season: Season = period > longestPeriod ? findSeason(y, period) : { kind: 'none', factors: [] };
    const plain = withoutSeason(y, season);
    const logarithms = plain.every((value) => value > 0);
    const z = logarithms ? plain.map(Math.log) : plain;
    const [low, high] = rangeOf(z, logarithms, plausibleTimes);
    const isPlausible = (state: ArimaState) =>
      continueArima(state, horizon).every((value) => value >= low && value <= high);
    const members = searchArima(z, period > longestPeriod ? 1 : period, isPlausible, tick);
    return { version: 1, logarithms, members, season, seen: y.length, range: rangeOf(z, logarithms, limitTimes) };
  },

  predict({ logarithms, members, season, seen, range: [low, high] }, horizon, levels) {
    const back = (values: Float64Array) => {
      const inside = values.map((value) => Math.min(high, Math.max(low, value)));
      return withSeason(logarithms ? inside.map(Math.exp) : inside, season, seen);
    };
    const { path, deviation } = averageOf(members, horizon);
    const intervals = normalIntervals(path, deviation, levels);
    return {
      point: back(path),
      intervals: intervals.map(({ level, lower, upper }) => ({ level, lower: back(lower), upper: back(upper) })),
    };
  },
});
