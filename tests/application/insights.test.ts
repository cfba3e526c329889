/** Unusual days through the whole program: planted causes are named, figures are those of the rows, both tables as CSV. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { promotions } from '../../src-main/engine/demo/parameters.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import type { MadeFile } from '../../src-shared/domain.ts';
import { createFormat, noteParams } from '../../src-shared/format.ts';
import { en } from '../../src-shared/messages/en/index.ts';
import { layDemoStore } from '../fixtures/demo-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-insights-'));
let application: Application | null = null;
let made = 0;
afterEach(async () => {
  await application?.close();
  application = null;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dayAt = (i: number) => new Date(Date.UTC(2023, 0, 2 + i)).toISOString().slice(0, 10);
const days = 300;
const planted = {
  order: dayAt(60),
  customer: dayAt(91),
  returns: dayAt(122),
  few: dayAt(150),
  crowd: dayAt(179),
  product: dayAt(207),
  hole: [dayAt(231), dayAt(235)],
};

/** 30 orders a day at about 20 each but on Sundays, and one cause a month. */
function shopLines(): string[] {
  const rng = createRng(11);
  const lines: string[] = [];
  let invoice = 1000;
  const add = (
    date: string,
    customer: string,
    money: number,
    { id = `${invoice++}`, quantity = 1, product = `P${rng.below(30)}` } = {},
  ) =>
    lines.push(
      `${id},${product},${product},${quantity},${date} ${10 + rng.below(8)}:00:00,${money.toFixed(2)},${customer},Malta`,
    );
  for (let i = 0; i < days; i++) {
    const date = dayAt(i);
    if (i % 7 === 6 || (date >= planted.hole[0] && date <= planted.hole[1])) continue;
    const orders = (date === planted.few ? 6 : date === planted.crowd ? 110 : 30) + rng.below(5) - 2;
    for (let k = 0; k < orders; k++) add(date, `c${rng.below(200)}`, 15 + 10 * rng.next());
    if (date === planted.order) add(date, 'giant', 4000);
    if (date === planted.customer) for (let k = 0; k < 12; k++) add(date, 'often', 300);
    if (date === planted.returns) add(date, 'back', 520, { id: 'C77', quantity: -1 });
    if (date === planted.product) for (let k = 0; k < 30; k++) add(date, `c${k}`, 60, { product: 'UMBRELLA' });
  }
  return lines;
}

async function open(lines: string[]): Promise<Application> {
  made++;
  const path = join(folder, `sales-${made}.csv`);
  writeFileSync(
    path,
    ['Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country', ...lines, ''].join('\n'),
  );
  application = createApplication({ storePath: join(folder, `store-${made}.db`) });
  await application.call('import.run', { file: { path, name: 'sales.csv' } });
  return application;
}
const csvRows = (file: MadeFile) =>
  Buffer.from(file.base64, 'base64').toString('utf8').replace('\ufeff', '').trim().split('\r\n');

