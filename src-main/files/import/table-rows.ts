/** A cell as read: text as it stands in the file, or a number that the workbook stores as a number. */
export type Cell = string | number;

/** Rows of one sheet on their way from a reader to a table. */
export interface RowBatch {
  sheet: string;
  rows: Cell[][];
  /** 1-based row in the sheet, as Excel or an editor shows it; one per row, each above the one before. */
  numbers: number[];
}

/**
 * Cells of a row stand at the places of their columns up to here; columns beyond it take the next place when something
 * first stands in one. A stray number in column XFD so makes a row one cell longer, and not 16,000.
 */
export const ownPlaces = 1024;
/** Columns of a sheet, in Excel and in every table read here. */
export const mostColumns = 16_384;

/** Cells of a row as work: a long text counts as several. */
export function weightOf(row: readonly Cell[]): number {
  let weight = row.length;
  for (const cell of row) if (typeof cell === 'string' && cell.length > 64) weight += cell.length >> 6;
  return weight;
}

/** Nothing but spaces (also the end mark that DOS programs write). */
export function isBlankCell(cell: Cell | undefined): boolean {
  if (cell === undefined) return true;
  if (typeof cell === 'number') return false;
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i);
    if (code > 32 && code !== 0xa0 && code !== 0xfeff && code !== 0x200b) return false;
  }
  return true;
}

export function isBlankRow(row: readonly Cell[]): boolean {
  for (const cell of row) if (!isBlankCell(cell)) return false;
  return true;
}

/** A copy that does not keep alive the whole chunk of the file the text was cut from. */
export const ownText = (text: string): string =>
  text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
