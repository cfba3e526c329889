/** What stands on the profile card of a segment: its typical customer, where it comes from, what its file says. */
import type { OfferType, SegmentId } from '../../../src-shared/domain.ts';
import { ascending, quantile } from '../numeric/statistics.ts';
import { segmentOf } from './segments.ts';

/** The kind of offer that fits a segment, until the user chooses another. */
export const defaultOffers: Record<SegmentId, OfferType> = {
  champions: 'early-access',
  loyal: 'bundle',
  'potential-loyalist': 'bundle',
  new: 'thank-you',
  promising: 'discount',
  'needs-attention': 'reminder',
  'about-to-sleep': 'reminder',
  'at-risk': 'win-back',
  'cant-lose': 'personal-call',
  hibernating: 'free-shipping',
  lost: 'none',
};

const scores = [1, 2, 3, 4, 5];

/** Lowest and highest R and FM score of a segment: every segment is a rectangle of the grid. */
export function segmentBounds(segment: SegmentId): { r: [number, number]; fm: [number, number] } {
  const cells = scores
    .flatMap((r) => scores.map((fm) => ({ r, fm })))
    .filter(({ r, fm }) => segmentOf(r, fm, fm) === segment);
  const ends = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)];
  return { r: ends(cells.map(({ r }) => r)), fm: ends(cells.map(({ fm }) => fm)) };
}

/** Figures of customers, all arrays of one length. */
export interface TypicalTable {
  recencyDays: ArrayLike<number>;
  frequency: ArrayLike<number>;
  /** 1/10 000 currency units. */
  monetary: ArrayLike<number>;
}

/** Medians of some customers (linear interpolation, money in whole 1/10 000); null without any. */
export function typicalCustomer({ recencyDays, frequency, monetary }: TypicalTable, rows: ArrayLike<number>) {
  if (rows.length === 0) return null;
  const median = (of: (row: number) => number): number => quantile(ascending(Array.from(rows, of)), 0.5);
  return {
    recencyDays: median((row) => recencyDays[row]),
    frequency: median((row) => frequency[row]),
    // + 0 turns −0 into 0.
    monetary: Math.round(median((row) => monetary[row])) + 0,
    averageOrder: Math.round(median((row) => monetary[row] / frequency[row])) + 0,
  };
}

export type AttributeRow = Readonly<Record<string, string | number | null>>;

/** A column of the customer files that describes people. */
export interface DescribingColumn {
  id: string;
  label: string;
  kind: 'number' | 'category';
}

/** A text column with more different values than this names people or places, and has no commonest value worth telling. */
const mostCategories = 30;

/**
 * Columns that can describe a group: every number column, and text columns whose values repeat.
 * @param numeric the number columns
 * @param rows every customer of the files
 */
export function describingColumns(
  numeric: { id: string; label: string }[],
  rows: Iterable<AttributeRow>,
): DescribingColumn[] {
  const numbers = new Set(numeric.map(({ id }) => id));
  const values = new Map<string, { known: number; distinct: Set<string> }>();
  for (const row of rows) {
    for (const [id, value] of Object.entries(row)) {
      if (id === 'name' || numbers.has(id) || typeof value !== 'string' || value === '') continue;
      const seen = values.get(id) ?? { known: 0, distinct: new Set<string>() };
      seen.known++;
      if (seen.distinct.size <= mostCategories) seen.distinct.add(value);
      values.set(id, seen);
    }
  }
  const categories = [...values].filter(
    ([, { known, distinct }]) => distinct.size <= mostCategories && (distinct.size * 2 <= known || distinct.size === 1),
  );
  return [
    ...numeric.map(({ id, label }) => ({ id, label, kind: 'number' as const })),
    ...categories.map(([id]) => ({ id, label: readable(id), kind: 'category' as const })),
  ];
}

/** 'annualIncome' → 'Annual income' */
const readable = (id: string): string => {
  const words = id.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase();
  return words[0].toUpperCase() + words.slice(1);
};

export interface Demographic {
  id: string;
  label: string;
  value: number | string;
  /** Customers with a value. */
  known: number;
}

/** Mean of each number column and commonest value of each category (ties: the first in the alphabet), where any is known. */
export function demographicsOf(columns: DescribingColumn[], rows: (AttributeRow | undefined)[]): Demographic[] {
  return columns.flatMap(({ id, label, kind }): Demographic[] => {
    const known = rows.map((row) => row?.[id]).filter((value) => value !== undefined && value !== null && value !== '');
    if (kind === 'number') {
      const numbers = known.filter((value) => typeof value === 'number');
      if (numbers.length === 0) return [];
      const value = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
      return [{ id, label, value, known: numbers.length }];
    }
    if (known.length === 0) return [];
    const counts = new Map<string, number>();
    for (const value of known) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
    const [value] = [...counts].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))[0];
    return [{ id, label, value, known: known.length }];
  });
}

/** 1 for the most at stake, null where nothing is known; equal amounts follow the order given. */
export function priorities(atStake: (number | null)[]): (number | null)[] {
  const known = atStake.flatMap((amount, index) => (amount === null ? [] : [{ amount, index }]));
  known.sort((x, y) => y.amount - x.amount || x.index - y.index);
  const ranks: (number | null)[] = atStake.map(() => null);
  known.forEach(({ index }, rank) => {
    ranks[index] = rank + 1;
  });
  return ranks;
}
