/** Figures as people read them; the expected texts follow CLDR's patterns for each locale, written out by hand. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { changeOf, createFormat, moneyToDecimal, noteParams } from '../../src-shared/format.ts';

const british = createFormat({ locale: 'en-GB', currency: 'GBP' });
/** Spaces that do not break, as plain ones. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

describe('money', () => {
  it('keeps every stored decimal for files', () => {
    expect([173_747_862_680, 5, 50_000, 0, -15_000, 1].map(moneyToDecimal)).toEqual([
      '17374786.268',
      '0.0005',
      '5',
      '0',
      '-1.5',
      '0.0001',
    ]);
    // Twelve digits before the point: beyond what a double of currency units could hold to four decimals.
    expect(moneyToDecimal(9_007_199_254_740_991)).toBe('900719925474.0991');
  });
  it('has the currency’s own decimals, rounded from the exact amount', () => {
    expect(british.money(173_747_862_680)).toBe('£17,374,786.27');
    // 1.005 as a binary fraction lies below the half and would be written 1.00.
    expect(british.money(10_050)).toBe('£1.01');
    expect(british.money(-12_345_000)).toBe('-£1,234.50');
    expect(british.money(-5)).toBe('£0.00');
    expect(createFormat({ locale: 'ja-JP', currency: 'JPY' }).money(12_345_000)).toBe('￥1,235');
    expect(plain(createFormat({ locale: 'de-DE', currency: 'EUR' }).money(12_345_000))).toBe('1.234,50 €');
    expect(createFormat({ locale: 'hi-IN', currency: 'INR' }).money(173_747_862_680)).toBe('₹1,73,74,786.27');
    expect(createFormat({ locale: 'en-GB', currency: null }).money(12_345_000)).toBe('1,234.50');
  });
  it('shows finer prices where asked', () => {
    expect([550, 10_000, 12_345].map(british.moneyExact)).toEqual(['£0.055', '£1.00', '£1.2345']);
    expect(createFormat({ locale: 'en-US', currency: 'USD' }).moneyShort(12_512_340_000)).toBe('$1.25M');
  });
});

describe('numbers, shares and days', () => {
  it('writes them for the locale', () => {
    expect(british.number(1_234_567)).toBe('1,234,567');
    expect(british.decimal(1.005, 1)).toBe('1.0');
    expect([-0.004, -0.006].map((value) => british.decimal(value, 2))).toEqual(['0.00', '-0.01']);
    expect([0.1234, 1, 0].map(british.share)).toEqual(['12.3%', '100%', '0%']);
    expect([0.05, -0.2, 0].map(british.change)).toEqual(['+5%', '-20%', '0%']);
    expect([british.day('2011-12-09'), british.dayShort('2011-12-09')]).toEqual(['9 Dec 2011', '9 Dec']);
    expect([british.month('2011-12'), british.monthLong('2011-12-09')]).toEqual(['Dec 2011', 'December 2011']);
    // 2011-12-09 was a Friday.
    expect([british.weekday('2011-12-09'), british.weekday(4), british.weekday(0)]).toEqual([
      'Friday',
      'Friday',
      'Monday',
    ]);
  });
  it('writes sizes of files in steps of a thousand', () => {
    expect([0, 999, 1000, 68_400, 1_234_567, 45_600_000, 3_000_000_000].map(british.bytes).map(plain)).toEqual([
      '0 bytes',
      '999 bytes',
      '1 kB',
      '68 kB',
      '1.2 MB',
      '46 MB',
      '3 GB',
    ]);
    expect(plain(createFormat({ locale: 'de-DE', currency: null }).bytes(1_234_567))).toBe('1,2 MB');
  });
  it('a whole month reads as the month, anything else as a range', () => {
    expect(british.period('2011-11-01', '2011-11-30')).toBe('November 2011');
    expect(british.period('2012-02-01', '2012-02-29')).toBe('February 2012');
    expect(plain(british.period('2011-02-01', '2011-02-27'))).toBe('1 – 27 Feb 2011');
    expect(plain(british.period('2009-12-01', '2011-12-09'))).toBe('1 Dec 2009 – 9 Dec 2011');
  });
  it('writes a dash where there is nothing', () => {
    const nothing = [
      british.money,
      british.moneyExact,
      british.moneyShort,
      british.number,
      british.share,
      british.change,
    ].map((write) => write(null));
    expect(
      new Set([
        ...nothing,
        british.decimal(Number.NaN, 2),
        british.day(null),
        british.month(undefined),
        british.period('2011-01-01', null),
        british.weekday(null),
      ]),
    ).toEqual(new Set(['–']));
  });
  it('a change needs something to compare with', () => {
    expect([changeOf(110, 100), changeOf(1, 0), changeOf(1, null), changeOf(null, 1), changeOf(5, -5)]).toEqual([
      0.1,
      null,
      null,
      null,
      null,
    ]);
  });
  it.each([
    ['America/New_York', '9 Dec 2011'],
    ['Asia/Tokyo', '10 Dec 2011'],
  ])('01:30 of 10 December in Greenwich is, in %s, %s', (TZ, expected) => {
    const format = JSON.stringify(new URL('../../src-shared/format.ts', import.meta.url).href);
    const code = `const { createFormat } = await import(${format});
      process.stdout.write(createFormat({ locale: 'en-GB', currency: null }).localDay('2011-12-10T01:30:00.000Z'));`;
    const run = ['--input-type=module', '--eval', code];
    expect(execFileSync(process.execPath, run, { env: { ...process.env, TZ }, encoding: 'utf8' })).toBe(expected);
  });
  it('a note’s parameters are written by the ending of their names', () => {
    const params = {
      soldMoney: 12_345_000,
      errorShare: 0.09,
      lastDay: '2011-12-09',
      count: 1_234,
      openDays: 6,
      name: 'x',
      none: null,
    };
    expect(noteParams(params, british)).toEqual({
      soldMoney: '£1,234.50',
      errorShare: '9%',
      lastDay: '9 Dec 2011',
      count: '1,234',
      openDays: '6',
      name: 'x',
      none: '–',
    });
  });
});
