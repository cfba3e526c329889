import type { Day, SalesSeries } from '../../../src-shared/domain.ts';
import { dayNumber, dayText } from '../sales/sale-lines.ts';
import { closedEveryYear, monthOf, monthStart, weekdayOf, weekOf, weekStart } from '../series/calendar.ts';

/** One period to forecast. */
export interface FuturePeriod {
  date: Day;
  /** First day, days since 1970-01-01. */
  day: number;
  /** A model answers for it: false on closed weekdays. */
  open: boolean;
  /** Nothing will sell: closed weekdays, and dates on which the business is closed every year. */
  closed: boolean;
}

/**
 * The periods after the last whole one: a week or month that is not over is forecast as a whole.
 * @param dense the business sells on nearly every open day, so that its empty dates mean something
 */
export function futurePeriods(series: SalesSeries, horizon: number, dense: boolean): FuturePeriod[] {
  const { frequency, dates, status, openWeekdays } = series;
  const last = status.at(-1) === 'partial' ? dates.length - 2 : dates.length - 1;
  const lastDay = last >= 0 ? dayNumber(dates[last]) : dayNumber(dates[0]) - 1;
  if (frequency === 'day') {
    const holidays = dense ? closedEveryYear(dates, status) : new Set<string>();
    return Array.from({ length: horizon }, (_, j) => {
      const day = lastDay + 1 + j;
      const date = dayText(day);
      const open = openWeekdays[weekdayOf(day)];
      return { date, day, open, closed: !open || holidays.has(date.slice(5)) };
    });
  }
  return Array.from({ length: horizon }, (_, j) => {
    const day = frequency === 'week' ? weekStart(weekOf(lastDay) + 1 + j) : monthStart(monthOf(lastDay) + 1 + j);
    return { date: dayText(day), day, open: true, closed: false };
  });
}
