import { columnsOfZeros } from '../../../engine/sales/assemble-lines.ts';
import type { ParsedLines } from '../../../engine/sales/parsed-import.ts';
import { fileColumns } from '../../../engine/sales/sale-lines.ts';

const firstSize = 1 << 14;

/** Sale lines that grow by half when full; the arrays may be longer than `length`. */
export class GrowingLines {
  length = 0;
  columns = columnsOfZeros(fileColumns, (array) => new array(firstSize));

  /** Index for one more line. */
  next(): number {
    if (this.length === this.columns.seconds.length) this.grow();
    return this.length++;
  }

  private grow(): void {
    const size = Math.ceil((this.length * 3) / 2);
    // One column after the other, so that the old and the new of only one are in memory together.
    const grown = this.columns as Record<string, { set(from: unknown): void } | undefined>;
    for (const key of fileColumns) {
      const old = this.columns[key];
      const wider = new (old.constructor as new (size: number) => typeof old)(size);
      wider.set(old as never);
      grown[key] = wider as never;
    }
  }

  finish(): ParsedLines {
    return { length: this.length, ...this.columns };
  }
}
