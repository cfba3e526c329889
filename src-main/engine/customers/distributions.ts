import type { Distribution, Distributions, Note } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { ascending, mean, quartiles } from '../numeric/statistics.ts';
import { histogram } from './histogram.ts';

/** One figure of every customer. */
export interface Measure {
  id: string;
  label: string;
  /** [n] NaN where the customer has none. */
  values: Float64Array;
}

const fewCustomers = 20;
/** |Spearman| from which two figures count as the same, as strongly and as loosely related. */
const sameFrom = 0.95;
const strongFrom = 0.7;
const relatedFrom = 0.4;
const toldPairs = 4;

/** Standard deviation of a sample (divided by n − 1); 0 for fewer than two values. */
export function sampleDeviation(values: ArrayLike<number>): number {
  const n = values.length;
  if (n < 2) return 0;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - centre) ** 2;
  return Math.sqrt(squares / (n - 1));
}

/**
 * Skewness of a sample, G₁ = √(n(n−1)) / (n−2) · m₃ / m₂^1.5; 0 for fewer than three values or equal ones.
 * Reference: Joanes & Gill 1998, The Statistician 47(1), G₁ (as pandas and Excel have it).
 */
export function skewnessOf(values: ArrayLike<number>): number {
  const n = values.length;
  if (n < 3) return 0;
  const centre = mean(values);
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < n; i++) {
    const apart = values[i] - centre;
    squares += apart ** 2;
    cubes += apart ** 3;
  }
  if (!(squares > 0)) return 0;
  const m2 = squares / n;
  return ((Math.sqrt(n * (n - 1)) / (n - 2)) * (cubes / n)) / m2 ** 1.5 + 0;
}

/** Ranks 1 … n, equal values the mean of their ranks. @returns [n] O(n log n) */
export function averageRanks(values: Float64Array): Float64Array {
  const n = values.length;
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(n);
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && values[order[to]] === values[order[from]]) to++;
    for (let i = from; i < to; i++) ranks[order[i]] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Pearson's correlation of two rank columns; null where one is constant. */
function correlationOfRanks(a: Float64Array, b: Float64Array): number | null {
  const n = a.length;
  const centre = (n + 1) / 2;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < n; i++) {
    const x = a[i] - centre;
    const y = b[i] - centre;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  if (aa === 0 || bb === 0) return null;
  return Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb))) + 0;
}

/**
 * Spearman's rank correlation of every pair: Pearson's of the ranks, ties averaged; pairs are compared over the
 * customers that have both figures.
 * @returns [p][p]; null for a constant figure. O(p n log n) without gaps, O(p² n log n) with them.
 * Reference: Spearman 1904; Kendall 1970, Rank Correlation Methods, chapter 3 (ties).
 */
export function spearman(columns: Float64Array[]): (number | null)[][] {
  const whole = columns.map((values) => !values.some(Number.isNaN));
  const ranks = columns.map((values, i) => (whole[i] ? averageRanks(values) : null));
  const pair = (i: number, j: number): number | null => {
    const [a, b] = [ranks[i], ranks[j]];
    if (a && b) return correlationOfRanks(a, b);
    const both = columns[i].map((value, row) => (Number.isNaN(value) || Number.isNaN(columns[j][row]) ? 0 : 1));
    const picked = (values: Float64Array) => averageRanks(values.filter((_, row) => both[row] === 1));
    return correlationOfRanks(picked(columns[i]), picked(columns[j]));
  };
  const matrix = columns.map(() => new Array<number | null>(columns.length).fill(null));
  for (let i = 0; i < columns.length; i++)
    for (let j = i; j < columns.length; j++) {
      const value = pair(i, j);
      // A figure with itself is 1 to the last digit.
      matrix[i][j] = matrix[j][i] = i === j && value !== null ? 1 : value;
    }
  return matrix;
}

function codeOf(value: number): string {
  const size = Math.abs(value);
  const way = value > 0 ? 'up' : 'down';
  if (size >= sameFrom) return `correlation-same-${way}`;
  return size >= strongFrom ? `correlation-strong-${way}` : `correlation-related-${way}`;
}

/** The strongest pairs as sentences, strongest first. */
function pairNotes(measures: Distribution[], matrix: (number | null)[][]): Note[] {
  const pairs = measures.flatMap((a, i) =>
    measures.slice(i + 1).flatMap((b, k) => {
      const value = matrix[i][i + 1 + k];
      return value === null ? [] : [{ a: a.label, b: b.label, value: Math.round(value * 100) / 100, exact: value }];
    }),
  );
  const told = pairs
    .filter(({ exact }) => Math.abs(exact) >= relatedFrom)
    .sort((x, y) => Math.abs(y.exact) - Math.abs(x.exact))
    .slice(0, toldPairs);
  if (pairs.length > 0 && told.length === 0) return [{ code: 'correlation-none', params: {}, level: 'info' }];
  return told.map(({ a, b, value, exact }) => ({ code: codeOf(exact), params: { a, b, value }, level: 'info' }));
}

function describe({ id, label }: Measure, present: Float64Array): Distribution {
  const skewness = skewnessOf(present);
  return {
    id,
    label,
    quartiles: quartiles(present),
    sd: sampleDeviation(present),
    skewness,
    ...histogram(ascending(present), skewness),
  };
}

/**
 * Statistics, histogram and rank correlation of figures of the same n customers. Customers without a figure are left
 * out of that figure alone, and a note counts them; a figure that nobody has is left out.
 * @param measures p figures, each [n], in their own units
 * @throws AppError 'no-data' where no figure has a value. O(p n log n).
 */
export function distributions(measures: Measure[], customers: number): Distributions {
  const notes: Note[] = [];
  const told = measures.flatMap((measure) => {
    const present = measure.values.filter((value) => !Number.isNaN(value));
    const missing = measure.values.length - present.length;
    if (missing > 0) {
      const params = { feature: measure.label, customers: missing };
      notes.push({ code: present.length > 0 ? 'habits-missing' : 'habits-all-missing', params, level: 'info' });
    }
    return present.length > 0 ? [{ measure, described: describe(measure, present) }] : [];
  });
  if (told.length === 0) {
    throw new AppError(
      'no-data',
      'No customer has a value in the chosen figures. Choose other figures, or import a customer file that holds them.',
    );
  }
  if (customers < fewCustomers)
    notes.unshift({ code: 'habits-few-customers', params: { customers }, level: 'warning' });
  const described = told.map((one) => one.described);
  const correlation = spearman(told.map(({ measure }) => measure.values));
  for (const [i, one] of described.entries())
    if (correlation[i][i] === null)
      notes.push({ code: 'habits-constant', params: { feature: one.label }, level: 'info' });
  return { customers, measures: described, correlation, notes: [...pairNotes(described, correlation), ...notes] };
}
