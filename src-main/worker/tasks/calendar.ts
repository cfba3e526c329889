/** The calendar: what is known of the business's days, and the events the user marks. */
import type { Parsed } from '../../../src-shared/contract.ts';
import type { BusinessCalendar, CalendarEvent, SalesSeries } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { longestYearly } from '../../engine/series/occasions.ts';
import { deleteEvent, insertEvent, type NewEvent, updateEvent } from '../../store/events.ts';
import { eventsOf, knownBusiness } from '../business-calendar.ts';
import { checkedDay } from '../figures.ts';
import { holidayCountries } from '../holidays.ts';
import type { Session } from '../session.ts';
import { series } from './series.ts';

/** Everything the calendar knows; the days are counted under the filter, holidays and open weekdays are the business's. */
export function getCalendar(session: Session, { filter }: Parsed<'calendar.get'>): BusinessCalendar {
  const { openWeekdays, holidayCountry } = session.settings;
  const known = knownBusiness(session, 'day');
  const days = known.days.dates.length > 0 ? series(session, { filter, frequency: 'day' }) : known.days;
  return {
    firstDay: days.dates[0] ?? null,
    lastDay: days.lastDay,
    foundOpenWeekdays: known.foundOpenWeekdays,
    openWeekdays: openWeekdays ?? known.foundOpenWeekdays,
    ownOpenWeekdays: openWeekdays !== null,
    country: holidayCountry,
    countries: holidayCountries(),
    holidays: known.habits,
    events: eventsOf(session),
    marked: days.marked,
    counts: countsOf(days),
  };
}

function countsOf({ status }: SalesSeries): BusinessCalendar['counts'] {
  const counts = { sold: 0, zero: 0, closed: 0, missing: 0 };
  for (const one of status) if (one !== 'partial') counts[one]++;
  return counts;
}

/** @throws AppError 'invalid-input' for days that are none, in the wrong order, or a yearly event that meets itself */
function checkEvent({ name, from, to, everyYear }: Pick<NewEvent, 'name' | 'from' | 'to' | 'everyYear'>): void {
  const [first, last] = [checkedDay(from), checkedDay(to)];
  if (last < first) {
    throw new AppError(
      'invalid-input',
      `“${name}” ends on ${to}, before it begins on ${from}. Change one of the days.`,
      {
        from,
        to,
      },
    );
  }
  if (everyYear && last - first >= longestYearly) {
    throw new AppError('invalid-input', `“${name}” happens every year, so it must be shorter than a year.`, {
      from,
      to,
    });
  }
}

const sameEvent = ({ name, from, to }: Pick<NewEvent, 'name' | 'from' | 'to'>): AppError =>
  new AppError(
    'invalid-input',
    `“${name}” is in the calendar already, of the same kind and from ${from} to ${to}. Change that one instead.`,
    { name, from, to },
  );

const unknownEvent = (id: number): AppError =>
  new AppError('not-found', `There is no event ${id} in the calendar. It may have been removed.`, { id });

/** @throws AppError 'invalid-input' */
export function addEvent(session: Session, input: Parsed<'calendar.addEvent'>): CalendarEvent {
  checkEvent(input);
  const event: NewEvent = { ...input, source: '' };
  const id = session.store.transaction(() => insertEvent(session.store, event));
  if (id === null) throw sameEvent(event);
  return { id, ...event };
}

/** @throws AppError 'not-found', 'invalid-input' */
export function changeEvent(session: Session, input: Parsed<'calendar.changeEvent'>): CalendarEvent {
  const old = eventsOf(session).find(({ id }) => id === input.id);
  if (!old) throw unknownEvent(input.id);
  checkEvent(input);
  const event: CalendarEvent = { ...input, source: old.source };
  if (!session.store.transaction(() => updateEvent(session.store, event))) throw sameEvent(event);
  return event;
}

/** @throws AppError 'not-found' */
export function removeEvent(session: Session, { id }: Parsed<'calendar.removeEvent'>): { removed: number } {
  const removed = session.store.transaction(() => deleteEvent(session.store, id));
  if (removed === 0) throw unknownEvent(id);
  return { removed };
}
