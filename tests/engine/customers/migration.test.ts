/** Movement between segments over shops small enough to be worked out by hand, and what holds for any. */
import { describe, expect, it } from 'vitest';
import {
  absent,
  directionOf,
  segmentMovement,
  summariseMovement,
} from '../../../src-main/engine/customers/migration.ts';
import { scoreRfm } from '../../../src-main/engine/customers/rfm.ts';
import { customerTotals } from '../../../src-main/engine/sales/customer-totals.ts';
import { dayNumber, dayText } from '../../../src-main/engine/sales/sale-lines.ts';
import { createRng } from '../../../src-main/engine/numeric/rng.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import type { Row } from '../../fixtures/parsed-sales.ts';
import { dataOf, maskOf, shop } from '../../fixtures/small-shop.ts';

const unit = 10_000;
const dates = (from: string, to: string) => ({ fromDay: dayNumber(from), toDay: dayNumber(to) });

/** Customers who buy and give back at random over a year. */
function randomRows(seed: number, customers = 60): Row[] {
  const rng = createRng(seed);
  return Array.from({ length: 900 }, (_, i): Row => {
    const gaveBack = rng.next() < 0.1;
    return {
      date: dayText(dayNumber('2024-01-01') + Math.floor(rng.next() * 366)),
      invoice: gaveBack ? `C${i}` : `${Math.floor(i / 2)}`,
      customer: rng.next() < 0.05 ? '' : `c${Math.floor(rng.next() * rng.next() * customers)}`,
      product: `p${i}`,
      quantity: gaveBack ? -1 : 1 + Math.floor(rng.next() * 5),
      price: 1 + Math.floor(rng.next() * 20),
    };
  });
}

