import { describe, expect, it } from 'vitest';
import { coordinate, type FeatureTable, placeInSpace } from '../../../src-main/engine/customers/feature-space.ts';
import { rfmVarianceExplained } from '../../../src-main/engine/customers/variance-explained.ts';
import { bestYeoJohnson, yeoJohnson } from '../../../src-main/engine/customers/yeo-johnson.ts';
import { notesCustomers } from '../../../src-shared/messages/en/notes-customers.ts';

const none = Number.NaN;
const plain = { transform: 'none', scaling: 'none' } as const;

function table(rows: number[][], more: Partial<FeatureTable> = {}): FeatureTable {
  return {
    customers: rows.map((_, i) => `c${i}`),
    features: rows[0].map((_, j) => ({ id: `f${j}`, label: `Feature ${j}`, source: 'sales' })),
    values: Float64Array.from(rows.flat()),
    revenue: null,
    ...more,
  };
}

function placed(of: FeatureTable, settings: Partial<Parameters<typeof placeInSpace>[1]>) {
  const found = placeInSpace(of, { ...plain, ...settings });
  for (const { code } of found.notes) expect(Object.keys(notesCustomers)).toContain(code);
  expect(found.points.values.every(Number.isFinite)).toBe(true);
  found.rows.forEach((_, i) => {
    found.space.forEach((column, j) => {
      const own = found.own[i * found.space.length + j];
      expect(coordinate(own, column)).toBe(found.points.values[i * found.space.length + j]);
    });
  });
  return found;
}

const people = (genders: number[]): FeatureTable => ({
  customers: genders.map((_, i) => `c${i}`),
  features: [
    { id: 'age', label: 'Age', source: 'customer-file' },
    { id: 'gender', label: 'Gender', source: 'customer-file', categories: ['Female', 'Male', 'Other'] },
  ],
  values: Float64Array.from(genders.flatMap((gender, i) => [20 + i, gender])),
  revenue: null,
});

describe('categories', () => {
  it('become one column per value that occurs', () => {
    const { own, points, space } = placed(people([0, 1, 2, 0]), {});
    expect(space.map(({ id, label }) => [id, label])).toEqual([
      ['age', 'Age'],
      ['gender=Female', 'Gender: Female'],
      ['gender=Male', 'Gender: Male'],
      ['gender=Other', 'Gender: Other'],
    ]);
    expect(Array.from(own)).toEqual([20, 1, 0, 0, 21, 0, 1, 0, 22, 0, 0, 1, 23, 1, 0, 0]);
    expect(points.p).toBe(4);
  });
  it('with two values keep one column, unless duplicates are wanted', () => {
    const of = people([0, 1, 1, 0]);
    for (const scaling of ['zscore', 'minmax', 'none'] as const) {
      const { notes, space } = placed(of, { scaling });
      expect(space.map(({ id }) => id)).toEqual(['age', 'gender=Female']);
      expect(notes).toEqual([
        { code: 'duplicate-feature', params: { feature: 'Gender: Male', same: 'Gender: Female' }, level: 'info' },
      ]);
      expect(placed(of, { scaling, duplicates: 'keep' }).space.length).toBe(3);
    }
  });
  it('are neither transformed nor clipped', () => {
    const { space } = placed(people([0, 0, 0, 0, 0, 0, 1, 2]), { transform: 'yeojohnson', winsor: 0.2 });
    for (const { clip, lambda, transform } of space.slice(1))
      expect([clip, lambda, transform]).toEqual([null, null, 'none']);
  });
});

