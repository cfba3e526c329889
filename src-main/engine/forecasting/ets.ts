import { AppError } from '../../../src-shared/errors.ts';
import { type EtsFit, etsForm, etsSearcher } from './ets-fit.ts';
import { continueEts, type EtsForm, varianceGrowth } from './ets-recursion.ts';
import { defineModel, type Fitted } from './model.ts';
import { normalIntervals } from './normal-intervals.ts';
import { trendAndSeason } from './season-contributions.ts';

interface Ets extends Fitted {
  period: number;
  members: (EtsFit & { weight: number })[];
}

interface EtsParams {
  /** Names of the forms that compete. */
  forms: string[];
  /** weighted: all forms by their AICc weights; best: the form with the least AICc alone. */
  choice: 'weighted' | 'best';
}

/** Error, trend (D: damped), season: all forms whose variance stays finite; additive errors go with no multiplicative season. */
export const admissibleForms: readonly string[] = [
  ...['ANN', 'AAN', 'ADN', 'ANA', 'AAA', 'ADA'],
  ...['MNN', 'MAN', 'MDN', 'MNA', 'MAA', 'MDA', 'MNM', 'MAM', 'MDM'],
];
/** Undamped trends are left out: over 18 months they lose more than they win (M-competition studies). */
const usualForms = ['ANN', 'ADN', 'ANA', 'ADA', 'MNN', 'MDN', 'MNM', 'MDM'];
const leastWeight = 0.01;
/** A form this far behind after the rough search counts for less than leastWeight, however its search would end. */
const hopeless = 16;

/** Forms that this series allows: seasonal ones above two seasons, multiplicative ones when everything is positive. */
function allowedForms(names: string[], y: Float64Array, period: number): EtsForm[] {
  const unknown = names.find((name) => !admissibleForms.includes(name));
  if (unknown !== undefined) {
    const known = admissibleForms.join(', ');
    throw new AppError('invalid-input', `"${unknown}" is no form of exponential smoothing. Choose of: ${known}.`, {
      form: unknown,
    });
  }
  const positive = y.every((value) => value > 0);
  const seasonal = period > 1 && y.length > 2 * period;
  const allowed = names
    .map(etsForm)
    .filter((form) => (seasonal || form.season === 'N') && (positive || (form.error === 'A' && form.season !== 'M')));
  return allowed.length > 0 ? allowed : [etsForm('ANN')];
}

/** Akaike weights of the forms; those that hardly count are dropped. */
function weighted(fits: EtsFit[], choice: EtsParams['choice']): Ets['members'] {
  const best = Math.min(...fits.map((fit) => fit.aicc));
  if (choice === 'best')
    return fits
      .filter(({ aicc }) => aicc === best)
      .map((fit) => ({ ...fit, weight: 1 }))
      .slice(0, 1);
  const raw = fits.map((fit) => Math.exp((best - fit.aicc) / 2));
  const kept = fits.map((fit, i) => ({ ...fit, weight: raw[i] })).filter((fit) => fit.weight >= leastWeight);
  const total = kept.reduce((sum, fit) => sum + fit.weight, 0);
  return kept.map((fit) => ({ ...fit, weight: fit.weight / total }));
}

/** Reference: Hyndman et al. 2008, chapters 2, 5, 6; weights: Burnham & Anderson 2002, §2.9. */
export const ets = defineModel<EtsParams, Ets>({
  id: 'ets',
  name: 'Exponential smoothing (ETS)',
  about:
    'Level, damped trend and season that adapt to recent sales; several forms, weighted by how well they explain the past.',
  reference: 'Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing',
  deseasonalised: true,
  quick: true,
  memberOn: ['day', 'week', 'month'],
  seldomOnly: false,
  params: { forms: usualForms, choice: 'weighted' },
  minLength: () => 6,

  fit(y, { forms, choice }, { period, tick }) {
    if (y.every((value) => value === y[0])) {
      const state = { level: y[0], slope: 0, season: [] };
      const parameters = { alpha: 0.5, beta: 0, gamma: 0, phi: 1 };
      const only = { form: etsForm('ANN'), parameters, start: state, state, sigma: 0, aicc: 0, weight: 1 };
      return { version: 1, period, members: [only] };
    }
    const search = etsSearcher(y, period);
    const found = allowedForms(forms, y, period).map((form) => {
      tick();
      return search(form);
    });
    const best = Math.min(...found.map(({ aicc }) => aicc));
    const fits = found.filter(({ aicc }) => aicc <= best + hopeless).map((one) => one.fit());
    return { version: 1, period, members: weighted(fits, choice) };
  },

  predict({ period, members }, horizon, levels, covariates) {
    const point = new Float64Array(horizon);
    const trend = new Float64Array(horizon);
    const variance = new Float64Array(horizon);
    const each = members.map((member) => ({
      ...member,
      path: continueEts(member.state, member.form, member.parameters.phi, horizon),
      growth: varianceGrowth(member.form, member.parameters, period, horizon),
    }));
    for (const { path, weight } of each) {
      for (let j = 0; j < horizon; j++) {
        point[j] += weight * path.point[j];
        trend[j] += weight * path.trend[j];
      }
    }
    // Variance of the mixture: inside the forms and between them.
    for (const { path, growth, sigma, form, weight } of each) {
      for (let j = 0; j < horizon; j++) {
        const unit = form.error === 'M' ? sigma * path.point[j] : sigma;
        variance[j] += weight * (unit ** 2 * growth[j] + (path.point[j] - point[j]) ** 2);
      }
    }
    const seasonal = members.some(({ form }) => form.season !== 'N');
    return {
      point,
      intervals: normalIntervals(point, variance.map(Math.sqrt), levels),
      contributions: trendAndSeason(point, trend, seasonal, covariates),
    };
  },
});
