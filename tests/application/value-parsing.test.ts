import { describe, expect, it } from 'vitest';
import { decideDateOrder } from '../../src-main/files/import/date-order.ts';
import { DateReader, parseTime } from '../../src-main/files/import/date-parsing.ts';
import { noEvidence, parseUnits, unitsOfNumber } from '../../src-main/files/import/number-parsing.ts';
import { epochSeconds } from '../../src-main/engine/sales/sale-lines.ts';

describe('numbers, in 1/10 000', () => {
  it.each([
    ['1.234,56', ',', 12_345_600],
    ['1,234.56', '.', 12_345_600],
    ['1,23,456.78', '.', 1_234_567_800],
    ['€ 12,50', ',', 125_000],
    ['12,50 €', ',', 125_000],
    ['(12.50)', '.', -125_000],
    ['($1.00)', '.', -10_000],
    ['-$4.50', '.', -45_000],
    ['12.50-', '.', -125_000],
    ['1 234,5', ',', 12_345_000],
    ['1\u202f234,5', ',', 12_345_000],
    ["1'234.50", '.', 12_345_000],
    ['Rs. 1,200.00', '.', 12_000_000],
    ['CHF 12.-', '.', 120_000],
    ['kr. 12,50', ',', 125_000],
    ['R$ 1.234,50', ',', 12_345_000],
    ['1.2E+3', '.', 12_000_000],
    ['.5', '.', 5000],
    ['1.234', '.', 12_340],
    ['1.234', ',', 12_340_000],
    ['-0.75', '.', -7500],
    ['0', '.', 0],
  ] as const)('%s with %s', (text, mark, units) => {
    expect(parseUnits(text, mark, noEvidence())).toBe(units);
  });

  it.each(['', '-', '12%', '85123A', '12.01.2024', '1.2.3', '--5', '1,2,3', 'abc', '12/5'])('refuses %j', (text) => {
    expect(parseUnits(text, '.', noEvidence())).toBeNaN();
  });

  it('rounds the text half away from zero and counts it', () => {
    const evidence = noEvidence();
    // 1.00005 is below the half as a double; the digits decide.
    expect(['1.00005', '0.00015', '-0.00005', '2.00004'].map((text) => parseUnits(text, '.', evidence))).toEqual([
      10_001, 2, -1, 20_000,
    ]);
    expect(evidence.rounded).toBe(4);
  });

  it('keeps every cent up to 2^53 and refuses beyond', () => {
    expect(parseUnits('900719925474.0991', '.', noEvidence())).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseUnits('900719925474.0992', '.', noEvidence())).toBe(Number.POSITIVE_INFINITY);
    for (let cents = 0; cents < 3000; cents++) {
      const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
      expect(parseUnits(text, '.', noEvidence())).toBe(cents * 100);
    }
  });

  it('reads workbook numbers by their shortest text', () => {
    expect(
      [12.3, 12.299999999999999, 0.1 + 0.2, 17850, 1e-7].map((value) => unitsOfNumber(value, noEvidence())),
    ).toEqual([123_000, 123_000, 3000, 178_500_000, 0]);
  });
});

const read = (text: string, order: 'dmy' | 'mdy' = 'dmy', months = false): string | null => {
  const seconds = new DateReader(order, 'text', months).parse(text);
  return Number.isNaN(seconds) ? null : new Date((seconds + epochSeconds) * 1000).toISOString().slice(0, 19);
};

describe('dates', () => {
  it.each([
    ['2024-01-31', '2024-01-31T00:00:00'],
    ['2024-01-31T13:05:06Z', '2024-01-31T13:05:06'],
    ['2024-01-31 13:05:06 -0500', '2024-01-31T13:05:06'],
    ['2024-01-31T13:05:06.123+01:00', '2024-01-31T13:05:06'],
    ['31/01/2024', '2024-01-31T00:00:00'],
    ['31.12.2024 13:05', '2024-12-31T13:05:00'],
    ['31. 12. 2024', '2024-12-31T00:00:00'],
    ['1/2/24', '2024-02-01T00:00:00'],
    ['12-Jan-24', '2024-01-12T00:00:00'],
    ['January 12 2024 3:04 PM', '2024-01-12T15:04:00'],
    ['12. März 2024', '2024-03-12T00:00:00'],
    ['12 de enero de 2024', '2024-01-12T00:00:00'],
    ['mardi 12 août 2024', '2024-08-12T00:00:00'],
    ['Fri, 12 Jan 2024 10:11:12 +0000', '2024-01-12T10:11:12'],
    ['20240131', '2024-01-31T00:00:00'],
    ['20240131130506', '2024-01-31T13:05:06'],
    ['31/01/2024 13h05', '2024-01-31T13:05:00'],
    ['2024-02-29', '2024-02-29T00:00:00'],
    ['5 mei 2024', '2024-05-05T00:00:00'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '31/02/2024',
    '2023-02-29',
    '01/31/2024',
    '20241331',
    'hello',
    '12:30',
    '2024-01',
    '',
    '1704067200',
    '2024-01-05 99:99',
  ])('%j is no day', (text) => {
    expect(read(text)).toBeNull();
  });

  it('reads month first when told, and months alone only for series', () => {
    expect(read('12/1/2010 8:26', 'mdy')).toBe('2010-12-01T08:26:00');
    expect(['Jan 2024', '2024-01', 'Januar 2024'].map((text) => read(text, 'dmy', true))).toEqual(
      Array(3).fill('2024-01-01T00:00:00'),
    );
  });

  it('decides the order over a sample', () => {
    const hints = { decimalComma: false, semicolons: false };
    expect(decideDateOrder(['01/02/2024', '13/02/2024'], hints)).toEqual({ order: 'dmy', ambiguous: false });
    expect(decideDateOrder(['01/02/2024', '02/13/2024'], hints)).toEqual({ order: 'mdy', ambiguous: false });
    expect(decideDateOrder(['01/02/2024', '02/02/2024', '03/02/2024', '04/02/2024'], hints)).toEqual({
      order: 'dmy',
      ambiguous: true,
    });
    expect(decideDateOrder(['02/01/2024', '02/02/2024', '02/03/2024', '02/04/2024'], hints)).toEqual({
      order: 'mdy',
      ambiguous: true,
    });
  });

  it('reads times', () => {
    expect(['13:05', '1:05 PM', '13h05', '3 PM', '12 AM', '24:00'].map(parseTime)).toEqual([
      47_100, 47_100, 47_100, 54_000, 0, 86_400,
    ]);
    expect(['25:00', '8', 'x'].map(parseTime)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});
