import type { SetAsideReason, SetAsideRow } from '../../src-shared/domain.ts';
import { type Cell, isBlankRow, ownText } from './table-rows.ts';

/** Counts the rows of a table and keeps those that cannot be used, each with its reason. */
export class RowAccount {
  read = 0;
  readonly setAside: SetAsideRow[] = [];
  private blanks: { sheet: string; number: number; cells: number }[] = [];

  /** Notes a blank row; it counts only once a filled row follows. */
  blank(row: Cell[], sheet: string, number: number): boolean {
    if (!isBlankRow(row)) return false;
    this.blanks.push({ sheet, number, cells: row.length });
    return true;
  }

  /** Counts a filled row, and the blank ones before it. */
  count(): void {
    if (this.blanks.length > 0) this.keepBlanks();
    this.read++;
  }

  private keepBlanks(): void {
    for (const { sheet, number, cells } of this.blanks) {
      this.read++;
      this.setAside.push({
        sheet,
        row: number,
        column: '',
        value: '',
        reason: 'blank-row',
        cells: new Array(cells).fill(''),
      });
    }
    this.blanks = [];
  }

  endSheet(): void {
    this.blanks = [];
  }

  /** Keeps a counted row aside; texts are copied, so that no chunk of the file stays in memory for them. */
  aside(
    reason: SetAsideReason,
    column: string,
    value: Cell | undefined,
    row: Cell[],
    sheet: string,
    number: number,
  ): void {
    const text = (cell: Cell | undefined): string => ownText(String(cell ?? ''));
    this.setAside.push({ sheet, row: number, column, value: text(value), reason, cells: row.map(text) });
  }
}
