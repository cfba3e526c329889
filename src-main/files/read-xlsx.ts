import type { Cell, RowBatch } from './table-rows.ts';
import { dateText } from './xlsx-styles.ts';
import { sharedStrings, type Workbook, type WorkbookSheet } from './xlsx-workbook.ts';
import { attributeOf, unescapeText, type XmlHandlers, XmlStream } from './xml-stream.ts';
import { damaged } from './zip-parts.ts';

const mostColumns = 16_384;

/** Column of a reference such as 'BC12', 0-based; -1 where it names none. */
function columnOf(reference: string): number {
  let column = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & 0xdf;
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
  }
  return column - 1;
}

/** Builds rows from the elements of one sheet. */
class SheetRows implements XmlHandlers {
  rows: Cell[][] = [];
  numbers: number[] = [];
  private row: Cell[] = [];
  private rowNumber = 0;
  private column = -1;
  private type = '';
  private style = 0;
  private value = '';
  private inValue = false;
  private phonetic = 0;
  private readonly book: Workbook;
  private readonly strings: string[];

  constructor(book: Workbook, strings: string[]) {
    this.book = book;
    this.strings = strings;
  }

  open(name: string, attributes: string): void {
    if (name === 'v' || name === 't') {
      this.inValue = this.phonetic === 0;
    } else if (name === 'c') {
      const place = attributeOf(attributes, 'r');
      const found = place === undefined ? -1 : columnOf(place);
      this.column = found === -1 ? this.column + 1 : found;
      if (this.column >= mostColumns) throw damaged(this.book.zip.name, `a cell stands in column ${this.column + 1}`);
      this.type = attributeOf(attributes, 't') ?? 'n';
      this.style = Number(attributeOf(attributes, 's') ?? 0);
      this.value = '';
    } else if (name === 'row') {
      const number = attributeOf(attributes, 'r');
      this.rowNumber = number === undefined ? this.rowNumber + 1 : Number(number);
      this.row = [];
      this.column = -1;
    } else if (name === 'rPh') {
      this.phonetic++;
    }
  }

  close(name: string): void {
    if (name === 'v' || name === 't') {
      this.inValue = false;
    } else if (name === 'c') {
      while (this.row.length < this.column) this.row.push('');
      this.row[this.column] = this.cell();
    } else if (name === 'row') {
      this.rows.push(this.row);
      this.numbers.push(this.rowNumber);
      this.row = [];
    } else if (name === 'rPh') {
      this.phonetic--;
    }
  }

  text(text: string): void {
    if (this.inValue) this.value += text;
  }

  private cell(): Cell {
    const { value } = this;
    switch (this.type) {
      case 's':
        return value === '' ? '' : (this.strings[Number(value)] ?? '');
      case 'b':
        return value === '1' || value === 'true' ? 'TRUE' : value === '' ? '' : 'FALSE';
      case 'n': {
        if (value === '') return '';
        const number = Number(value);
        if (!Number.isFinite(number)) return value;
        const kind = this.book.styles[this.style] ?? 'number';
        return kind === 'number' ? number : dateText(number, kind, this.book.date1904);
      }
      case 'd':
        return value.replace('T', ' ').replace(/ 00:00:00(\.0+)?Z?$/, '');
      default:
        return unescapeText(value);
    }
  }

  /** Takes the rows read since the last call. */
  take(sheet: string): RowBatch {
    const batch = { sheet, rows: this.rows, numbers: this.numbers };
    this.rows = [];
    this.numbers = [];
    return batch;
  }
}

/**
 * Reads one sheet as batches of rows, whatever its size. Numbers stay numbers, dates become ISO text by their format,
 * formulas give their stored values; rows that the file leaves out are not there.
 */
export async function* readSheet(
  book: Workbook,
  sheet: WorkbookSheet,
  pause: () => Promise<void>,
): AsyncGenerator<RowBatch> {
  const rows = new SheetRows(book, await sharedStrings(book, pause));
  const xml = new XmlStream(book.zip.name, rows);
  const entry = book.zip.find(sheet.part);
  if (!entry) throw damaged(book.zip.name, `sheet ${sheet.name} is missing`);
  for await (const chunk of book.zip.chunks(entry)) {
    xml.write(chunk);
    if (rows.rows.length > 0) yield rows.take(sheet.name);
  }
  xml.end();
  if (rows.rows.length > 0) yield rows.take(sheet.name);
}
