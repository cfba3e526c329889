import type { ForecastResult, Money } from '../domain.ts';

export interface MonthAhead {
  /** 'YYYY-MM' */
  month: string;
  /** Sum of the expected periods that lie in the month and are not yet in the data. */
  expected: Money;
}

/**
 * The forecast's periods added up by calendar month, for each month the forecast covers to its end: half a month's
 * expectation would look like a slump. Expected values add exactly, bands do not, so there are none. A weekly forecast
 * gives nothing, because its weeks straddle the months.
 */
export function monthsAhead(forecast: ForecastResult | null): MonthAhead[] {
  if (!forecast || forecast.frequency === 'week') return [];
  const expected = new Map<string, Money>();
  for (const point of forecast.points) {
    const month = point.date.slice(0, 7);
    expected.set(month, (expected.get(month) ?? 0) + point.mean);
  }
  const last = forecast.points.at(-1)?.date ?? '';
  const whole = (month: string) => forecast.frequency === 'month' || lastDayOf(month) <= last;
  return [...expected].filter(([month]) => whole(month)).map(([month, sum]) => ({ month, expected: sum }));
}

const lastDayOf = (month: string): string => {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
};
