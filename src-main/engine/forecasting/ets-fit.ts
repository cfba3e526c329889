import { nelderMead } from '../numeric/optimiser.ts';
import { mean, populationVariance } from '../numeric/statistics.ts';
import { type EtsEnd, type EtsForm, type EtsParameters, type EtsState, etsDeviance, runEts } from './ets-recursion.ts';
import { seasonalFactors } from './season.ts';

/** One fitted form. */
export interface EtsFit {
  form: EtsForm;
  parameters: EtsParameters;
  start: EtsState;
  state: EtsState;
  /** Standard deviation of the one-step errors (relative ones for multiplicative errors). */
  sigma: number;
  aicc: number;
}

/** A form whose likelihood is roughly known. */
export interface EtsSearch {
  aicc: number;
  /** Ends the search. */
  fit(): EtsFit;
}

const leastSeasonFactor = 0.01;
const bounds = { low: 1e-4, high: 0.9999, phiLow: 0.8, phiHigh: 0.98 };
/** Searches one after the other, each from where the last one ended: a simplex that has collapsed is opened again. */
const searches = {
  rough: [
    { size: 1, tolerance: 1e-2 },
    { size: 0.25, tolerance: 1e-2 },
  ],
  fine: [{ size: 0.25, tolerance: 1e-4 }],
};

/** 'MDM': multiplicative error, damped trend, multiplicative season. */
export const etsForm = (name: string): EtsForm => ({ error: name[0], trend: name[1], season: name[2] }) as EtsForm;

/** Where each free parameter stands in the vector that the simplex moves; −1: the form has none. */
function layoutOf({ trend, season }: EtsForm) {
  let size = 0;
  const next = (has: boolean): number => (has ? size++ : -1);
  const trended = trend !== 'N';
  const places = {
    alpha: next(true),
    level: next(true),
    beta: next(trended),
    slope: next(trended),
    gamma: next(season !== 'N'),
    phi: next(trend === 'D'),
  };
  return { ...places, size };
}

/** Classical seasonal factors, and a line through the first seasons of what they leave. */
interface Start {
  season: number[];
  average: number;
  intercept: number;
  slope: number;
}

function startOf(y: Float64Array, kind: EtsForm['season'], period: number): Start {
  let season: number[] = [];
  let z = y;
  if (kind !== 'N') {
    const multiplicative = kind === 'M';
    season = seasonalFactors(y, period, multiplicative ? 'multiplicative' : 'additive', false);
    if (multiplicative) season = season.map((factor) => Math.max(factor, leastSeasonFactor));
    z = y.map((value, t) => (multiplicative ? value / season[t % period] : value - season[t % period]));
  }
  const k = Math.min(Math.max(10, 2 * period), z.length);
  const centre = (k + 1) / 2;
  const average = mean(z.subarray(0, k));
  let [sxy, sxx] = [0, 0];
  for (let i = 0; i < k; i++) {
    sxy += (i + 1 - centre) * (z[i] - average);
    sxx += (i + 1 - centre) ** 2;
  }
  const slope = sxy / sxx;
  return { season, average, intercept: average - slope * centre, slope };
}

/**
 * Prepares the fits of several forms to one series: smoothing parameters, initial level and slope by maximum likelihood;
 * the initial season stays at its classical decomposition (it still counts as estimated in the AICc).
 * @param y [n] positive for forms with a multiplicative part
 * @returns searches the best parameters of one form, roughly
 */
export function etsSearcher(y: Float64Array, period: number): (form: EtsForm) => EtsSearch {
  const starts = new Map<EtsForm['season'], Start>();
  const scale = Math.sqrt(populationVariance(y)) || 1;
  return (form) => {
    const start = starts.get(form.season) ?? startOf(y, form.season, period);
    starts.set(form.season, start);
    return searchForm(y, form, start, scale);
  };
}

/** Fits one form; see etsSearcher. */
export const fitEtsForm = (y: Float64Array, form: EtsForm, period: number): EtsFit =>
  etsSearcher(y, period)(form).fit();

