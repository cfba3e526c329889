/** What is known of the whole business: its open weekdays, its holidays and what it does on them, its events. */
import type { CalendarEvent, Frequency, HolidayHabit, MarkedDays, SalesSeries } from '../../src-shared/domain.ts';
import { dailyRevenue } from '../engine/sales/daily-revenue.ts';
import { dayNumber } from '../engine/sales/sale-lines.ts';
import type { DailySales } from '../engine/series/calendar.ts';
import { holidayHabits, holidayMarks } from '../engine/series/holiday-habits.ts';
import { eventMarks } from '../engine/series/occasions.ts';
import { type KnownCalendar, regularSeries } from '../engine/series/regular-series.ts';
import { readEvents } from '../store/events.ts';
import { filteredMask } from './figures.ts';
import { holidaysOf } from './holidays.ts';
import { loadDailySeries } from './series-file.ts';
import type { Session } from './session.ts';

/** Years of marks after the data: a forecast may begin 366 periods after them and reach 365 further (months: the first 31 years of it). */
const yearsAhead: Record<Frequency, number> = { day: 2, week: 15, month: 31 };

export const eventsOf = (session: Session): CalendarEvent[] =>
  session.remembered('events', () => readEvents(session.store));

/** Revenue of each day under the cleaning rules, of the sale lines, else of the imported series; null without any. */
function businessDays(session: Session): DailySales | null {
  return session.remembered('business days', () => {
    const { lines } = session.sales;
    if (lines.length === 0) return loadDailySeries(session.store, null, null);
    const daily = dailyRevenue(lines, filteredMask(session, {}));
    return daily.counts.length > 0 ? daily : null;
  });
}

export interface KnownBusiness {
  /** The business by day, with everything that is known. */
  days: SalesSeries;
  /** What the data alone say of the open weekdays, Monday first. */
  foundOpenWeekdays: boolean[];
  habits: HolidayHabit[];
  calendar: KnownCalendar;
}

const everyDay = new Array<boolean>(7).fill(true);
/** Amounts that are dated once a week or month say nothing of single days. */
const isCoarse = ({ notes }: SalesSeries): boolean => notes.some(({ code }) => code.startsWith('series-summed-by-'));

/**
 * The calendar of the whole business, whatever a filter leaves of its sales: a slow product does not close the shop.
 * @param lastDay last day that may be known of, days since 1970-01-01; null: the last day of the data
 */
export const knownBusiness = (session: Session, frequency: Frequency, lastDay: number | null = null): KnownBusiness =>
  session.remembered(`known business ${frequency} ${lastDay}`, () => readBusiness(session, frequency, lastDay));

function readBusiness(session: Session, frequency: Frequency, lastDay: number | null): KnownBusiness {
  const { openWeekdays, holidayCountry } = session.settings;
  const daily = businessDays(session);
  const nothing: KnownCalendar = { openWeekdays, marked: [] };
  const empty: DailySales = { firstDay: 0, amounts: new Float64Array(0), counts: new Int32Array(0) };
  const lastKnown = daily ? daily.firstDay + daily.counts.length - 1 : -1;
  const last = Math.min(lastDay ?? lastKnown, lastKnown);
  const found = regularSeries(daily ?? empty, 'day', last);
  if (!daily || found.dates.length === 0) {
    return { days: found, foundOpenWeekdays: everyDay, habits: [], calendar: nothing };
  }
  const first = dayNumber(found.dates[0]);
  const lastYear = Number(found.lastDay!.slice(0, 4)) + yearsAhead[frequency];
  const events = eventMarks(eventsOf(session), first, dayNumber(`${lastYear}-12-31`));
  const holidays = holidayCountry
    ? holidaysOf(holidayCountry, Number(found.dates[0].slice(0, 4)), lastYear).filter(({ to }) => to >= found.dates[0])
    : [];
  const seen = regularSeries(daily, 'day', last, { openWeekdays, marked: events });
  const habits = habitsOf(seen, holidays, isCoarse(found));
  const marked = inOrder([...holidayMarks(holidays, habits), ...events]);
  const calendar = { openWeekdays, marked };
  return {
    days: regularSeries(daily, 'day', last, calendar),
    foundOpenWeekdays: found.openWeekdays,
    habits,
    calendar,
  };
}

const inOrder = (marks: MarkedDays[]): MarkedDays[] =>
  marks.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));

function habitsOf(
  { dates, status, openWeekdays }: SalesSeries,
  holidays: MarkedDays[],
  coarse: boolean,
): HolidayHabit[] {
  const habits = holidayHabits({ firstDay: dayNumber(dates[0]), status, openWeekdays }, holidays);
  return coarse ? habits.map((one) => ({ ...one, sold: 0, empty: 0, habit: 'unknown' as const })) : habits;
}
