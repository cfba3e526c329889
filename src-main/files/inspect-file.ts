import type {
  ColumnPreview,
  Field,
  ImportFile,
  ImportOptions,
  ImportPreview,
  Note,
  TableKind,
} from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { correctMapping, type Mapping, missingFields, proposeMapping } from './column-mapping.ts';
import { type ColumnProfile, columnType, profileColumn } from './column-profile.ts';
import { decideDateOrder } from './date-order.ts';
import { dateStyleOf } from './date-parsing.ts';
import { foldHeader } from './field-synonyms.ts';
import { findHeaderRow, headerNames } from './header-row.ts';
import { decideAmountMode, decideMarks, repeatsOrderTotal } from './money-columns.ts';
import { type ImportPlan, note, type SheetPlan } from './import-plan.ts';
import { type FileSample, type SheetSample, sampleFile } from './table-sample.ts';
import { type Cell, isBlankRow } from './table-rows.ts';

/** One sheet with its header found. */
interface HeadedSheet {
  sample: SheetSample;
  headerRow: number;
  headers: string[];
  /** Rows below the header. */
  data: Cell[][];
}

export interface Inspection {
  plan: ImportPlan;
  preview: ImportPreview;
}

/** Widths that at least a tenth of the rows have. */
function usualWidths(data: readonly Cell[][]): number[] {
  const widths = new Map<number, number>();
  for (const row of data) {
    const width = row.findLastIndex((cell) => cell !== '') + 1;
    widths.set(width, (widths.get(width) ?? 0) + 1);
  }
  return [...widths].filter(([, count]) => count >= data.length * 0.1).map(([width]) => width);
}

function headSheet(sample: SheetSample, format: 'csv' | 'xlsx', options: ImportOptions): HeadedSheet {
  const headerRow = options.headerRow ?? findHeaderRow(sample.rows);
  const data = sample.rows.slice(headerRow + 1).filter((row) => !isBlankRow(row));
  const header = headerRow === -1 ? null : (sample.rows[headerRow] ?? []);
  // Text rows longer than the header are broken rows; a sheet's rows may have notes beside the table.
  const width = Math.max(0, ...(header && format === 'csv' ? [header.length] : usualWidths(data)), header?.length ?? 0);
  return { sample, headerRow, headers: headerNames(header, width), data };
}

const headerKey = (sheet: HeadedSheet): string => sheet.headers.map(foldHeader).sort().join('\u0000');

const profilesOf = (sheet: HeadedSheet): ColumnProfile[] =>
  sheet.headers.map((header, index) =>
    profileColumn(
      header,
      index,
      sheet.data.slice(0, 1500).map((row) => row[index] ?? ''),
    ),
  );

/** The sheets an import reads: those chosen, else the visible ones that share the headers of the best table. */
function chooseSheets(sheets: HeadedSheet[], options: ImportOptions): HeadedSheet[] {
  if (options.sheets) {
    const chosen = options.sheets.map((name) => {
      const sheet = sheets.find(({ sample }) => sample.name === name);
      if (!sheet)
        throw new AppError(
          'invalid-input',
          `There is no sheet “${name}” in the file. It has: ${sheets.map(({ sample }) => sample.name).join(', ')}.`,
          { sheet: name },
        );
      return sheet;
    });
    const odd = chosen.find((sheet) => headerKey(sheet) !== headerKey(chosen[0]));
    if (odd)
      throw new AppError(
        'invalid-input',
        `The sheets “${chosen[0].sample.name}” and “${odd.sample.name}” have different headers and cannot be stacked. Import them one after the other.`,
        { sheet: odd.sample.name },
      );
    if (chosen.length > 0) return chosen;
  }
  const score = (sheet: HeadedSheet): number => {
    if (sheet.data.length === 0) return -1;
    const profiles = profilesOf(sheet);
    const { kind, mapping } = proposeMapping(profiles, options.kind ?? null, sheet.headerRow === -1);
    const usable = missingFields(kind, mapping).length === 0;
    return (
      (usable ? 100 : 0) + Object.keys(mapping).length + (sheet.sample.hidden ? -60 : 0) + sheet.data.length / 10_000
    );
  };
  let best = sheets[0];
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const sheet of sheets) {
    const value = score(sheet);
    if (value > bestScore) [best, bestScore] = [sheet, value];
  }
  if (best.headerRow === -1) return [best];
  return sheets.filter(
    (sheet) =>
      sheet === best ||
      (headerKey(sheet) === headerKey(best) && sheet.sample.hidden === best.sample.hidden && sheet.data.length > 0),
  );
}

