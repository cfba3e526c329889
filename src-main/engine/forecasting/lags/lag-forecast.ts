import { errorGrowth } from '../error-growth.ts';
import type { Covariates } from '../covariates.ts';
import type { Contribution, Forecast } from '../model.ts';
import { normalIntervals } from '../normal-intervals.ts';
import { lagColumns } from './lag-columns.ts';
import type { LagPlan } from './lag-plan.ts';
import { futureRows } from './lag-rows.ts';

/** A model's answers in the units it sees, taken apart. */
export interface Explained {
  base: number;
  /** [rows·p] base + a row's sum is the answer. */
  values: Float64Array;
}

const groups = 4;

/**
 * Spread of the errors by distance: root mean square over equal stretches of steps, never falling.
 * @param errors [rows] of rows the model had not seen, NaN where there is none
 * @returns at most four numbers; a stretch without rows takes its neighbour's
 */
export function spreadBySteps(errors: ArrayLike<number>, step: Int32Array, steps: number): number[] {
  const count = Math.min(groups, steps);
  const squares = new Float64Array(count);
  const rows = new Int32Array(count);
  for (let r = 0; r < step.length; r++) {
    if (Number.isNaN(errors[r])) continue;
    const at = Math.floor(((step[r] - 1) * count) / steps);
    squares[at] += errors[r] ** 2;
    rows[at]++;
  }
  const known = squares.map((sum, at) => Math.sqrt(sum / rows[at])).filter((one) => !Number.isNaN(one));
  let widest = known[0] ?? 0;
  return Array.from(squares, (sum, at) => {
    if (rows[at] > 0) widest = Math.max(widest, Math.sqrt(sum / rows[at]));
    return widest;
  });
}

function spreadAt(spread: number[], steps: number, step: number): number {
  if (step > steps) return spread[spread.length - 1] * errorGrowth(step / steps);
  return spread[Math.floor(((step - 1) * spread.length) / steps)];
}

/** The season of the period j + 1 ahead. */
const seasonAt = ({ season, length }: LagPlan, j: number): number =>
  season.length > 0 ? season[(length + j) % season.length] : 0;

/**
 * Asks a model for the periods ahead and puts its answers back into currency units, with bands and contributions.
 * @param spread see spreadBySteps
 * @param explain the model: rows in, answers taken apart out
 */
export function lagForecast(
  plan: LagPlan,
  spread: number[],
  horizon: number,
  levels: number[],
  ahead: Covariates,
  explain: (X: Float32Array, p: number) => Explained,
): Forecast {
  const columns = lagColumns(plan);
  const p = columns.length;
  const { X, level } = futureRows(plan, horizon, ahead);
  const { base, values } = explain(X, p);
  const z = Float64Array.from({ length: horizon }, (_, j) => {
    let sum = level + base + seasonAt(plan, j);
    for (let f = 0; f < p; f++) sum += values[j * p + f];
    return sum;
  });
  const back = (seen: Float64Array) =>
    seen.map((value) => (plan.scale === 'log' ? Math.exp(value) : value * plan.unit));
  const point = back(z);
  const deviation = z.map((_, j) => spreadAt(spread, plan.steps, j + 1));
  const intervals = normalIntervals(z, deviation, levels).map((one) => ({
    level: one.level,
    lower: back(one.lower),
    upper: back(one.upper),
  }));
  return { point, intervals, contributions: inMoney(plan, point, level + base, values) };
}

/**
 * What each input adds, in currency units, exact in sum. Linear scale: the model's own numbers times the unit.
 * Logarithms: the forecast is e^start · e^(sum of all inputs); the difference from e^start is shared in proportion to the
 * inputs' numbers, each worth the logarithmic mean of e^start and the forecast. It stays finite where they cancel out.
 * The season is one more input. Trend holds the level.
 * Reference: Ang 2004, Energy Policy 32(9), eq. 14 (logarithmic mean Divisia index, additive).
 */
function inMoney(plan: LagPlan, point: Float64Array, start: number, values: Float64Array): Contribution[] {
  const columns = lagColumns(plan);
  const p = columns.length;
  const log = plan.scale === 'log';
  const found = new Map<string, Contribution>();
  const of = (id: string, part: Contribution['part']): Contribution => {
    const known = found.get(id) ?? { id, part, values: new Float64Array(point.length) };
    found.set(id, known);
    return known;
  };
  const trend = of('trend', 'trend');
  const own = log ? Math.exp(start) : start * plan.unit;
  const worth = point.map((value) => (log ? logarithmicMean(own, value) : plan.unit));
  columns.forEach(({ id, part }, f) => {
    const sums = of(id, part).values;
    for (let j = 0; j < point.length; j++) sums[j] += worth[j] * values[j * p + f];
  });
  if (plan.season.length > 0) {
    const sums = (plan.week > 1 ? of('weekday', 'weekly') : of('time-of-year', 'yearly')).values;
    for (let j = 0; j < point.length; j++) sums[j] += worth[j] * seasonAt(plan, j);
  }
  // Rounding is left with the trend, so that the sum is the forecast.
  const others = [...found.values()].filter((one) => one !== trend);
  for (let j = 0; j < point.length; j++) {
    trend.values[j] = point[j] - others.reduce((sum, one) => sum + one.values[j], 0);
  }
  return [...found.values()];
}

/** (b − a) / ln(b / a), and a where they are equal. Both are positive. */
function logarithmicMean(a: number, b: number): number {
  const ratio = Math.log(b / a);
  return Math.abs(ratio) < 1e-12 ? a : (a * Math.expm1(ratio)) / ratio;
}
