import type { ImportFile, Note } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { ParsedImport } from '../../engine/sales/parsed-import.ts';
import { ByteSource } from './byte-source.ts';
import { dateHeaderOf, type ImportPlan, listed, note, type SheetPlan, type TableBuilder } from './import-plan.ts';
import { tableKinds } from './kinds/registry.ts';
import { Pace, type Pause } from './pace.ts';
import { OtherEncoding, readCsv } from './csv/read-csv.ts';
import { readSheet } from './xlsx/read-xlsx.ts';
import { type Cell, type RowBatch, weightOf } from './table-rows.ts';
import { openWorkbook } from './xlsx/xlsx-workbook.ts';

/** How far the reading is, and where the caller may cancel it or answer others meanwhile. */
export interface ReadingProgress {
  /** Called after every batch. @throws to stop the reading */
  rows(rows: number, doneBytes: number, totalBytes: number): void;
  /** Called after every few thousand cells of work. @throws to stop the reading */
  pause: Pause;
}

/** Passes over a file before the evidence must have settled: encoding, date order, decimal mark, amount. */
const mostPasses = 6;

/** Gives the rows below the header to the builder, in the plan's order of columns. */
async function addBatch(
  builder: TableBuilder<ParsedImport>,
  batch: RowBatch,
  sheet: SheetPlan,
  pace: Pace,
): Promise<void> {
  const { rows, numbers } = batch;
  for (let i = 0; i < rows.length; i++) {
    if (numbers[i] <= sheet.headerRow + 1) continue;
    const row = sheet.order === null ? rows[i] : sheet.order.map((at): Cell => rows[i][at] ?? '');
    builder.add(row, batch.sheet, numbers[i]);
    if (pace.due(1 + weightOf(row))) await pace.pause();
  }
}

type Contradiction = { plan: ImportPlan };

/** One pass over a text file; answers another plan where the rows contradict this one. */
async function passText(
  file: ImportFile,
  plan: ImportPlan,
  builder: TableBuilder<ParsedImport>,
  totalBytes: number,
  progress: ReadingProgress,
): Promise<Contradiction | string> {
  const source = new ByteSource(file.path, file.name);
  const [sheet] = plan.sheets;
  const pace = new Pace(progress.pause);
  for await (const batch of readCsv(source, plan, sheet.name)) {
    await addBatch(builder, batch, sheet, pace);
    const other = builder.contradiction(false);
    if (other) return { plan: other };
    progress.rows(builder.read, source.done, totalBytes);
    await pace.pause();
  }
  builder.endSheet();
  return source.digest();
}

async function hashOf(file: ImportFile, progress: ReadingProgress): Promise<string> {
  const source = new ByteSource(file.path, file.name);
  for await (const _chunk of source.chunks(false)) await progress.pause();
  return source.digest();
}

async function passWorkbook(
  file: ImportFile,
  plan: ImportPlan,
  builder: TableBuilder<ParsedImport>,
  progress: ReadingProgress,
): Promise<Contradiction | string> {
  const book = await openWorkbook(file.path, file.name, progress.pause);
  const pace = new Pace(progress.pause);
  try {
    const byName = new Map(book.sheets.toReversed().map((entry) => [entry.name, entry]));
    const chosen = plan.sheets.map((sheet) => ({ sheet, entry: byName.get(sheet.name) }));
    const totalBytes = chosen.reduce((sum, { entry }) => sum + (entry?.bytes ?? 0), 0);
    for (const { sheet, entry } of chosen) {
      if (!entry)
        throw new AppError(
          'not-found',
          `The sheet “${sheet.name}” is not in ${file.name} any more. Open the preview again.`,
          { sheet: sheet.name },
        );
      const { batches } = await readSheet(book, entry, progress.pause);
      for await (const batch of batches) {
        await addBatch(builder, batch, sheet, pace);
        const other = builder.contradiction(false);
        if (other) return { plan: other };
        progress.rows(builder.read, Math.min(book.zip.done, totalBytes), totalBytes);
        await pace.pause();
      }
      builder.endSheet();
    }
  } finally {
    book.zip.close();
  }
  const hash = await hashOf(file, progress);
  return plan.allSheets ? hash : `${hash}:${plan.sheets.map(({ name }) => name).join('\u0000')}`;
}

