/**
 * Costly tables are read in work that grows with their cells, stop at any tick, and lose nothing. No clock is asked: the
 * pauses are counted, and a cancel is raised at one of them. Seconds and megabytes are measured by bench/reading.ts.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { repairQuotes } from '../../src-main/files/import/csv/csv-layout.ts';
import type { CustomerRow, ParsedRows } from '../../src-main/engine/sales/parsed-import.ts';
import { DateReader, parseTime } from '../../src-main/files/import/date-parsing.ts';
import { headerNames } from '../../src-main/files/import/header-row.ts';
import { inspectFile } from '../../src-main/files/import/inspect-file.ts';
import { noEvidence, parseUnits } from '../../src-main/files/import/number-parsing.ts';
import { placesIn } from '../../src-main/files/import/sheet-choice.ts';
import type { Job } from '../../src-main/worker/job.ts';
import { openSession } from '../fixtures/open-session.ts';
import { previewImport, runImport } from '../../src-main/worker/tasks/import.ts';
import { AppError } from '../../src-shared/errors.ts';
import { swept } from '../fixtures/depth.ts';
import * as tables from '../fixtures/hostile-tables.ts';
import { asideOf, linesOf, mappingOf, previewOf, readTable, revenueOf } from '../fixtures/read-table.ts';
import { rowsXml, workbookOf } from '../fixtures/write-workbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-bounded-'));
let files = 0;
function fileOf(content: string | Buffer): { path: string; name: string } {
  const path = join(folder, String(++files));
  writeFileSync(path, content);
  return { path, name: 'sales' };
}

/** Pauses made while a file is looked at. */
async function pausesOf(content: string | Buffer): Promise<number> {
  let pauses = 0;
  await inspectFile(fileOf(content), {}, () => {
    pauses++;
    return Promise.resolve();
  });
  return pauses;
}

const columns = tables.lastColumn + 1;

const hostile: [name: string, content: () => string | Buffer][] = [
  ['16,384 columns of text', () => tables.wideText(columns, 4)],
  ['16,384 columns in a workbook', () => tables.wideWorkbook(columns, 3)],
  ['16,384 formats a row', () => tables.formattedSheet(20)],
  ['500 number columns', () => tables.wideText(500, 100)],
  ['numbers in XFD', () => tables.strayNumbers(300)],
  ['formats in XFD', () => tables.strayFormats(3000)],
  ['a cell in pieces', () => tables.piecedCell(70_000)],
  ['a long cell', () => tables.longCellText(1_500_000)],
  ['many sheets', () => tables.manySheets(100, 3)],
  ['many shared texts', () => tables.manyTexts(20_000)],
  ['blank rows', () => tables.blankRows(30_000)],
];

