/**
 * Finds lines that stand twice: in one file, or in an earlier import. Lines are hashed into an open-addressing table
 * of typed arrays; nothing is turned into text, so a million lines take a tenth of a second.
 */
import { type FileColumn, fileColumns, lineFlags, type SaleLines, secondsPerDay } from './sale-lines.ts';

const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);

const mix = (hash: number, value: number): number => {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};

/** The columns in which equal lines agree; the invoice is looked at apart, as not every one comes from a file. */
const compared = fileColumns.filter((column) => column !== 'invoice') as Exclude<FileColumn, 'invoice'>[];

/** Lines by their content, with how often each stands there. */
export class LineTable {
  private readonly lines: SaleLines;
  /** The compared columns: whole numbers, and those whose bits need a look. */
  private readonly wholes: Exclude<SaleLines[FileColumn], Float64Array>[] = [];
  private readonly reals: Float64Array[] = [];
  private readonly withInvoice: boolean[];
  private readonly slots: Int32Array;
  private readonly counts: Int32Array;
  private readonly lastSlot: number;

  /**
   * @param withInvoice per import: whether its invoice numbers come from the file; made-up ones say nothing
   * @param capacity lines that may be added
   */
  constructor(lines: SaleLines, withInvoice: boolean[], capacity: number) {
    this.lines = lines;
    this.withInvoice = withInvoice;
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, capacity * 2)));
    this.slots = new Int32Array(size);
    this.counts = new Int32Array(size);
    this.lastSlot = size - 1;
    for (const column of compared) {
      const array = lines[column];
      if (array instanceof Float64Array) this.reals.push(array);
      else this.wholes.push(array);
    }
  }

  private invoiceOf(i: number): number {
    return this.withInvoice[this.lines.importIndex[i]] ? this.lines.invoice[i] : 0;
  }

  private hashOf(i: number): number {
    let hash = this.invoiceOf(i);
    for (const column of this.wholes) hash = mix(hash, column[i]);
    for (const column of this.reals) {
      // + 0 turns −0 into 0: equal numbers, equal bits.
      bits[0] = column[i] + 0;
      hash = mix(mix(hash, words[0]), words[1]);
    }
    return hash;
  }

  private equal(a: number, b: number): boolean {
    for (const column of this.wholes) if (column[a] !== column[b]) return false;
    for (const column of this.reals) if (column[a] !== column[b]) return false;
    return this.invoiceOf(a) === this.invoiceOf(b);
  }

  private slotOf(i: number): number {
    let slot = this.hashOf(i) & this.lastSlot;
    while (this.slots[slot] !== 0 && !this.equal(this.slots[slot] - 1, i)) slot = (slot + 1) & this.lastSlot;
    return slot;
  }

  /** Adds a line; answers whether an equal one was there already. */
  add(i: number): boolean {
    const slot = this.slotOf(i);
    const seen = this.slots[slot] !== 0;
    if (!seen) this.slots[slot] = i + 1;
    this.counts[slot]++;
    return seen;
  }

  /** Takes one equal line away, if one is left; answers whether there was. */
  take(i: number): boolean {
    const slot = this.slotOf(i);
    if (this.slots[slot] === 0 || this.counts[slot] === 0) return false;
    this.counts[slot]--;
    return true;
  }
}

const setFlag = (flags: Uint8Array, i: number, flag: number, on: boolean): void => {
  flags[i] = on ? flags[i] | flag : flags[i] & ~flag;
};

/**
 * Whether nothing but the customer could tell two sales of an import apart: it has no invoice numbers and no times.
 * A till's "5 January, coffee, 1 × 3.50" may stand there fifty times and be fifty coffees.
 */
export function hasDaysOnly({ seconds }: SaleLines, hasInvoiceColumn: boolean, from: number, to: number): boolean {
  if (hasInvoiceColumn) return false;
  // 2000-01-01 began at midnight, so a whole day has no remainder.
  for (let i = from; i < to; i++) if (seconds[i] % secondsPerDay !== 0) return false;
  return true;
}

/**
 * Flags the lines of one import that equal an earlier line of it. Call in steps with the same table.
 * @param daysOnly where it is so, lines without a customer are never called identical: they are sales of their own
 */
export function markIdentical(lines: SaleLines, seen: LineTable, daysOnly: boolean, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const nameless = daysOnly && lines.customer[i] === 0;
    setFlag(lines.flags, i, lineFlags.identical, !nameless && seen.add(i));
  }
}

/** Lets the lines `from` … `to` count as earlier ones, except those that repeat still earlier ones. */
export function addEarlier(lines: SaleLines, earlier: LineTable, from: number, to: number): void {
  for (let i = from; i < to; i++) if (!(lines.flags[i] & lineFlags.repeated)) earlier.add(i);
}

/**
 * Flags the lines that stand in an earlier import, each earlier line once: of three equal lines against two earlier
 * ones, two are repeated. Uses the table up; afterwards it must be made again.
 */
export function markRepeated(lines: SaleLines, earlier: LineTable, from: number, to: number): void {
  for (let i = from; i < to; i++) setFlag(lines.flags, i, lineFlags.repeated, earlier.take(i));
}

/** Lines of from … to that the ledger counts as duplicates. */
export function countDuplicates(flags: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (flags[i] & (lineFlags.identical | lineFlags.repeated)) count++;
  return count;
}
