import type { Delimiter } from '../../../../src-shared/domain.ts';
import { AppError } from '../../../../src-shared/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { literalQuote, longBlank, parseText, repairQuotes, restoreQuotes, unifyLineEnds } from './csv-layout.ts';
import { codePageOf, decoderFor } from './text-encoding.ts';
import { mostColumns, type RowBatch } from '../table-rows.ts';

export interface CsvLayout {
  encoding: string;
  delimiter: Delimiter;
  gzip: boolean;
}

/** The text later in the file is not in the encoding found over its beginning; the file must be read again. */
export class OtherEncoding extends Error {
  readonly encoding: string;
  constructor(encoding: string) {
    super(`The text is in ${encoding}.`);
    this.encoding = encoding;
  }
}

/** A quote still open after this many characters, a line end among them, is one that nobody closed. */
const longestQuoted = 1 << 20;
/** Characters of one row at most: a table of sales has none of a thousandth of that. */
const longestRow = 4 * 1024 * 1024;
/** Cells of one such long row at most: ten spreadsheets' width. */
const mostCells = 10 * mostColumns;

/** Cells of the row a text begins with, as far as its quotes are closed; counted no further than a row may go. */
function cellsAhead(text: string, delimiter: string): number {
  const delimiterCode = delimiter.charCodeAt(0);
  let cells = 1;
  let quoted = false;
  for (let i = 0; i < text.length && cells <= mostCells; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) quoted = !quoted;
    else if (quoted) continue;
    else if (code === delimiterCode) cells++;
    else if (code === 10) break;
  }
  return cells;
}

/** Turns pieces of decoded text into whole rows; the cut may fall anywhere. */
export class CsvRows {
  /** Text that no row was made of yet: what begins the next row, then the pieces since. */
  private pieces: string[] = [];
  private length = 0;
  /** A row can end in those pieces, so that they are worth looking at. */
  private mayEnd = false;
  private count = 0;
  private readonly delimiter: Delimiter;
  private readonly fileName: string;

  constructor(delimiter: Delimiter, fileName = '') {
    this.delimiter = delimiter;
    this.fileName = fileName;
  }

  /**
   * Rows completed by this piece of text; with `last`, also the row the file ends in.
   * @throws AppError 'file-not-understood' for a row without an end
   */
  push(piece: string, last: boolean): string[][] {
    this.keep(piece);
    // A long row is looked at once, when its end may be there, and not again with each piece.
    if (!last && !this.mayEnd) {
      if (this.length > longestRow) this.refuse('has not ended after four million characters');
      return [];
    }
    let text = this.pieces.join('');
    this.pieces = [];
    this.length = 0;
    this.mayEnd = false;
    // A \r at the end may be the first half of \r\n.
    const half = !last && text.endsWith('\r');
    if (half) text = text.slice(0, -1);
    text = unifyLineEnds(text);
    const tooLong = text.length > longestQuoted + piece.length;
    if (tooLong && cellsAhead(text, this.delimiter) > mostCells) this.refuse(`has more than ${mostCells} cells`);
    let repaired = text.includes(longBlank);
    if (repaired) text = repairQuotes(text, this.delimiter, last);
    let result = parseText(text, this.delimiter, last);
    if (result.badQuotes || (tooLong && result.rows.length === 0)) {
      text = repairQuotes(text, this.delimiter, last || tooLong);
      result = parseText(text, this.delimiter, last);
      repaired = true;
    }
    if (!last) this.keep(text.slice(result.cursor).replaceAll(literalQuote, '"') + (half ? '\r' : ''));
    if (repaired) restoreQuotes(result.rows);
    this.count += result.rows.length;
    return result.rows;
  }

  private keep(piece: string): void {
    this.pieces.push(piece);
    this.length += piece.length;
    this.mayEnd ||= /[\r\n]/.test(piece);
  }

  private refuse(what: string): never {
    const row = this.count + 1;
    throw new AppError(
      'file-not-understood',
      `Row ${row} of ${this.fileName} ${what}, so it is no row of a table. Check in the program that wrote the file that each sale stands on a line of its own, and export it again.`,
      { fileName: this.fileName, row },
    );
  }
}

/**
 * Reads a delimited text file as batches of rows, whatever its size: one chunk of text is in memory at a time.
 * @throws OtherEncoding where the bytes contradict the encoding
 */
export async function* readCsv(source: ByteSource, layout: CsvLayout, sheet: string): AsyncGenerator<RowBatch> {
  const decoder = decoderFor(layout.encoding);
  const rows = new CsvRows(layout.delimiter, source.name);
  let next = 1;
  const batch = (found: string[][]): RowBatch => ({ sheet, rows: found, numbers: found.map(() => next++) });
  let previous: Buffer = Buffer.alloc(0);
  for await (const chunk of source.chunks(layout.gzip)) {
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch {
      throw new OtherEncoding(codePageOf(Buffer.concat([previous, chunk])));
    }
    previous = chunk.subarray(-8);
    const found = rows.push(text, false);
    if (found.length > 0) yield batch(found);
  }
  let tail = '';
  try {
    tail = decoder.decode();
  } catch {
    throw new OtherEncoding(codePageOf(previous));
  }
  const found = rows.push(tail, true);
  // The line end of the last line is not a row.
  if (found.length > 0 && found.at(-1)?.length === 1 && found.at(-1)?.[0] === '') found.pop();
  if (found.length > 0) yield batch(found);
}