describe('work grows with the cells that are there', () => {
  it('pauses come after every few thousand cells, however they lie', async () => {
    for (const [width, rows] of [
      [5, 2000],
      [500, 100],
      [5000, 12],
    ]) {
      const pauses = await pausesOf(tables.wideText(width, rows));
      expect(pauses).toBeGreaterThan((width * rows) / 10_000);
      expect(pauses).toBeLessThan(30 + (width * rows) / 100);
    }
  });

  it('a stray cell to the right costs one cell, and a format there none', async () => {
    const plain = await pausesOf(workbookOf({ sheets: [{ name: 'Sales', rows: tables.salesSheet(2000, () => '') }] }));
    expect(await pausesOf(tables.strayFormats(2000))).toBeLessThan(plain * 3);
    // Up to column AMJ the cells stand in the rows.
    expect(await pausesOf(tables.strayNumbers(500))).toBeLessThan(500);
  });

  it('the guess of the money looks at the first hundred number columns', async () => {
    const table = (width: number): string => tables.wideText(width, 40, 'Measure');
    expect(await pausesOf(table(2000))).toBeLessThan(8 * (await pausesOf(table(150))));
    // The product of the first two numbers stands behind 50 other ones.
    const others = Array.from({ length: 150 }, (_, i) => `w${i}`);
    const rows = Array.from({ length: 30 }, (_, r) => {
      const cells = others.map((_, i) => ((r * 7919 + i * 104_729) % 9973) / 100);
      const [quantity, price] = [1 + (r % 7), 2.5 + r];
      return [`2024-01-${10 + (r % 20)}`, quantity, price, ...cells.toSpliced(50, 0, quantity * price)].join(',');
    });
    const preview = await previewOf(`Wann,qa,pa,${others.toSpliced(50, 0, 'ba').join(',')}\n${rows.join('\n')}\n`);
    expect(mappingOf(preview)).toEqual({ date: 'Wann', quantity: 'qa', price: 'pa', amount: 'ba' });
  });

  it('equal headers are numbered one after the other', () => {
    expect(headerNames(['a', 'a', 'a (2)', 'a', '', 'a'], 6)).toEqual([
      'a',
      'a (2)',
      'a (2) (2)',
      'a (3)',
      'Column 5',
      'a (4)',
    ]);
    const names = headerNames(new Array(columns).fill('Measure'), columns);
    expect([new Set(names).size, names.at(-1)]).toEqual([columns, `Measure (${columns})`]);
  });

  it('quotes that open nothing are found in one pass', () => {
    const line = '"A" b\n'.repeat(200_000);
    expect(repairQuotes(line, ',', true)).toBe(line.replaceAll('"A', '\ue000A'));
    const wide = '"A" b,'.repeat(1_000_000);
    expect(repairQuotes(wide, ',', true)).toBe(wide.replaceAll('"A', '\ue000A'));
  });

  it('a long text is no number, no date and no time at once', () => {
    for (const text of ['('.repeat(200_000), '(1'.repeat(100_000), `1/1/2024 ${' '.repeat(200_000)}x\ny`]) {
      expect(parseUnits(text, '.', noEvidence())).toBeNaN();
      expect(new DateReader('dmy').parse(text)).toBeNaN();
      expect(parseTime(text)).toBeNaN();
    }
    expect(new DateReader('dmy').parse(`2024-01-05${' '.repeat(300)}`)).not.toBeNaN();
  });
});

describe('a cancel at any tick', () => {
  const countingJob = (stopAt: number): Job & { ticks: number } => ({
    ticks: 0,
    tick() {
      if (++this.ticks >= stopAt) throw new AppError('cancelled', 'Cancelled; nothing was changed.');
    },
    pause: () => Promise.resolve(),
  });

  it.each(hostile)('%s: ends preview and import, and leaves nothing', async (_name, content) => {
    const newSession = () => openSession({ storePath: join(folder, `${++files}.db`) });
    const input = { file: fileOf(content()), options: {} };
    const [session, other] = [await newSession(), await newSession()];
    for (const task of [previewImport, runImport]) {
      const whole = countingJob(Number.POSITIVE_INFINITY);
      await task(other, input, whole);
      expect(whole.ticks).toBeGreaterThan(4);
      for (const share of swept([0, 0.3, 0.6, 0.9], [0, 0.6])) {
        const stopAt = Math.max(1, Math.floor(whole.ticks * share));
        const job = countingJob(stopAt);
        await expect(task(session, input, job)).rejects.toMatchObject({ code: 'cancelled' });
        expect(job.ticks).toBe(stopAt);
      }
      expect(session.sales.lines.length).toBe(0);
    }
    session.close();
    other.close();
  });
});

