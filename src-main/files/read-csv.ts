import type { Delimiter } from '../../src-shared/domain.ts';
import type { ByteSource } from './byte-source.ts';
import { parseText, repairQuotes, restoreQuotes, unifyLineEnds } from './csv-layout.ts';
import { codePageOf, decoderFor } from './text-encoding.ts';
import type { RowBatch } from './table-rows.ts';

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

/** A row that has not ended after this many characters is one with a quote that nobody closed. */
const longestRow = 1 << 20;

/** Turns pieces of decoded text into whole rows; the cut may fall anywhere. */
export class CsvRows {
  private rest = '';
  private readonly delimiter: Delimiter;

  constructor(delimiter: Delimiter) {
    this.delimiter = delimiter;
  }

  /** Rows completed by this piece of text; with `last`, also the row the file ends in. */
  push(piece: string, last: boolean): string[][] {
    let text = this.rest + piece;
    // A \r at the end may be the first half of \r\n.
    const half = !last && text.endsWith('\r');
    if (half) text = text.slice(0, -1);
    text = unifyLineEnds(text);
    const tooLong = text.length > longestRow + piece.length;
    let result = parseText(text, this.delimiter, last);
    let repaired = false;
    if (result.badQuotes || (tooLong && result.rows.length === 0)) {
      text = repairQuotes(text, this.delimiter, last || tooLong);
      result = parseText(text, this.delimiter, last);
      repaired = true;
    }
    this.rest = last ? '' : text.slice(result.cursor).replaceAll('\ue000', '"') + (half ? '\r' : '');
    if (repaired) restoreQuotes(result.rows);
    return result.rows;
  }
}

/**
 * Reads a delimited text file as batches of rows, whatever its size: one chunk of text is in memory at a time.
 * @throws OtherEncoding where the bytes contradict the encoding
 */
export async function* readCsv(source: ByteSource, layout: CsvLayout, sheet: string): AsyncGenerator<RowBatch> {
  const decoder = decoderFor(layout.encoding);
  const rows = new CsvRows(layout.delimiter);
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
