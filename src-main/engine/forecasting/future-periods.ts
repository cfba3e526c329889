import type { Day, Frequency, SalesSeries } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { dayNumber, dayText } from '../sales/sale-lines.ts';
import { closedDays, closedEveryYear, monthOf, monthStart, weekdayOf, weekOf, weekStart } from '../series/calendar.ts';
import { periodEnd } from '../series/period-days.ts';

/** One period to forecast. */
export interface FuturePeriod {
  date: Day;
  /** First day, days since 1970-01-01. */
  day: number;
  /** A model answers for it: false on closed weekdays. */
  open: boolean;
  /** Nothing will sell: closed weekdays, marked closures, and dates on which the business is closed every year. */
  closed: boolean;
  /** false: between the data and the chosen start. */
  shown: boolean;
}

/** A forecast reaches at most so many periods beyond the data. */
const longestReach = 366;

/**
 * The periods after the last whole one up to the end of the horizon: a week or month that is not over is forecast as a
 * whole.
 * @param dense the business sells on nearly every open day, so that its empty dates mean something
 * @throws AppError 'invalid-input' for a start inside the history or too far beyond it
 */
export function futurePeriods(
  series: SalesSeries,
  { horizon, start }: { horizon: number; start: Day | null },
  dense: boolean,
): FuturePeriod[] {
  const { frequency, dates, status, openWeekdays } = series;
  const last = status.at(-1) === 'partial' ? dates.length - 2 : dates.length - 1;
  const lastDay = last >= 0 ? dayNumber(dates[last]) : dayNumber(dates[0]) - 1;
  const skipped = start === null ? 0 : periodsBetween(frequency, lastDay, start);
  const count = skipped + horizon;
  const closures = closedDays(series.marked);
  if (frequency === 'day') {
    const holidays = dense ? closedEveryYear(dates, status) : new Set<string>();
    return Array.from({ length: count }, (_, j) => {
      const day = lastDay + 1 + j;
      const date = dayText(day);
      const open = openWeekdays[weekdayOf(day)];
      return {
        date,
        day,
        open,
        closed: !open || closures.has(day) || holidays.has(date.slice(5)),
        shown: j >= skipped,
      };
    });
  }
  return Array.from({ length: count }, (_, j) => {
    const day = frequency === 'week' ? weekStart(weekOf(lastDay) + 1 + j) : monthStart(monthOf(lastDay) + 1 + j);
    const closed = isClosedThroughout(day, periodEnd(frequency, day), openWeekdays, closures);
    return { date: dayText(day), day, open: true, closed, shown: j >= skipped };
  });
}

/** Every open weekday of the stretch is a marked closure. */
function isClosedThroughout(from: number, to: number, openWeekdays: boolean[], closures: ReadonlySet<number>): boolean {
  for (let day = from; day <= to; day++) if (openWeekdays[weekdayOf(day)] && !closures.has(day)) return false;
  return true;
}

/** Periods between the last whole one, which begins on `lastBegin`, and the one that holds `start`. */
function periodsBetween(frequency: Frequency, lastBegin: number, start: Day): number {
  const day = dayNumber(start);
  if (Number.isNaN(day) || dayText(day) !== start) {
    throw new AppError('invalid-input', `${start} is not a day of the calendar. Write it as YYYY-MM-DD.`, { start });
  }
  const number = { day: (one: number) => one, week: weekOf, month: monthOf }[frequency];
  const between = number(day) - number(lastBegin) - 1;
  const lastDay = dayText(periodEnd(frequency, lastBegin));
  if (between < 0) {
    throw new AppError(
      'invalid-input',
      `The forecast cannot start on ${start}: that lies inside the history, which ends on ${lastDay}. Choose a later day, or end the history earlier with the filter's dates.`,
      { start, lastDay },
    );
  }
  if (between >= longestReach) {
    throw new AppError(
      'invalid-input',
      `The forecast cannot start on ${start}: that is more than ${longestReach} periods after the data end. Import newer data or choose an earlier day.`,
      { start, lastDay },
    );
  }
  return between;
}

/** The open periods among them, in order: what a model is asked for. */
export const openAhead = (future: FuturePeriod[]): FuturePeriod[] => future.filter(({ open }) => open);
