import { describe, expect, it } from 'vitest';
import { dayNumber, dayText } from '../../src-main/engine/sales/sale-lines.ts';
import { closedEveryYear, type DailySales, weekdayOf } from '../../src-main/engine/series/calendar.ts';
import { regularSeries } from '../../src-main/engine/series/regular-series.ts';

/** Daily sales where `amount` answers null for a day without a row. */
function daily(from: string, days: number, amount: (day: number, i: number) => number | null): DailySales {
  const sales = { firstDay: dayNumber(from), amounts: new Float64Array(days), counts: new Int32Array(days) };
  for (let i = 0; i < days; i++) {
    const value = amount(sales.firstDay + i, i);
    if (value === null) continue;
    sales.amounts[i] = value;
    sales.counts[i] = 1;
  }
  return sales;
}
const lastOf = (sales: DailySales) => sales.firstDay + sales.amounts.length - 1;
const weekend = (day: number) => weekdayOf(day) >= 5;
const codes = (series: { notes: { code: string }[] }) => series.notes.map(({ code }) => code);
const statusOn = (series: { dates: string[]; status: string[] }, date: string) =>
  series.status[series.dates.indexOf(date)];

describe('calendar', () => {
  it('knows its weekdays: 2024-01-01 was a Monday, 1969-12-28 a Sunday', () => {
    expect(weekdayOf(dayNumber('2024-01-01'))).toBe(0);
    expect(weekdayOf(dayNumber('1969-12-28'))).toBe(6);
  });

  it('finds closed weekdays, and keeps the amount of one that sold after all', () => {
    const sales = daily('2024-01-01', 140, (day, i) => (weekend(day) && i !== 54 ? null : 10_000));
    const series = regularSeries(sales, 'day', lastOf(sales));
    expect(series.openWeekdays).toEqual([true, true, true, true, true, false, false]);
    expect(series.status[54]).toBe('sold');
    expect(series.values[54]).toBe(10_000);
    expect(series.status.filter((status) => status === 'closed')).toHaveLength(39);
    expect(series.notes).toContainEqual({
      code: 'series-sold-while-closed',
      params: { count: 1, soldMoney: 10_000 },
      level: 'info',
    });
  });

  it('a weekday without a sale on 79 % of its dates is open, on 80 % closed', () => {
    const sundays = (share: number) =>
      daily('2024-01-01', 700, (day, i) => (weekdayOf(day) === 6 && ((i - 6) / 7) % 100 < 100 * share ? null : 1));
    const open = (sales: DailySales) =>
      regularSeries(
        { firstDay: sales.firstDay, amounts: sales.amounts.slice(0, 364), counts: sales.counts.slice(0, 364) },
        'day',
        sales.firstDay + 363,
      ).openWeekdays[6];
    expect(open(sundays(0.41))).toBe(true);
    expect(open(sundays(0.42))).toBe(false);
  });

  it('days written with a 0 are days without a sale: closed weekdays are found, a fortnight of zeros is not missing', () => {
    const fortnight = (i: number) => i >= 70 && i < 84;
    const sales = daily('2024-01-01', 140, (day, i) => (weekend(day) || fortnight(i) ? 0 : 10_000));
    const series = regularSeries(sales, 'day', lastOf(sales));
    expect(series.openWeekdays).toEqual([true, true, true, true, true, false, false]);
    expect(series.status.filter((status) => status === 'closed')).toHaveLength(40);
    expect(series.status.filter((status) => status === 'zero')).toHaveLength(10);
    expect(series.status).not.toContain('missing');
    const weeks = regularSeries(sales, 'week', lastOf(sales));
    expect(weeks.status.filter((status) => status === 'zero')).toHaveLength(2);
    expect(weeks.status).not.toContain('missing');
  });

  it('a slow product is not closed all week', () => {
    const sales = daily('2024-01-01', 364, (_, i) => (i % 5 === 0 ? 50_000 : null));
    const series = regularSeries(sales, 'day', lastOf(sales));
    expect(series.openWeekdays.every(Boolean)).toBe(true);
    expect(series.status.filter((status) => status === 'zero').length).toBe(364 - 73);
    expect(codes(series)).not.toContain('series-missing-day');
  });

  it('one empty day is zero, a run that chance cannot explain is missing, a silent end is neither', () => {
    const sales = daily('2024-01-01', 300, (_, i) => (i === 50 || (i >= 100 && i < 110) || i >= 290 ? null : 10_000));
    const series = regularSeries(sales, 'day', lastOf(sales));
    expect(series.status[50]).toBe('zero');
    expect(series.status.slice(100, 110).every((status) => status === 'missing')).toBe(true);
    expect(series.status.slice(290).every((status) => status === 'zero')).toBe(true);
    expect(codes(series)).toEqual(['series-missing-day', 'series-silent-end']);
  });

  it('finds the dates on which nothing was ever sold', () => {
    const closed = (day: number) => ['12-25', '12-26', '01-01'].includes(dayText(day).slice(5));
    const sales = daily('2021-01-02', 1200, (day) => (closed(day) || weekdayOf(day) === 6 ? null : 10_000));
    const series = regularSeries(sales, 'day', lastOf(sales));
    expect([...closedEveryYear(series.dates, series.status)].sort()).toEqual(['01-01', '12-25', '12-26']);
  });
});

