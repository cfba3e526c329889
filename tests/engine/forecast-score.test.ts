/** Scores of published forecasts, each expected value worked out by hand in the comment beside it. */
import { describe, expect, it } from 'vitest';
import {
  actualsOf,
  type FrozenAdjustment,
  type FrozenPoint,
  judgeAdjustments,
  ledgerPoints,
  ledgerScore,
  scoresByMonth,
} from '../../src-main/engine/forecasting/forecast-score.ts';
import type { PeriodStatus, SalesSeries } from '../../src-shared/domain.ts';

const point = (date: string, mean: number, half: number, naive: number): FrozenPoint => ({
  date,
  mean,
  low80: mean - half,
  high80: mean + half,
  low95: mean - 2 * half,
  high95: mean + 2 * half,
  naive,
});
const closed = (date: string): FrozenPoint => point(date, 0, 0, 0);
const adjustment = (id: number, from: string, to: string, change: number): FrozenAdjustment => ({
  ...{ id, from, to, change },
  madeAt: '2025-01-01T00:00:00.000Z',
  note: 'why',
});

const frozen = [
  point('2025-01-30', 100, 10, 80),
  point('2025-01-31', 200, 10, 200),
  closed('2025-02-01'),
  point('2025-02-02', 100, 10, 150),
  point('2025-02-03', 100, 10, 100),
];
const actuals = new Map([
  ['2025-01-30', 110],
  ['2025-01-31', 185],
  ['2025-02-01', 0],
  ['2025-02-02', 0],
]);

describe('actuals', () => {
  it('are the periods that are over and known whole', () => {
    const status: PeriodStatus[] = ['sold', 'zero', 'closed', 'missing', 'partial'];
    const series: SalesSeries = {
      frequency: 'day',
      dates: status.map((_, i) => `2025-01-0${i + 1}`),
      values: [5, 0, 0, 0, 7],
      status,
      openWeekdays: new Array(7).fill(true),
      lastDay: '2025-01-05',
      marked: [],
      notes: [],
    };
    expect([...actualsOf(series)]).toEqual([
      ['2025-01-01', 5],
      ['2025-01-02', 0],
      ['2025-01-03', 0],
    ]);
  });
});

describe('scores', () => {
  const points = ledgerPoints(frozen, [], actuals);

  it('are those of the periods that are over', () => {
    // Errors 10, 15, 0, 100; actual 295 in all, forecast 400; naive errors 30, 15, 0, 150.
    expect(ledgerScore(points, false)).toEqual({
      scored: 4,
      actual: 295,
      forecast: 400,
      wape: 125 / 295,
      mape: (10 / 110 + 15 / 185) / 2,
      bias: 105 / 295,
      // Three are judged: 110 is on the edge of 90–110; 185 lies outside 190–210 and inside 180–220; 0 lies in neither.
      hits80: 1 / 3,
      hits95: 2 / 3,
      naiveWape: 195 / 295,
      adjustedWape: null,
    });
  });

  it('say nothing before anything is over', () => {
    const none = {
      wape: null,
      mape: null,
      bias: null,
      hits80: null,
      hits95: null,
      naiveWape: null,
      adjustedWape: null,
    };
    expect(ledgerScore(ledgerPoints(frozen, [], new Map()), true)).toEqual({
      ...{ scored: 0, actual: 0, forecast: 0 },
      ...none,
    });
  });

  it('counts a sale on a day that was forecast closed against the bands', () => {
    const sold = ledgerPoints([closed('2025-02-01')], [], new Map([['2025-02-01', 5]]));
    expect(ledgerScore(sold, false)).toMatchObject({ wape: 1, hits80: 0, hits95: 0 });
  });

  it('stand under the month in which the period begins', () => {
    expect(scoresByMonth(points)).toEqual([
      {
        ...{ month: '2025-01', periods: 2, wape: 25 / 295, naiveWape: 45 / 295, bias: 5 / 295 },
        ...{ hits80: 1 / 2, hits95: 1 },
      },
      // Nothing was sold in February, so that shares of it have no meaning.
      { month: '2025-02', periods: 2, wape: null, naiveWape: null, bias: null, hits80: 0, hits95: 0 },
    ]);
  });
});

describe('adjustments', () => {
  const two = [adjustment(1, '2025-01-30', '2025-02-01', 0.1), adjustment(2, '2025-01-31', '2025-02-03', -0.5)];

  it('act one after the other and leave closed days at 0', () => {
    const adjusted = ledgerPoints(frozen, two, actuals).map((one) => one.adjusted);
    // 100 · 1.1; 200 · 1.1 · 0.5; 0; 100 · 0.5; 100 · 0.5
    expect(adjusted).toEqual([110, 110, 0, 50, 50]);
    expect(
      ledgerPoints(frozen, [adjustment(1, '2025-01-30', '2025-02-03', -1)], actuals).map((p) => p.adjusted),
    ).toEqual([0, 0, 0, 0, 0]);
  });

  it('are judged by what they changed, each after the ones before it', () => {
    const points = ledgerPoints(frozen, two, actuals);
    const [first, second] = judgeAdjustments(points, two);
    // 30 Jan: 10 → 0, 31 Jan: 15 → 35, 1 Feb: 0 → 0, so (10 − 20 + 0) / 3 = −3.33.
    expect(first.gain).toBe(-3);
    // 31 Jan: 35 → 75, 1 Feb: 0, 2 Feb: 100 → 50; 3 Feb is not over: (−40 + 0 + 50) / 3 = 3.33.
    expect(second.gain).toBe(3);
    expect(judgeAdjustments(points, [adjustment(3, '2025-02-03', '2025-02-03', 1)])[0].gain).toBeNull();
    // Errors with both: 0, 75, 0, 50.
    expect(ledgerScore(points, true).adjustedWape).toBe(125 / 295);
  });
});