describe('wide tables', () => {
  it('16,384 columns are all there, with some rows to look at', async () => {
    const { preview, parsed } = await readTable(tables.wideText(columns, 4));
    expect([preview.columns.length, preview.rows.length, preview.missing]).toEqual([columns, 4, []]);
    expect([parsed.read, linesOf(parsed).length]).toEqual([4, 4]);
    const book = await readTable(tables.wideWorkbook(columns, 8));
    expect([book.preview.columns.length, book.preview.rows.length]).toEqual([columns, 5]);
    expect([book.parsed.read, revenueOf(book.parsed)]).toEqual([8, 20]);
  });

  it('more columns than a spreadsheet has are refused in words', async () => {
    await expect(previewOf(tables.wideText(columns + 1, 4))).rejects.toMatchObject({
      code: 'file-not-understood',
      message: expect.stringMatching(/Row 1 .* 16385 columns/),
    });
  });

  it('what has only a format is no column, and nobody is asked about it', async () => {
    for (const book of [tables.strayFormats(30), tables.formattedSheet(30)]) {
      const { preview, parsed } = await readTable(book);
      expect(preview.columns.map(({ header }) => header)).toEqual(['Date', 'Item', 'Amount']);
      expect(preview.rows[0]).toEqual(['2024-01-01', 'Item 0', '2.5']);
      expect(preview.sheets[0].headers).toEqual(['Date', 'Item', 'Amount']);
      expect([preview.notes, parsed.read, linesOf(parsed).length]).toEqual([[], 30, 30]);
    }
    const { preview } = await readTable('Date,Item,,Amount,,\n2024-01-05,A,,2.5,,\n2024-01-06,B,,1,,\n');
    expect(preview.columns.map(({ header, index }) => [header, index])).toEqual([
      ['Date', 0],
      ['Item', 1],
      ['Amount', 2],
    ]);
    expect(preview.rows).toEqual([
      ['2024-01-05', 'A', '2.5'],
      ['2024-01-06', 'B', '1'],
    ]);
  });

  it('a column left out of the preview still tells lines apart once something stands in it', async () => {
    const rows = '2024-01-05,A,2.5,\n'.repeat(3500);
    const { parsed } = await readTable(`Date,Item,Amount,\n${rows}2024-01-05,A,2.5,x\n`);
    if (parsed.kind !== 'sales') throw new Error('kind');
    expect([parsed.read, parsed.setAside.length, parsed.lines.length]).toEqual([3501, 0, 3501]);
    expect(parsed.lines.rest[3500]).not.toBe(parsed.lines.rest[3499]);
  });

  it('numbers in XFD are a column of their own, a few of them are a cell too many', async () => {
    const { preview, parsed } = await readTable(tables.strayNumbers(300));
    expect(preview.columns.map(({ header }) => header)).toEqual(['Date', 'Item', 'Amount', 'Column 16384']);
    expect(preview.rows[299 - 250]).toEqual(['2024-01-22', 'Item 4', '2.5', '7']);
    expect([parsed.read, linesOf(parsed).length, revenueOf(parsed)]).toEqual([300, 300, 750]);
    const few = tables.salesSheet(40, (row) => (row === 7 ? '<c r="XFD8"><v>7</v></c>' : ''));
    const { parsed: other } = await readTable(workbookOf({ sheets: [{ name: 'A', rows: few }] }));
    expect([asideOf(other), other.read, linesOf(other).length]).toEqual([['8 too-many-cells'], 40, 39]);
    expect(other.setAside[0].cells.at(-1)).toBe('7');
  });

  it('a table of customers may not be as wide as a spreadsheet; a column of nothing is no attribute', async () => {
    const wide = `Customer ID,Gender,${Array.from({ length: 2000 }, (_, i) => `Mark ${i}`).join(',')}\n${['1', '2', '3'].map((id) => `${id},f,${'5,'.repeat(1999)}5\n`).join('')}`;
    await expect(readTable(wide)).rejects.toMatchObject({ message: expect.stringMatching(/2002 columns/) });
    const { parsed } = await readTable('Customer ID,Gender,,Age,\n1,f,,19,\n2,m,,,x\n3,f,,30,\n');
    expect(parsed.kind).toBe('customers');
    const { rows } = parsed as ParsedRows<CustomerRow>;
    expect(rows.map(({ attributes }) => attributes)).toEqual([
      { gender: 'f', age: 19, column5: null },
      { gender: 'm', age: null, column5: 'x' },
      { gender: 'f', age: 30, column5: null },
    ]);
  });

  it('headers that differ in signs alone keep their own cells, in one sheet and across stacked ones', async () => {
    const { parsed } = await readTable('Date,Item,Amount ($),Amount (€)\n2024-01-05,A,1,2\n2024-01-06,B,1,2\n', {
      mapping: { amount: 'Amount (€)' },
    });
    expect(revenueOf(parsed)).toBe(4);
    expect(placesIn(['Amount (€)', 'date', 'Amount ($)'], ['Date', 'Amount ($)', 'Amount (€)'])).toEqual([1, 2, 0]);
    expect(placesIn(['a b', 'A_B', 'c'], ['A-B', 'c', 'a b', 'd'])).toEqual([1, 2, 0, -1]);
  });
});

