import type { Anomalies, Anomaly, Day, Note, SalesSeries } from '../../../src-shared/domain.ts';
import { type OrdinarySales, ordinarySales } from './ordinary-sales.ts';
import { hasTwoYears } from './sales-inputs.ts';
import { type UsablePeriods, usablePeriods } from './usable-periods.ts';

/** 1/10 000 currency unit. */
const moneyPerUnit = 10_000;
/** Three in two thousand normal values lie further out, where the deviation is known exactly. */
const normalLimit = 3.15;
/** The median absolute deviation knows the spread as well as a standard deviation of a third of the values, at best. */
const efficiency = 0.25;

/**
 * Robust standard deviations beyond which a period is unusual: 3.15, and more where few periods tell the deviation. On
 * clean simulated series fewer than one period in 200 lies outside (tests/engine/insights/find-anomalies.test.ts).
 * References: Iglewicz & Hoaglin 1993, How to Detect and Handle Outliers, §3.3 (3.5 for samples of some dozens);
 * Abramowitz & Stegun 26.7.5 (Student's quantile from the normal one, first term).
 */
function limitOf({ freedom }: OrdinarySales): number {
  return normalLimit * (1 + (normalLimit ** 2 + 1) / (4 * efficiency * freedom));
}

/** An amount of nothing has no logarithm; no score is larger than this. */
const largestScore = 99;

/** A period that stands out, without reasons, and where it ends. */
export interface Finding {
  anomaly: Omit<Anomaly, 'reasons'>;
  /** Places in the series: both ends of a missing run, the same for a single period. */
  from: number;
  to: number;
  /** Of a lasting change: new level / old level − 1; null where the old level is nothing. */
  changeShare: number | null;
}

export interface Findings extends Omit<Anomalies, 'rows'> {
  rows: Finding[];
}

const money = (amount: number): number => Math.round(amount * moneyPerUnit);

interface Band {
  /** Each [n], currency units. */
  expected: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

function bandOf({ scale }: UsablePeriods, ordinary: OrdinarySales): Band {
  const { expected, above, below } = ordinary;
  const limit = limitOf(ordinary);
  return {
    expected: expected.map(scale.back),
    low: expected.map((value) => scale.back(value - limit * below)),
    high: expected.map((value) => scale.back(value + limit * above)),
  };
}

/** Periods outside the band, apart from those whose data are missing. */
function singles(series: SalesSeries, periods: UsablePeriods, ordinary: OrdinarySales, band: Band): Finding[] {
  const { index, y, known } = periods;
  const limit = limitOf(ordinary);
  return Array.from(index).flatMap((place, t): Finding[] => {
    const distance = y[t] - ordinary.expected[t];
    const score = distance / (distance > 0 ? ordinary.above : ordinary.below);
    if (known[t] === 0 || Math.abs(score) < limit) return [];
    const anomaly = {
      date: series.dates[place],
      actual: series.values[place],
      expected: money(band.expected[t]),
      low: money(band.low[t]),
      high: money(band.high[t]),
      kind: distance > 0 ? ('spike' as const) : ('drop' as const),
      score: Math.max(-largestScore, Math.min(largestScore, score)),
    };
    return [{ anomaly, from: place, to: place, changeShare: null }];
  });
}

/** The first period of each lasting change; what was expected is the level before it. */
function shiftRows(series: SalesSeries, periods: UsablePeriods, ordinary: OrdinarySales): Finding[] {
  const { index, scale } = periods;
  const limit = limitOf(ordinary);
  return ordinary.shifts.map(({ at, size }) => {
    const place = index[at];
    const old = ordinary.expected[at] - size;
    const before = scale.back(old);
    const anomaly = {
      date: series.dates[place],
      actual: series.values[place],
      expected: money(before),
      low: money(scale.back(old - limit * ordinary.below)),
      high: money(scale.back(old + limit * ordinary.above)),
      kind: size > 0 ? ('level-up' as const) : ('level-down' as const),
      score: size / (size > 0 ? ordinary.above : ordinary.below),
    };
    const after = scale.back(ordinary.expected[at]);
    return { anomaly, from: place, to: place, changeShare: before > 0 ? after / before - 1 : null };
  });
}

/** Missing periods in a row, closed ones between them included, as one row: what the whole run would have sold. */
function missingRows(series: SalesSeries, periods: UsablePeriods, band: Band): Finding[] {
  const rows: Finding[] = [];
  let run: number[] = [];
  const close = () => {
    if (run.length === 0) return;
    const sum = (of: Float64Array) => money(run.reduce((total, t) => total + of[t], 0));
    const anomaly = {
      date: series.dates[periods.index[run[0]]],
      actual: 0,
      expected: sum(band.expected),
      low: sum(band.low),
      high: sum(band.high),
      kind: 'missing' as const,
      score: 0,
    };
    const from = periods.index[run[0]];
    const to = periods.index[run[run.length - 1]];
    anomaly.actual = series.values.slice(from, to + 1).reduce((total, value) => total + value, 0);
    rows.push({ anomaly, from, to, changeShare: null });
    run = [];
  };
  periods.known.forEach((known, t) => {
    if (known === 1) close();
    else run.push(t);
  });
  close();
  return rows;
}

function nothing({ frequency, dates, values }: SalesSeries, notes: Note[]): Findings {
  const none = dates.map(() => null);
  return { frequency, dates, actual: values, expected: none, low: none, high: none, rows: [], notes };
}

/**
 * Periods that do not fit: single spikes and drops outside a band of some robust deviations around ordinary sales,
 * lasting changes of the level, and runs without data. Closed days and periods that are not over are never listed.
 * @param series values in 1/10 000 currency unit
 * @returns rows by date; no rows and a note where the data do not allow a judgement
 */
export function findAnomalies(series: SalesSeries): Findings {
  const periods = usablePeriods(series);
  if ('code' in periods) return nothing(series, [periods]);
  const ordinary = ordinarySales(periods);
  if (ordinary === null) {
    const code = periods.scale.id === 'root' ? 'insights-too-sparse' : 'insights-all-the-same';
    return nothing(series, [{ code, params: {}, level: 'info' }]);
  }
  const band = bandOf(periods, ordinary);
  const place = new Map(Array.from(periods.index, (i, t) => [i, t]));
  const at = (of: Float64Array) =>
    series.dates.map((_, i) => (place.has(i) ? money(of[place.get(i) as number]) : null));
  const shifts = shiftRows(series, periods, ordinary);
  const begins = new Set(shifts.map(({ from }) => from));
  const rows = [
    ...shifts,
    ...singles(series, periods, ordinary, band).filter(({ from }) => !begins.has(from)),
    ...missingRows(series, periods, band),
  ].sort((a, b) => a.from - b.from);
  return {
    frequency: series.frequency,
    dates: series.dates as Day[],
    actual: series.values,
    expected: at(band.expected),
    low: at(band.low),
    high: at(band.high),
    rows,
    notes: hasTwoYears(periods) ? [] : [{ code: 'insights-no-year', params: {}, level: 'info' }],
  };
}
