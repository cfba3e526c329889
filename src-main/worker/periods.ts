/** Periods that figures are compared over: what the data cover whole, the period before, the same a year earlier. */
import type { Filter, Period } from '../../src-shared/domain.ts';
import { dailyRevenue } from '../engine/sales/daily-revenue.ts';
import { dayText } from '../engine/sales/sale-lines.ts';
import { monthOf, monthStart } from '../engine/series/calendar.ts';
import { regularSeries } from '../engine/series/regular-series.ts';
import { dataSpan, filteredMask } from './figures.ts';
import type { Session } from './session.ts';

/** Days since 1970-01-01, both included. */
export interface Days {
  from: number;
  to: number;
}

export const periodOf = ({ from, to }: Days): Period => ({ from: dayText(from), to: dayText(to) });

/** How far the data reach: whole months at their edges count from the month's first to its last day. */
export function reachOf(session: Session): Days & { partialMonths: Set<string> } {
  return session.remembered('reach', () => {
    const { lines } = session.sales;
    const span = dataSpan(session)!;
    const series = regularSeries(dailyRevenue(lines, filteredMask(session, {})), 'month', span.last);
    const partialMonths = new Set(
      series.dates.filter((_, i) => series.status[i] === 'partial').map((date) => date.slice(0, 7)),
    );
    const whole = (day: number) => !partialMonths.has(dayText(day).slice(0, 7));
    return {
      from: whole(span.first) ? monthStart(monthOf(span.first)) : span.first,
      to: whole(span.last) ? monthStart(monthOf(span.last) + 1) - 1 : span.last,
      partialMonths,
    };
  });
}

export const isWholeMonth = ({ from, to }: Days): boolean =>
  from === monthStart(monthOf(from)) && to === monthStart(monthOf(from) + 1) - 1;

/** The same dates a year earlier; 29 February becomes the 28th, and a month's last day stays its last. */
export function yearEarlier(days: Days): Days {
  const from = sameDateEarlier(days.from, 12);
  if (isWholeMonth(days)) return { from, to: monthStart(monthOf(from) + 1) - 1 };
  return { from, to: sameDateEarlier(days.to, 12) };
}

/** The same day of the month some months earlier, or that month's last day where it is shorter. */
function sameDateEarlier(day: number, months: number): number {
  const month = monthOf(day);
  const wanted = monthStart(month - months) + day - monthStart(month);
  return Math.min(wanted, monthStart(month - months + 1) - 1);
}

/** The end of a day some months earlier: a month's last day stays a last day. */
export function dayMonthsEarlier(day: number, months: number): number {
  const month = monthOf(day);
  const isLast = day === monthStart(month + 1) - 1;
  return isLast ? monthStart(month - months + 1) - 1 : sameDateEarlier(day, months);
}

/** The month before a month, else as many days just before. */
export function justBefore(days: Days): Days {
  if (isWholeMonth(days)) return { from: monthStart(monthOf(days.from) - 1), to: days.from - 1 };
  return { from: days.from - (days.to - days.from + 1), to: days.from - 1 };
}

/** What is compared unless asked otherwise: the filter's own dates, else the last month that the data cover whole. */
export function currentDays(filter: Filter, period: Days, reach: Days): Days {
  if (filter.from || filter.to) return period;
  const lastMonth = monthOf(reach.to);
  const month = reach.to === monthStart(lastMonth + 1) - 1 ? lastMonth : lastMonth - 1;
  const days = { from: monthStart(month), to: monthStart(month + 1) - 1 };
  return days.from >= reach.from ? days : period;
}