describe('weeks and months', () => {
  const sales = daily('2024-01-03', 120, (_, i) => 10_000 + i);

  it('weeks start on Monday, months on the 1st; partial ends are marked; nothing is lost', () => {
    const total = sales.amounts.reduce((a, b) => a + b, 0);
    for (const frequency of ['day', 'week', 'month'] as const) {
      const series = regularSeries(sales, frequency, lastOf(sales));
      expect(series.values.reduce((a, b) => a + b, 0)).toBe(total);
      expect(series.lastDay).toBe('2024-05-01');
    }
    const weeks = regularSeries(sales, 'week', lastOf(sales));
    expect(weeks.dates.slice(0, 2)).toEqual(['2024-01-01', '2024-01-08']);
    expect([weeks.status[0], weeks.status[1], weeks.status.at(-1)]).toEqual(['partial', 'sold', 'partial']);
    const months = regularSeries(sales, 'month', lastOf(sales));
    expect(months.dates).toEqual(['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01', '2024-05-01']);
    expect(months.status).toEqual(['partial', 'sold', 'sold', 'sold', 'partial']);
    expect(months.values[1]).toBe(Array.from({ length: 29 }, (_, i) => 10_000 + 29 + i).reduce((a, b) => a + b, 0));
  });

  it('a month that ends on a closed day is whole', () => {
    const shop = daily('2024-01-01', 90, (day) => (weekend(day) ? null : 10_000));
    // 2024-03-30 is a Saturday, the 31st a Sunday.
    expect(regularSeries(shop, 'month', dayNumber('2024-03-29')).status).toEqual(['sold', 'sold', 'sold']);
    expect(regularSeries(shop, 'month', dayNumber('2024-03-28')).status.at(-1)).toBe('partial');
  });

  it('a whole month missing is missing, not zero', () => {
    const shop = daily('2023-01-01', 731, (day) => (dayText(day).startsWith('2023-08') ? null : 10_000));
    const months = regularSeries(shop, 'month', lastOf(shop));
    expect(statusOn(months, '2023-08-01')).toBe('missing');
    expect(months.status.filter((status) => status === 'sold')).toHaveLength(23);
    expect(codes(months)).toEqual(['series-missing-month']);
  });

  it('already-summed months are whole, whatever day they are dated', () => {
    for (const date of ['01', '28']) {
      const rows = daily('2023-01-01', 365, (day) => (dayText(day).endsWith(`-${date}`) ? 700_000 : null));
      const last = dayNumber(`2023-12-${date}`);
      expect(regularSeries(rows, 'month', last).status).toEqual(new Array(12).fill('sold'));
      expect(codes(regularSeries(rows, 'day', last))).toContain('series-summed-by-month');
      expect(codes(regularSeries(rows, 'week', last))).toContain('series-summed-by-month');
    }
  });

  it('already-summed weeks are whole weeks', () => {
    const rows = daily('2024-01-01', 70, (day) => (weekdayOf(day) === 4 ? 700_000 : null));
    const series = regularSeries(rows, 'week', dayNumber('2024-03-08'));
    expect(series.status).toEqual(new Array(10).fill('sold'));
    expect(codes(regularSeries(rows, 'day', dayNumber('2024-03-08')))).toContain('series-summed-by-week');
  });
});

describe('hardly any data', () => {
  it('nothing at all', () => {
    const series = regularSeries(
      { firstDay: 19_000, amounts: new Float64Array(30), counts: new Int32Array(30) },
      'day',
      19_029,
    );
    expect(series).toMatchObject({ dates: [], values: [], status: [], lastDay: null });
    expect(codes(series)).toEqual(['series-empty']);
    expect(
      regularSeries({ firstDay: 0, amounts: new Float64Array(0), counts: new Int32Array(0) }, 'month', -1).dates,
    ).toEqual([]);
  });

  it('one row', () => {
    const one = daily('2024-02-29', 1, () => 12_345);
    expect(regularSeries(one, 'day', lastOf(one))).toMatchObject({
      dates: ['2024-02-29'],
      values: [12_345],
      status: ['sold'],
    });
    expect(regularSeries(one, 'week', lastOf(one))).toMatchObject({ dates: ['2024-02-26'], status: ['partial'] });
    expect(regularSeries(one, 'month', lastOf(one))).toMatchObject({
      dates: ['2024-02-01'],
      values: [12_345],
      status: ['partial'],
    });
  });

  it('leaves its input untouched', () => {
    const sales = daily('2024-01-01', 50, (_, i) => i);
    const before = { amounts: Array.from(sales.amounts), counts: Array.from(sales.counts) };
    regularSeries(sales, 'week', lastOf(sales));
    expect({ amounts: Array.from(sales.amounts), counts: Array.from(sales.counts) }).toEqual(before);
  });
});