describe('unusual days', () => {
  it('names what was planted, and every figure is that of the rows', async () => {
    const { call } = await open(shopLines());
    const { rows, dates, actual } = await call('anomalies.list', {});
    const at = (date: string) => rows.find((row) => row.date === date)!;
    const codesOf = (date: string) => at(date).reasons.map(({ code }) => code);
    expect(at(planted.order).reasons[0]).toEqual({
      code: 'reason-one-order',
      params: expect.objectContaining({ orderMoney: 40_000_000, customer: 'giant' }),
    });
    expect(at(planted.customer).reasons[0]).toEqual({
      code: 'reason-one-customer',
      params: { customer: 'often', customerMoney: 36_000_000 },
    });
    expect(at(planted.returns).reasons[0]).toEqual({
      code: 'reason-returns-by',
      params: { returnsMoney: 5_200_000, usualMoney: 0, customer: 'back' },
    });
    expect(codesOf(planted.few)[0]).toBe('reason-orders-less');
    expect(codesOf(planted.crowd)[0]).toBe('reason-orders-more');
    expect(at(planted.product).reasons[0]).toMatchObject({
      code: 'reason-one-product',
      params: { product: 'UMBRELLA' },
    });
    expect(at(planted.hole[0])).toMatchObject({ kind: 'missing', actual: 0 });
    for (const row of rows.filter(({ kind }) => kind !== 'missing')) {
      const behind = await call('rows.list', { of: { day: row.date }, limit: 500 });
      expect(behind.rows.filter(({ used }) => used).reduce((sum, line) => sum + line.amount, 0)).toBe(row.actual);
      expect(actual[dates.indexOf(row.date)]).toBe(row.actual);
    }
    for (const { reasons } of rows) {
      expect(reasons.length).toBeGreaterThan(0);
      for (const { code, params } of reasons) expectSentence(code, params);
    }
    const csv = csvRows(await call('export.csv', { table: 'anomalies' }));
    expect(csv[0]).toBe('date,kind,sold,usual,usual_from,usual_to,score,reasons');
    expect(csv).toHaveLength(rows.length + 1);
    expect(csv.find((line) => line.startsWith(planted.order))).toContain('by customer giant');
  });

  it('weeks and months; a filter; too little data', async () => {
    const { call } = await open(shopLines());
    for (const frequency of ['week', 'month'] as const) {
      const answer = await call('anomalies.list', { frequency });
      expect(answer.frequency).toBe(frequency);
      expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer);
    }
    const short = await call('anomalies.list', { filter: { to: dayAt(12) } });
    expect([short.rows, short.notes.map(({ code }) => code)]).toEqual([[], ['insights-too-short-day']]);
  });

  it('an order cancelled the same day says so where cancellations are not counted', async () => {
    const date = dayAt(60);
    const extra = [`C9999,P1,P1,-1,${date} 16:00:00,4000.00,giant,Malta`];
    const { call } = await open([...shopLines(), ...extra]);
    const netted = await call('anomalies.list', {});
    expect(netted.rows.find((row) => row.date === date)).toBeUndefined();
    await call('settings.set', { rules: { cancellations: 'drop' } });
    const dropped = await call('anomalies.list', {});
    expect(
      dropped.rows
        .find((row) => row.date === date)
        ?.reasons.map(({ code }) => code)
        .slice(0, 2),
    ).toEqual(['reason-one-order', 'reason-cancelled']);
  });
});

function expectSentence(code: string, params: Record<string, string | number | null>): void {
  const text = (en.notes as Record<string, unknown>)[code] as string;
  expect(text, code).toBeTruthy();
  const written = noteParams(params, createFormat({ locale: 'en', currency: 'EUR' }));
  for (const [, name] of text.matchAll(/\{(\w+)\}/g)) expect(written[name], `${code} ${name}`).toBeTruthy();
}

describe('what promotions were worth', () => {
  it('finds the demo company’s promotions, and names no effect without events', async () => {
    const storePath = join(folder, 'demo.db');
    await layDemoStore(storePath);
    application = createApplication({ storePath });
    const { call } = application;
    const before = await call('calendar.get', {});
    const known = new Set(before.events.map(({ name, from }) => `${name} ${from}`));
    for (const { name, from, to } of promotions)
      if (!known.has(`${name} ${from}`))
        await call('calendar.addEvent', { name: `${name} ${from}`, kind: 'promotion', from, to });
    const { effects, drivers } = await call('events.effects', {});
    let inside = 0;
    const judged = effects.filter(({ kind }) => kind === 'promotion');
    expect(judged.length).toBeGreaterThanOrEqual(3);
    for (const one of judged) {
      const { lift } = promotions.find(({ name }) => one.name.startsWith(name))!;
      expect(one.verdict).not.toBe('less');
      const truth = one.actual * (1 - 1 / lift);
      if (one.low80 <= truth && truth <= one.high80) inside++;
      expectSentence(one.reason.code, one.reason.params);
    }
    expect(inside / judged.length).toBeGreaterThanOrEqual(0.6);
    expect(drivers.map(({ id }) => id)).toEqual(expect.arrayContaining(['weekday', 'year', 'rest']));
    const csv = csvRows(await call('export.csv', { table: 'promotion_effects' }));
    expect(csv).toHaveLength(effects.length + 1);
  });
});