describe('movement', () => {
  it('sees each date as it stood then: later lines unseen, returns are money and no visit', async () => {
    const data = await dataOf(shop);
    const movement = segmentMovement(data.lines, maskOf(data), data.dictionaries, dates('2024-01-31', '2024-03-31'));
    expect(Array.from(movement.ids, (id) => data.dictionaries.customers[id])).toEqual(['anna', 'bert']);
    // Before: 60 days to 31 January; after: 60 days to 31 March, in which anna only gave 10 back.
    expect(Array.from(movement.before)).toEqual([55 * unit, 0]);
    expect(Array.from(movement.after)).toEqual([-10 * unit, 123_450]);
    expect(Array.from(movement.monetary)).toEqual([45 * unit, 123_450]);
    expect(Array.from(movement.recencyDays)).toEqual([72, 1]);
    expect(movement.from[1]).toBe(absent);
    const { arrived, stayed, up, down } = summariseMovement(movement);
    expect([arrived, stayed + up + down]).toEqual([1, 1]);
  });

  it('up is nearer to Champions', () => {
    const at = (id: (typeof segmentIds)[number]) => segmentIds.indexOf(id);
    expect(directionOf(at('loyal'), at('champions'))).toBe('up');
    expect(directionOf(at('champions'), at('lost'))).toBe('down');
    expect(directionOf(at('lost'), at('lost'))).toBe('same');
    expect(directionOf(absent, at('new'))).toBe('arrived');
  });

  it.each([1, 2, 3])('totals agree, and segments are those of RFM at both dates (shop %i)', async (seed) => {
    const data = await dataOf(randomRows(seed));
    const mask = maskOf(data);
    const { fromDay, toDay } = dates('2024-06-30', '2024-09-30');
    const movement = segmentMovement(data.lines, mask, data.dictionaries, { fromDay, toDay });
    const { flows, change, stayed, up, down, arrived, becauseOfOthers } = summariseMovement(movement);
    const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
    expect(sum(flows.map((flow) => flow.customers))).toBe(movement.ids.length);
    expect(stayed + up + down + arrived).toBe(movement.ids.length);
    expect(sum(flows.map((flow) => flow.becauseOfOthers))).toBe(becauseOfOthers);
    expect(sum(flows.map((flow) => flow.revenueAfter))).toBe(sum(change.map((one) => one.revenueAfter)));
    for (const [day, key] of [
      [fromDay, 'before'],
      [toDay, 'after'],
    ] as const) {
      const totals = customerTotals(data.lines, mask, data.dictionaries, day);
      const { segment } = scoreRfm(totals);
      expect(change.map((one) => one[key])).toEqual(
        segmentIds.map((_, index) => segment.filter((one) => one === index).length),
      );
      // The window's revenue is the difference of two states.
      const window = key === 'after' ? [fromDay, toDay] : [2 * fromDay - toDay, fromDay];
      const known = new Set(movement.ids);
      let expected = 0;
      for (let i = 0; i < data.lines.length; i++) {
        const lineDay = Math.floor((data.lines.seconds[i] + 946_684_800) / 86_400);
        if (mask[i] && known.has(data.lines.customer[i]) && lineDay > window[0] && lineDay <= window[1])
          expected += data.lines.amount[i];
      }
      expect(sum(Array.from(key === 'after' ? movement.after : movement.before))).toBe(expected);
    }
    movement.becauseOfOthers.forEach((flag, at) => {
      if (flag) expect(['up', 'down']).toContain(directionOf(movement.from[at], movement.to[at]));
    });
  });

  it('marks who moved only because others did', async () => {
    // Everybody buys on the 15th of each month. "still" always for 50: at first the most of all, in March the least but
    // one, because the nine others now buy a hundred times as much.
    const rows: Row[] = [];
    for (const [month, factor] of Object.entries({ '01': 1, '02': 1, '03': 100 })) {
      for (let i = 0; i < 10; i++)
        rows.push({
          date: `2024-${month}-15`,
          invoice: `${rows.length}`,
          customer: i === 9 ? 'still' : `c${i}`,
          product: 'T',
          price: i === 9 ? 50 : (i + 1) * factor,
        });
    }
    const data = await dataOf(rows);
    const movement = segmentMovement(data.lines, maskOf(data), data.dictionaries, dates('2024-02-28', '2024-03-28'));
    const at = movement.ids.indexOf(data.dictionaries.customers.indexOf('still'));
    expect([segmentIds[movement.from[at]], segmentIds[movement.to[at]]]).toEqual(['loyal', 'about-to-sleep']);
    expect(movement.becauseOfOthers[at]).toBe(1);
    expect([movement.before[at], movement.after[at]]).toEqual([50 * unit, 50 * unit]);
    // Who bought nothing new and whom nobody overtook does not move.
    const quiet = segmentMovement(data.lines, maskOf(data), data.dictionaries, dates('2024-02-27', '2024-02-28'));
    expect(summariseMovement(quiet)).toMatchObject({ stayed: 10, up: 0, down: 0, becauseOfOthers: 0 });
  });

  it('answers for the chosen segments of the later date', async () => {
    const data = await dataOf(randomRows(4));
    const chosen = Uint8Array.from(segmentIds, (id) => (id === 'champions' ? 1 : 0));
    const movement = segmentMovement(
      data.lines,
      maskOf(data),
      data.dictionaries,
      dates('2024-06-30', '2024-09-30'),
      chosen,
    );
    expect(movement.ids.length).toBeGreaterThan(0);
    expect(new Set(movement.to)).toEqual(new Set([0]));
  });

  it('everybody is new where nobody had bought before; nobody at all is refused in words', async () => {
    const data = await dataOf(shop);
    const early = segmentMovement(data.lines, maskOf(data), data.dictionaries, dates('2023-01-01', '2024-01-31'));
    expect(summariseMovement(early)).toMatchObject({ arrived: 1, up: 0, down: 0, stayed: 0, becauseOfOthers: 0 });
    expect(() =>
      segmentMovement(data.lines, maskOf(data), data.dictionaries, dates('2022-01-01', '2023-01-31')),
    ).toThrow('No customer had bought by the later date');
  });
});
