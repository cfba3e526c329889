import type { Delimiter, ImportFile, ImportOptions } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { detectDelimiter, unifyLineEnds } from './csv/csv-layout.ts';
import { sniffFile, type SniffedFile } from './file-kind.ts';
import type { Pause } from './pace.ts';
import { CsvRows } from './csv/read-csv.ts';
import { readSheet } from './xlsx/read-xlsx.ts';
import { detectEncoding } from './csv/text-encoding.ts';
import { type Cell, weightOf } from './table-rows.ts';
import { openWorkbook, type Workbook, type WorkbookSheet } from './xlsx/xlsx-workbook.ts';

/** First rows of one sheet. */
export interface SheetSample {
  name: string;
  hidden: boolean;
  rows: Cell[][];
  /** Columns (0-based) at the places from `ownPlaces` on. */
  far: readonly number[];
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

/** Bytes of a text file looked at; the second where the first hold too few rows to learn from. */
const sampleBytes = [512 * 1024, 9 * 1024 * 1024];
const fewRows = 20;
const charactersPerPause = 64 * 1024;

/** Rows and cells of one sheet that are looked at: up to 200 columns the rows decide. */
export const mostSampled = { rows: 3000, cells: 600_000 };
/** Cells of all sheets together; once they are reached, further sheets give their first rows alone. */
const bookCells = 2_000_000;
const furtherSheet = { rows: 1000, cells: 10_000 };
/** Rows that each sheet gives however wide it is, so that none with data looks empty. */
const leastRows = 10;
const mostBookCells = 6_000_000;

/** Takes the first rows of a sheet within a limit. */
class SampleRows {
  readonly rows: Cell[][] = [];
  cells = 0;
  private readonly most: { rows: number; cells: number };

  constructor(most: { rows: number; cells: number }) {
    this.most = most;
  }

  /** No further row is needed. */
  get full(): boolean {
    return this.rows.length >= this.most.rows || (this.cells >= this.most.cells && this.rows.length >= leastRows);
  }

  /** @returns false where the row was not taken */
  add(row: Cell[]): boolean {
    if (this.full) return false;
    this.rows.push(row);
    this.cells += weightOf(row);
    return true;
  }
}

async function sampleText(
  { head, whole, kind, bytes }: SniffedFile,
  file: ImportFile,
  options: ImportOptions,
  pause: Pause,
): Promise<FileSample> {
  const encoding = options.encoding ?? detectEncoding(head, whole);
  const text = new TextDecoder(encoding).decode(head, { stream: !whole });
  await pause();
  const delimiter = options.delimiter ?? detectDelimiter(unifyLineEnds(text.slice(0, 128 * 1024)));
  await pause();
  const reader = new CsvRows(delimiter, file.name);
  const sample = new SampleRows(mostSampled);
  let complete = whole;
  for (let at = 0; at < text.length && !sample.full; at += charactersPerPause) {
    const end = at + charactersPerPause;
    const rows = reader.push(text.slice(at, end), whole && end >= text.length);
    // The line end of the last line is not a row.
    if (whole && end >= text.length && rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === '') rows.pop();
    for (const row of rows) complete = sample.add(row) && complete;
    complete &&= end >= text.length || !sample.full;
    await pause();
  }
  return {
    format: 'csv',
    gzip: kind === 'gzip',
    bytes,
    encoding,
    delimiter,
    sheets: [{ name: file.name, hidden: false, rows: sample.rows, far: [], complete }],
  };
}

async function sampleSheet(
  book: Workbook,
  sheet: WorkbookSheet,
  most: typeof mostSampled,
  pause: Pause,
): Promise<SheetSample & { cells: number }> {
  const sample = new SampleRows(most);
  let complete = true;
  let last = 0;
  const { far, batches } = await readSheet(book, sheet, pause);
  for await (const { rows, numbers } of batches) {
    for (let i = 0; i < rows.length && complete; i++) {
      // Rows that the file leaves out are blank rows, so that places are those the person sees.
      for (; last + 1 < numbers[i] && !sample.full; last++) sample.add([]);
      complete = sample.add(rows[i]);
      last = numbers[i];
    }
    await pause();
    if (!complete || sample.full) break;
  }
  const { rows, cells } = sample;
  return { name: sheet.name, hidden: sheet.hidden, rows, far: [...far], complete: complete && !sample.full, cells };
}

async function sampleWorkbook(file: ImportFile, bytes: number, pause: Pause): Promise<FileSample> {
  const book = await openWorkbook(file.path, file.name, pause);
  try {
    const sheets: SheetSample[] = [];
    let total = 0;
    for (const sheet of book.sheets) {
      const sample = await sampleSheet(book, sheet, total < bookCells ? mostSampled : furtherSheet, pause);
      sheets.push(sample);
      total += sample.cells;
      if (total > mostBookCells)
        throw new AppError(
          'file-not-understood',
          `The first rows of the ${book.sheets.length} sheets of ${file.name} hold more than six million cells. Save the sheets with sales in a workbook of their own and import that.`,
          { fileName: file.name, sheets: book.sheets.length },
        );
    }
    return { format: 'xlsx', gzip: false, bytes, encoding: 'utf-8', delimiter: ',', sheets };
  } finally {
    book.zip.close();
  }
}

/** Reads the beginning of a file, whatever kind it is. @throws AppError 'file-not-readable', 'file-not-understood' */
export async function sampleFile(file: ImportFile, options: ImportOptions, pause: Pause): Promise<FileSample> {
  const [usual, long] = sampleBytes;
  const sniffed = await sniffFile(file.path, file.name, usual);
  if (sniffed.kind === 'xlsx') return sampleWorkbook(file, sniffed.bytes, pause);
  const sample = await sampleText(sniffed, file, options, pause);
  if (sniffed.whole || sample.sheets[0].rows.length >= fewRows) return sample;
  return sampleText(await sniffFile(file.path, file.name, long), file, options, pause);
}
