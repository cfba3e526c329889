import { describe, expect, it } from 'vitest';
import {
  controlSeats,
  detectableDifference,
  drawOf,
  targetNotes,
  targetRows,
} from '../../../src-main/engine/customers/targets.ts';
import type { PlaybookEntry, SegmentId, ValueRow } from '../../../src-shared/domain.ts';

const segments: SegmentId[] = ['cant-lose', 'at-risk', 'needs-attention'];
const customer = (i: number, over: Partial<ValueRow> = {}): ValueRow => ({
  customer: `c${i}`,
  segment: segments[i % 3],
  frequency: 1 + (i % 4),
  lastDay: '2024-01-01',
  historic: 1_000_000 + i,
  predicted: 5_000 * ((i * 37) % 101),
  ifKept: 10_000 * ((i * 37) % 101),
  atStake: Math.round(10_000 * ((i * 37) % 101) * (((i * 13) % 100) / 100)),
  total: 0,
  expectedOrders: 1,
  expectedOrder: 10_000,
  alive: 0.5,
  ownGapDays: null,
  usualGapDays: 30.4,
  daysSince: 90,
  overdueDays: i % 2 ? 12 : null,
  churn: ((i * 13) % 100) / 100,
  next: null,
  ...over,
});
const values = Array.from({ length: 301 }, (_, i) => customer(i));
const playbook: PlaybookEntry[] = segments.map((segment) => ({
  segment,
  name: segment,
  description: '',
  actions: segment === 'at-risk' ? [] : [`Call ${segment}`, 'Wait'],
  offer: 'win-back',
  edited: false,
}));
const choice = { size: null, control: 0.1, seed: 1 };
const heldOf = (rows: ReturnType<typeof targetRows>) =>
  rows.filter(({ group }) => group === 'control').map((row) => row.customer);

describe('the target list', () => {
  const rows = targetRows(values, playbook, choice);

  it('the most at stake first: value × risk, to the unit', () => {
    expect(rows).toHaveLength(301);
    for (const [i, row] of rows.entries()) {
      expect(row.atStake).toBe(Math.round(row.value * row.risk));
      if (i > 0) expect(row.atStake).toBeLessThanOrEqual(rows[i - 1].atStake);
    }
  });

  it('holds out the asked share, of each segment alike', () => {
    expect(heldOf(rows)).toHaveLength(30);
    for (const segment of segments) {
      const own = rows.filter((row) => row.segment === segment);
      expect(Math.abs(heldOf(own).length - own.length * 0.1)).toBeLessThan(1);
    }
  });

  it('the same seed holds out the same customers, in any order of the list; another seed others', () => {
    const again = targetRows([...values].reverse(), playbook, choice);
    expect(again).toEqual(rows);
    const other = heldOf(targetRows(values, playbook, { ...choice, seed: 2 }));
    expect(other).toHaveLength(30);
    expect(other.filter((one) => heldOf(rows).includes(one)).length).toBeLessThan(12);
  });

  it('the draw knows nothing of the money: held-out customers are worth what the others are', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => customer(i));
    const list = targetRows(many, playbook, { ...choice, control: 0.5 });
    const mean = (group: string) => {
      const own = list.filter((row) => row.group === group);
      return own.reduce((sum, row) => sum + row.value, 0) / own.length;
    };
    expect(mean('control') / mean('contact')).toBeGreaterThan(0.98);
    expect(mean('control') / mean('contact')).toBeLessThan(1.02);
  });

  it('draws evenly: each tenth of the numbers takes a tenth of the customers', () => {
    for (const seed of [0, 1, 2 ** 40]) {
      const tenths = new Array(10).fill(0);
      for (let i = 0; i < 50_000; i++) tenths[Math.floor((drawOf(String(12_000 + i), seed) / 2 ** 32) * 10)]++;
      // Chi-square with 9 degrees of freedom: 27.9 is passed by chance once in a thousand.
      const chi = tenths.reduce((sum, count) => sum + (count - 5_000) ** 2 / 5_000, 0);
      expect(chi).toBeLessThan(27.9);
    }
  });

  it('the size keeps those with the most at stake and is cut before the draw', () => {
    const short = targetRows(values, playbook, { ...choice, size: 50 });
    expect(short.map((row) => row.customer)).toEqual(rows.slice(0, 50).map((row) => row.customer));
    expect(heldOf(short)).toHaveLength(5);
    expect(targetRows(values, playbook, { ...choice, size: 1_000 })).toHaveLength(301);
  });

  it('says why, what to do and with which offer', () => {
    const reasons = Object.fromEntries(rows.map((row) => [row.customer, row.why]));
    expect(reasons.c0).toMatchObject({ code: 'target-once', params: { days: 90, gap: 30 } });
    expect(reasons.c1).toMatchObject({ code: 'target-overdue', params: { orders: 2, historicMoney: 1_000_001 } });
    expect(reasons.c2).toMatchObject({ code: 'target-quiet' });
    expect(rows.find((row) => row.segment === 'cant-lose')).toMatchObject({
      action: 'Call cant-lose',
      offer: 'win-back',
    });
    expect(rows.find((row) => row.segment === 'at-risk')?.action).toBe('');
  });

  it('nobody, and one customer', () => {
    expect(targetRows([], playbook, choice)).toEqual([]);
    expect(targetNotes([], 0.1)).toEqual([{ code: 'target-nobody', level: 'info', params: {} }]);
    const one = targetRows(values.slice(0, 1), playbook, choice);
    expect(one[0].group).toBe('contact');
    expect(targetNotes(one, 0.1)[0]).toMatchObject({ code: 'target-control-empty', level: 'warning' });
  });
});

describe('the control group', () => {
  it('seats add up to the share of all', () => {
    expect(controlSeats([4, 4, 4, 4], 0.1)).toEqual([1, 1, 0, 0]);
    expect(controlSeats([10, 20, 70], 0.1)).toEqual([1, 2, 7]);
    expect(controlSeats([3, 0, 7], 0.5)).toEqual([2, 0, 3]);
    expect(controlSeats([5, 5], 0)).toEqual([0, 0]);
    expect(controlSeats([], 0.1)).toEqual([]);
  });

  it('what it can see: 2.8 standard errors of the difference', () => {
    expect(detectableDifference(100, 100, 0.5)).toBeCloseTo(2.8 * Math.sqrt(0.25 * 0.02), 12);
    expect(detectableDifference(9_000, 1_000, 0.1)).toBeCloseTo(0.028, 4);
    expect(detectableDifference(1, 1, 0.5)).toBe(1);
    expect(detectableDifference(10, 0, 0.5)).toBeNull();
  });

  it('too small a group is said, with what it can see', () => {
    const rows = targetRows(values, playbook, choice);
    expect(targetNotes(rows, 0.1)[0]).toMatchObject({ code: 'target-control-small', level: 'warning' });
    expect(targetNotes(rows, 0)[0].code).toBe('target-no-control');
    const many = targetRows(
      Array.from({ length: 5_000 }, (_, i) => customer(i)),
      playbook,
      { ...choice, control: 0.3 },
    );
    expect(targetNotes(many, 0.3)[0]).toMatchObject({ code: 'target-control', level: 'info' });
  });
});
