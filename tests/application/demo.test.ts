/**
 * The demo company's truth against what its files hold and what the program finds in them. Expected values are the
 * generator's own parameters and counts (engine/demo/parameters.ts), never an answer of the program.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import {
  expectedSales,
  firstDay,
  isOpen,
  lastDay,
  promotionOn,
  seasonOf,
  weekdayOf,
} from '../../src-main/engine/demo/calendar.ts';
import { demoCustomers } from '../../src-main/engine/demo/customers.ts';
import { demoFiles } from '../../src-main/engine/demo/files.ts';
import { demoSales } from '../../src-main/engine/demo/sales.ts';
import { demoTruth } from '../../src-main/engine/demo/truth.ts';
import { dayNumber, dayText, lineFlags } from '../../src-main/engine/sales/sale-lines.ts';
import { quietJob } from '../../src-main/worker/job.ts';
import { openSession } from '../fixtures/open-session.ts';
import { loadDemo } from '../../src-main/worker/tasks/demo.ts';
import { listRecords } from '../../src-main/worker/tasks/imports.ts';
import { AppError } from '../../src-shared/errors.ts';
import type { ImportResult, RuleId } from '../../src-shared/domain.ts';

const truth = demoTruth(1);
const textOf = (name: string, seed: number): string =>
  [
    ...demoFiles(seed)
      .find((file) => file.name === name)!
      .lines(),
  ].join('');

/** Product sales before returns by day, in currency units. */
function dailySales(): Map<number, number> {
  const daily = new Map<number, number>();
  for (const { line, spoiled } of demoSales(1)) {
    if (spoiled !== null || (line.flags & ~lineFlags.unknownCustomer) !== 0) continue;
    const day = dayNumber(line.date.slice(0, 10));
    daily.set(day, (daily.get(day) ?? 0) + (line.quantity * line.price) / 10_000);
  }
  return daily;
}

const openDays = Array.from({ length: lastDay - firstDay + 1 }, (_, i) => firstDay + i).filter(isOpen);

/** Sales of the days / expected sales of the days. */
function ratio(daily: Map<number, number>, chosen: (day: number) => boolean): number {
  const days = openDays.filter(chosen);
  return (
    days.reduce((sum, day) => sum + (daily.get(day) ?? 0), 0) / days.reduce((sum, day) => sum + expectedSales(day), 0)
  );
}

describe('the files of the demo company', () => {
  const daily = dailySales();

  it('are the same bytes for the same seed and others for another seed', () => {
    const once = textOf('sales.csv', 1);
    expect(textOf('sales.csv', 1) === once).toBe(true);
    expect(textOf('sales.csv', 2) === once).toBe(false);
    expect(once.split('\n').length - 2).toBe(truth.sales.read);
    expect(textOf('customers.csv', 1).split('\n').length - 2).toBe(truth.customers.rows);
    expect(textOf('products.csv', 1).split('\n').length).toBe(textOf('stock.csv', 1).split('\n').length);
  });

  it('sell on open days only, in the order of time, with 60,000 to 120,000 lines', () => {
    const days = new Set<string>();
    for (const { line } of demoSales(1)) days.add(line.date.slice(0, 10));
    expect([...days].filter((day) => !isOpen(dayNumber(day)))).toEqual([]);
    expect([...days]).toEqual([...days].sort());
    expect(truth.sales.read).toBeGreaterThan(60_000);
    expect(truth.sales.read).toBeLessThan(120_000);
    expect(truth.tradingDays).toBe(openDays.length);
  });

  // A day is off by about 20 % (standard deviation), so the mean of n days is off by 20 % / √n; four of those are allowed.
  const near = (days: number) => (4 * 0.2) / Math.sqrt(days);

  it('hold the weekday factors, the season and the lift of promotions that the truth names', () => {
    for (let weekday = 0; weekday < 6; weekday++) {
      expect(Math.abs(ratio(daily, (day) => weekdayOf(day) === weekday) - 1), `weekday ${weekday}`).toBeLessThan(
        near(150),
      );
    }
    for (let month = 1; month <= 12; month++) {
      const inMonth = (day: number) => Number(dayText(day).slice(5, 7)) === month;
      expect(Math.abs(ratio(daily, inMonth) - 1), `month ${month}`).toBeLessThan(near(75));
    }
    expect(Math.abs(ratio(daily, (day) => promotionOn(day) !== null) - 1)).toBeLessThan(near(80));
    for (const year of [0, 1, 2]) {
      const inYear = (day: number) => Math.min(2, Math.floor((day - firstDay) / 365.25)) === year;
      expect(Math.abs(ratio(daily, inYear) - 1), `year ${year}`).toBeLessThan(near(300));
    }
  });

  it('have a season of mean 1 that peaks in December', () => {
    const year = Array.from({ length: 365 }, (_, i) => seasonOf(dayNumber('2025-01-01') + i));
    expect(year.reduce((a, b) => a + b, 0) / 365).toBeCloseTo(1, 2);
    expect(dayText(dayNumber('2025-01-01') + year.indexOf(Math.max(...year))).slice(0, 7)).toBe('2025-12');
  });

  it('leave the planted share of orders anonymous', () => {
    const orders = new Map<string, boolean>();
    for (const { line } of demoSales(1))
      if (!line.invoice.startsWith('C') && line.price > 0) orders.set(line.invoice, line.customer === '');
    const share = [...orders.values()].filter(Boolean).length / orders.size;
    // Binomial with n about 55,000: four standard errors.
    expect(Math.abs(share - truth.anonymousShare)).toBeLessThan(4 * Math.sqrt((0.22 * 0.78) / orders.size));
  });
});

