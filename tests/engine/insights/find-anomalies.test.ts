/** Unusual days: false alarms on clean series, planted spikes, drops, levels and holes in simulated ones. */
import { describe, expect, it } from 'vitest';
import { findAnomalies } from '../../../src-main/engine/insights/find-anomalies.ts';
import { createRng, type Rng } from '../../../src-main/engine/numeric/rng.ts';
import { weekdayOf } from '../../../src-main/engine/series/calendar.ts';
import type { Frequency } from '../../../src-shared/domain.ts';
import { months, shop } from '../../fixtures/shop-series.ts';

const sigma = 0.2;

/** Closed on Sundays; weekdays, growth, a yearly wave and noise that follows the day before. */
function shopWith(
  rng: Rng,
  days: number,
  change: (i: number) => number | null,
  { rho = 0.3, frequency = 'day' as Frequency } = {},
) {
  let noise = 0;
  return shop(
    days,
    (day, i) => {
      if (weekdayOf(day) === 6) return null;
      noise = rho * noise + Math.sqrt(1 - rho * rho) * rng.normal();
      const by = change(i);
      const season = 0.1 * weekdayOf(day) + 0.25 * Math.cos((2 * Math.PI * day) / 365.25) + 0.0003 * i;
      return by === null ? null : 1000 * Math.exp(season + sigma * noise + by);
    },
    frequency,
  );
}
const seeds = (count: number) => Array.from({ length: count }, (_, k) => createRng(100 + k));
const single = ({ anomaly }: { anomaly: { kind: string } }) => anomaly.kind === 'spike' || anomaly.kind === 'drop';

describe('false alarms on clean series', () => {
  it.each([
    ['day', 60, 0.6, 150],
    ['day', 200, 0.3, 200],
    ['day', 500, 0.6, 200],
    ['day', 1000, 0.3, 200],
    ['week', 1100, 0.3, 100],
    ['month', 1800, 0.3, 100],
  ] as const)('%s, %i days, autocorrelation %f: fewer than 1 in %i', (frequency, days, rho, oneIn) => {
    let judged = 0;
    let flagged = 0;
    let shifts = 0;
    for (const rng of seeds(20)) {
      const found = findAnomalies(shopWith(rng, days, () => 0, { rho, frequency }));
      judged += found.expected.filter((value) => value !== null).length;
      flagged += found.rows.filter(single).length;
      shifts += found.rows.filter((row) => !single(row)).length;
    }
    expect(judged).toBeGreaterThan(300);
    expect(flagged).toBeLessThan(judged / oneIn);
    expect(shifts).toBeLessThanOrEqual(2);
  });
});

describe('what was planted is found', () => {
  it('nine in ten spikes and drops of five deviations', () => {
    let planted = 0;
    let found = 0;
    for (const rng of seeds(20)) {
      const at = new Map(
        Array.from({ length: 12 }, (_, k) => [30 + 55 * k + rng.below(50), k % 2 ? 5 * sigma : -5 * sigma] as const),
      );
      const { rows, expected } = findAnomalies(shopWith(rng, 730, (i) => at.get(i) ?? 0));
      for (const [i, size] of at) {
        if (expected[i] === null) continue;
        planted++;
        if (rows.some(({ from, anomaly }) => from === i && anomaly.kind === (size > 0 ? 'spike' : 'drop'))) found++;
      }
    }
    expect(planted).toBeGreaterThan(150);
    expect(found / planted).toBeGreaterThanOrEqual(0.9);
  });

  it.each([0.9, -0.9])(
    'a lasting change by %f of the logarithm is a change of level, not a row for every day',
    (size) => {
      let shifts = 0;
      for (const rng of seeds(10)) {
        const { rows } = findAnomalies(shopWith(rng, 500, (i) => (i >= 250 ? size : 0)));
        const found = rows.find(({ anomaly, from }) => anomaly.kind.startsWith('level') && Math.abs(from - 250) <= 4);
        expect(found?.anomaly.kind).toBe(size > 0 ? 'level-up' : 'level-down');
        expect(Math.abs(Math.log1p(found?.changeShare as number) - size)).toBeLessThan(0.35);
        expect(rows.filter(single).length).toBeLessThanOrEqual(4);
        shifts += rows.filter((row) => !single(row)).length;
      }
      expect(shifts).toBeLessThanOrEqual(11);
    },
  );

  it('a spike is no lasting change', () => {
    for (const rng of seeds(10)) {
      const { rows } = findAnomalies(shopWith(rng, 400, (i) => (i >= 200 && i < 203 ? 2 : 0)));
      expect(rows.filter((row) => !single(row))).toEqual([]);
      expect(rows.map(({ from }) => from)).toEqual(expect.arrayContaining([200, 201, 202].filter((i) => i % 7 !== 6)));
    }
  });

  it('a hole is one row of kind missing with what it would have sold; closed days are never listed', () => {
    const [rng] = seeds(1);
    const { rows, dates, expected } = findAnomalies(shopWith(rng, 400, (i) => (i >= 203 && i < 210 ? null : 0)));
    const hole = rows.find(({ anomaly }) => anomaly.kind === 'missing')!;
    expect([hole.from, hole.to]).toEqual([203, 208]);
    const due = expected.slice(203, 210).reduce<number>((sum, value) => sum + (value ?? 0), 0);
    expect(Math.abs(hole.anomaly.expected - due)).toBeLessThanOrEqual(6);
    for (const { anomaly } of rows) expect(new Date(anomaly.date).getUTCDay()).not.toBe(0);
    expect(expected.filter((_, i) => new Date(dates[i]).getUTCDay() === 0).every((value) => value === null)).toBe(true);
  });

  it('one day without a sale and a day of returns are drops', () => {
    const [rng] = seeds(1);
    const series = shopWith(rng, 300, (i) => (i === 100 ? null : 0));
    series.values[150] = -5_000_000;
    const { rows } = findAnomalies(series);
    expect(rows.filter(({ from }) => from === 100 || from === 150).map(({ anomaly }) => anomaly.kind)).toEqual([
      'drop',
      'drop',
    ]);
  });
});

describe('what cannot be judged is said in words', () => {
  it('too short, all the same, hardly any sale', () => {
    const [rng] = seeds(1);
    const short = findAnomalies(shopWith(rng, 20, () => 0));
    expect([short.rows, short.notes.map(({ code }) => code)]).toEqual([[], ['insights-too-short-day']]);
    expect(short.expected.every((value) => value === null)).toBe(true);
    const same = findAnomalies(months(new Array(30).fill(7)));
    expect(same.notes.map(({ code }) => code)).toEqual(['insights-all-the-same']);
    const rare = findAnomalies(shop(400, (_, i) => (i % 6 === 0 ? 10 + (i % 5) : null)));
    expect([rare.rows.filter(single), rare.notes.map(({ code }) => code)]).toEqual([[], ['insights-too-sparse']]);
  });
});
