import type { HolidayHabit, MarkedDays, PeriodStatus } from '../../../src-shared/domain.ts';
import { dayNumber } from '../sales/sale-lines.ts';
import { weekdayOf } from './calendar.ts';

/** The whole business, day by day, before anything is known of its holidays. */
export interface BusinessDays {
  /** Days since 1970-01-01. */
  firstDay: number;
  /** [n] one status a day. */
  status: PeriodStatus[];
  /** [7] Monday first. */
  openWeekdays: boolean[];
}

/** An empty holiday proves a habit where empty days are this rare, or as often empty as makes chance this rare. */
const chanceOfEmpty = 0.1;
/** A longer run of missing days is a hole in the data and tells nothing of a holiday inside. */
const longestClosure = 14;

/** A business that was closed on so many different holidays and open on none keeps those it has not met too. */
const enoughHolidays = 5;

/** Days that tell nothing: inside a long run without data. Closed weekdays belong to the run around them. */
function holesOf(status: PeriodStatus[]): Uint8Array {
  const holes = new Uint8Array(status.length);
  for (let i = 0; i < status.length; ) {
    let end = i;
    let missing = false;
    while (end < status.length && (status[end] === 'missing' || status[end] === 'closed')) {
      missing ||= status[end] === 'missing';
      end++;
    }
    if (missing && end - i > longestClosure) holes.fill(1, i, end);
    i = Math.max(end, i + 1);
  }
  return holes;
}

const isEmpty = (status: PeriodStatus): boolean => status === 'zero' || status === 'missing';

/** How often an open day that is no holiday had no sale. */
function emptyChance({ firstDay, status, openWeekdays }: BusinessDays, holidays: Set<number>): number {
  let open = 0;
  let empty = 0;
  status.forEach((one, i) => {
    const day = firstDay + i;
    if (!openWeekdays[weekdayOf(day)] || one === 'missing' || holidays.has(day)) return;
    open++;
    if (one === 'zero') empty++;
  });
  return open > 0 ? empty / open : 1;
}

/**
 * What the business did on each holiday: 'closed' where it never sold on one that fell on an open weekday and chance
 * cannot explain it (one such day is enough in a business that sells nearly every open day), 'sells' where it sold at
 * least once, 'unknown' where the data hold none on an open weekday – but 'closed' in a business that was closed on all
 * the others.
 * @param holidays spans from the first day of the data on; spans of one id are the same holiday
 * @returns one row a holiday, in the order of the year from the last day on
 */
export function holidayHabits(business: BusinessDays, holidays: MarkedDays[]): HolidayHabit[] {
  const { firstDay, status, openWeekdays } = business;
  const lastDay = firstDay + status.length - 1;
  const allDays = new Set<number>();
  for (const { from, to } of holidays) for (let day = dayNumber(from); day <= dayNumber(to); day++) allDays.add(day);
  const chance = emptyChance(business, allDays);
  const holes = holesOf(status);
  const habits = new Map<string, HolidayHabit>();
  for (const { id, name, from, to } of holidays) {
    const habit = habits.get(id) ?? { id, name, last: null, next: null, sold: 0, empty: 0, habit: 'unknown' };
    habits.set(id, habit);
    if (dayNumber(from) > lastDay) {
      habit.next ??= from;
      continue;
    }
    habit.last = from;
    for (let day = dayNumber(from); day <= Math.min(dayNumber(to), lastDay); day++) {
      const i = day - firstDay;
      if (i < 0 || holes[i]) continue;
      if (status[i] === 'sold') habit.sold++;
      else if (isEmpty(status[i]) && openWeekdays[weekdayOf(day)]) habit.empty++;
    }
  }
  judge([...habits.values()], chance);
  return [...habits.values()].sort((a, b) => orderOf(a).localeCompare(orderOf(b)));
}

function judge(habits: HolidayHabit[], chance: number): void {
  for (const habit of habits) {
    if (habit.sold > 0) habit.habit = 'sells';
    else if (habit.empty > 0 && chance ** habit.empty <= chanceOfEmpty) habit.habit = 'closed';
  }
  const judged = habits.filter(({ habit }) => habit !== 'unknown');
  if (judged.length < enoughHolidays || judged.some(({ habit }) => habit === 'sells')) return;
  for (const habit of habits) if (habit.empty === 0) habit.habit = 'closed';
}

/** Those that never come again stand last. */
const orderOf = ({ next, last }: HolidayHabit): string => `${next ?? '9999-12-31'} ${last ?? ''}`;

/** Holidays on which nothing is ever sold become closures; the others stay holidays, whose effect is learned. */
export function holidayMarks(holidays: MarkedDays[], habits: HolidayHabit[]): MarkedDays[] {
  const closed = new Set(habits.filter(({ habit }) => habit === 'closed').map(({ id }) => id));
  return holidays.map((mark) => (closed.has(mark.id) ? { ...mark, kind: 'closed' } : mark));
}
