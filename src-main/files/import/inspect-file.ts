import type { Field, ImportFile, ImportOptions, ImportPreview, Note, TableKind } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { decideMarks } from './decimal-marks.ts';
import type { Mapping } from './field-candidates.ts';
import { correctMapping, proposeMapping } from './field-mapping.ts';
import { decideDateOrder } from './date-order.ts';
import { dateStyleOf } from './date-parsing.ts';
import { type HeadedSheet, headSheet, profilesOf } from './headed-sheet.ts';
import { dateHeaderOf, type ImportPlan, listed, note, type SheetPlan } from './import-plan.ts';
import { type Decided, previewOf } from './import-preview.ts';
import { tableKinds } from './kinds/registry.ts';
import { Pace, type Pause } from './pace.ts';
import { chooseSheets, placesIn } from './sheet-choice.ts';
import { sampleFile } from './table-sample.ts';

export interface Inspection {
  plan: ImportPlan;
  preview: ImportPreview;
}

const monthHeader =
  /^(?:\p{L}{3,9}[\s\-/.]*(?:19|20)?\d{2}|(?:19|20)\d{2}[\s\-/.]*(?:\d{1,2}|\p{L}{3,9})|\d{1,2}[-/.](?:19|20)\d{2})$/u;

/** A wide table has its months side by side; its rows are no sales. */
function refuseWideTable(headers: readonly string[], name: string): void {
  const months = headers.filter((header) => monthHeader.test(header.trim())).length;
  if (months < 6 || months < headers.length * 0.5) return;
  throw new AppError(
    'file-not-understood',
    `${name} has its months side by side (${months} columns such as “${headers.find((header) => monthHeader.test(header.trim()))}”). Turn it into two columns, date and amount, with one row per month, and import that.`,
    { fileName: name, months },
  );
}

interface Guess extends Decided {
  kind: TableKind;
  mapping: Mapping;
  guessed: Field[];
}

function planOf(
  { sample, selected, columns, kind, mapping }: Guess,
  options: ImportOptions,
): { plan: ImportPlan; ambiguousOrder: boolean } {
  const [first] = selected;
  const marks = decideMarks(columns, mapping, options);
  const dates = tableKinds[kind].dates.flatMap((field) => columns[mapping[field] ?? -1] ?? []);
  const dateCells = dates.flatMap(({ cells }) => cells);
  const decimalComma = [mapping.price, mapping.amount].some((index) => index !== undefined && marks[index] === ',');
  const decided = decideDateOrder(dateCells, { decimalComma, semicolons: sample.delimiter === ';' });
  const sheets: SheetPlan[] = selected.map((sheet) => {
    const order = placesIn(sheet.headers, first.headers);
    return {
      name: sheet.sample.name,
      headerRow: sheet.headerRow,
      order: order.every((at, i) => at === i) ? null : order,
    };
  });
  const plan: ImportPlan = {
    format: sample.format,
    gzip: sample.gzip,
    encoding: sample.encoding,
    delimiter: sample.delimiter,
    sheets,
    allSheets: selected.length === sample.sheets.length,
    kind,
    headers: first.headers,
    mapping,
    dates: dates.map(({ index }) => index),
    dateOrder: options.dateOrder ?? decided.order,
    dateOrderSure: options.dateOrder !== undefined || !decided.ambiguous,
    dateStyle: dates.length > 0 ? dateStyleOf(dateCells, dates[0].header) : 'text',
    marks,
    amountMode: tableKinds[kind].amountMode?.(first.data, mapping, marks) ?? 'amount',
    fixed: {
      encoding: options.encoding !== undefined,
      dateOrder: options.dateOrder !== undefined,
      decimalMark: options.decimalMark !== undefined,
    },
  };
  return { plan, ambiguousOrder: decided.ambiguous && options.dateOrder === undefined };
}

