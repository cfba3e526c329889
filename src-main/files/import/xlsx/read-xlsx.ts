import type { Entry } from 'yauzl';
import { AppError } from '../../../../src-shared/errors.ts';
import type { Pause } from '../pace.ts';
import { type Cell, mostColumns, ownPlaces, type RowBatch } from '../table-rows.ts';
import { dateText } from './xlsx-styles.ts';
import { sharedStrings, type Workbook, type WorkbookSheet } from './xlsx-workbook.ts';
import { attributeOf, longestText, PiecedText, unescapeText, type XmlHandlers, XmlStream } from './xml-stream.ts';
import { damaged, type ZipParts } from './zip-parts.ts';

const mostRows = 1_048_576;
/** Bytes of XML between two pauses: some thousand cells. */
const xmlBytesPerPause = 32 * 1024;

/** Column of a reference such as 'BC12', 0-based; -1 where it names none. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const letter = (reference.charCodeAt(at) | 0x20) - 96;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}

/** Number of a row: what it says where that lies behind the row before and inside a sheet, else the next one. */
function rowNumber(said: string | undefined, before: number): number {
  const number = said !== undefined && /^\s*\d{1,7}\s*$/.test(said) ? Number(said) : 0;
  return number > before && number <= mostRows ? number : before + 1;
}

/** Builds rows from the elements of one sheet. */
class SheetRows implements XmlHandlers {
  rows: Cell[][] = [];
  numbers: number[] = [];
  /** Columns (0-based) that have taken the places from `ownPlaces` on. */
  readonly far: number[] = [];
  private readonly farPlaces = new Map<number, number>();
  private row: Cell[] = [];
  private rowNumber = 0;
  private column = -1;
  private type = '';
  private style = 0;
  private readonly value = new PiecedText();
  private inValue = false;
  private phonetic = 0;
  private readonly book: Workbook;
  private readonly sheet: string;
  private readonly strings: string[];

  constructor(book: Workbook, sheet: string, strings: string[]) {
    this.book = book;
    this.sheet = sheet;
    this.strings = strings;
  }

  open(name: string, attributes: string): void {
    if (name === 'v' || name === 't') {
      this.inValue = this.phonetic === 0;
    } else if (name === 'c') {
      const reference = attributeOf(attributes, 'r');
      const found = reference === undefined ? -1 : columnOf(reference);
      this.column = found === -1 ? this.column + 1 : found;
      if (this.column >= mostColumns)
        throw damaged(
          this.book.zip.name,
          `a cell in row ${this.rowNumber} of sheet “${this.sheet}” stands beyond the last column, XFD`,
        );
      this.type = attributeOf(attributes, 't') ?? 'n';
      this.style = Number(attributeOf(attributes, 's') ?? 0);
      this.value.take();
    } else if (name === 'row') {
      this.rowNumber = rowNumber(attributeOf(attributes, 'r'), this.rowNumber);
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
      this.place(this.cell());
    } else if (name === 'row') {
      this.rows.push(this.row);
      this.numbers.push(this.rowNumber);
      this.row = [];
    } else if (name === 'rPh') {
      this.phonetic--;
    }
  }

  text(text: string): void {
    if (!this.inValue) return;
    this.value.add(text);
    if (this.value.length > longestText)
      throw new AppError(
        'file-not-understood',
        `A cell in row ${this.rowNumber} of sheet “${this.sheet}” of ${this.book.zip.name} holds more than four million characters. Shorten it, save the workbook and import it again.`,
        { fileName: this.book.zip.name, sheet: this.sheet, row: this.rowNumber },
      );
  }

  /** Puts a cell into its row; far to the right a format without a value is no cell. */
  private place(cell: Cell): void {
    const { column, row } = this;
    if (column >= ownPlaces && cell === '') return;
    const place = column < ownPlaces ? column : this.farPlace(column);
    while (row.length < place) row.push('');
    row[place] = cell;
  }

  private farPlace(column: number): number {
    let place = this.farPlaces.get(column);
    if (place === undefined) {
      place = ownPlaces + this.far.length;
      this.farPlaces.set(column, place);
      this.far.push(column);
    }
    return place;
  }

  private cell(): Cell {
    const value = this.value.take();
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
  take(): RowBatch {
    const batch = { sheet: this.sheet, rows: this.rows, numbers: this.numbers };
    this.rows = [];
    this.numbers = [];
    return batch;
  }
}

/** Batches of some thousand cells of work; where no row ends for as long, `pause` runs instead. */
async function* batchesOf(zip: ZipParts, entry: Entry, rows: SheetRows, pause: Pause): AsyncGenerator<RowBatch> {
  const xml = new XmlStream(zip.name, rows);
  for await (const chunk of zip.chunks(entry)) {
    for (let at = 0; at < chunk.length; at += xmlBytesPerPause) {
      xml.write(chunk.subarray(at, at + xmlBytesPerPause));
      if (rows.rows.length > 0) yield rows.take();
      else await pause();
    }
  }
  xml.end();
  if (rows.rows.length > 0) yield rows.take();
}

/** A sheet on its way: `far` has the columns (0-based) at the places from `ownPlaces` on, as far as it was read. */
export interface SheetReading {
  far: readonly number[];
  batches: AsyncGenerator<RowBatch>;
}

/**
 * Reads one sheet as batches of rows, whatever its size. Numbers stay numbers, dates become ISO text by their format,
 * formulas give their stored values; rows that the file leaves out are not there.
 */
export async function readSheet(book: Workbook, sheet: WorkbookSheet, pause: Pause): Promise<SheetReading> {
  const rows = new SheetRows(book, sheet.name, await sharedStrings(book, pause));
  const entry = book.zip.find(sheet.part);
  if (!entry) throw damaged(book.zip.name, `sheet ${sheet.name} is missing`);
  return { far: rows.far, batches: batchesOf(book.zip, entry, rows, pause) };
}
