import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kindOfFormat } from '../../src-main/files/import/xlsx/xlsx-styles.ts';
import { asideOf, linesOf, previewOf, readTable, revenueOf } from '../fixtures/read-table.ts';
import { rowsXml, workbookOf, zipOf } from '../fixtures/write-workbook.ts';

const retail50k = new URL('../../../shared/data/retail_50k.xlsx', import.meta.url);

describe('what other programs write', () => {
  const strings =
    '<si><t>Date</t></si><si><r><t>Am</t></r><r><t>ount</t></r><rPh sb="0" eb="1"><t>zzz</t></rPh></si><si><t>Item</t></si>';
  const head = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>';
  const styles = [0, 14, 'dd/mm/yyyy\\ hh:mm', '[$-409]mmm d, yyyy;@', '#,##0.00 &quot;days&quot;'];
  const rows = `${head}<row r="2"><c r="A2" s="1"><v>45296</v></c><c r="B2" s="4"><v>12.3</v></c><c r="C2" t="inlineStr"><is><t>a &amp; b_x000D_</t></is></c></row>
    <row><c s="2"><v>45297.5</v></c><c><f>1+1</f><v>2</v></c><c t="b"><v>1</v></c></row>
    <row><c t="d"><v>2024-01-08T00:00:00</v></c><c><v>0.1</v></c><c t="e"><v>#N/A</v></c></row><row/>
    <row r="9"><c r="A9" s="3"><v>45300</v></c><c r="C9"><v>17850</v></c><c r="B9" t="str"><v>7.5</v></c></row><row r="12"/>`;

  it.each([false, true])(
    'cells without places, rich text, formulas, dates by format (strings last: %s)',
    async (stringsLast) => {
      const { parsed } = await readTable(
        workbookOf({ sheets: [{ name: 'A', rows }], strings, styles, stringsLast }),
        {},
        'book.xlsx',
      );
      expect(linesOf(parsed).map(({ date, amount, code }) => [date, amount, code])).toEqual([
        ['2024-01-05 00:00:00', 123_000, 'a & b\r'.trim()],
        ['2024-01-06 12:00:00', 20_000, 'TRUE'],
        ['2024-01-08 00:00:00', 1000, '#N/A'],
        ['2024-01-09 00:00:00', 75_000, '17850'],
      ]);
      expect(asideOf(parsed)).toEqual(['5 blank-row']);
      expect(parsed.read).toBe(5);
    },
  );

  it('counts days from 1904 where the workbook says so', async () => {
    const book = workbookOf({
      date1904: true,
      styles: [0, 14],
      sheets: [
        {
          name: 'A',
          rows: `${rowsXml([['Date', 'Item', 'Amount']])}<row r="2"><c s="1"><v>43834</v></c><c t="str"><v>x</v></c><c><v>1</v></c></row>`,
        },
      ],
    });
    expect(linesOf((await readTable(book)).parsed)[0].date).toBe('2024-01-05 00:00:00');
  });

  it('tells dates from numbers by the format', () => {
    expect(
      [
        'dd/mm/yyyy',
        'mmm-yy',
        '[h]:mm',
        'General',
        '#,##0.00 "d"',
        '0.00E+00',
        '[Red]0.00',
        '@',
        'yyyy"年"m"月"',
        'h:mm AM/PM',
      ].map(kindOfFormat),
    ).toEqual(['date', 'date', 'time', 'number', 'number', 'number', 'number', 'number', 'date', 'time']);
  });

  it('stacks sheets with equal headers in any order, leaves hidden and other ones out', async () => {
    const sheets = [
      { name: '2023', rows: rowsXml([['Report'], [], ['Date', 'Item', 'Amount'], ['2023-01-05', 'A', 3]]) },
      {
        name: '2024',
        rows: rowsXml([
          ['Item', 'Date', 'Amount'],
          ['B', '2024-01-05', 4],
        ]),
      },
      {
        name: 'Info',
        rows: rowsXml([
          ['Hello', 'World'],
          ['x', 'y'],
        ]),
      },
      {
        name: 'Old',
        state: 'hidden',
        rows: rowsXml([
          ['Date', 'Item', 'Amount'],
          ['2020-01-05', 'A', 9],
        ]),
      },
    ];
    const { preview, parsed } = await readTable(workbookOf({ sheets }));
    expect(preview.sheets.filter(({ selected }) => selected).map(({ name }) => name)).toEqual(['2023', '2024']);
    expect(linesOf(parsed).map(({ date, code, amount }) => [date.slice(0, 4), code, amount])).toEqual([
      ['2023', 'A', 30_000],
      ['2024', 'B', 40_000],
    ]);
    expect(revenueOf((await readTable(workbookOf({ sheets }), { sheets: ['Old'] })).parsed)).toBe(9);
    await expect(previewOf(workbookOf({ sheets }), { sheets: ['Nowhere'] })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(previewOf(workbookOf({ sheets }), { sheets: ['2023', 'Info'] })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('what cannot be read', () => {
  const book = workbookOf({
    sheets: [
      {
        name: 'S',
        rows: rowsXml([
          ['Date', 'Item', 'Amount'],
          ['2024-01-05', 'x', 3],
        ]),
      },
    ],
  });
  it.each<[string, Buffer, string, RegExp]>([
    ['another zip', zipOf([{ name: 'a.csv', data: 'x' }]), 'file-not-understood', /zip archive/],
    [
      'OpenDocument',
      zipOf([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' }]),
      'file-not-understood',
      /\.ods/,
    ],
    ['cut off', book.subarray(0, 500), 'file-not-readable', /damaged/],
    [
      'with a broken sheet',
      workbookOf({ sheets: [{ name: 'S', rows: '<row r="1"><c><v>1</v></c>' }] }),
      'file-not-readable',
      /damaged/,
    ],
    [
      'with a document type',
      workbookOf({ sheets: [{ name: 'S', rows: '<!DOCTYPE x [<!ENTITY a "b">]><row/>' }] }),
      'file-not-readable',
      /document type/,
    ],
    [
      'a bomb',
      workbookOf({ sheets: [{ name: 'S', rows: `<row><c t="str"><v>${' '.repeat(90_000_000)}</v></c></row>` }] }),
      'file-not-understood',
      /million characters|grows more than/,
    ],
    [
      'a bomb of rows',
      workbookOf({
        sheets: [
          {
            name: 'S',
            rows: `${rowsXml([
              ['Date', 'Item', 'Amount'],
              ['2024-01-05', 'x', 3],
            ])}${'<row></row>'.repeat(9_000_000)}`,
          },
        ],
      }),
      'file-not-understood',
      /grows more than/,
    ],
  ])('%s', async (_name, bytes, code, words) => {
    await expect(readTable(bytes, {}, 'book.xlsx')).rejects.toMatchObject({
      code,
      message: expect.stringMatching(words),
    });
  });
});

describe.skipIf(!existsSync(retail50k))('retail_50k.xlsx, saved by LibreOffice', () => {
  it('gives the first 50,000 lines of Online Retail II', async () => {
    const { preview, parsed } = await readTable(readFileSync(retail50k), {}, 'retail_50k.xlsx');
    expect(preview).toMatchObject({ format: 'xlsx', kind: 'sales', missing: [], sheets: [{ name: 'Year 2009-2010' }] });
    const lines = linesOf(parsed);
    expect(lines).toHaveLength(50_000);
    // shared/data/README: the first lines of the CSV beside it.
    expect(lines[0]).toEqual({
      date: '2009-12-01 07:45:00',
      customer: '13085',
      code: '85048',
      description: '15CM CHRISTMAS GLASS BALL 20 LIGHTS',
      invoice: '489434',
      country: 'United Kingdom',
      quantity: 12,
      amount: 834_000,
    });
    expect(lines[2].description).toBe(' WHITE CHERRY LIGHTS');
  });
});
if (!existsSync(retail50k)) console.log('Skipped: ../shared/data/retail_50k.xlsx is not there.');