function searchForm(y: Float64Array, form: EtsForm, start: Start, scale: number): EtsSearch {
  const at = layoutOf(form);
  const [trended, damped, seasonal] = [form.trend !== 'N', form.trend === 'D', form.season !== 'N'];
  const from = { level: 0, slope: 0 };
  const p: EtsParameters = { alpha: 0.5, beta: 0, gamma: 0, phi: 1 };
  const end: EtsEnd = { level: 0, slope: 0, squares: 0, season: new Float64Array(start.season.length) };
  const [level, slope] = trended ? [start.intercept, start.slope] : [start.average, 0];
  const slopeScale = scale / Math.sqrt(y.length);
  /** Sets p and from; false outside the bounds. */
  const read = (x: Float64Array): boolean => {
    const alpha = x[at.alpha];
    if (!(alpha > bounds.low && alpha < bounds.high)) return false;
    p.alpha = alpha;
    from.level = level + x[at.level] * scale;
    // beta < alpha and gamma < 1 − alpha hold by construction: the simplex moves in shares of their room.
    if (trended) {
      if (!(x[at.beta] > bounds.low && x[at.beta] < bounds.high)) return false;
      p.beta = x[at.beta] * alpha;
      from.slope = slope + x[at.slope] * slopeScale;
    }
    if (seasonal) {
      if (!(x[at.gamma] > bounds.low && x[at.gamma] < bounds.high)) return false;
      p.gamma = x[at.gamma] * (1 - alpha);
    }
    if (damped) {
      if (!(x[at.phi] >= bounds.phiLow && x[at.phi] <= bounds.phiHigh)) return false;
      p.phi = x[at.phi];
    }
    return true;
  };
  const objective = (x: Float64Array): number => {
    if (!read(x)) return Number.POSITIVE_INFINITY;
    const deviance = etsDeviance(y, form, p, from, start.season, end);
    return Number.isNaN(deviance) ? Number.POSITIVE_INFINITY : deviance;
  };
  const k = at.size + (seasonal ? start.season.length - 1 : 0) + 1;
  const penalty = 2 * k + (2 * k * (k + 1)) / Math.max(0.5, y.length - k - 1);
  const fitAt = (x: Float64Array): EtsFit => {
    read(x);
    const first = { ...from, season: start.season };
    const parameters = { ...p };
    const { deviance, squares, state } = runEts(y, form, parameters, first);
    const sigma = Math.sqrt(squares / Math.max(1, y.length - k));
    return { form, parameters, start: first, state, sigma, aicc: deviance + penalty };
  };
  const refine = (first: Float64Array, stages: { size: number; tolerance: number }[]): Float64Array =>
    // In units of the deviance: its size depends on the unit of the amounts, its differences do not.
    stages.reduce((x, { size, tolerance }) => nelderMead(objective, x, stepsOf(at, size), tolerance).x, first);
  const rough = refine(firstPoint(at, form), searches.rough);
  return { aicc: objective(rough) + penalty, fit: () => fitAt(refine(rough, searches.fine)) };
}

type Layout = ReturnType<typeof layoutOf>;

function vectorOf(at: Layout, values: Record<string, number>): Float64Array {
  const x = new Float64Array(at.size);
  for (const [name, value] of Object.entries(values)) {
    const place = at[name as keyof Layout];
    if (place >= 0) x[place] = value;
  }
  return x;
}

const firstPoint = (at: Layout, { trend, season }: EtsForm): Float64Array =>
  vectorOf(at, {
    alpha: trend !== 'N' || season !== 'N' ? 0.3 : 0.5,
    level: 0,
    beta: 0.1,
    slope: 0,
    gamma: 0.1,
    phi: 0.96,
  });

const stepsOf = (at: Layout, size: number): Float64Array =>
  vectorOf(at, { alpha: 0.2, level: 0.3, beta: 0.1, slope: 0.3, gamma: 0.1, phi: -0.05 }).map((step) => step * size);
