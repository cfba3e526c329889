import {
  type ArimaFit,
  type ArimaState,
  differenced,
  type DifferencedSeries,
  fitArima,
  stateOf,
  stateWithoutNoise,
} from './arima-fit.ts';
import type { ArimaOrder } from './arima-polynomials.ts';
import { difference, kpssStatistic, seasonalStrength } from './stationarity.ts';

/** Orders beyond these rarely win on series of sales and cost time. */
const most = { p: 3, q: 3, P: 1, Q: 1, together: 5, differences: 2 };
/** 5 % point of the statistic (Kwiatkowski et al. 1992, table 1). */
const levelCritical = 0.463;
/** FPP3 §9.1: a season this strong is differenced away. */
const strongSeason = 0.64;
/** Seasonal differences need two seasons and some values more; seasonal terms need three seasons. */
const valuesBeyondTwoSeasons = 6;
const seasonsForTerms = 3;
const fewestForTest = 10;
const roundingError = 1e-12;
const tolerance = { search: 1e-4, final: 1e-6 };

type Terms = Pick<ArimaOrder, 'p' | 'q' | 'P' | 'Q' | 'constant'>;

/**
 * How often to difference: once by season where the season is strong, then by one step until the KPSS test is content.
 * Reference: Hyndman & Khandakar 2008, Journal of Statistical Software 27(3), §3.1; FPP3 §9.1.
 */
export function differencesOf(y: Float64Array, period: number): Pick<ArimaOrder, 'd' | 'D'> {
  const seasonal = period > 1 && y.length >= 2 * period + valuesBeyondTwoSeasons;
  const D = seasonal && seasonalStrength(y, period) > strongSeason ? 1 : 0;
  let w = D === 1 ? difference(y, period) : y;
  let d = 0;
  while (d < most.differences - D && w.length > fewestForTest && kpssStatistic(w) > levelCritical) {
    w = difference(w, 1);
    d++;
  }
  return { d, D };
}

const isAllowed = ({ p, q, P, Q }: Terms, seasonal: boolean): boolean => {
  const inside = Math.min(p, q, P, Q) >= 0 && p <= most.p && q <= most.q && P <= most.P && Q <= most.Q;
  return inside && (seasonal || P + Q === 0) && p + q + P + Q <= most.together;
};

/** One step away in one or two orders, or in the constant. */
function neighbours({ p, q, P, Q, constant }: Terms): Terms[] {
  const steps = [
    [-1, 0, 0, 0],
    [1, 0, 0, 0],
    [0, -1, 0, 0],
    [0, 1, 0, 0],
    [0, 0, -1, 0],
    [0, 0, 1, 0],
    [0, 0, 0, -1],
    [0, 0, 0, 1],
    [-1, -1, 0, 0],
    [1, 1, 0, 0],
  ];
  const moved = steps.map(([a, b, c, e]) => ({ p: p + a, q: q + b, P: P + c, Q: Q + e, constant }));
  return [...moved, { p, q, P, Q, constant: !constant }];
}

/** Begins where the best order so far ended; new terms begin small. */
function startFrom(best: ArimaFit | null, { p, q, P, Q }: Terms, { d, D }: Pick<ArimaOrder, 'd' | 'D'>): number[] {
  const from = best?.order ?? { p: 0, q: 0, P: 0, Q: 0 };
  const blocks: [number, number, number][] = [
    [p, from.p, 0.2],
    [P, from.P, 0.1],
    [q, from.q, d > 0 ? 0.4 : -0.1],
    [Q, from.Q, D > 0 ? 0.6 : -0.1],
  ];
  let offset = 0;
  return blocks.flatMap(([count, known, fresh]) => {
    const begin = offset;
    offset += known;
    return Array.from({ length: count }, (_, i) => (i < known ? best!.x[begin + i] : i === 0 ? fresh : 0.05));
  });
}

export interface FoundArima {
  order: ArimaOrder;
  /** null for a series whose differences do not move: there is nothing to estimate. */
  aicc: number | null;
  state: ArimaState;
}

/**
 * Searches small orders step by step for the lowest AICc, as long as a neighbour of the best is better. After a seasonal
 * difference a short series hardly tells whether it needs another one, and likelihoods of unequal differences cannot be
 * compared: then both answers are given. Where every order is refused, fewer differences are tried.
 * @param y [n]
 * @param isPlausible refuses orders whose forecast leaves every sensible range; has to allow the mean of the series
 * @returns one or two models of equal standing
 * Reference: Hyndman & Khandakar 2008, Journal of Statistical Software 27(3), §3.2.
 */
