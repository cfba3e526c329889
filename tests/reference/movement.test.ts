/**
 * Movement between segments and the split of a revenue change on Online Retail II (Chen 2019, UCI Machine Learning
 * Repository, doi 10.24432/C5CG6D) against values worked out with pandas and exact fractions:
 * tests/fixtures/movement/online_retail_movement.py.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src-main/worker/session.ts';
import { change } from '../../src-main/worker/tasks/change.ts';
import { rfm } from '../../src-main/worker/tasks/customers.ts';
import { migration, movers } from '../../src-main/worker/tasks/movement.ts';
import type { MovementFlow } from '../../src-shared/domain.ts';
import { openOnlineRetail } from '../fixtures/online-retail-session.ts';
import { hasOnlineRetail, onlineRetailPath } from '../fixtures/parsed-sales.ts';

if (!hasOnlineRetail) console.warn(`Skipped: ${onlineRetailPath} is not there.`);

interface Expected {
  from: string;
  to: string;
  windowDays: number;
  flows: MovementFlow[];
  sides: Record<'previous' | 'current', { customers: number; visits: number; items: number; sales: number }>;
  /** Customers, visits, items, price in 1/10 000 currency units, exact to double precision. */
  parts: number[];
}
const expected: Expected = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../fixtures/movement/online-retail-movement.json'), 'utf8'),
);
const byName = (flows: MovementFlow[]) =>
  [...flows].sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1));

describe.skipIf(!hasOnlineRetail)('Online Retail II', () => {
  let session: Session;
  beforeAll(async () => {
    session = await openOnlineRetail();
    session.changeSettings({
      rules: { unknownCustomer: 'drop', cancellations: 'drop', quantity: 'drop', price: 'drop', identical: 'drop' },
    });
  }, 240_000);
  afterAll(() => session.close());

  const dates = { from: expected.from, to: expected.to };

  it('every flow between segments has the customers and the money that pandas finds', () => {
    const { flows, windowDays } = migration(session, { filter: {}, ...dates });
    expect(windowDays).toBe(expected.windowDays);
    expect(byName(flows)).toEqual(byName(expected.flows));
  });

  it('segments at both dates are those of RFM with the filter to that date', () => {
    const { change: segments } = migration(session, { filter: {}, ...dates });
    for (const [day, key] of [
      [dates.from, 'before'],
      [dates.to, 'after'],
    ] as const) {
      const { segments: groups } = rfm(session, { filter: { to: day } });
      expect(segments.map((one) => [one.segment, one[key]])).toEqual(groups.map((one) => [one.id, one.customers]));
    }
  });

  it('the movers are the customers of the flows', () => {
    const all = movers(session, {
      filter: {},
      ...dates,
      direction: 'all',
      stayers: true,
      fromSegment: null,
      toSegment: null,
      search: '',
      offset: 0,
      limit: 100_000,
    });
    const counts = new Map<string, number>();
    for (const { from, to } of all.rows) counts.set(`${from} ${to}`, (counts.get(`${from} ${to}`) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual(
      Object.fromEntries(expected.flows.map(({ from, to, customers }) => [`${from} ${to}`, customers])),
    );
  });

  it('November against October 2011: the sides and, within one unit, the four parts', () => {
    const answer = change(session, {
      filter: {},
      current: { from: '2011-11-01', to: '2011-11-30' },
      against: 'previous',
    });
    for (const side of ['previous', 'current'] as const) {
      const { sales, ...counts } = expected.sides[side];
      expect(answer[side]).toMatchObject({ ...counts, revenue: sales, returns: 0, anonymous: 0 });
    }
    for (const [i, part] of expected.parts.entries())
      expect(Math.abs(answer.parts[i].money - part), answer.parts[i].id).toBeLessThan(1);
    expect(answer.parts.reduce((sum, { money }) => sum + money, 0)).toBe(answer.change);
  });
});
