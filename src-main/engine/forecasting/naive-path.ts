import type { Day, Money, SalesSeries } from '../../../src-shared/domain.ts';
import { dayNumber } from '../sales/sale-lines.ts';
import { monthOf } from '../series/calendar.ts';
import { covariatesOf } from './covariates.ts';
import { futurePeriods } from './future-periods.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { moneyPerUnit, trainingInput } from './training-input.ts';

/**
 * What repeating the last season says of the given periods: the yardstick that is frozen with a forecast.
 * @param series what the forecast learned from, in whole 1/10 000 currency units
 * @param dates [h] first days of periods in a row after the series
 * @returns [h] whole 1/10 000 currency units, never negative, 0 where nothing will sell
 * @throws AppError 'not-enough-data' as the forecast itself
 */
export function naivePath(series: SalesSeries, dates: Day[]): Money[] {
  const input = trainingInput(series);
  const [first] = futurePeriods(series, { horizon: 1, start: null }, input.dense);
  const future = futurePeriods(
    series,
    { horizon: periodsBetween(series, first.day, dayNumber(dates[dates.length - 1])), start: null },
    input.dense,
  );
  const open = future.filter((period) => period.open);
  const state = { version: 1, lastSeason: Array.from(input.y.subarray(input.y.length - input.period)), deviation: 0 };
  const days = Int32Array.from(open, ({ day }) => day);
  const { point } = seasonalNaive.predict(state, Math.max(1, open.length), [], covariatesOf(input.frequency, days, []));
  const said = new Map(open.map(({ date, closed }, j) => [date, closed ? 0 : Math.max(0, point[j])]));
  return dates.map((date) => Math.round((said.get(date) ?? 0) * moneyPerUnit));
}

/** Periods from the one that begins on day `from` to the one that begins on day `to`, both counted. */
function periodsBetween({ frequency }: SalesSeries, from: number, to: number): number {
  if (frequency === 'month') return monthOf(to) - monthOf(from) + 1;
  return Math.round((to - from) / (frequency === 'week' ? 7 : 1)) + 1;
}
