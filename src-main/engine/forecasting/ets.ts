import { nelderMead } from '../numeric/optimiser.ts';
import { mean, populationVariance } from '../numeric/statistics.ts';
import {
  continueEts,
  type EtsForm,
  type EtsParameters,
  type EtsState,
  runEts,
  varianceGrowth,
} from './ets-recursion.ts';
import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';
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

interface Ets extends Fitted {
  period: number;
  members: (EtsFit & { weight: number })[];
}

/** Undamped trends are left out: over 18 months they lose more than they win (M-competition studies). */
const formNames = ['ANN', 'ADN', 'ANA', 'ADA', 'MNN', 'MDN', 'MNM', 'MDM'];
const leastWeight = 0.01;
const leastSeasonFactor = 0.01;
const bounds = { low: 1e-4, high: 0.9999, phiLow: 0.8, phiHigh: 0.98 };

export const etsForm = (name: string): EtsForm => ({ error: name[0], trend: name[1], season: name[2] }) as EtsForm;

/** Starting states: classical seasonal factors, then a line through the first seasons of the deseasonalised series. */
function startingState(y: Float64Array, form: EtsForm, period: number): EtsState {
  let season: number[] = [];
  let z = y;
  if (form.season !== 'N') {
    const multiplicative = form.season === 'M';
    season = seasonalFactors(y, period, multiplicative ? 'multiplicative' : 'additive', false);
    if (multiplicative) season = season.map((factor) => Math.max(factor, leastSeasonFactor));
    z = y.map((value, t) => (multiplicative ? value / season[t % period] : value - season[t % period]));
  }
  const k = Math.min(Math.max(10, 2 * period), z.length);
  const centre = (k + 1) / 2;
  const average = mean(z.subarray(0, k));
  let sxy = 0;
  let sxx = 0;
  for (let i = 0; i < k; i++) {
    sxy += (i + 1 - centre) * (z[i] - average);
    sxx += (i + 1 - centre) ** 2;
  }
  const slope = form.trend === 'N' ? 0 : sxy / sxx;
  return { level: form.trend === 'N' ? average : average - slope * centre, slope, season };
}

/**
 * Fits one form: smoothing parameters, initial level and slope by maximum likelihood; the initial season stays at its
 * classical decomposition (it still counts as estimated in the AICc).
 * @param y [n] positive for forms with a multiplicative part
 */
export function fitEtsForm(y: Float64Array, form: EtsForm, period: number): EtsFit {
  const [trended, damped, seasonal] = [form.trend !== 'N', form.trend === 'D', form.season !== 'N'];
  const first = startingState(y, form, period);
  const scale = Math.sqrt(populationVariance(y)) || 1;
  const names = [
    'alpha',
    'level',
    ...(trended ? ['beta', 'slope'] : []),
    ...(seasonal ? ['gamma'] : []),
    ...(damped ? ['phi'] : []),
  ];
  const initial: Record<string, number> = {
    alpha: trended || seasonal ? 0.3 : 0.5,
    level: 0,
    beta: 0.1,
    slope: 0,
    gamma: 0.1,
    phi: 0.96,
  };
  const step: Record<string, number> = { alpha: 0.2, level: 0.3, beta: 0.1, slope: 0.3, gamma: 0.1, phi: -0.05 };
  const read = (x: ArrayLike<number>): { p: EtsParameters; start: EtsState } | null => {
    const v = { ...initial, beta: 0.5, gamma: 0.5 } as Record<string, number>;
    for (let i = 0; i < names.length; i++) v[names[i]] = x[i];
    const inside = [v.alpha, v.beta, v.gamma].every((share) => share > bounds.low && share < bounds.high);
    if (!inside || v.phi < bounds.phiLow || v.phi > bounds.phiHigh) return null;
    // beta < alpha and gamma < 1 − alpha hold by construction: the simplex moves in shares of their room.
    const p = {
      alpha: v.alpha,
      beta: trended ? v.beta * v.alpha : 0,
      gamma: seasonal ? v.gamma * (1 - v.alpha) : 0,
      phi: v.phi,
    };
    const slope = first.slope + (v.slope * scale) / Math.sqrt(y.length);
    return { p, start: { level: first.level + v.level * scale, slope: trended ? slope : 0, season: first.season } };
  };
  const objective = (x: Float64Array): number => {
    const at = read(x);
    const { deviance } = at === null ? { deviance: Infinity } : runEts(y, form, at.p, at.start);
    return Number.isNaN(deviance) ? Infinity : deviance;
  };
  const best = nelderMead(
    objective,
    names.map((name) => initial[name]),
    names.map((name) => step[name]),
  );
  const { p, start } = read(best.x) ?? { p: { alpha: 0.5, beta: 0, gamma: 0, phi: 0.96 }, start: first };
  const { deviance, squares, state } = runEts(y, form, p, start);
  const k = names.length + (seasonal ? period - 1 : 0) + 1;
  const aicc = deviance + 2 * k + (2 * k * (k + 1)) / Math.max(0.5, y.length - k - 1);
  const sigma = Math.sqrt(squares / Math.max(1, y.length - k));
  return { form, parameters: p, start, state, sigma, aicc };
}

