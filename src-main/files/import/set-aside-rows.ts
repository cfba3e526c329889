import type { SetAsideReason, SetAsideRow } from '../../../src-shared/domain.ts';
import { type Cell, isBlankCell, isBlankRow, mostColumns, ownText } from './table-rows.ts';

/** What a blank row holds. */
const noCells: string[] = [];

/** Counts the rows of a table and keeps those that cannot be used, each with its reason. */
export class RowAccount {
  read = 0;
  readonly setAside: SetAsideRow[] = [];
  private blanks: SetAsideRow[] = [];

  /** Notes a blank row; it counts only once a filled row follows. */
  blank(row: Cell[], sheet: string, number: number): boolean {
    if (!isBlankRow(row)) return false;
    this.blanks.push({ sheet, row: number, column: '', value: '', reason: 'blank-row', cells: noCells });
    return true;
  }

  /** Counts a filled row, and the blank ones before it. */
  count(): void {
    if (this.blanks.length > 0) {
      this.read += this.blanks.length;
      for (const row of this.blanks) this.setAside.push(row);
      this.blanks = [];
    }
    this.read++;
  }

  /**
   * Counts a row whose needed cell is `key`; answers whether there is more to read of it. A blank row is none, and one with
   * cells beyond the header is set aside.
   */
  takes(
    key: Cell | undefined,
    row: Cell[],
    { length: width }: readonly string[],
    sheet: string,
    number: number,
  ): boolean {
    if (isBlankCell(key) && this.blank(row, sheet, number)) return false;
    this.count();
    if (row.length <= width || isBlankRow(row.slice(width))) return true;
    this.aside('too-many-cells', '', row[width], row, sheet, number);
    return false;
  }

  endSheet(): void {
    this.blanks = [];
  }

  /** Keeps a counted row aside, no wider than a spreadsheet; texts are copied, so that no chunk of the file stays in memory. */
  aside(
    reason: SetAsideReason,
    column: string,
    value: Cell | undefined,
    row: Cell[],
    sheet: string,
    number: number,
  ): void {
    const text = (cell: Cell | undefined): string => ownText(String(cell ?? ''));
    this.setAside.push({
      sheet,
      row: number,
      column,
      value: text(value),
      reason,
      cells: row.slice(0, mostColumns).map(text),
    });
  }
}
