/** The CSV files as another program reads them: parsed again with PapaParse, figures compared with the input. */
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import {
  customerSegmentsCsv,
  rfmTableCsv,
  salesForecastCsv,
  segmentSummaryCsv,
  setAsideCsv,
} from '../../src-main/files/exports/export-tables.ts';
import { writeCsv } from '../../src-shared/write-csv.ts';
import type { CustomerRow } from '../../src-shared/domain.ts';
import { customerRows, dailyForecast, rfm } from '../fixtures/report-sample.ts';

const parse = (text: string, delimiter = ',') => {
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  const parsed = Papa.parse<Record<string, string>>(text.slice(1), {
    header: true,
    delimiter,
    skipEmptyLines: 'greedy',
  });
  expect(parsed.errors).toEqual([]);
  return parsed.data;
};
const one = (kind: 'text' | 'id' | 'number', value: string | number) =>
  writeCsv([{ header: 'a', kind, value: () => value }], [0]).split('\r\n')[1];

describe('writeCsv', () => {
  it('disarms text that a spreadsheet would run, and leaves numbers alone', () => {
    for (const armed of ['=1+1', '+cmd', '-2+3', '@sum', '\tx', '=HYPERLINK("http://x")']) {
      expect(parse(writeCsv([{ header: 'a', kind: 'text', value: () => armed }], [0]))[0].a).toBe(`'${armed}`);
    }
    expect(one('text', '-5')).toBe('-5');
    expect(one('text', '-1,234.50')).toBe('"-1,234.50"');
    expect(one('number', -0.5)).toBe('-0.5');
    expect(one('text', '-')).toBe("'-");
  });
  it('keeps ids that a spreadsheet would turn into numbers or dates', () => {
    expect(one('id', '00017').replaceAll('"', '')).toBe('=00017');
    expect(parse(writeCsv([{ header: 'a', kind: 'id', value: () => '00017' }], [0]))[0].a).toBe('="00017"');
    for (const id of ['12345678901234567', '10E3', '3-4', 'MAR1']) expect(one('id', id)).toContain('=');
    for (const id of ['17850', '85123A', 'A-00017', 'C-1']) expect(one('id', id)).toBe(id);
    expect(one('id', '=evil()')).toBe("'=evil()");
  });
  it('quotes as RFC 4180 says', () => {
    for (const hard of ['a"b', 'a,b', 'a\nb', 'a\r\nb', ' a ', 'ünï ☕ 日本']) {
      expect(parse(writeCsv([{ header: 'a', kind: 'text', value: () => hard }], [0]))[0].a).toBe(hard);
    }
    expect(
      parse(writeCsv([{ header: 'a', kind: 'text', value: () => 'x;y' }], [0], { delimiter: ';' }), ';')[0].a,
    ).toBe('x;y');
  });
});

describe('the tables', () => {
  it('rfm_table.csv holds every customer with exact money', () => {
    const rows = parse(rfmTableCsv(customerRows));
    expect(rows).toHaveLength(customerRows.length);
    expect(rows[0]).toMatchObject({
      customer: '18102',
      recency_days: '1',
      frequency: '145',
      monetary: '580455',
      r: '5',
    });
    const odd: CustomerRow = { ...customerRows[0], monetary: 173_747_862_680, averageOrder: -1 };
    expect(parse(rfmTableCsv([odd]))[0]).toMatchObject({ monetary: '17374786.268', average_order: '-0.0001' });
  });
  it('customer_segments.csv names the segment and its roll-ups', () => {
    const rows = parse(customerSegmentsCsv(customerRows));
    expect(rows.map((row) => row.segment)).toEqual(customerRows.map((row) => row.segment));
    expect(rows[3]).toMatchObject({ segment: 'at-risk', group_of_four: 'at-risk' });
  });
  it('segment_summary.csv adds up to all customers in each grouping', () => {
    const rows = parse(segmentSummaryCsv(rfm));
    const sum = (grouping: string) =>
      rows.filter((row) => row.grouping === grouping).reduce((total, row) => total + Number(row.customers), 0);
    expect([sum('segment'), sum('group_of_four'), sum('group_of_three')]).toEqual([6_600, 1_000, 600]);
  });
  it('sales_forecast_30days.csv has one row per day, lower ≤ yhat ≤ upper, closed days zero', () => {
    const { points } = dailyForecast();
    const rows = parse(salesForecastCsv(points));
    expect(rows.map((row) => row.ds)).toEqual(points.map((point) => point.date));
    for (const row of rows) {
      const [low95, low80, mean, high80, high95] = [
        'yhat_lower_95',
        'yhat_lower',
        'yhat',
        'yhat_upper',
        'yhat_upper_95',
      ].map((key) => Number(row[key]));
      expect(low95 <= low80 && low80 <= mean && mean <= high80 && high80 <= high95).toBe(true);
      if (row.closed === 'true') expect([low95, mean, high95]).toEqual([0, 0, 0]);
    }
    expect(rows.filter((row) => row.closed === 'true').length).toBeGreaterThan(3);
  });
  it('set_aside.csv gives place, reason and the row as read', () => {
    const row = {
      sheet: 'Year 2009',
      row: 17,
      column: 'Quantity',
      value: 'six',
      reason: 'quantity-invalid' as const,
      cells: ['C1', 'six', '=x', 'extra'],
    };
    const rows = parse(setAsideCsv([row], ['Invoice', 'Quantity', 'Note']));
    expect(rows).toEqual([
      {
        reason: 'quantity-invalid',
        sheet: 'Year 2009',
        row: '17',
        column: 'Quantity',
        value: 'six',
        Invoice: 'C1',
        Quantity: 'six',
        Note: "'=x",
        'Column 4': 'extra',
      },
    ]);
    expect(parse(setAsideCsv([], ['Invoice']))).toEqual([]);
  });
});
