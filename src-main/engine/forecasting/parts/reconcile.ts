import { AppError } from '../../../../src-shared/errors.ts';

/**
 * Moves the parts of one period so that they add up to its total: weighted least squares with the total fixed and no
 * part below zero, so that a part moves the further the less sure its own forecast is. O(n log n).
 * @param base [n] each part's own forecast, ≥ 0
 * @param doubt [n] how freely it moves (its entry of the diagonal W), ≥ 0; where all are 0 the parts move alike
 * @param total ≥ 0
 * @returns [n] ≥ 0, adding up to `total` but for rounding
 * Reference: Wickramasuriya, Athanasopoulos & Hyndman 2019, JASA 114(526), with a diagonal W and the total kept; the
 * limit at zero: Wickramasuriya, Turlach & Hyndman 2020, Statistics and Computing 30.
 */
export function reconciled(base: Float64Array, doubt: Float64Array, total: number): Float64Array {
  if (!(total >= 0)) throw new AppError('internal', 'A total below zero cannot be split into parts.', { total });
  const movable = doubt.some((value) => value > 0);
  const v = movable ? doubt : doubt.map(() => 1);
  // x_i = max(0, b_i + λ v_i): the sum grows with λ, so parts leave zero one after another as λ passes −b_i / v_i.
  const order = Array.from(v.keys())
    .filter((i) => v[i] > 0)
    .sort((a, b) => base[b] / v[b] - base[a] / v[a] || a - b);
  let sum = base.reduce((all, value, i) => (v[i] > 0 ? all : all + value), 0);
  // A part that is sure of itself gives way only where the others have nothing left to give.
  if (sum > total) return base.map((value, i) => (v[i] > 0 ? 0 : (value * total) / sum));
  let weight = 0;
  let lambda = 0;
  for (let k = 0; k < order.length; k++) {
    sum += base[order[k]];
    weight += v[order[k]];
    lambda = (total - sum) / weight;
    const next = order[k + 1];
    if (next === undefined || lambda <= -base[next] / v[next]) break;
  }
  return base.map((value, i) => (v[i] > 0 ? Math.max(0, value + lambda * v[i]) : value));
}

/**
 * Whole numbers that add up to a whole total, each less than 1 from its value times one common factor: the largest
 * remainders are rounded up (Hamilton's method; the earlier part where they are equal).
 * @param values [n] ≥ 0
 * @param total whole, ≥ 0
 */
export function wholeParts(values: Float64Array, total: number): number[] {
  const sum = values.reduce((all, value) => all + value, 0);
  const exact = sum > 0 ? values.map((value) => (value * total) / sum) : values.map(() => total / values.length);
  const whole = Array.from(exact, Math.floor);
  let missing = total - whole.reduce((all, value) => all + value, 0);
  const order = [...whole.keys()].sort((a, b) => exact[b] - whole[b] - (exact[a] - whole[a]) || a - b);
  // Rounding of the factor can leave one too many as well as some too few.
  for (let k = 0; missing > 0; k = (k + 1) % order.length, missing--) whole[order[k]]++;
  for (let k = order.length - 1; missing < 0; k = (k + order.length - 1) % order.length) {
    if (whole[order[k]] === 0) continue;
    whole[order[k]]--;
    missing++;
  }
  return whole;
}