function previewColumns(columns: readonly ColumnProfile[], mapping: Mapping): ColumnPreview[] {
  const fieldOf = new Map(Object.entries(mapping).map(([field, index]) => [index, field as Field]));
  return columns.map((column) => ({
    header: column.header,
    index: column.index,
    field: fieldOf.get(column.index) ?? null,
    type: columnType(column),
    samples: [...new Set(column.cells.map(String).filter((text) => text.trim() !== ''))].slice(0, 5),
  }));
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

interface Decided {
  sample: FileSample;
  selected: HeadedSheet[];
  columns: ColumnProfile[];
  kind: TableKind;
  mapping: Mapping;
  guessed: Field[];
}

function planOf(
  { sample, selected, columns, kind, mapping }: Decided,
  options: ImportOptions,
): { plan: ImportPlan; ambiguousOrder: boolean } {
  const [first] = selected;
  const marks = decideMarks(columns, mapping, options);
  const dates = mapping.date === undefined ? null : columns[mapping.date];
  const decimalComma = [mapping.price, mapping.amount].some((index) => index !== undefined && marks[index] === ',');
  const decided = dates
    ? decideDateOrder(dates.cells, { decimalComma, semicolons: sample.delimiter === ';' })
    : { order: 'ymd' as const, ambiguous: false };
  const sheets: SheetPlan[] = selected.map((sheet) => {
    const order = first.headers.map((header) =>
      sheet.headers.findIndex((other) => foldHeader(other) === foldHeader(header)),
    );
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
    dateOrder: options.dateOrder ?? decided.order,
    dateOrderSure: options.dateOrder !== undefined || !decided.ambiguous,
    dateStyle: dates ? dateStyleOf(dates.cells, dates.header) : 'text',
    marks,
    amountMode: kind === 'sales' ? decideAmountMode(first.data, mapping, marks) : 'amount',
    fixed: {
      encoding: options.encoding !== undefined,
      dateOrder: options.dateOrder !== undefined,
      decimalMark: options.decimalMark !== undefined,
    },
  };
  return { plan, ambiguousOrder: decided.ambiguous && options.dateOrder === undefined };
}

function doubts(
  { columns, kind, mapping, guessed, sample, selected }: Decided,
  plan: ImportPlan,
  ambiguousOrder: boolean,
): Note[] {
  const notes: Note[] = [];
  const header = (field: Field): string => plan.headers[mapping[field] ?? 0];
  if (ambiguousOrder)
    notes.push(note('date-order-assumed', { column: header('date'), order: plan.dateOrder }, 'warning'));
  for (const field of ['quantity', 'price', 'amount'] as const) {
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
    notes.push(note(plan.dateStyle === 'serial' ? 'dates-as-numbers' : 'dates-as-unix', { column: header('date') }));
  if (kind === 'sales' && plan.amountMode === 'amount' && mapping.quantity !== undefined && mapping.price !== undefined)
    notes.push(note('amount-preferred', { column: header('amount') }));
  const left = sample.sheets.filter(({ name }) => !plan.sheets.some((sheet) => sheet.name === name));
  if (left.length > 0)
    notes.push(note('sheets-left-out', { sheets: left.map(({ name }) => name).join(', '), count: left.length }));
  if (selected[0].headerRow === -1) notes.push(note('no-header'));
  return notes;
}

/** Every column the user names must be there. */
function requireColumns(options: ImportOptions, headers: readonly string[], name: string): void {
  for (const header of Object.values(options.mapping ?? {})) {
    if (typeof header === 'string' && !headers.includes(header)) {
      throw new AppError('invalid-input', `There is no column “${header}” in ${name}. It has: ${headers.join(', ')}.`, {
        column: header,
      });
    }
  }
}

function previewOf(
  file: ImportFile,
  sheets: HeadedSheet[],
  decided: Decided,
  plan: ImportPlan,
  notes: Note[],
): ImportPreview {
  const { sample, selected, columns, mapping } = decided;
  const [first] = selected;
  const money = mapping.price ?? mapping.amount ?? 0;
  return {
    file,
    format: sample.format,
    bytes: sample.bytes,
    encoding: sample.encoding,
    delimiter: sample.format === 'csv' ? sample.delimiter : null,
    headerRow: first.headerRow,
    sheets: sheets.map((sheet) => ({
      name: sheet.sample.name,
      rows: sheet.sample.complete ? sheet.data.length : null,
      headers: sheet.headers,
      selected: selected.includes(sheet),
    })),
    kind: decided.kind,
    columns: previewColumns(columns, mapping),
    dateOrder: plan.dateOrder,
    decimalMark: plan.marks[money] ?? '.',
    rows: first.data.slice(0, 50).map((row) => first.headers.map((_header, i) => String(row[i] ?? ''))),
    missing: missingFields(decided.kind, mapping),
    notes,
  };
}

/**
 * Looks at the beginning of a file and decides how it would be imported; the user's corrections come first.
 * @throws AppError 'file-not-understood' for files that hold no table, 'file-not-readable' for broken ones
 */
export async function inspectFile(
  file: ImportFile,
  options: ImportOptions,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<Inspection> {
  const sample = await sampleFile(file, options, pause);
  const sheets = sample.sheets.map((sheet) => headSheet(sheet, sample.format, options));
  const selected = chooseSheets(sheets, options);
  const [first] = selected;
  if (first.headers.length === 0 || selected.every(({ data }) => data.length === 0)) {
    throw new AppError(
      'file-not-understood',
      `${file.name} holds no rows of data. Export the sales again and import the new file.`,
      { fileName: file.name },
    );
  }
  const columns = profilesOf(first);
  const proposal = proposeMapping(columns, options.kind ?? null, first.headerRow === -1);
  requireColumns(options, first.headers, file.name);
  const mapping = correctMapping(proposal.mapping, first.headers, options.mapping ?? {});
  const decided: Decided = {
    sample,
    selected,
    columns,
    kind: proposal.kind,
    mapping,
    guessed: proposal.guessed.filter((field) => mapping[field] === proposal.mapping[field]),
  };
  const orderTotal = options.mapping?.amount === undefined && repeatsOrderTotal(columns, mapping);
  const orderTotalHeader = first.headers[mapping.amount ?? 0];
  if (orderTotal) delete mapping.amount;
  if (!options.mapping && mapping.date === undefined) refuseWideTable(first.headers, file.name);
  const { plan, ambiguousOrder } = planOf(decided, options);
  const notes = doubts(decided, plan, ambiguousOrder);
  if (orderTotal) notes.unshift(note('order-total-repeated', { column: orderTotalHeader }, 'warning'));
  return { plan, preview: previewOf(file, sheets, decided, plan, notes) };
}
