import type { EventEffects } from '../../../src-shared/domain.ts';
import { ridge } from '../numeric/ridge.ts';
import { mean } from '../numeric/statistics.ts';
import { driverShares } from './driver-shares.ts';
import { designOf, type SalesInput, salesInputs } from './sales-inputs.ts';
import type { UsablePeriods } from './usable-periods.ts';

type Driver = EventEffects['drivers'][number];

/** 1/10 000 currency unit. */
const moneyPerUnit = 10_000;

/**
 * What moves sales: the share of their variance (of logarithms, where the business sells every day) that weekday, time
 * of year, trend, holidays and events explain, and what is left. A column explains something by chance alone, so each
 * input's share is cut by what as many columns of pure chance would explain; that goes to what is left. The shares add
 * to 1. `money` is by how much an input moves an ordinary period, up or down, on average; of what is left: how far
 * sales are from all inputs together.
 * @returns ranked, what is left at the end
 * References: see driverShares; Wherry 1931, Annals of Mathematical Statistics 2(4) (the correction).
 */
export function salesDrivers(periods: UsablePeriods): Driver[] {
  const rows = Array.from(periods.y.keys()).filter((t) => periods.learned[t] === 1);
  const at = (column: Float64Array) => Float64Array.from(rows, (t) => column[t]);
  const y = at(periods.y);
  const inputs = salesInputs(periods)
    .map((input): SalesInput => ({ ...input, columns: input.columns.map(at).filter(varies) }))
    .filter(({ columns }) => columns.length > 0);
  const columns = inputs.reduce((sum, input) => sum + input.columns.length, 0);
  if (!varies(y) || y.length < columns + 2) return [];
  const shares = driverShares(inputs, y);
  const left = 1 - shares.reduce((sum, share) => sum + share, 0);
  const byChance = left / (y.length - columns - 1);
  const corrected = inputs.map((input, i) => Math.max(0, shares[i] - input.columns.length * byChance));
  const amounts = movedAmounts(inputs, y, periods);
  const ranked = inputs
    .map(({ id }, i): Driver => ({ id, share: corrected[i], money: amounts.inputs[i] }))
    .sort((a, b) => b.share - a.share);
  const rest = 1 - ranked.reduce((sum, { share }) => sum + share, 0);
  return [...ranked, { id: 'rest', share: Math.max(0, rest), money: amounts.rest }];
}

const varies = (column: Float64Array): boolean => column.some((value) => value !== column[0]);

/** Mean absolute amount by which each input moves a period away from what it would sell with that input at its mean. */
function movedAmounts(inputs: SalesInput[], y: Float64Array, { scale }: UsablePeriods) {
  const { X, penalty } = designOf(inputs, y.length);
  const p = penalty.length;
  const b = ridge(X, y, new Uint8Array(y.length).fill(1), penalty);
  const fitted = y.map((_, t) => b.reduce((sum, value, i) => sum + value * X[t * p + i], 0));
  let first = 1;
  const moved = inputs.map(({ columns }) => {
    const part = y.map((_, t) => columns.reduce((sum, column, i) => sum + column[t] * b[first + i], 0));
    first += columns.length;
    const centre = mean(part);
    return mean(fitted.map((value, t) => Math.abs(scale.back(value) - scale.back(value - part[t] + centre))));
  });
  const rest = mean(fitted.map((value, t) => Math.abs(scale.back(value) - scale.back(y[t]))));
  return { inputs: moved.map((amount) => Math.round(amount * moneyPerUnit)), rest: Math.round(rest * moneyPerUnit) };
}
