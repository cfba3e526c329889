/** Dates of holidays against what governments published. */
import { describe, expect, it } from 'vitest';
import { dayNumber } from '../../src-main/engine/sales/sale-lines.ts';
import { weekdayOf } from '../../src-main/engine/series/calendar.ts';
import { checkHolidayCountry, holidayCountries, holidaysOf } from '../../src-main/worker/holidays.ts';

const datesOf = (code: string, from: number, to = from) => holidaysOf(code, from, to).map((mark) => mark.from);
const onWeekdays = (dates: string[]) => dates.filter((date) => weekdayOf(dayNumber(date)) < 5);
const on = (code: string, date: string) =>
  holidaysOf(code, Number(date.slice(0, 4)), Number(date.slice(0, 4))).find(
    ({ from, to }) => from <= date && date <= to,
  );

describe('published dates', () => {
  it('bank holidays of England and Wales 2009–2012 (gov.uk/bank-holidays, archived lists)', () => {
    expect(onWeekdays(datesOf('GB-ENG', 2009, 2012))).toEqual(
      [
        '2009-01-01 2009-04-10 2009-04-13 2009-05-04 2009-05-25 2009-08-31 2009-12-25 2009-12-28',
        '2010-01-01 2010-04-02 2010-04-05 2010-05-03 2010-05-31 2010-08-30 2010-12-27 2010-12-28',
        '2011-01-03 2011-04-22 2011-04-25 2011-04-29 2011-05-02 2011-05-30 2011-08-29 2011-12-26 2011-12-27',
        '2012-01-02 2012-04-06 2012-04-09 2012-05-07 2012-06-04 2012-06-05 2012-08-27 2012-12-25 2012-12-26',
      ].flatMap((year) => year.split(' ')),
    );
  });

  it('Easter Mondays 2020–2026, the day after the Easter Sundays of the U.S. Naval Observatory’s table', () => {
    const mondays = holidaysOf('DE', 2020, 2026).filter(({ id }) => id === 'easter-monday');
    expect(mondays.map(({ from }) => from)).toEqual([
      '2020-04-13',
      '2021-04-05',
      '2022-04-18',
      '2023-04-10',
      '2024-04-01',
      '2025-04-21',
      '2026-04-06',
    ]);
  });

  it('Thanksgiving is the fourth Thursday of November (5 U.S.C. 6103): 2009–2012', () => {
    const days = holidaysOf('US', 2009, 2012).filter(({ id }) => id === 'thanksgiving-day');
    expect(days.map(({ from }) => from)).toEqual(['2009-11-26', '2010-11-25', '2011-11-24', '2012-11-22']);
  });

  it('Reformation Day is a holiday of all Germany in 2017 only, else of some states', () => {
    expect(on('DE', '2017-10-31')?.name).toBe('Reformation Day');
    expect(on('DE', '2024-10-31')).toBeUndefined();
    expect(on('DE-SN', '2024-10-31')?.name).toBe('Reformation Day');
    expect(on('DE-BY', '2024-10-31')).toBeUndefined();
  });

  it('the feasts of Turkey 2024 last three and four days (Resmî Gazete; their eves are half days)', () => {
    expect(on('TR', '2024-04-11')).toMatchObject({ from: '2024-04-10', to: '2024-04-12' });
    expect(on('TR', '2024-06-17')).toMatchObject({ from: '2024-06-16', to: '2024-06-19' });
  });
});

describe('the list of countries', () => {
  it('has countries and regions with English names, each once, all accepted by the settings', () => {
    const countries = holidayCountries();
    expect(new Set(countries.map(({ code }) => code)).size).toBe(countries.length);
    expect(countries).toContainEqual({ code: 'DE', name: 'Germany' });
    expect(countries).toContainEqual({ code: 'GB-SCT', name: 'United Kingdom: Scotland' });
    expect(countries.filter(({ code }) => !/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(code))).toEqual([]);
    expect(() => checkHolidayCountry('XX')).toThrow('No holidays are known for “XX”.');
  });

  it('every one answers whole days in order, and the same holidays twice', () => {
    for (const { code } of holidayCountries().filter((_, i) => i % 9 === 0)) {
      const marks = holidaysOf(code, 2023, 2024);
      expect(marks.every(({ from, to, id }) => from <= to && id !== '')).toBe(true);
      expect(marks.map(({ from }) => from)).toEqual(marks.map(({ from }) => from).sort());
      expect(holidaysOf(code, 2023, 2024)).toEqual(marks);
    }
  });
});