describe('rows and cells of a workbook that say odd places', () => {
  /** One sheet whose rows have no usable date, so that each is set aside with its number. */
  const numbersOf = async (said: (string | null)[]): Promise<number[]> => {
    const row = (r: string | null): string => `<row${r === null ? '' : ` r="${r}"`}><c t="str"><v>soon</v></c></row>`;
    const rows = `${rowsXml([['Date', 'Amount']])}<row r="2"><c t="str"><v>2024-01-05</v></c><c><v>1</v></c></row>${said.map(row).join('')}`;
    const options = { kind: 'sales', mapping: { date: 'Date', amount: 'Amount' } } as const;
    const { parsed } = await readTable(workbookOf({ sheets: [{ name: 'A', rows }] }), options);
    expect(parsed.read).toBe(1 + said.length);
    return parsed.setAside.map(({ row: number }) => number);
  };

  it.each<[string, (string | null)[], number[]]>([
    ['no number', ['abc', '', '4x', '0x9', '1e3', 'NaN'], [3, 4, 5, 6, 7, 8]],
    ['zero, negative, a fraction, too large', ['0', '-7', '4.5', '1048577', '99999999'], [3, 4, 5, 6, 7]],
    ['backwards and twice', ['9', '4', '9', '10', '20', '2'], [9, 10, 11, 12, 20, 21]],
    ['none, then one', [null, '7', null, ' 12 '], [3, 7, 8, 12]],
    ['the last of all', ['1048576', 'x'], [1_048_576, 1_048_577]],
  ])('a row number that is %s', async (_name, said, numbers) => {
    expect(await numbersOf(said)).toEqual(numbers);
  });

  it('the header is found and left out whatever number it says', async () => {
    const rows = rowsXml([
      ['Date', 'Item', 'Amount'],
      ['2024-01-05', 'A', 3],
      ['2024-01-06', 'B', 4],
    ]);
    for (const odd of [
      rows.replace('r="1"', 'r="abc"'),
      rows.replace('r="1"', 'r="-1"'),
      rows.replaceAll(/ r="\d"/g, ' r="x"'),
    ]) {
      const { parsed } = await readTable(workbookOf({ sheets: [{ name: 'A', rows: odd }] }));
      expect([parsed.read, parsed.setAside, revenueOf(parsed)]).toEqual([2, [], 7]);
    }
  });

  it('a cell without a usable place follows the one before; one beyond the last column is refused with its row', async () => {
    const head = rowsXml([['Date', 'Item', 'Amount']]);
    const rowOf = (cells: string): Buffer =>
      workbookOf({ sheets: [{ name: 'A', rows: `${head}<row r="2">${cells}</row>` }] });
    const cells = (a: string, b: string, c: string): string =>
      `<c r="${a}" t="str"><v>2024-01-05</v></c><c r="${b}" t="str"><v>x</v></c><c r="${c}"><v>5</v></c>`;
    const odd: [string, string, string][] = [
      ['??', '', '3'],
      ['a2', 'b2', 'c2'],
      ['$A$2', 'B', 'Ł2'],
      ['A9', 'B1', 'C77'],
    ];
    for (const places of odd) {
      const { parsed } = await readTable(rowOf(cells(...places)));
      expect(linesOf(parsed)).toMatchObject([{ date: '2024-01-05 00:00:00', code: 'x', amount: 50_000 }]);
    }
    await expect(readTable(rowOf(cells('A2', 'B2', 'XFE2')))).rejects.toMatchObject({
      code: 'file-not-readable',
      message: expect.stringMatching(/row 2 of sheet “A”/),
    });
  });
});

