import type { Delimiter, ImportFile, ImportOptions } from '../../src-shared/domain.ts';
import { detectDelimiter, unifyLineEnds } from './csv-layout.ts';
import { sniffFile } from './file-kind.ts';
import { CsvRows } from './read-csv.ts';
import { readSheet } from './read-xlsx.ts';
import { detectEncoding } from './text-encoding.ts';
import type { Cell } from './table-rows.ts';
import { openWorkbook } from './xlsx-workbook.ts';

/** First rows of one sheet. */
export interface SheetSample {
  name: string;
  hidden: boolean;
  rows: Cell[][];
  /** These are all the rows of the sheet. */
  complete: boolean;
}

export interface FileSample {
  format: 'csv' | 'xlsx';
  gzip: boolean;
  bytes: number;
  encoding: string;
  delimiter: Delimiter;
  sheets: SheetSample[];
}

const sampleBytes = 512 * 1024;
const sampleRows = 3000;

function sampleText(
  head: Uint8Array,
  whole: boolean,
  file: ImportFile,
  options: ImportOptions,
): Omit<FileSample, 'gzip' | 'bytes'> {
  const encoding = options.encoding ?? detectEncoding(head, whole);
  const text = unifyLineEnds(new TextDecoder(encoding).decode(head, { stream: !whole }));
  const delimiter = options.delimiter ?? detectDelimiter(text.slice(0, 128 * 1024));
  const rows = new CsvRows(delimiter).push(text, whole);
  if (whole && rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === '') rows.pop();
  const complete = whole && rows.length <= sampleRows;
  return {
    format: 'csv',
    encoding,
    delimiter,
    sheets: [{ name: file.name, hidden: false, rows: rows.slice(0, sampleRows), complete }],
  };
}

async function sampleWorkbook(file: ImportFile, bytes: number, pause: () => Promise<void>): Promise<FileSample> {
  const book = await openWorkbook(file.path, file.name);
  try {
    const sheets: SheetSample[] = [];
    for (const sheet of book.sheets) {
      const rows: Cell[][] = [];
      let complete = true;
      let last = 0;
      for await (const batch of readSheet(book, sheet, pause)) {
        batch.rows.forEach((row, i) => {
          // Rows that the file leaves out are blank rows, so that places are those the person sees.
          for (; last + 1 < batch.numbers[i] && rows.length < sampleRows; last++) rows.push([]);
          rows.push(row);
          last = batch.numbers[i];
        });
        await pause();
        if (rows.length < sampleRows) continue;
        complete = false;
        break;
      }
      sheets.push({ name: sheet.name, hidden: sheet.hidden, rows: rows.slice(0, sampleRows), complete });
    }
    return { format: 'xlsx', gzip: false, bytes, encoding: 'utf-8', delimiter: ',', sheets };
  } finally {
    book.zip.close();
  }
}

/** Reads the beginning of a file, whatever kind it is. @throws AppError 'file-not-readable', 'file-not-understood' */
export async function sampleFile(
  file: ImportFile,
  options: ImportOptions,
  pause: () => Promise<void>,
): Promise<FileSample> {
  const { kind, head, bytes } = await sniffFile(file.path, file.name, sampleBytes);
  if (kind === 'xlsx') return sampleWorkbook(file, bytes, pause);
  const whole = bytes <= sampleBytes && head.length < sampleBytes;
  return { ...sampleText(head, whole, file, options), gzip: kind === 'gzip', bytes };
}
