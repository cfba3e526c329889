import type { Day, Frequency } from '../../../src-shared/domain.ts';
import { dayNumber, dayText } from '../sales/sale-lines.ts';
import { monthOf, monthStart } from './calendar.ts';

/** Last day of the day, week (Monday first) or month that begins on `day`; both in days since 1970-01-01. */
export function periodEnd(frequency: Frequency, day: number): number {
  if (frequency === 'month') return monthStart(monthOf(day) + 1) - 1;
  return frequency === 'week' ? day + 6 : day;
}

/** As `periodEnd`, for dates. */
export const lastDayOfPeriod = (frequency: Frequency, date: Day): Day => dayText(periodEnd(frequency, dayNumber(date)));