describe('long texts', () => {
  it('a text in pieces is the whole text, wherever the chunks end', async () => {
    const piece = 'a &amp; b &#228;&#x20AC;\r\n<![CDATA[ ]] > <&> ]]><!-- no text > --><?no text?>';
    const plain = 'a & b ä€\n ]] > <&> ';
    const wanted = plain.repeat(8000);
    const rows = `${rowsXml([['Date', 'Amount', 'Item', 'Note']])}<row><c t="str"><v>2024-01-05</v></c><c><v>1</v></c><c t="inlineStr"><is><t>${piece.repeat(8000)}</t></is></c><c t="s"><v>0</v></c></row>`;
    const strings = `<si><t>${piece.repeat(4000)}</t><r><t>${piece.repeat(4000)}</t></r></si>`;
    const options = { mapping: { product: 'Item', description: 'Note' } };
    const { preview, parsed } = await readTable(workbookOf({ sheets: [{ name: 'A', rows }], strings }), options);
    const [line] = linesOf(parsed);
    expect([line.code === wanted.trim(), line.description === wanted]).toEqual([true, true]);
    expect(preview.rows[0][2]).toBe(`${wanted.slice(0, 1000)}…`);
  });

  it('a cell of some megabytes is read, in text and in a workbook', async () => {
    for (const content of [
      tables.piecedCell(700_000),
      tables.longCellWorkbook(3_000_000),
      tables.longCellText(3_000_000),
      tables.longCellText(3_000_000, ''),
    ]) {
      const { parsed } = await readTable(content, { mapping: { category: 'Remark' } });
      expect([parsed.read, parsed.setAside, revenueOf(parsed)]).toEqual([2, [], 5]);
      if (parsed.kind !== 'sales') throw new Error('kind');
      const [, { category }] = parsed.dictionaries.products;
      expect([700_000, 2_999_999]).toContain(category.length);
    }
  });

  it.each<[string, () => string | Buffer, RegExp]>([
    [
      'a cell of more than four million characters',
      () => tables.piecedCell(110_000, 'x'.repeat(40)),
      /row 2 of sheet “Sales”/,
    ],
    [
      'a line without an end',
      () => tables.endlessLine(5_000_000),
      /Row 1 of sales.csv has not ended after four million/,
    ],
    [
      'a long line of very many cells',
      () => `Date,Item,Amount\n2024-01-05,A,1\n${'1,'.repeat(600_000)}\n`,
      /Row 3 of sales.csv/,
    ],
    [
      'a tag without an end',
      () => workbookOf({ sheets: [{ name: 'A', rows: `<row ${'a="" '.repeat(300_000)}` }] }),
      /XML tag/,
    ],
  ])('%s is refused in words', async (_name, content, words) => {
    await expect(readTable(content())).rejects.toMatchObject({
      code: 'file-not-understood',
      message: expect.stringMatching(words),
    });
  });

  it('a long quoted cell with line ends keeps the rows around it', async () => {
    const note = 'a "quoted" word, and\n'.repeat(40_000);
    const { parsed } = await readTable(
      `Date,Item,Amount,Note\n2024-01-05,A,1,x\n2024-01-06,B,2,"${note.replaceAll('"', '""')}"\n2024-01-07,C,3,y\n`,
    );
    expect([parsed.read, revenueOf(parsed)]).toEqual([3, 6]);
  });
});

describe('gzip', () => {
  it('one that inflates beyond what a preview looks at is previewed and not called damaged', async () => {
    const preview = await previewOf(tables.growingGzip(3_300_000));
    expect([preview.kind, preview.missing, preview.rows.length]).toEqual(['sales', [], 50]);
  });

  it('all members are read, zero bytes between and behind them passed over; the hash is that of the file', async () => {
    const member = (from: number): Buffer =>
      gzipSync(Array.from({ length: 400 }, (_, i) => `2024-01-05,Item ${from + i},2.50\n`).join(''));
    const zeros = Buffer.alloc(700_000);
    const bytes = Buffer.concat([gzipSync('Date,Item,Amount\n'), member(0), zeros, member(400), zeros]);
    const { parsed } = await readTable(bytes);
    expect([parsed.read, revenueOf(parsed)]).toEqual([800, 2000]);
    expect(parsed.fileHash).toBe(createHash('sha256').update(bytes).digest('hex'));
    await expect(readTable(bytes.subarray(0, 900))).rejects.toMatchObject({ code: 'file-not-readable' });
  });
});

describe('many sheets, many rows', () => {
  it('every sheet of one table is read; of those left out a sentence names some', async () => {
    const { preview, parsed } = await readTable(tables.manySheets(300, 3));
    expect(preview.sheets.filter(({ selected }) => selected)).toHaveLength(300);
    expect([parsed.read, revenueOf(parsed)]).toEqual([900, 2250]);
    const other = await previewOf(tables.manySheets(300, 3), { sheets: ['Day 7'] });
    const [left] = other.notes.filter(({ code }) => code === 'sheets-left-out');
    expect(left.params.count).toBe(299);
    expect(String(left.params.sheets)).toMatch(/^Day 0, .* and 259 more$/);
  });

  it('blank and useless rows are accounted for', async () => {
    const { parsed } = await readTable(tables.blankRows(50_000));
    expect([parsed.read, parsed.setAside.length, linesOf(parsed).length]).toEqual([50_002, 50_000, 2]);
    expect(parsed.setAside[49_999]).toMatchObject({ row: 50_002, reason: 'blank-row' });
    const { parsed: useless } = await readTable(tables.uselessRows(20_000));
    expect([useless.read, useless.setAside.length, linesOf(useless).length]).toEqual([60_000, 20_000, 40_000]);
  });
});
