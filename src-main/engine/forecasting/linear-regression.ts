import { ridge } from '../numeric/ridge.ts';
import { mean, populationVariance } from '../numeric/statistics.ts';
import { lagForecast, spreadBySteps } from './lags/lag-forecast.ts';
import { type LagPlan, leastHistory, planLags } from './lags/lag-plan.ts';
import { type LagRows, trainingRows, withBestLevel } from './lags/lag-rows.ts';
import { defineModel, type Fitted } from './model.ts';

interface LinearRegression extends Fitted {
  plan: LagPlan;
  line: Line;
  /** See spreadBySteps. */
  spread: number[];
}

/** answer = base + Σ slope · (input − centre) */
interface Line {
  base: number;
  /** [p] */
  slopes: number[];
  centres: number[];
}

interface RidgeParams {
  /** Penalties to choose from, for standardised inputs, as a share of the rows. */
  penalties: number[];
  /** Stretches of periods, each held out once to choose the penalty and to measure the errors. */
  folds: number;
}

/**
 * Ridge regression on standardised inputs; an input that never changes gets no slope.
 * @param X [n·p] row-major
 * @param y [n]
 * @param weights [n] 0: left out
 * @param penalty added to the squared slopes of standardised inputs, times the rows used
 */
export function fitLine(X: Float32Array, p: number, y: Float32Array, weights: Uint8Array, penalty: number): Line {
  const rows = Array.from(weights.keys()).filter((r) => weights[r] > 0);
  const base = mean(rows.map((r) => y[r]));
  const column = (f: number) => rows.map((r) => X[r * p + f]);
  const centres = Array.from({ length: p }, (_, f) => mean(column(f)));
  const scales = Array.from(
    { length: p },
    (_, f) => Math.sqrt(populationVariance(column(f))) || Number.POSITIVE_INFINITY,
  );
  const standard = new Float64Array(rows.length * p);
  rows.forEach((r, i) => {
    for (let f = 0; f < p; f++) standard[i * p + f] = (X[r * p + f] - centres[f]) / scales[f];
  });
  const targets = Float64Array.from(rows, (r) => y[r] - base);
  const ones = new Uint8Array(rows.length).fill(1);
  const slopes = ridge(standard, targets, ones, new Float64Array(p).fill(penalty * rows.length));
  return { base, slopes: Array.from(slopes, (slope, f) => slope / scales[f]), centres };
}

const answerOf = ({ base, slopes, centres }: Line, X: Float32Array, r: number): number =>
  slopes.reduce((sum, slope, f) => sum + slope * (X[r * slopes.length + f] - centres[f]), base);

/** Errors of every row under a line that was drawn without its stretch of periods. */
function heldOutErrors(rows: LagRows, penalty: number, folds: number, tick: () => void): Float64Array {
  const { X, y, target, columns } = rows;
  const periods = target[target.length - 1] + 1;
  const foldOf = (r: number) => Math.floor((target[r] * folds) / periods);
  const errors = new Float64Array(y.length);
  for (let fold = 0; fold < folds; fold++) {
    tick();
    const weights = Uint8Array.from(target, (_, r) => (foldOf(r) === fold ? 0 : 1));
    const line = fitLine(X, columns.length, y, weights, penalty);
    for (let r = 0; r < y.length; r++) if (weights[r] === 0) errors[r] = y[r] - answerOf(line, X, r);
  }
  return errors;
}

/** Reference: Hoerl & Kennard 1970, Technometrics 12(1); penalty by blocked cross-validation, Hastie et al., ESL, §7.10. */
export const linearRegression = defineModel<RidgeParams, LinearRegression>({
  id: 'linear-regression',
  name: 'Linear regression',
  about: 'A weighted sum of recent sales and the calendar, with weights kept small.',
  reference: 'Hoerl & Kennard 1970, Ridge Regression, Technometrics 12(1), 55–67',
  deseasonalised: false,
  quick: false,
  memberOn: ['day', 'week'],
  seldomOnly: false,
  params: { penalties: [0.1, 1, 10], folds: 5 },
  minLength: leastHistory,

  fit(y, { penalties, folds }, context) {
    const { plan: reach, z } = planLags(y, context);
    const plan = withBestLevel(reach, z, context.covariates);
    const rows = trainingRows(plan, z, context.covariates);
    const tried = penalties.map((penalty) => {
      const errors = heldOutErrors(rows, penalty, folds, context.tick);
      return { penalty, errors, squares: errors.reduce((sum, error) => sum + error ** 2, 0) };
    });
    const best = tried.reduce((a, b) => (b.squares < a.squares ? b : a));
    const everything = new Uint8Array(rows.y.length).fill(1);
    const line = fitLine(rows.X, rows.columns.length, rows.y, everything, best.penalty);
    return { version: 1, plan, line, spread: spreadBySteps(best.errors, rows.step, plan.steps) };
  },

  predict({ plan, line, spread }, horizon, levels, ahead) {
    return lagForecast(plan, spread, horizon, levels, ahead, (X, p) => ({
      base: line.base,
      values: Float64Array.from(X, (value, i) => line.slopes[i % p] * (value - line.centres[i % p])),
    }));
  },
});
