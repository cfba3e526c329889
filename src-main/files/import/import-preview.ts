/** What a person is shown of a file before anything is imported. */
import type { ColumnPreview, Field, ImportFile, ImportPreview, Note } from '../../../src-shared/domain.ts';
import { missingFields } from './field-mapping.ts';
import { type ColumnProfile, columnType } from './column-profile.ts';
import type { HeadedSheet } from './headed-sheet.ts';
import type { ImportPlan } from './import-plan.ts';
import type { FileSample } from './table-sample.ts';
import { type Cell, isBlankCell } from './table-rows.ts';

/** What the beginning of a file was taken for. */
export interface Decided {
  sample: FileSample;
  /** The sheets an import reads, one at least. */
  selected: HeadedSheet[];
  /** Columns of the first of them, by place. */
  columns: ColumnProfile[];
}

const samplesShown = 5;
const rowsShown = 50;
/** Cells shown in all, of a wide table some rows at least. */
const cellsShown = 50_000;
const fewestRows = 5;
const longestShown = 1000;

/** A cell as it is shown; nobody reads a megabyte. */
function shownText(cell: Cell | undefined): string {
  const text = String(cell ?? '');
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

/** The first different texts of a column. */
function samplesOf({ cells }: ColumnProfile): string[] {
  const samples = new Set<string>();
  for (const cell of cells) {
    if (samples.size === samplesShown) break;
    if (!isBlankCell(cell)) samples.add(shownText(cell));
  }
  return [...samples];
}

/** The preview of a plan; a column without name and content is left out, so that nobody is asked about it. */
export function previewOf(
  file: ImportFile,
  sheets: readonly HeadedSheet[],
  { sample, selected, columns }: Decided,
  plan: ImportPlan,
  notes: Note[],
): ImportPreview {
  const [first] = selected;
  const { kind, mapping } = plan;
  const fieldOf = new Map(Object.entries(mapping).map(([field, place]) => [place, field as Field]));
  const places = [...new Set([...first.shown, ...fieldOf.keys()])].sort((a, b) => a - b);
  const shown = places.map((place, index): ColumnPreview => {
    const column = columns[place];
    const field = fieldOf.get(place) ?? null;
    return { header: column.header, index, field, type: columnType(column), samples: samplesOf(column) };
  });
  const read = new Set(selected);
  const rows = Math.min(rowsShown, Math.max(fewestRows, Math.floor(cellsShown / Math.max(1, places.length))));
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
      headers: sheet.shown.map((place) => sheet.headers[place]),
      selected: read.has(sheet),
    })),
    kind,
    columns: shown,
    dateOrder: plan.dateOrder,
    decimalMark: plan.marks[mapping.price ?? mapping.amount ?? 0] ?? '.',
    rows: first.data.slice(0, rows).map((row) => places.map((place) => shownText(row[place]))),
    missing: missingFields(kind, mapping),
    notes,
  };
}
