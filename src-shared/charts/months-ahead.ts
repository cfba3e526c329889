import type { ForecastResult, Money } from '../domain.ts';

export interface MonthAhead {
  /** 'YYYY-MM' */
  month: string;
  /** Sum of the expected periods that lie in the month and are not yet in the data. */
  expected: Money;
  /** Last forecast day inside the month. */
  through: string;
}

/**
 * The forecast's periods added up by calendar month. Expected values add exactly, bands do not, so there are none.
 * A weekly forecast gives nothing, because its weeks straddle the months.
 */
export function monthsAhead(forecast: ForecastResult | null): MonthAhead[] {
  if (!forecast || forecast.frequency === 'week') return [];
  const months = new Map<string, MonthAhead>();
  for (const point of forecast.points) {
    const month = point.date.slice(0, 7);
    const row = months.get(month) ?? { month, expected: 0, through: point.date };
    row.expected += point.mean;
    row.through = point.date;
    months.set(month, row);
  }
  return [...months.values()];
}
