import type { Covariates } from '../covariates.ts';
import { type Column, lagColumns, type Origin, originOf, type Target } from './lag-columns.ts';
import type { LagPlan } from './lag-plan.ts';

/** What a model learns from: one row for a period seen from some steps before it. */
export interface LagRows {
  columns: Column[];
  /** [n·p] row-major */
  X: Float32Array;
  /** [n] the period's value minus the level at the origin. */
  y: Float32Array;
  /** [n] steps from the origin to the period, 1 or more. */
  step: Int32Array;
  /** [n] number of the period, from 0 without holes: rows of one period say nearly the same. */
  target: Int32Array;
}

/** Rows learned from, at most: the newest periods, each from as many distances as fit. */
const mostRows = 1000;
/** Conjugate of the golden ratio: its multiples spread evenly over 0..1. */
const golden = 0.618_033_988_749_895;

/**
 * Rows of the past: each period seen from near and far, one distance drawn from each of equal stretches of steps.
 * @param z [n] what the model sees of the series
 */
export function trainingRows(plan: LagPlan, z: Float64Array, covariates: Covariates): LagRows {
  const n = z.length;
  const columns = lagColumns(plan);
  const needed = Math.max(plan.window, seasonReach(plan));
  const first = Math.max(needed, n - mostRows);
  const perTarget = Math.max(1, Math.min(plan.steps, Math.floor(mostRows / (n - first))));
  const targets = targetsOf(plan, covariates, null);
  const origins = new Map<number, Origin>();
  const originBefore = (end: number): Origin => {
    const from = Math.max(0, end - plan.look);
    const known = origins.get(end) ?? originOf(plan, z.slice(from, end), covariates.days.subarray(from, end));
    origins.set(end, known);
    return known;
  };
  const [x, y, step, target]: number[][] = [[], [], [], []];
  for (let t = first; t < n; t++) {
    // The oldest periods can be seen from a short way off only.
    const farthest = Math.min(plan.steps, t - needed + 1);
    const kept = Math.min(perTarget, farthest);
    const shift = (t * golden) % 1;
    for (let k = 0; k < kept; k++) {
      const steps = 1 + Math.floor(((k + shift) * farthest) / kept);
      const origin = originBefore(t - steps + 1);
      for (const column of columns) x.push(column.at(origin, steps, targets[t]));
      y.push(z[t] - origin.level);
      step.push(steps);
      target.push(t - first);
    }
  }
  return {
    columns,
    X: Float32Array.from(x),
    y: Float32Array.from(y),
    step: Int32Array.from(step),
    target: Int32Array.from(target),
  };
}

/** Smoothings of the level to choose from. */
const alphas = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8];

/**
 * Chooses how fast the level follows the newest periods: by the absolute errors of the level as a forecast one
 * step, half-way and all steps ahead.
 */
export function withBestLevel(plan: LagPlan, z: Float64Array, { days }: Covariates): LagPlan {
  const n = z.length;
  const first = Math.max(plan.window, n - mostRows);
  const distances = [1, Math.ceil(plan.steps / 2), plan.steps];
  const errorOf = (alpha: number): number => {
    let sum = 0;
    for (let end = first; end < n; end++) {
      const from = Math.max(0, end - plan.look);
      const { level } = originOf({ ...plan, alpha, waves: 0 }, z.subarray(from, end), days);
      for (const step of distances) {
        if (end + step > n) continue;
        sum += Math.abs(z[end + step - 1] - level);
      }
    }
    return sum;
  };
  const errors = alphas.map(errorOf);
  return { ...plan, alpha: alphas[errors.indexOf(Math.min(...errors))] };
}

/** Last year's month is asked for only where a year is there. */
const seasonReach = ({ look, window }: LagPlan): number => (look > 2 * window ? look : 0);

/** Inputs of the periods ahead and the level they are counted from. @returns X: [horizon·p] row-major */
export function futureRows(plan: LagPlan, horizon: number, ahead: Covariates): { X: Float32Array; level: number } {
  const columns = lagColumns(plan);
  const origin = originOf(plan, Float64Array.from(plan.tail), plan.tailDays);
  const targets = targetsOf(plan, ahead, plan.lastHoliday);
  const X = new Float32Array(horizon * columns.length);
  for (let j = 0; j < horizon; j++) {
    columns.forEach((column, f) => {
      X[j * columns.length + f] = column.at(origin, j + 1, targets[j]);
    });
  }
  return { X, level: origin.level };
}

/** @param holiday first day of the last period with a holiday before these */
function targetsOf(plan: LagPlan, { days, regressors }: Covariates, holiday: number | null): Target[] {
  const used = plan.regressors.map(({ id }) => regressors.find((one) => one.id === id));
  let last = holiday;
  return Array.from(days, (day, t) => {
    const values = used.map((one) => one?.values[t] ?? 0);
    if (plan.regressors.some(({ part }, k) => part === 'holidays' && values[k] > 0)) last = day;
    return { day, regressors: values, sinceHoliday: last === null ? null : day - last };
  });
}
