import { describe, expect, it } from 'vitest';
import { covariatesOf, learnableMarks } from '../../src-main/engine/forecasting/covariates.ts';
import { futurePeriods } from '../../src-main/engine/forecasting/future-periods.ts';
import { dayNumber, dayText } from '../../src-main/engine/sales/sale-lines.ts';
import { type DailySales, weekdayOf } from '../../src-main/engine/series/calendar.ts';
import { holidayHabits, holidayMarks } from '../../src-main/engine/series/holiday-habits.ts';
import { eventMarks } from '../../src-main/engine/series/occasions.ts';
import { type KnownCalendar, regularSeries } from '../../src-main/engine/series/regular-series.ts';
import type { CalendarEvent, MarkedDays } from '../../src-shared/domain.ts';

function daily(from: string, to: string, sells: (date: string, day: number) => boolean): DailySales {
  const firstDay = dayNumber(from);
  const days = dayNumber(to) - firstDay + 1;
  const sales = { firstDay, amounts: new Float64Array(days), counts: new Int32Array(days) };
  for (let i = 0; i < days; i++) {
    if (!sells(dayText(firstDay + i), firstDay + i)) continue;
    sales.amounts[i] = 10_000;
    sales.counts[i] = 1;
  }
  return sales;
}
const series = (sales: DailySales, calendar?: KnownCalendar, frequency: 'day' | 'week' | 'month' = 'day') =>
  regularSeries(sales, frequency, sales.firstDay + sales.counts.length - 1, calendar);
const statusOn = ({ dates, status }: { dates: string[]; status: string[] }, date: string) =>
  status[dates.indexOf(date)];
const event = (values: Partial<CalendarEvent>): CalendarEvent => ({
  id: 1,
  name: 'Sale',
  kind: 'promotion',
  from: '2024-03-01',
  to: '2024-03-01',
  everyYear: false,
  source: '',
  ...values,
});
const spans = (marks: MarkedDays[]) => marks.map(({ from, to }) => `${from} ${to}`);
const between = (events: CalendarEvent[], from: string, to: string) =>
  spans(eventMarks(events, dayNumber(from), dayNumber(to)));
const holiday = (id: string, from: string, to = from): MarkedDays => ({ id, name: id, kind: 'holiday', from, to });

describe('events', () => {
  it('one that happens once stands once, a yearly one from its first time on', () => {
    expect(between([event({})], '2020-01-01', '2027-12-31')).toEqual(['2024-03-01 2024-03-01']);
    expect(between([event({ everyYear: true })], '2020-01-01', '2026-12-31')).toEqual([
      '2024-03-01 2024-03-01',
      '2025-03-01 2025-03-01',
      '2026-03-01 2026-03-01',
    ]);
    expect(
      between([event({ everyYear: true, from: '2001-03-01', to: '2001-03-02' })], '2026-03-02', '2026-12-31'),
    ).toEqual(['2026-03-01 2026-03-02']);
  });

  it('29 February is the 28th where the year has none', () => {
    const leap = event({ everyYear: true, from: '2024-02-29', to: '2024-02-29' });
    expect(between([leap], '2024-01-01', '2028-12-31')).toEqual(
      ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'].map((day) => `${day} ${day}`),
    );
  });

  it('a span over New Year stays one span, and one that has begun before the data counts', () => {
    const closed = event({ everyYear: true, kind: 'closed', from: '2023-12-24', to: '2024-01-02' });
    expect(between([closed], '2024-01-01', '2025-12-31')).toEqual([
      '2023-12-24 2024-01-02',
      '2024-12-24 2025-01-02',
      '2025-12-24 2026-01-02',
    ]);
  });
});

describe('closures', () => {
  const shop = daily('2024-01-01', '2024-06-30', (date) => !['2024-03-04', '2024-03-05', '2024-03-07'].includes(date));
  const closure: MarkedDays = { id: '1', name: 'Works', kind: 'closed', from: '2024-03-04', to: '2024-03-06' };

  it('marked days without a sale are closed, one that sold after all is sold, an unmarked one is zero', () => {
    const known = series(shop, { openWeekdays: null, marked: [closure] });
    expect(['2024-03-04', '2024-03-05', '2024-03-06', '2024-03-07'].map((date) => statusOn(known, date))).toEqual([
      'closed',
      'closed',
      'sold',
      'zero',
    ]);
    expect(statusOn(series(shop), '2024-03-04')).toBe('zero');
  });

  it('closes the days ahead, and whole weeks, never a week with an open day', () => {
    const ahead: MarkedDays = { ...closure, from: '2024-07-02', to: '2024-07-14' };
    const days = futurePeriods(
      series(shop, { openWeekdays: null, marked: [ahead] }),
      { horizon: 16, start: null },
      true,
    );
    expect(days.filter(({ closed }) => closed).map(({ date }) => date)).toEqual(
      Array.from({ length: 13 }, (_, i) => dayText(dayNumber('2024-07-02') + i)),
    );
    const weeks = futurePeriods(
      series(shop, { openWeekdays: null, marked: [ahead] }, 'week'),
      { horizon: 3, start: null },
      true,
    );
    expect(weeks.map(({ date, closed }) => [date, closed])).toEqual([
      ['2024-07-01', false],
      ['2024-07-08', true],
      ['2024-07-15', false],
    ]);
  });

  it('own open weekdays go before those the data show', () => {
    const weekdays = daily('2024-01-01', '2024-06-30', (_, day) => weekdayOf(day) < 5);
    const open = [true, true, true, true, true, true, false];
    expect(series(weekdays).openWeekdays).toEqual([true, true, true, true, true, false, false]);
    const own = series(weekdays, { openWeekdays: open, marked: [] });
    expect(own.openWeekdays).toEqual(open);
    expect([statusOn(own, '2024-02-03'), statusOn(own, '2024-02-04')]).toEqual(['zero', 'closed']);
  });
});

