import type { ImportOptions } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { type ColumnProfile, profileColumn } from './column-profile.ts';
import { foldHeader } from './header-words.ts';
import { findHeaderRow, headerNames } from './header-row.ts';
import type { Pace } from './pace.ts';
import type { FileSample, SheetSample } from './table-sample.ts';
import { type Cell, isBlankCell, isBlankRow, mostColumns, ownPlaces } from './table-rows.ts';

/** One sheet with its header found. */
export interface HeadedSheet {
  sample: SheetSample;
  headerRow: number;
  headers: string[];
  /** Equal for sheets with the same headers in any order. */
  key: string;
  /** Places of the columns that have a name or hold anything; a format alone is nothing to ask about. */
  shown: number[];
  /** Rows below the header. */
  data: Cell[][];
}

/** Rows of a sheet that its columns are judged by. */
const rowsProfiled = 1500;

/** Widths that at least a tenth of the rows have. */
function usualWidths(data: readonly Cell[][]): number[] {
  const widths = new Map<number, number>();
  for (const row of data) {
    const width = row.findLastIndex((cell) => cell !== '') + 1;
    widths.set(width, (widths.get(width) ?? 0) + 1);
  }
  return [...widths].filter(([, count]) => count >= data.length * 0.1).map(([width]) => width);
}

/** Places below `width` with a name in the header or with anything in the rows. */
async function shownPlaces(
  header: readonly Cell[],
  data: readonly Cell[][],
  width: number,
  pace: Pace,
): Promise<number[]> {
  const holds = new Uint8Array(width);
  for (const row of [header, ...data]) {
    if (pace.due(row.length >> 4)) await pace.pause();
    for (let i = Math.min(row.length, width) - 1; i >= 0; i--) if (holds[i] === 0 && !isBlankCell(row[i])) holds[i] = 1;
  }
  return Array.from(holds.keys()).filter((place) => holds[place] === 1);
}

/** Finds the header of a sheet. @throws AppError 'file-not-understood' where it is wider than any spreadsheet */
export async function headSheet(
  sample: SheetSample,
  { format }: FileSample,
  options: ImportOptions,
  pace: Pace,
): Promise<HeadedSheet> {
  const headerRow = options.headerRow ?? (await findHeaderRow(sample.rows, pace));
  const data = sample.rows.slice(headerRow + 1).filter((row) => !isBlankRow(row));
  const header = headerRow === -1 ? null : (sample.rows[headerRow] ?? []);
  // Text rows longer than the header are broken rows; a sheet's rows may have notes beside the table.
  const width = Math.max(0, ...(header && format === 'csv' ? [header.length] : usualWidths(data)), header?.length ?? 0);
  if (width > mostColumns)
    throw new AppError(
      'file-not-understood',
      `Row ${headerRow + 1} of ${sample.name} has ${width} columns, more than the 16,384 of a spreadsheet. Export the sales with the columns that tell about them and import that file.`,
      { fileName: sample.name, columns: width },
    );
  const headers = headerNames(header, width, (place) =>
    place < ownPlaces ? place : (sample.far[place - ownPlaces] ?? place),
  );
  const key = headers.map(foldHeader).sort().join('\u0000');
  if (pace.due(width)) await pace.pause();
  return { sample, headerRow, headers, key, shown: await shownPlaces(header ?? [], data, width, pace), data };
}

/** What the columns of a sheet hold, by place. */
export async function profilesOf({ headers, data }: HeadedSheet, pace: Pace): Promise<ColumnProfile[]> {
  const rows = data.slice(0, rowsProfiled);
  const profiles: ColumnProfile[] = [];
  for (let place = 0; place < headers.length; place++) {
    const cells = rows.map((row) => row[place] ?? '');
    profiles.push(profileColumn(headers[place], place, cells));
    if (pace.due(cells.length)) await pace.pause();
  }
  return profiles;
}
