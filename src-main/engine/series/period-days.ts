import type { Day, Frequency } from '../../../src-shared/domain.ts';
import { dayNumber, dayText } from '../sales/sale-lines.ts';
import { monthOf, monthStart } from './calendar.ts';

/** Last day of the day, week (Monday first) or month that begins on `date`. */
export function lastDayOfPeriod(frequency: Frequency, date: Day): Day {
  const day = dayNumber(date);
  if (frequency === 'month') return dayText(monthStart(monthOf(day) + 1) - 1);
  return dayText(frequency === 'week' ? day + 6 : day);
}