export function searchArima(
  y: Float64Array,
  period: number,
  isPlausible: (state: ArimaState) => boolean,
  tick: () => void,
): FoundArima[] {
  const { d, D } = differencesOf(y, period);
  const search = (differences: Pick<ArimaOrder, 'd' | 'D'>): FoundArima[] => {
    const found = searchTerms(y, period, differences, isPlausible, tick);
    return found === null ? [] : [found];
  };
  const first =
    d > 0 && D > 0
      ? [
          { d, D },
          { d: 0, D },
        ]
      : [{ d, D }];
  const found = first.flatMap(search);
  if (found.length > 0) return found;
  const plain = search({ d: 0, D: 0 });
  if (plain.length > 0) return plain;
  const order = { p: 0, d: 0, q: 0, P: 0, D: 0, Q: 0, constant: true };
  return [{ order, aicc: null, state: stateWithoutNoise(y, order, period) }];
}

/** The orders p, q, P, Q and the constant for given differences; null where all are refused. */
function searchTerms(
  y: Float64Array,
  period: number,
  differences: Pick<ArimaOrder, 'd' | 'D'>,
  isPlausible: (state: ArimaState) => boolean,
  tick: () => void,
): FoundArima | null {
  const seasonal = period > 1 && y.length >= seasonsForTerms * period;
  const series = differenced(y, differences, period, Math.max(most.p, most.q) + (seasonal ? period : 0));
  if (stands(series)) return continued(y, period, differences, isPlausible);
  const constantAllowed = differences.d + differences.D < 2;
  const tried = new Set<string>();
  let best: ArimaFit | null = null;
  const attempt = (terms: Terms): boolean => {
    if (!isAllowed(terms, seasonal) || (terms.constant && !constantAllowed)) return false;
    const key = Object.values(terms).join();
    if (tried.has(key)) return false;
    tried.add(key);
    tick();
    const start = startFrom(best, terms, differences);
    const fit = fitArima(series, { ...terms, ...differences }, start, 'conditional', tolerance.search);
    if (fit === null || (best !== null && fit.aicc >= best.aicc)) return false;
    if (!isPlausible(stateOf(series, fit, 'conditional'))) return false;
    best = fit;
    return true;
  };
  for (const [p, q, P, Q] of firstOrders(seasonal)) attempt({ p, q, P, Q, constant: constantAllowed });
  while (best !== null && neighbours((best as ArimaFit).order).some(attempt));
  return best === null ? null : finish(series, best, isPlausible);
}

/** The differences are one and the same number, up to rounding. */
function stands({ y, w }: DifferencedSeries): boolean {
  const size = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return w.every((value) => Math.abs(value - w[0]) <= roundingError * size);
}

/** A line, a parabola or an exact season goes on as it is, where that stays plausible. */
function continued(
  y: Float64Array,
  period: number,
  differences: Pick<ArimaOrder, 'd' | 'D'>,
  isPlausible: (state: ArimaState) => boolean,
): FoundArima | null {
  const order = { p: 0, q: 0, P: 0, Q: 0, constant: true, ...differences };
  const state = stateWithoutNoise(y, order, period);
  return isPlausible(state) ? { order, aicc: null, state } : null;
}

const firstOrders = (seasonal: boolean): number[][] => {
  const seasonally = seasonal ? 1 : 0;
  return [
    [0, 0, 0, 0],
    [1, 0, seasonally, 0],
    [0, 1, 0, seasonally],
    [1, 1, 0, seasonally],
    [2, 2, seasonally, seasonally],
  ];
};

/** The winner to the last digit, unless that spoils its forecast. */
function finish(series: DifferencedSeries, best: ArimaFit, isPlausible: (state: ArimaState) => boolean): FoundArima {
  const { order } = best;
  const exact = fitArima(series, order, best.x, 'exact', tolerance.final);
  const state = exact === null ? null : stateOf(series, exact, 'exact');
  if (exact !== null && state !== null && isPlausible(state)) return { order, aicc: exact.aicc, state };
  return { order, aicc: best.aicc, state: stateOf(series, best, 'conditional') };
}
