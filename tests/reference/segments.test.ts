import { describe, expect, it } from 'vitest';
import { scoreRfm, summariseRfm } from '../../src-main/engine/customers/rfm.ts';
import {
  fourGroupOf,
  frequencyMonetaryScore,
  segmentOf,
  threeGroupOf,
} from '../../src-main/engine/customers/segments.ts';
import { fourGroupIds, type SegmentId, segmentIds, threeGroupIds } from '../../src-shared/domain.ts';

// PRODUCT.md, "Decisions taken once", the R × FM grid, copied cell by cell: row R, columns FM 1 … 5.
const table: [number, string, string, string, string, string][] = [
  [5, 'New', 'Potential loyalist', 'Potential loyalist', 'Champions', 'Champions'],
  [4, 'Promising', 'Potential loyalist', 'Potential loyalist', 'Loyal', 'Loyal'],
  [3, 'About to sleep', 'About to sleep', 'Needs attention', 'Loyal', 'Loyal'],
  [2, 'Hibernating', 'Hibernating', 'At risk', 'At risk', "Can't lose them"],
  [1, 'Lost', 'Lost', 'At risk', 'At risk', "Can't lose them"],
];
const idOf = (name: string): string =>
  name === "Can't lose them" ? 'cant-lose' : name.toLowerCase().replaceAll(' ', '-');

const rfm = (rows: [number, number, number][]) => ({
  recencyDays: Int32Array.from(rows, (row) => row[0]),
  frequency: Int32Array.from(rows, (row) => row[1]),
  monetary: Float64Array.from(rows, (row) => row[2]),
});

describe('segments', () => {
  it('names each of the 25 cells as the table of PRODUCT.md does', () => {
    const seen = new Set<SegmentId>();
    for (const [r, ...names] of table) {
      names.forEach((name, column) => {
        const fm = column + 1;
        expect(`${r}/${fm} ${segmentOf(r, fm, fm)}`).toBe(`${r}/${fm} ${idOf(name as string)}`);
        seen.add(segmentOf(r, fm, fm));
      });
    }
    expect([...seen].sort()).toEqual([...segmentIds].sort());
  });

  it('rounds the mean of F and M half up', () => {
    expect([
      frequencyMonetaryScore(1, 2),
      frequencyMonetaryScore(2, 1),
      frequencyMonetaryScore(1, 5),
      frequencyMonetaryScore(4, 5),
    ]).toEqual([2, 2, 3, 5]);
  });

  it('rolls every segment up, and every group has a segment', () => {
    expect(new Set(segmentIds.map((id) => fourGroupOf[id]))).toEqual(new Set(fourGroupIds));
    expect(new Set(segmentIds.map((id) => threeGroupOf[id]))).toEqual(new Set(threeGroupIds));
  });
});

describe('scores', () => {
  it('scores ten different customers two per score', () => {
    const scores = scoreRfm(rfm(Array.from({ length: 10 }, (_, i) => [i + 1, i + 1, (i + 1) * 10_000])));
    expect([...scores.r]).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
    expect([...scores.f]).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect([...scores.m]).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
  });

  it('never splits equal customers: 90 % bought once', () => {
    const scores = scoreRfm(
      rfm(Array.from({ length: 100 }, (_, i) => [i, i < 90 ? 1 : 2 + (i % 3), i < 50 ? 500 : i])),
    );
    expect(new Set(scores.f.subarray(0, 90))).toEqual(new Set([1]));
    expect(new Set(scores.f.subarray(90))).toEqual(new Set([5]));
    expect(new Set(scores.m.subarray(0, 50)).size).toBe(1);
  });

  it('gives the middle score where all are equal, and F 1 where everybody bought once', () => {
    const equal = scoreRfm(
      rfm([
        [9, 4, -700],
        [9, 4, -700],
        [9, 4, -700],
      ]),
    );
    expect([equal.r[0], equal.f[0], equal.m[0]]).toEqual([3, 3, 3]);
    expect([
      ...scoreRfm(
        rfm([
          [9, 1, 5],
          [8, 1, 6],
        ]),
      ).f,
    ]).toEqual([1, 1]);
    expect([...scoreRfm(rfm([[9, 1, 5]])).segment].map((i) => segmentIds[i])).toEqual(['about-to-sleep']);
  });

  it('orders negative revenue below zero and keeps shares free of NaN', () => {
    const customers = rfm([
      [1, 1, -900],
      [2, 2, -100],
      [3, 3, 0],
      [4, 4, 300],
      [5, 5, 700],
    ]);
    const scores = scoreRfm(customers);
    expect([...scores.m]).toEqual([1, 2, 3, 4, 5]);
    const summary = summariseRfm(customers, scores);
    expect(summary.revenue).toBe(0);
    expect(summary.segments.every((group) => group.revenueShare === 0)).toBe(true);
    expect(summary.segments.reduce((sum, group) => sum + group.customers, 0)).toBe(5);
    expect(summary.fourGroups.reduce((sum, group) => sum + group.customers, 0)).toBe(5);
    expect(summary.threeGroups.reduce((sum, group) => sum + group.customers, 0)).toBe(5);
  });

  it('refuses to score nobody, in words', () => {
    expect(() => scoreRfm(rfm([]))).toThrow(/No customer is left/);
  });
});