function doubts(
  { columns, kind, mapping, guessed, sample, selected }: Guess,
  plan: ImportPlan,
  ambiguousOrder: boolean,
): Note[] {
  const notes: Note[] = [];
  const header = (field: Field): string => plan.headers[mapping[field] ?? 0];
  if (ambiguousOrder)
    notes.push(note('date-order-assumed', { column: dateHeaderOf(plan), order: plan.dateOrder }, 'warning'));
  for (const field of tableKinds[kind].numbers) {
    const index = mapping[field];
    if (index === undefined || plan.fixed.decimalMark) continue;
    const { either, point, comma } = columns[index].evidence;
    if (Math.min(point, comma) > 0)
      notes.push(
        note(
          'decimal-mark-mixed',
          { column: header(field), count: Math.min(point, comma), mark: plan.marks[index] },
          'warning',
        ),
      );
    else if (either > 0 && point + comma === 0)
      notes.push(note('decimal-mark-assumed', { column: header(field), mark: plan.marks[index] }, 'warning'));
  }
  for (const field of guessed) notes.push(note('column-guessed', { field, column: header(field) }, 'warning'));
  if (plan.dateStyle !== 'text')
    notes.push(
      note(plan.dateStyle === 'serial' ? 'dates-as-numbers' : 'dates-as-unix', { column: dateHeaderOf(plan) }),
    );
  notes.push(...(tableKinds[kind].doubts?.(plan) ?? []));
  const read = new Set(plan.sheets.map(({ name }) => name));
  const left = sample.sheets.map(({ name }) => name).filter((name) => !read.has(name));
  if (left.length > 0) notes.push(note('sheets-left-out', { sheets: listed(left), count: left.length }));
  if (selected[0].headerRow === -1) notes.push(note('no-header'));
  return notes;
}

/** Every column the user names must be there. */
function requireColumns(options: ImportOptions, headers: readonly string[], name: string): void {
  for (const header of Object.values(options.mapping ?? {})) {
    if (typeof header === 'string' && !headers.includes(header)) {
      throw new AppError('invalid-input', `There is no column “${header}” in ${name}. It has: ${listed(headers)}.`, {
        column: header,
      });
    }
  }
}

/**
 * Looks at the beginning of a file and decides how it would be imported; the user's corrections come first.
 * @param pause runs after every few thousand cells of work; what it throws ends the inspection
 * @throws AppError 'file-not-understood' for files that hold no table, 'file-not-readable' for broken ones
 */
export async function inspectFile(
  file: ImportFile,
  options: ImportOptions,
  pause: Pause = () => Promise.resolve(),
): Promise<Inspection> {
  const pace = new Pace(pause);
  const sample = await sampleFile(file, options, pause);
  const sheets: HeadedSheet[] = [];
  for (const sheet of sample.sheets) sheets.push(await headSheet(sheet, sample, options, pace));
  const selected = await chooseSheets(sheets, options, pace);
  const [first] = selected;
  if (first.headers.length === 0 || selected.every(({ data }) => data.length === 0)) {
    throw new AppError(
      'file-not-understood',
      `${file.name} holds no rows of data. Export the sales again and import the new file.`,
      { fileName: file.name },
    );
  }
  const columns = await profilesOf(first, pace);
  const proposal = await proposeMapping(columns, options.kind ?? null, first.headerRow === -1, pace);
  requireColumns(options, first.headers, file.name);
  const mapping = correctMapping(proposal.mapping, first.headers, options.mapping ?? {});
  const decided: Guess = {
    sample,
    selected,
    columns,
    kind: proposal.kind,
    mapping,
    guessed: proposal.guessed.filter((field) => mapping[field] === proposal.mapping[field]),
  };
  await pause();
  const corrections = tableKinds[proposal.kind].correct?.(columns, mapping, options.mapping) ?? [];
  if (!options.mapping && mapping.date === undefined) refuseWideTable(first.headers, file.name);
  const { plan, ambiguousOrder } = planOf(decided, options);
  await pause();
  const notes = [...corrections, ...doubts(decided, plan, ambiguousOrder)];
  return { plan, preview: previewOf(file, sheets, decided, plan, notes) };
}
