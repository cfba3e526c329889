import { type ColumnProfile, columnType } from '../column-profile.ts';
import { otherMeaning } from '../header-words.ts';
import type { Pace } from '../pace.ts';

/**
 * Number columns among which a product is looked for, the first of the table. Exports whose money no header names have a
 * dozen; a table of more than this is one of measurements, and among them products would be found by chance.
 */
const mostFactors = 100;
/** Rows that decide, and the share of them that must agree. */
const rowsCompared = 200;
const leastRows = 3;
const agreeing = 0.9;

/** The sampled cells as numbers with a decimal point or comma; NaN where they are none. */
const valuesOf = ({ cells }: ColumnProfile): Float64Array =>
  Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : Number(cell.replace(',', '.'))));

/** Rows in which c states something to compare with. */
const tellingRows = (c: Float64Array): number[] => {
  const rows: number[] = [];
  for (let i = 0; i < c.length; i++) if (Number.isFinite(c[i]) && c[i] !== 0) rows.push(i);
  return rows;
};

/** Whether a × b = c in nearly every one of the first rows; ends as soon as it cannot any more. */
function multiplies(a: Float64Array, b: Float64Array, c: Float64Array, rows: readonly number[]): boolean {
  let compared = 0;
  let missed = 0;
  for (const i of rows) {
    if (compared === rowsCompared) break;
    if (!Number.isFinite(a[i]) || !Number.isFinite(b[i])) continue;
    compared++;
    if (Math.abs(a[i] * b[i] - c[i]) <= 0.006 + Math.abs(c[i]) * 1e-6) continue;
    if (++missed > rowsCompared * (1 - agreeing)) return false;
  }
  return compared >= leastRows && compared - missed >= compared * agreeing;
}

/** Quantity, price and amount: the first column that is the product of two others, the wholer one first. */
async function findProduct(numbers: readonly ColumnProfile[], pace: Pace): Promise<ColumnProfile[] | null> {
  const looked = numbers.slice(0, mostFactors).map((column) => ({ column, values: valuesOf(column) }));
  for (const c of looked) {
    const rows = tellingRows(c.values);
    if (rows.length < leastRows) continue;
    for (const a of looked) {
      if (pace.due(looked.length)) await pace.pause();
      for (const b of looked) {
        if (a === b || a === c || b === c || a.column.integers < b.column.integers) continue;
        if (multiplies(a.values, b.values, c.values, rows)) return [a.column, b.column, c.column];
      }
    }
  }
  return null;
}

/** Median size of a column's plain numbers: ids are long, quantities are small. */
function typicalSize(column: ColumnProfile): number {
  const sizes = Float64Array.from(column.cells, (cell) => Math.abs(Number(cell))).filter((size) =>
    Number.isFinite(size),
  );
  return sizes.sort()[sizes.length >> 1] ?? Number.POSITIVE_INFINITY;
}

/** The column of the smallest whole numbers, the first of equal ones; null where all are as long as ids. */
function smallestWholes(numbers: readonly ColumnProfile[]): ColumnProfile | null {
  let best: ColumnProfile | null = null;
  let smallest = 10_000;
  for (const column of numbers) {
    if (column.integers < 0.99) continue;
    const size = typicalSize(column);
    if (size < smallest) [best, smallest] = [column, size];
  }
  return best;
}

export type MoneyColumns = Partial<Record<'quantity' | 'price' | 'amount', number>>;

/**
 * Money columns where no header names one: c = a × b, a whole-number column beside one with cents, or the only number.
 * @param unused columns that no field is read from yet
 * @param headerless the file has no header row and no quantity is known
 */
export async function guessMoney(
  unused: readonly ColumnProfile[],
  headerless: boolean,
  pace: Pace,
): Promise<MoneyColumns> {
  const numbers = unused.filter((column) => columnType(column) === 'number' && !otherMeaning.test(column.folded));
  const product = await findProduct(numbers, pace);
  if (product) return { quantity: product[0].index, price: product[1].index, amount: product[2].index };
  const withCents = numbers.filter((column) => column.numbers >= 0.9 && column.numbers - column.integers > 0.1);
  const wholes = headerless && withCents.length === 1 ? smallestWholes(numbers) : null;
  if (wholes) return { quantity: wholes.index, price: withCents[0].index };
  const only = withCents.length === 1 ? withCents[0] : numbers.length === 1 ? numbers[0] : null;
  return only ? { amount: only.index } : {};
}