/** Stops before reading when a needed column is not known. */
function requireFields(plan: ImportPlan, name: string): void {
  const kind = tableKinds[plan.kind];
  const missing = kind.missing(plan.mapping);
  if (missing.length === 0) return;
  const words = missing.map((field) => kind.asked[field] ?? field).join(' and ');
  throw new AppError(
    'file-not-understood',
    `No column of ${name} is known to hold ${words}. Choose it in the preview. The columns are: ${listed(plan.headers)}.`,
    { fileName: name, missing, columns: plan.headers },
  );
}

function requireRows(parsed: ParsedImport, name: string): void {
  if (parsed.read > parsed.setAside.length) return;
  const first = parsed.setAside[0];
  const why = first
    ? ` The first one stands in row ${first.row}: column “${first.column}” holds “${first.value}” (${first.reason}).`
    : '';
  throw new AppError(
    'file-not-understood',
    `None of the ${parsed.read} rows of ${name} could be read with this choice of columns.${why} Check the columns in the preview.`,
    { fileName: name, read: parsed.read },
  );
}

/**
 * Reads a whole file under a plan. What was decided over the beginning is confirmed over every row: where the rows
 * contradict it, the plan is changed for the whole column and the file is read again, never mixed.
 * @throws AppError 'file-not-understood', 'file-not-readable', and whatever `progress.rows` throws
 */
export async function parseFile(
  file: ImportFile,
  plan: ImportPlan,
  totalBytes: number,
  progress: ReadingProgress,
): Promise<{ parsed: ParsedImport; notes: Note[] }> {
  requireFields(plan, file.name);
  let current = plan;
  for (let pass = 1; ; pass++) {
    const builder = tableKinds[current.kind].builder(current);
    let outcome: Contradiction | string;
    try {
      outcome =
        current.format === 'csv'
          ? await passText(file, current, builder, totalBytes, progress)
          : await passWorkbook(file, current, builder, progress);
    } catch (error) {
      if (!(error instanceof OtherEncoding)) throw error;
      if (current.fixed.encoding) {
        throw new AppError(
          'file-not-understood',
          `${file.name} is not written in ${current.encoding}. Leave the encoding open or choose ${error.encoding}.`,
          { fileName: file.name, encoding: error.encoding },
        );
      }
      outcome = { plan: { ...current, encoding: error.encoding } };
    }
    const other = typeof outcome === 'string' ? builder.contradiction(true) : outcome.plan;
    if (other && pass < mostPasses) {
      current = other;
      continue;
    }
    if (typeof outcome !== 'string')
      throw new AppError(
        'file-not-understood',
        `The columns of ${file.name} contradict themselves. Choose date order and decimal mark in the preview.`,
        { fileName: file.name },
      );
    const { parsed, notes } = await builder.finish({ fileName: file.name, fileHash: outcome }, progress.pause);
    requireRows(parsed, file.name);
    if (current !== plan) notes.push(...changes(plan, current));
    return { parsed, notes };
  }
}

/** What the whole file taught that its beginning did not. */
function changes(before: ImportPlan, after: ImportPlan): Note[] {
  const notes: Note[] = [];
  if (before.encoding !== after.encoding) notes.push(note('encoding-corrected', { encoding: after.encoding }));
  if (before.dateOrder !== after.dateOrder)
    notes.push(note('date-order-corrected', { column: dateHeaderOf(after), order: after.dateOrder }));
  after.marks.forEach((mark, i) => {
    if (mark !== before.marks[i]) notes.push(note('decimal-mark-corrected', { column: after.headers[i], mark }));
  });
  return notes;
}
