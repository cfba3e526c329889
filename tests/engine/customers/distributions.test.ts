/** Histograms, statistics and rank correlation of the customers' figures. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-shared/errors.ts';
import {
  averageRanks,
  distributions,
  sampleDeviation,
  skewnessOf,
  spearman,
} from '../../../src-main/engine/customers/distributions.ts';
import { histogram } from '../../../src-main/engine/customers/histogram.ts';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import { ascending } from '../../../src-main/engine/numeric/statistics.ts';

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const refusal = (work: () => unknown): AppError => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('histograms', () => {
  const of = (values: number[]) => histogram(ascending(values), skewnessOf(values));
  const total = ({ bins }: ReturnType<typeof of>) => sum(bins.map(({ customers }) => customers));

  it('has 10–40 bins with round edges that hold every value', () => {
    const rng = createRng(3);
    const values = Array.from({ length: 3_000 }, () => 500 + 80 * rng.normal());
    const found = of(values);
    expect(found.logBins).toBe(false);
    expect(total(found)).toBe(3_000);
    expect(found.bins.length).toBeGreaterThanOrEqual(10);
    expect(found.bins.length).toBeLessThanOrEqual(40);
    for (const { from, to } of found.bins) {
      expect([5, 10, 20, 25, 50]).toContain(to - from);
      expect(Math.abs(from % (to - from))).toBe(0);
      expect(values.filter((value) => value >= from && value < to).length).toBe(
        found.bins.find((bin) => bin.from === from)!.customers,
      );
    }
  });

  it('grows its steps where the tail is long and all values are above zero', () => {
    const rng = createRng(5);
    const found = of(Array.from({ length: 2_000 }, () => Math.exp(4 + 1.8 * rng.normal())));
    expect(found.logBins).toBe(true);
    expect(total(found)).toBe(2_000);
    expect(found.bins.length).toBeGreaterThanOrEqual(10);
    expect(found.bins.length).toBeLessThanOrEqual(40);
    for (const [i, { from, to }] of found.bins.entries()) {
      expect(to).toBeGreaterThan(from);
      if (i > 0) expect(from).toBe(found.bins[i - 1].to);
      expect(String(from).replace(/[.0]/g, '').length).toBeLessThanOrEqual(3);
    }
  });

  it('keeps whole numbers whole', () => {
    const orders = [...new Array(500).fill(1), ...new Array(200).fill(2), ...new Array(90).fill(3), 5, 9, 40, 398];
    const found = of(orders);
    expect(found.logBins).toBe(true);
    expect(found.bins[0]).toEqual({ from: 1, to: 2, customers: 500 });
    expect(found.bins.every(({ from, to }) => Number.isInteger(from) && Number.isInteger(to))).toBe(true);
    expect(total(found)).toBe(orders.length);
    const few = of([0, 1, 1, 2, 2, 2]);
    expect(few.bins.map(({ customers }) => customers)).toEqual([1, 5]);
  });

  it('keeps a long tail that reaches below zero in one wide bin', () => {
    const rng = createRng(6);
    const values = [...Array.from({ length: 990 }, () => 100 * rng.next()), ...new Array(9).fill(50_000), -4_000];
    const found = of(values);
    expect(found.logBins).toBe(false);
    expect(total(found)).toBe(1_000);
    expect(found.bins[0].from).toBe(-4_000);
    expect(found.bins.at(-1)).toMatchObject({ to: 50_000, customers: 9 });
    expect(found.bins.filter(({ customers }) => customers > 0).length).toBeGreaterThan(9);
  });

  it('knows one value, two values and tiny ones', () => {
    expect(of([7, 7, 7]).bins).toEqual([{ from: 7, to: 7, customers: 3 }]);
    expect(of([7]).bins).toEqual([{ from: 7, to: 7, customers: 1 }]);
    for (const values of [
      [0.001, 0.002],
      [1, 1e9],
      [-1e-9, 1e-9],
      [0, 0, 0, 1e12],
      [0.1, 0.1, 0.1, 3e5],
    ]) {
      const found = of(values);
      expect(total(found)).toBe(values.length);
      expect(found.bins.every(({ from, to }) => Number.isFinite(from) && to > from)).toBe(true);
      expect(found.bins.length).toBeLessThanOrEqual(42);
    }
  });
});

describe('statistics of figures', () => {
  it('deviation and skewness of a sample', () => {
    // pandas: Series([1, 2, 3, 10]).std() and .skew().
    expect(sampleDeviation([1, 2, 3, 10])).toBeCloseTo(4.08248290463863, 12);
    expect(skewnessOf([1, 2, 3, 10])).toBeCloseTo(1.763632614803888, 12);
    expect([sampleDeviation([5]), skewnessOf([5, 6]), skewnessOf([4, 4, 4])]).toEqual([0, 0, 0]);
  });

  it('ranks with ties averaged, and the correlation of ranks', () => {
    expect([...averageRanks(Float64Array.of(10, 30, 10, 20, 10))]).toEqual([2, 5, 2, 4, 2]);
    // scipy.stats.spearmanr([1, 2, 2, 4, 5], [5, 6, 7, 8, 7]).correlation
    const [[, value]] = spearman([Float64Array.of(1, 2, 2, 4, 5), Float64Array.of(5, 6, 7, 8, 7)]);
    expect(value).toBeCloseTo(0.763157894736842, 12);
    const matrix = spearman([Float64Array.of(1, 2, 3), Float64Array.of(3, 2, 1), Float64Array.of(4, 4, 4)]);
    expect(matrix).toEqual([
      [1, -1, null],
      [-1, 1, null],
      [null, null, null],
    ]);
  });

  it('compares over the customers that have both figures', () => {
    const gaps = [Float64Array.of(1, 2, Number.NaN, 3, 4), Float64Array.of(10, 20, 30, Number.NaN, 5)];
    const [[, value]] = spearman(gaps);
    expect(value).toBeCloseTo(spearman([Float64Array.of(1, 2, 4), Float64Array.of(10, 20, 5)])[0][1]!, 12);
  });

  it('says what goes together, what is missing and what is the same for all', () => {
    const base = Array.from({ length: 30 }, (_, i) => i);
    const measure = (id: string, values: number[]) => ({ id, label: id, values: Float64Array.from(values) });
    const { notes, measures, correlation } = distributions(
      [
        measure('a', base),
        measure(
          'b',
          base.map((i) => i ** 3),
        ),
        measure(
          'c',
          base.map((i) => (i < 5 ? Number.NaN : -i + ((i * 7) % 13))),
        ),
        measure(
          'd',
          base.map(() => 1),
        ),
        measure(
          'e',
          base.map(() => Number.NaN),
        ),
      ],
      30,
    );
    expect(measures.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(measures[2].bins.reduce((total, bin) => total + bin.customers, 0)).toBe(25);
    expect(correlation[0][3]).toBeNull();
    expect(notes.map(({ code }) => code)).toEqual([
      'correlation-same-up',
      expect.stringMatching(/^correlation-(strong|related)-down$/),
      expect.stringMatching(/^correlation-(strong|related)-down$/),
      'habits-missing',
      'habits-all-missing',
      'habits-constant',
    ]);
    expect(notes[0].params).toEqual({ a: 'a', b: 'b', value: 1 });
    expect(refusal(() => distributions([measure('x', [Number.NaN])], 1)).code).toBe('no-data');
  });
});
