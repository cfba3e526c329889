import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { repairQuotes } from '../../src-main/files/import/csv/csv-layout.ts';
import { CsvRows } from '../../src-main/files/import/csv/read-csv.ts';
import { asideOf, linesOf, previewOf, readTable, revenueOf } from '../fixtures/read-table.ts';

const repeat = (count: number, row: (i: number) => string): string =>
  Array.from({ length: count }, (_value, i) => row(i)).join('');

/** Park–Miller, so that the property test runs on the same tables everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('text layouts', () => {
  it.each([
    ['sep= line', 'sep=;\nDate;Item;Amount\n2024-01-05;A,B;12.50\n'],
    ['tabs', 'Date\tItem\tAmount\n2024-01-05\tA,B\t12.50\n'],
    ['pipes', 'Date|Item|Amount\n2024-01-05|A,B|12.50\n'],
    ['quotes', 'Date,Item,Amount\n2024-01-05,"A,B",12.50\n'],
    ['carriage returns alone', 'Date,Item,Amount\r2024-01-05,"A,B",12.50\r'],
    ['mixed line ends', 'Date,Item,Amount\r\n2024-01-05,"A,B",12.50\n'],
    ['no line end', 'Date,Item,Amount\n2024-01-05,"A,B",12.50'],
    ['title lines', 'Report of sales\nStore: Main\n\nDate,Item,Amount\n2024-01-05,"A,B",12.50\n'],
  ])('%s', async (_name, text) => {
    const { parsed } = await readTable(text);
    expect(linesOf(parsed)).toMatchObject([{ date: '2024-01-05 00:00:00', code: 'A,B', amount: 125_000 }]);
    expect(parsed.read).toBe(1);
  });

  const german = 'Datum;Artikel;Betrag\r\n05.01.2024;Käse;12,50 €\r\n';
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(german), 'utf-8'],
    ['UTF-8 with mark', Buffer.from(`\ufeff${german}`), 'utf-8'],
    ['UTF-16 with mark', Buffer.from(`\ufeff${german}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 without mark', Buffer.from(german, 'utf16le'), 'utf-16le'],
    ['windows-1252', Buffer.from(german.replace('€', '\x80'), 'latin1'), 'windows-1252'],
    ['gzip', gzipSync(german), 'utf-8'],
  ])('%s', async (_name, bytes, encoding) => {
    const { preview, parsed } = await readTable(bytes);
    expect(preview.encoding).toBe(encoding);
    expect(linesOf(parsed)).toMatchObject([{ code: 'Käse', amount: 125_000 }]);
  });

  it('quotes that open nothing swallow no rows', async () => {
    const { parsed } = await readTable(
      'Date,Item,Qty,Price\n2024-01-05,"Best" mug,1,5\n2024-01-06,Ruler 12",2,3\n2024-01-07,"12"" ruler, steel",2,3\n2024-01-08,"two\nlines",2,3\n2024-01-09,"open,2,3\n2024-01-10,x,2,3\n',
    );
    expect(linesOf(parsed).map(({ code }) => code)).toEqual([
      '"Best" mug',
      'Ruler 12"',
      '12" ruler, steel',
      'two\nlines',
      '"open',
      'x',
    ]);
    expect(repairQuotes('a,"b"x,c\n', ',', true)).toBe('a,\ue000b"x,c\n');
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['empty', '', /is empty/],
    ['header only', 'Date,Item,Amount\n', /no rows/],
    ['PDF', '%PDF-1.7\n', /PDF/],
    ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), /PNG/],
    ['old Excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), /\.xls/],
    ['web page', '<html><table></table></html>', /web page/],
    ['letter', 'Dear friends\nhow are you\n', /a date and an amount/],
  ])('refuses a file that is %s', async (_name, content, words) => {
    await expect(readTable(content)).rejects.toMatchObject({
      code: 'file-not-understood',
      message: expect.stringMatching(words),
    });
  });
});

describe('decisions over the whole column', () => {
  it('a later day above 12 turns the order for every row', async () => {
    const { preview, parsed, notes } = await readTable(
      `Date,Item,Amount\n${repeat(16_000, (i) => `${String(1 + Math.floor(i / 1400)).padStart(2, '0')}/02/2024,A,1\n`)}02/13/2024,Z,1\n`,
    );
    expect(preview.dateOrder).toBe('dmy');
    const lines = linesOf(parsed);
    expect(lines[0].date).toBe('2024-01-02 00:00:00');
    expect(lines[15_999].date).toBe('2024-12-02 00:00:00');
    expect(lines).toHaveLength(16_001);
    expect(notes.map(({ code }) => code)).toContain('date-order-corrected');
  });

  it('a later decimal comma turns 1.234 into thousands for every row', async () => {
    const { parsed, notes } = await readTable(
      `Datum;Artikel;Betrag\n${repeat(40_000, () => '2024-01-05;A;1.500\n')}2024-01-05;A;1.234,56\n`,
    );
    expect(revenueOf(parsed)).toBeCloseTo(40_000 * 1500 + 1234.56, 6);
    expect(notes.map(({ code }) => code)).toContain('decimal-mark-corrected');
  });

  it('a later byte that is no UTF-8 is read in its code page', async () => {
    const { parsed } = await readTable(
      Buffer.concat([
        Buffer.from(`Datum;Artikel;Betrag\n${repeat(60_000, (i) => `2024-01-05;A;${i}\n`)}`),
        Buffer.from('2024-01-05;K\xe4se;5\n', 'latin1'),
      ]),
    );
    expect(linesOf(parsed).at(-1)?.code).toBe('Käse');
    expect(parsed.read).toBe(60_001);
  });

  it('discounts that begin late make the stated amount the revenue of every line', async () => {
    const { parsed, notes } = await readTable(
      `Date,Item,Quantity,Unit Price,Discount,Net Amount\n${repeat(40_000, () => '2024-01-05,A,2,10.00,0,20.00\n')}${repeat(100, () => '2024-01-05,A,2,10.00,5,15.00\n')}`,
    );
    expect(revenueOf(parsed)).toBe(40_000 * 20 + 100 * 15);
    expect(notes.map(({ code }) => code)).toEqual(['amount-preferred']);
  });
});

describe('rows and identities', () => {
  it('sets aside what cannot be used, with its place', async () => {
    const { parsed } = await readTable(
      'Date,Item,Amount\n2024-01-05,a,99999999999999\n2024-02-31,b,1\n2024-01-06,b,1,x\n,,\n\n2024-01-07,b,\n2024-01-07,b,abc\n,c,1\n2024-01-08,c,12.34567\n\n\n',
    );
    expect(asideOf(parsed)).toEqual(
      [
        '2 number-too-large 99999999999999',
        '3 date-invalid 2024-02-31',
        '4 too-many-cells x',
        '7 amount-missing',
        '8 amount-invalid abc',
        '9 date-missing',
        '5 blank-row',
        '6 blank-row',
      ].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
    );
    expect(linesOf(parsed).map(({ amount }) => amount)).toEqual([123_457]);
    expect(parsed.read).toBe(9);
    expect(parsed.setAside[2].cells).toEqual(['2024-01-06', 'b', '1', 'x']);
  });

  it('ids are text, nobody is nobody, descriptions stay as they are', async () => {
    const { parsed, notes } = await readTable(
      'Date,Order ID,Customer,SKU,Description,Amount\n2024-01-05,1.0, C1 ,0012, nan ,5\n2024-01-05,2,17850.0,0012,nan,5\n2024-01-05,3,0017,7.50,x,5\n2024-01-05,,guest,7.50,x,5\n2024-01-05,5,n/a,7.50,x,5\n2024-01-05,5,NULL,7.50,x,5\n',
    );
    expect(linesOf(parsed).map(({ customer }) => customer)).toEqual(['C1', '17850', '0017', '', '', '']);
    expect(
      linesOf(parsed)
        .map(({ code, description, invoice }) => [code, description, invoice])
        .slice(0, 4),
    ).toEqual([
      ['0012', ' nan ', '1'],
      ['0012', 'nan', '2'],
      ['7.50', 'x', '3'],
      ['7.50', 'x', ''],
    ]);
    expect(notes).toEqual([
      { code: 'customers-anonymous', params: { column: 'Customer', words: 'guest, n/a, NULL' }, level: 'info' },
    ]);
  });

  it('unmapped cells are part of a line, mapped ones are not counted twice', async () => {
    const { parsed } = await readTable(
      'Date,Item,Amount,Till\n2024-01-05,a,1,T1\n2024-01-05,a,1,T2\n2024-01-05,a,1,T1\n',
    );
    if (parsed.kind !== 'sales') throw new Error('kind');
    const [a, b, c] = parsed.lines.rest;
    expect(a).toBe(c);
    expect(a).not.toBe(b);
  });

  it('makes an invoice per customer and day where the file has none', async () => {
    const { parsed } = await readTable(
      'Date,Customer,Item,Amount\n2024-01-05,C1,a,1\n2024-01-05,C1,b,1\n2024-01-06,C1,a,1\n2024-01-06,,a,1\n',
    );
    expect(linesOf(parsed).map(({ invoice }) => invoice)).toEqual([
      '2024-01-05 C1',
      '2024-01-05 C1',
      '2024-01-06 C1',
      '',
    ]);
    expect(parsed).toMatchObject({ hasInvoiceColumn: false, hasCustomerColumn: true });
  });

  it('a refund stays a refund however its signs are written', async () => {
    const { parsed } = await readTable(
      'Date,Item,Qty,Net Sales\n2024-01-05,a,2,10.00\n2024-01-05,a,1,-5.00\n2024-01-05,a,-1,-5.00\n2024-01-05,a,-1,5.00\n',
    );
    expect(linesOf(parsed).map(({ quantity, amount }) => [quantity, amount])).toEqual([
      [2, 100_000],
      [-1, -50_000],
      [-1, -50_000],
      [-1, -50_000],
    ]);
  });
});

describe('any table, any chunk boundaries', () => {
  const cellTexts = ['', 'a', 'A,B', '"q"', 'x"y', 'new\nline', ' é ', '12,5', "it's", '—'];
  it.each(Array.from({ length: 25 }, (_value, i) => i + 1))('table %i survives', (seed) => {
    const next = random(seed * 7919);
    const pick = <T>(list: T[]): T => list[Math.floor(next() * list.length)];
    const rows = Array.from({ length: 40 }, () => Array.from({ length: 4 }, () => pick(cellTexts)));
    const end = pick(['\n', '\r\n']);
    const text = `${rows.map((row) => row.map((cell) => (/[",\n\r]/.test(cell) || next() < 0.2 ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join(end)}${end}`;
    const reader = new CsvRows(',');
    const found: string[][] = [];
    for (let at = 0; at < text.length; ) {
      const size = 1 + Math.floor(next() * 40);
      found.push(...reader.push(text.slice(at, at + size), false));
      at += size;
    }
    found.push(...reader.push('', true));
    if (found.at(-1)?.join('') === '') found.pop();
    expect(found).toEqual(rows);
  });

  it.each([1, 2, 3, 4, 5])('read = kept + set aside, and the money survives (table %i)', async (seed) => {
    const next = random(seed * 104_729);
    let cents = 0;
    let good = 0;
    const body = repeat(3000, () => {
      const amount = Math.floor(next() * 100_000) - 20_000;
      if (next() < 0.1) return '31/02/2024,x,1.00\n';
      if (next() < 0.05) return '25/02/2024,x,oops\n';
      cents += amount;
      good++;
      return `25/02/2024,"x ${next()}",${(amount / 100).toFixed(2)}\n`;
    });
    const { parsed } = await readTable(`Date,Item,Amount\n${body}`, { kind: 'sales' });
    expect(parsed.read).toBe(3000);
    expect(linesOf(parsed)).toHaveLength(good);
    expect(parsed.setAside).toHaveLength(3000 - good);
    expect(linesOf(parsed).reduce((sum, { amount }) => sum + amount, 0)).toBe(cents * 100);
  });
});

it('the preview shows what it read', async () => {
  const preview = await previewOf('Date,Item,Amount\n2024-01-05,A,12.50\n');
  expect(preview).toMatchObject({
    format: 'csv',
    delimiter: ',',
    headerRow: 0,
    kind: 'sales',
    missing: [],
    rows: [['2024-01-05', 'A', '12.50']],
    sheets: [{ rows: 1, selected: true }],
  });
});