describe('what the business does on holidays', () => {
  const holidays = [
    holiday('new-year', '2023-01-01'),
    holiday('spring', '2023-05-01'),
    holiday('weekend', '2023-07-01'),
    holiday('christmas', '2023-12-25', '2023-12-26'),
    holiday('new-year', '2024-01-01'),
    holiday('spring', '2024-05-01'),
    holiday('weekend', '2024-06-30'),
    holiday('christmas', '2024-12-25', '2024-12-26'),
    holiday('new-year', '2025-01-01'),
    holiday('spring', '2025-05-01'),
  ];
  const habitOf = (sales: DailySales) => {
    const { dates, status, openWeekdays } = series(sales);
    const habits = holidayHabits({ firstDay: dayNumber(dates[0]), status, openWeekdays }, holidays);
    return { habits, of: (id: string) => habits.find((one) => one.id === id) };
  };
  const shut = ['2023-12-25', '2023-12-26', '2024-12-25', '2024-12-26', '2024-01-01'];
  const shop = daily('2023-01-02', '2024-12-31', (date, day) => weekdayOf(day) < 5 && !shut.includes(date));

  it('never sold on it: closed, after one chance too; sold on it: sells; only on weekends: unknown', () => {
    const { habits, of } = habitOf(shop);
    expect(of('christmas')).toMatchObject({ sold: 0, empty: 4, habit: 'closed', last: '2024-12-25', next: null });
    expect(of('new-year')).toMatchObject({
      sold: 0,
      empty: 1,
      habit: 'closed',
      last: '2024-01-01',
      next: '2025-01-01',
    });
    expect(of('spring')).toMatchObject({ sold: 2, empty: 0, habit: 'sells', next: '2025-05-01' });
    expect(of('weekend')).toMatchObject({ sold: 0, empty: 0, habit: 'unknown' });
    expect(habits.map(({ id }) => id).slice(0, 2)).toEqual(['new-year', 'spring']);
  });

  it('a closed holiday is closed in the past and ahead, one that sells is something to learn from', () => {
    const marked = holidayMarks(holidays, habitOf(shop).habits);
    const known = series(shop, { openWeekdays: null, marked });
    expect(['2023-12-25', '2024-01-01', '2024-05-01'].map((date) => statusOn(known, date))).toEqual([
      'closed',
      'closed',
      'sold',
    ]);
    expect(futurePeriods(known, { horizon: 2, start: null }, true).map(({ date, closed }) => [date, closed])).toEqual([
      ['2025-01-01', true],
      ['2025-01-02', false],
    ]);
    const days = Int32Array.from(known.dates, dayNumber);
    const { regressors } = covariatesOf('day', days, learnableMarks('day', days, known.marked));
    expect(regressors.map(({ id }) => id)).toEqual(['holiday:spring', 'holiday:weekend']);
    expect(regressors[0].values.reduce((sum, value) => sum + value, 0)).toBe(2);
  });

  it('a business that sells on two days in three needs more than one empty holiday to be closed on it', () => {
    const seldom = daily('2023-01-02', '2024-12-31', (date, day) => day % 3 !== 0 && !shut.includes(date));
    const { of } = habitOf(seldom);
    // One day in three is empty by chance: (1/3)¹ > 0.1, (1/3)⁴ < 0.1.
    expect(of('new-year')).toMatchObject({ sold: 0, empty: 1, habit: 'unknown' });
    expect(of('christmas')).toMatchObject({ sold: 0, empty: 4, habit: 'closed' });
  });

  it('a business that was closed on five holidays and open on none is closed on one it has not met', () => {
    const five = ['2023-02-06', '2023-03-07', '2023-04-05', '2023-05-04', '2023-06-02'];
    const met = five.map((date) => holiday(date, date));
    const jubilee = holiday('jubilee', '2024-06-04');
    const habitsFor = (holidays: MarkedDays[], shutOn: string[]) => {
      const { dates, status, openWeekdays } = series(
        daily('2023-01-02', '2023-12-29', (date, day) => weekdayOf(day) < 5 && !shutOn.includes(date)),
      );
      const habits = holidayHabits({ firstDay: dayNumber(dates[0]), status, openWeekdays }, holidays);
      return habits.find(({ id }) => id === 'jubilee')?.habit;
    };
    expect(habitsFor([...met, jubilee], five)).toBe('closed');
    expect(habitsFor([...met, jubilee], five.slice(1))).toBe('unknown');
    expect(habitsFor([...met.slice(1), jubilee], five)).toBe('unknown');
  });

  it('a hole in the data tells nothing of the holiday inside it', () => {
    const hole = daily(
      '2023-01-02',
      '2024-12-31',
      (date, day) => weekdayOf(day) < 5 && !(date >= '2024-04-10' && date <= '2024-05-20'),
    );
    expect(habitOf(hole).of('spring')).toMatchObject({ sold: 1, empty: 0, habit: 'sells' });
  });

  it('an event that was never in the training part is no input', () => {
    const days = Int32Array.from(series(shop).dates.slice(0, 100), dayNumber);
    const marks = eventMarks(
      [event({ id: 1, from: '2023-02-01', to: '2023-02-03' }), event({ id: 2, from: '2025-02-01', to: '2025-02-03' })],
      days[0],
      dayNumber('2026-01-01'),
    );
    expect(learnableMarks('day', days, marks).map(({ id }) => id)).toEqual(['1']);
  });
});