describe('missing values', () => {
  const rows = [
    [1, 5],
    [2, none],
    [none, 5],
    [10, 7],
    [10, 9],
  ];
  it('leave the customer out', () => {
    const { dropped, notes, rows: kept } = placed(table(rows), { missing: 'drop' });
    expect([Array.from(kept), dropped]).toEqual([[0, 3, 4], 2]);
    expect(notes[0]).toEqual({ code: 'missing-feature', params: { dropped: 2, customers: 5 }, level: 'warning' });
  });
  it('become the median, or the most frequent value, counted', () => {
    const median = placed(table(rows), { missing: 'median' });
    expect(Array.from(median.own)).toEqual([1, 5, 2, 6, 6, 5, 10, 7, 10, 9]);
    expect(median.dropped).toBe(0);
    expect(median.notes).toEqual([
      { code: 'imputed', params: { feature: 'Feature 0', customers: 1, value: 6 }, level: 'warning' },
      { code: 'imputed', params: { feature: 'Feature 1', customers: 1, value: 6 }, level: 'warning' },
    ]);
    const frequent = placed(table(rows), { missing: 'most-frequent' });
    expect(Array.from(frequent.own)).toEqual([1, 5, 2, 5, 10, 5, 10, 7, 10, 9]);
  });
  it('of a category become its most frequent value', () => {
    const { notes, own } = placed(people([0, 1, none, 1]), { missing: 'median', duplicates: 'keep' });
    expect(Array.from(own)).toEqual([20, 1, 0, 21, 0, 1, 22, 0, 1, 23, 0, 1]);
    expect(notes[0].params).toEqual({ feature: 'Gender', customers: 1, value: 'Male' });
  });
  it('of everybody leave nobody', () => {
    const nobody = placed(table([[none], [none]]), { missing: 'median' });
    expect([nobody.points.n, nobody.dropped, nobody.space]).toEqual([0, 2, []]);
  });
});

describe('winsorising', () => {
  const rows = Array.from({ length: 101 }, (_, i) => [i * i]);
  it('counts who sits at the limits and what they bring', () => {
    const revenue = Float64Array.from(rows, (_, i) => (i > 95 ? 19 : 1));
    const { notes, points, space } = placed(table(rows, { revenue }), { winsor: 0.05 });
    expect(space[0]).toMatchObject({ clip: { low: 25, high: 95 ** 2, customers: 10 }, min: 0, max: 10_000 });
    expect([Math.min(...points.values), Math.max(...points.values)]).toEqual([25, 9025]);
    expect(notes).toEqual([
      {
        code: 'winsorised',
        params: { feature: 'Feature 0', low: 25, high: 9025, below: 5, customers: 5, revenueShare: 95 / 191 },
        level: 'warning',
      },
    ]);
  });
  it('leaves a feature out that it makes the same for everybody', () => {
    const { notes, space } = placed(table(rows.map((_, i) => [i < 2 ? 5 : 1])), { winsor: 0.05 });
    expect(space).toEqual([]);
    expect(notes.map(({ code }) => code)).toEqual(['constant-feature']);
  });
});

describe('a repeated feature', () => {
  it('counts once, or twice if wanted', () => {
    const of = table([1, 5, 3].map((value) => [value, 2 * value, value * value]));
    const { notes, space } = placed(of, { scaling: 'minmax' });
    expect(space.map(({ id }) => id)).toEqual(['f0', 'f2']);
    expect(notes.map(({ code }) => code)).toEqual(['duplicate-feature']);
    expect(placed(of, { scaling: 'minmax', duplicates: 'keep' }).space.length).toBe(3);
  });
});

describe('Yeo–Johnson', () => {
  it('has its known forms', () => {
    expect(yeoJohnson(3, 1)).toBeCloseTo(3, 12);
    expect(yeoJohnson(-3, 1)).toBeCloseTo(-3, 12);
    expect(yeoJohnson(3, 0)).toBe(Math.log(4));
    expect(yeoJohnson(-3, 2)).toBe(-Math.log(4));
    expect(yeoJohnson(3, 0.5)).toBeCloseTo(2, 12);
  });
  it('answers a number for clumps, huge and tiny values', () => {
    for (const values of [
      [0, 0, 0, 0, 0, 0, 0, 1],
      [1e12, 2e12, 1],
      [1e-9, 2e-9, 3e-9],
      [-1e9, 0, 1e9],
      [1e6, 1e6 + 1, 1e6 + 2],
    ]) {
      const lambda = bestYeoJohnson(Float64Array.from(values));
      expect(Number.isFinite(lambda), `${values}`).toBe(true);
      for (const value of values) expect(Number.isFinite(yeoJohnson(value, lambda))).toBe(true);
    }
  });
});

describe('explained variance of R, F, M', () => {
  const rfm = Float64Array.from([1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9]);
  const rows = Int32Array.from([0, 1, 2, 3]);
  it('is 1 for the groups themselves, 0 for groups across them, null where all are alike', () => {
    expect(rfmVarianceExplained(rfm, rows, Int32Array.from([0, 0, 1, 1]))).toBeCloseTo(1, 12);
    expect(rfmVarianceExplained(rfm, rows, Int32Array.from([0, -1, 0, -1]))).toBeCloseTo(0, 12);
    expect(rfmVarianceExplained(rfm.fill(4), rows, Int32Array.from([0, 0, 1, 1]))).toBeNull();
  });
});