describe('the program on the demo company', () => {
  const folder = mkdtempSync(join(tmpdir(), 'salescope-demo-test-'));
  let application: Application;
  let results: ImportResult[];
  let leftovers: string[];

  const demoFolders = () =>
    readdirSync(tmpdir()).filter(
      (name) => name.startsWith('salescope-demo-') && !name.startsWith('salescope-demo-test-'),
    );

  beforeAll(async () => {
    application = createApplication({ storePath: join(folder, 'salescope.db') });
    const before = new Set(demoFolders());
    results = await application.call('demo.load', { seed: 1 });
    leftovers = demoFolders().filter((name) => !before.has(name));
  });
  afterAll(async () => {
    await application.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('accounts for every row as planted, and leaves no file behind', () => {
    const [sales, customers] = results;
    expect(sales.setAsideByReason).toEqual(truth.sales.setAsideByReason);
    expect({ read: sales.read, kept: sales.kept, duplicates: sales.duplicates }).toEqual({
      read: truth.sales.read,
      kept: truth.sales.kept,
      duplicates: truth.sales.identical,
    });
    expect(sales.read).toBe(sales.kept + sales.setAside + sales.duplicates);
    expect({ read: customers.read, matched: customers.matched, unmatched: customers.unmatched }).toEqual({
      read: truth.customers.rows,
      matched: truth.customers.withSales,
      unmatched: truth.customers.rows - truth.customers.withSales,
    });
    expect(leftovers).toEqual([]);
  });

  it('cancelled while the customers are written, takes the sales out again', async () => {
    const session = await openSession({ storePath: join(folder, 'cancelled.db') });
    const seen: string[] = [];
    const job = {
      ...quietJob,
      tick(_done: number, _total: number | null, note = '') {
        seen.push(note);
        if (note === 'customers.csv') throw new AppError('cancelled', 'Cancelled.');
      },
    };
    await expect(loadDemo(session, { seed: 1 }, job)).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toContain('sales.csv');
    expect(listRecords(session)).toEqual([]);
    expect(session.sales.lines.length).toBe(0);
    expect(session.settings.currency).toBeNull();
    session.store.close();
  });

  it('adds up to the cent under the default rules', async () => {
    const { lines, revenue, customers, orders, rules } = truth.sales.underDefaultRules;
    const overview = await application.call('overview.get', {});
    expect(overview.rules).toEqual(rules);
    expect({ ...overview.total, period: overview.period }).toMatchObject({ lines, revenue, customers, orders });
  });

  it('finds what every cleaning rule speaks about', async () => {
    const { effects, allLines } = await application.call('cleaning.effects', {});
    const speaksOf: Record<RuleId, number> = {
      unknownCustomer: lineFlags.unknownCustomer,
      cancellations: lineFlags.cancellation,
      quantity: lineFlags.quantity,
      price: lineFlags.price,
      identical: lineFlags.identical,
      nonProduct: lineFlags.nonProduct,
    };
    for (const { rule, lines, money } of effects) {
      const planted = truth.sales.byFlags.filter(({ flags }) => flags & speaksOf[rule]);
      expect({ rule, lines, money }).toEqual({
        rule,
        lines: planted.reduce((sum, row) => sum + row.lines, 0),
        money: planted.reduce((sum, row) => sum + row.money, 0),
      });
    }
    expect(effects.map(({ rule }) => rule).sort()).toEqual(Object.keys(speaksOf).sort());
    expect(allLines).toBe(truth.sales.kept + truth.sales.identical);
  });

  it('finds the open weekdays and leaves holidays out', async () => {
    const series = await application.call('series.get', {});
    expect(series.openWeekdays).toEqual(truth.openWeekdays);
    const status = (day: string) => series.status[series.dates.indexOf(day)];
    expect(series.dates[0]).toBe(truth.period.from);
    expect(series.dates.at(-1)).toBe(truth.period.to);
    expect(series.status.filter((one) => one === 'sold').length).toBe(truth.tradingDays);
    for (const day of truth.closedDays) expect(['closed', 'missing', 'zero'], day).toContain(status(day));
  });

  it('takes the currency and the name of the demo company only where none was chosen', async () => {
    const { currency, businessName } = await application.call('settings.get', {});
    expect({ currency, businessName }).toEqual({
      currency: truth.business.currency,
      businessName: truth.business.name,
    });
  });

  it('finds the planted groups in income and spending score', async () => {
    const features = (await application.call('customers.features', {})).filter(
      ({ source }) => source === 'customer-file',
    );
    const chosen = ['income', 'spend'].map((word) => features.find(({ id }) => id.toLowerCase().includes(word))!.id);
    const result = await application.call('customers.cluster', { settings: { features: chosen } });
    expect(result.k).toBe(truth.customers.incomeClusters.length);
    expect(result.word).toBe('clear');
    // Groups 5 standard deviations apart: at most 1 % of customers may change sides.
    const sizes = (list: { customers: number }[]) => list.map(({ customers }) => customers).sort((a, b) => a - b);
    const planted = sizes(truth.customers.incomeClusters);
    const moved = Math.max(...sizes(result.profiles).map((size, i) => Math.abs(size - planted[i])));
    expect(moved).toBeLessThanOrEqual(0.01 * truth.customers.rows);
  });

  it('sees the planted types in the segments', async () => {
    const types = new Map(demoCustomers(1).map(({ id, type }) => [id, type]));
    const { rows } = await application.call('customers.list', { limit: 100_000 });
    const inSegments = (type: string, segments: string[]) => {
      const own = rows.filter(({ customer }) => types.get(customer) === type);
      return own.filter(({ segment }) => segments.includes(segment)).length / own.length;
    };
    expect(inSegments('big-spender', ['champions', 'loyal'])).toBeGreaterThan(0.75);
    expect(inSegments('lapsed', ['at-risk', 'cant-lose', 'hibernating', 'lost'])).toBeGreaterThan(0.9);
    expect(inSegments('one-time', ['champions', 'loyal', 'cant-lose'])).toBeLessThan(0.02);
    expect(
      rows.filter(({ customer }) => types.get(customer) === 'one-time').every(({ frequency }) => frequency === 1),
    ).toBe(true);
  });

  it('forecasts near the floor of noise, with honest bands, and no sale on closed days', async () => {
    await application.call('settings.set', {
      rules: { unknownCustomer: 'keep', cancellations: 'drop', nonProduct: 'drop' },
    });
    const result = await application.call('forecast.run', { horizon: 30 });
    const best = result.board.find(({ chosen }) => chosen)!;
    const naive = result.board.find(({ id }) => id.includes('naive'))!;
    console.log('demo forecast', result.chosen, {
      mape: best.mape,
      floor: truth.noiseFloor,
      naive: naive.mape,
      coverage80: result.backtest.coverage80,
      coverage95: result.backtest.coverage95,
    });
    expect(best.mape!).toBeLessThan(1.4 * truth.noiseFloor);
    expect(best.mape!).toBeLessThan(naive.mape!);
    const expected = truth.next.reduce((sum, { expected }) => sum + expected, 0);
    expect(Math.abs(result.total.mean / expected - 1)).toBeLessThan(0.15);
    const inside = result.points.filter(
      ({ low95, high95 }, i) => truth.next[i].expected >= low95 && truth.next[i].expected <= high95,
    ).length;
    expect(inside).toBeGreaterThanOrEqual(27);
    result.points.forEach((point, i) => {
      expect(point.date).toBe(truth.next[i].day);
      if (truth.next[i].expected === 0) expect(point).toMatchObject({ mean: 0, low95: 0, high95: 0, closed: true });
      else expect(point.mean).toBeGreaterThan(0);
    });
  });
});
