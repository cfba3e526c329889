/** What events were worth: planted promotions inside their own bands, and nothing claimed where nothing is. */
import { describe, expect, it } from 'vitest';
import { eventEffects } from '../../../src-main/engine/insights/event-effects.ts';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import { dayNumber, dayText } from '../../../src-main/engine/sales/sale-lines.ts';
import { weekdayOf } from '../../../src-main/engine/series/calendar.ts';
import type { MarkedDays, MarkKind } from '../../../src-shared/domain.ts';
import { shop } from '../../fixtures/shop-series.ts';

const first = '2022-01-03';
const dayAt = (i: number) => dayText(dayNumber(first) + i);
const mark = (id: string, from: number, to: number, kind: MarkKind = 'promotion'): MarkedDays => ({
  id,
  name: id,
  kind,
  from: dayAt(from),
  to: dayAt(to),
});

/** Sales with a factor a day, and the money the factors added. */
function promoted(seed: number, days: number, rho: number, factor: (i: number) => number) {
  const rng = createRng(seed * 13);
  let noise = 0;
  let added = 0;
  const series = shop(days, (day, i) => {
    if (weekdayOf(day) === 6) return null;
    noise = rho * noise + Math.sqrt(1 - rho * rho) * rng.normal();
    const season = 0.1 * weekdayOf(day) + 0.25 * Math.cos((2 * Math.PI * day) / 365.25) + 0.0003 * i;
    const plain = 1000 * Math.exp(season + 0.2 * noise);
    added += plain * (factor(i) - 1);
    return plain * factor(i);
  });
  return { series, added: added * 10_000 };
}

describe('planted promotions', () => {
  it.each([
    [800, 0, 1.3, 14],
    [800, 0.4, 1.3, 14],
    [500, 0.4, 1.3, 7],
  ])(
    '%i days, autocorrelation %f, factor %f: the truth is in the 80 %% band in 75 of 100 runs',
    (days, rho, lift, length) => {
      let inside = 0;
      let more = 0;
      for (let seed = 1; seed <= 100; seed++) {
        const starts = [140, days >= 800 ? 504 : 301];
        const { series, added } = promoted(seed, days, rho, (i) =>
          starts.some((start) => i >= start && i < start + length) ? lift : 1,
        );
        series.marked = starts.map((start) => mark('sale', start, start + length - 1));
        const [effect] = eventEffects(series).effects;
        expect([effect.times, effect.effect]).toEqual([2, effect.actual - effect.expected]);
        expect(effect.low80).toBeLessThanOrEqual(effect.effect);
        expect(effect.effect).toBeLessThanOrEqual(effect.high80);
        if (effect.low80 <= added && added <= effect.high80) inside++;
        if (effect.verdict === 'more') more++;
      }
      expect(inside).toBeGreaterThanOrEqual(75);
      expect(more).toBeGreaterThanOrEqual(60);
    },
  );

  it('a promotion that did nothing is said to have done something in fewer than 1 in 10 runs', () => {
    let claimed = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { series } = promoted(seed, 500, 0.4, () => 1);
      series.marked = [mark('sale', 203, 209)];
      const [{ verdict, reason }] = eventEffects(series).effects;
      if (verdict !== 'cannot-tell') claimed++;
      else expect(reason.code).toBe('effect-noisy');
    }
    expect(claimed).toBeLessThan(6);
  });

  it('sales bought earlier are seen in the days after', () => {
    const { series } = promoted(3, 500, 0, (i) => (i >= 203 && i < 210 ? 2 : i >= 210 && i < 217 ? 0.4 : 1));
    series.marked = [mark('sale', 203, 209)];
    const [{ verdict, pulledForward, expected }] = eventEffects(series).effects;
    expect(verdict).toBe('more');
    expect(Math.abs((pulledForward as number) / expected - 0.6)).toBeLessThan(0.2);
  });
});

describe('says when it cannot tell', () => {
  const reasonsOf = (marked: MarkedDays[], days = 400) => {
    const { series } = promoted(5, days, 0.2, () => 1);
    series.marked = marked;
    return eventEffects(series).effects.map(({ id, verdict, reason }) => [id, verdict, reason.code]);
  };
  it('two events on the same days, a closed day, data too short for a long one', () => {
    expect(reasonsOf([mark('a', 203, 208), mark('b', 204, 209)])).toEqual([
      ['a', 'cannot-tell', 'effect-coincides'],
      ['b', 'cannot-tell', 'effect-coincides'],
    ]);
    expect(reasonsOf([mark('sunday', 6, 6, 'special')])).toEqual([['sunday', 'cannot-tell', 'effect-closed']]);
    expect(reasonsOf([mark('long', 100, 180)])).toEqual([['long', 'cannot-tell', 'effect-data-short']]);
    expect(reasonsOf([mark('later', 500, 510)])).toEqual([]);
  });
  it('too short for anything', () => {
    const { series } = promoted(5, 20, 0, () => 1);
    const answer = eventEffects(series);
    expect([answer.effects, answer.drivers, answer.notes.map(({ code }) => code)]).toEqual([
      [],
      [],
      ['insights-too-short-day'],
    ]);
  });
});

describe('drivers', () => {
  it('add to 1; a year is told only after two', () => {
    const long = eventEffects(promoted(1, 800, 0.2, () => 1).series);
    expect(long.drivers.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(long.drivers.at(-1)?.id).toBe('rest');
    const short = eventEffects(promoted(1, 500, 0.2, () => 1).series);
    expect(short.drivers.map(({ id }) => id)).not.toContain('year');
    expect(short.notes.map(({ code }) => code)).toEqual(['drivers-no-year']);
  });
});