/** Forms that this series allows: seasonal ones above two seasons, multiplicative ones when everything is positive. */
const allowedForms = (y: Float64Array, period: number): EtsForm[] => {
  const positive = y.every((value) => value > 0);
  const seasonal = period > 1 && y.length > 2 * period;
  return formNames
    .map(etsForm)
    .filter((form) => (seasonal || form.season === 'N') && (positive || (form.error === 'A' && form.season !== 'M')));
};

/** Akaike weights of the forms; those that hardly count are dropped. */
function weighted(fits: EtsFit[]): Ets['members'] {
  const best = Math.min(...fits.map((fit) => fit.aicc));
  const raw = fits.map((fit) => Math.exp((best - fit.aicc) / 2));
  const kept = fits.map((fit, i) => ({ ...fit, weight: raw[i] })).filter((fit) => fit.weight >= leastWeight);
  const total = kept.reduce((sum, fit) => sum + fit.weight, 0);
  return kept.map((fit) => ({ ...fit, weight: fit.weight / total }));
}

/** Reference: Hyndman et al. 2008, chapters 2, 5, 6; weights: Burnham & Anderson 2002, §2.9. */
export const ets = defineModel<Record<string, never>, Ets>({
  id: 'ets',
  name: 'Exponential smoothing (ETS)',
  about:
    'Level, damped trend and season that adapt to recent sales; several forms, weighted by how well they explain the past.',
  reference: 'Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing',
  deseasonalised: true,
  params: {},
  minLength: () => 6,

  fit(y, _params, { period, tick }) {
    if (populationVariance(y) === 0) {
      const state = { level: y[0], slope: 0, season: [] };
      const parameters = { alpha: 0.5, beta: 0, gamma: 0, phi: 1 };
      const only = { form: etsForm('ANN'), parameters, start: state, state, sigma: 0, aicc: 0, weight: 1 };
      return { version: 1, period, members: [only] };
    }
    const forms = allowedForms(y, period);
    const fits = forms.map((form) => {
      tick();
      return fitEtsForm(y, form, period);
    });
    return { version: 1, period, members: weighted(fits.filter((fit) => Number.isFinite(fit.aicc))) };
  },

  predict({ period, members }, horizon, levels) {
    const point = new Float64Array(horizon);
    const variance = new Float64Array(horizon);
    const each = members.map((member) => ({
      ...member,
      path: continueEts(member.state, member.form, member.parameters.phi, horizon),
      growth: varianceGrowth(member.form, member.parameters, period, horizon),
    }));
    for (const { path, weight } of each) for (let j = 0; j < horizon; j++) point[j] += weight * path[j];
    // Variance of the mixture: inside the forms and between them.
    for (const { path, growth, sigma, form, weight } of each) {
      for (let j = 0; j < horizon; j++) {
        const unit = form.error === 'M' ? sigma * path[j] : sigma;
        variance[j] += weight * (unit ** 2 * growth[j] + (path[j] - point[j]) ** 2);
      }
    }
    return { point, intervals: normalIntervals(point, variance.map(Math.sqrt), levels) };
  },
});
