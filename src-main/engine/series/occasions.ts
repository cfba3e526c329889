import type { CalendarEvent, MarkedDays } from '../../../src-shared/domain.ts';
import { dayNumber, dayText } from '../sales/sale-lines.ts';

/** A yearly event is at most so many days long, so that it never meets itself. */
export const longestYearly = 365;

/** The same date in another year; 29 February is the 28th where the year has none. Days since 1970-01-01. */
function dayInYear(day: number, years: number): number {
  const date = new Date(day * 86_400_000);
  const [year, month] = [date.getUTCFullYear() + years, date.getUTCMonth()];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)) / 86_400_000;
}

/**
 * The spans of the user's events that touch first … last (days since 1970-01-01). A yearly event repeats on the same
 * dates from its first occurrence on; a span over New Year keeps its length. Spans are in order of their first day.
 */
export function eventMarks(events: CalendarEvent[], first: number, last: number): MarkedDays[] {
  return events
    .flatMap(({ id, name, kind, from, to, everyYear }): MarkedDays[] => {
      const [start, end] = [dayNumber(from), dayNumber(to)];
      const spans: MarkedDays[] = [];
      for (let years = 0; ; years++) {
        const span = { from: dayInYear(start, years), to: dayInYear(end, years) };
        if (span.from > last) break;
        if (span.to >= first)
          spans.push({ id: String(id), name, kind, from: dayText(span.from), to: dayText(span.to) });
        if (!everyYear) break;
      }
      return spans;
    })
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}
