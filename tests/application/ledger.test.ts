/** Published forecasts: frozen, scored as sales arrive, adjusted by hand; every expected number is worked out from the made-up sales. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { registerSeals } from '../../src-main/store/seals.ts';
import type { PublishedForecast } from '../../src-shared/domain.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-ledger-'));
const storePath = join(folder, 'store.db');
const dayMs = 86_400_000;
const unit = 10_000;
/** A Monday. */
const firstDay = Date.UTC(2025, 0, 6);
const dayText = (i: number) => new Date(firstDay + i * dayMs).toISOString().slice(0, 10);
/** Monday 10 … Saturday 60; closed on Sundays. */
const usual = (i: number) => 10 * ((i % 7) + 1);
const isOpen = (i: number) => i % 7 !== 6;

/** One sale a day on days from … to − 1, `factor` times the usual amount; half tea, half jam. */
function sales(from: number, to: number, factor: number): { path: string; name: string } {
  const lines = ['Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country'];
  for (let i = from; i < to; i++) {
    if (!isOpen(i)) continue;
    for (const product of ['TEA', 'JAM']) {
      const price = ((usual(i) * factor) / 2).toFixed(2);
      lines.push(`${1000 + i},${product},${product},1,${dayText(i)} 10:00:00,${price},${1 + (i % 9)},Malta`);
    }
  }
  const file = { path: join(folder, `sales-${from}.csv`), name: `sales-${from}.csv` };
  writeFileSync(file.path, `${lines.join('\n')}\n`);
  return file;
}

let application: Application;
const input = { frequency: 'day' as const, horizon: 14, model: 'seasonal-naive' };
const call: Application['call'] = (...asked) => application.call(...asked);
const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown) => thrown,
  );
  return error === null ? 'nothing thrown' : `${error.code}: ${error.message}`;
};

beforeAll(async () => {
  application = createApplication({ storePath });
  await call('import.run', { file: sales(0, 20 * 7, 1) });
});
afterAll(async () => {
  await application.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the ledger', () => {
  let published: PublishedForecast;

  it('is empty before anything is published', async () => {
    const { entries, months, all } = await call('ledger.list', {});
    expect([entries, months, all.scored, all.wape]).toEqual([[], [], 0, null]);
  });

  it('freezes a forecast with what repeating the last week says', async () => {
    published = await call('ledger.publish', { ...input, name: 'Two weeks' });
    expect(published).toMatchObject({
      id: 1,
      name: 'Two weeks',
      ...{ frequency: 'day', horizon: 14, model: 'seasonal-naive', filter: {} },
      // The last sale was on Saturday, so the Sunday after it is the first day ahead.
      ...{ from: dayText(20 * 7 - 1), to: dayText(20 * 7 + 12), adjustments: [] },
      score: { scored: 0, wape: null, naiveWape: null, hits80: null },
    });
    expect(published.publishedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const { points } = await call('ledger.get', { id: 1 });
    const expected = Array.from({ length: 14 }, (_, j) => 20 * 7 - 1 + j).map((i) => (isOpen(i) ? usual(i) * unit : 0));
    expect(points.map(({ mean }) => mean)).toEqual(expected);
    expect(points.map(({ naive }) => naive)).toEqual(expected);
    expect(points.every(({ actual, adjusted, mean }) => actual === null && adjusted === mean)).toBe(true);
    const forecast = await call('forecast.run', input);
    expect(points.map(({ low80, high95 }) => [low80, high95])).toEqual(
      forecast.points.map(({ low80, high95 }) => [low80, high95]),
    );
  });

  it('freezes the same forecast once', async () => {
    expect(await call('ledger.publish', { ...input, name: 'Again' })).toEqual(published);
    const other = await call('ledger.publish', { ...input, horizon: 7 });
    expect(other).toMatchObject({ id: 2, name: `${dayText(20 * 7 - 1)} – ${dayText(20 * 7 + 5)}` });
    expect((await call('ledger.list', {})).entries.map(({ id }) => id)).toEqual([2, 1]);
  });

  it('takes adjustments of days to come, and says why not', async () => {
    const [from, to] = [dayText(20 * 7), dayText(20 * 7 + 5)];
    const ask = (change: object) =>
      refusal(call('ledger.adjust', { id: 1, from, to, change: 0.1, note: 'Fair in town', ...change }));
    expect(await ask({ id: 7 })).toBe('not-found: There is no published forecast 7.');
    expect(await ask({ note: '  ' })).toContain('Say in a note why.');
    expect(await ask({ change: -1.01 })).toContain('At most everything can be taken away');
    expect(await ask({ change: 0 })).toBe('invalid-input: A change of 0 % changes nothing.');
    expect(await ask({ to: dayText(20 * 7 + 13) })).toContain('choose days inside it');
    expect(await ask({ from: dayText(20 * 7 - 2) })).toContain('choose days inside it');
    expect(await ask({ from: to, to: from })).toContain('before it begins');
    expect(await ask({ from: '2025-02-30' })).toContain('not a day of the calendar');
    const sunday = dayText(20 * 7 + 6);
    expect(await ask({ from: sunday, to: sunday })).toContain('nothing to adjust');
    const entry = await call('ledger.adjust', { id: 1, from, to, change: 0.1, note: 'Fair in town' });
    expect(entry.adjustments).toMatchObject([{ from, to, change: 0.1, note: 'Fair in town', gain: null }]);
    expect(entry.points.slice(0, 8).map(({ adjusted }) => adjusted / unit)).toEqual([0, 11, 22, 33, 44, 55, 66, 0]);
    const twice = await call('ledger.adjust', { id: 1, from, to: from, change: 1, note: 'Double on Monday' });
    expect(twice.points[1].adjusted).toBe(22 * unit);
    expect(twice.points[1].mean).toBe(10 * unit);
  });

  it('scores the days that are over when sales arrive', async () => {
    await call('import.run', { file: sales(20 * 7, 20 * 7 + 6, 1.1) });
    const { entries, months, all } = await call('ledger.list', {});
    const entry = entries.find(({ id }) => id === 1)!;
    // A week at 1.1 times the forecast of 210: errors 21 of 231; the Sunday before it counts as right.
    const { score } = entry;
    expect(score).toMatchObject({ scored: 7, actual: 231 * unit, forecast: 210 * unit });
    expect(score.wape).toBeCloseTo(1 / 11, 12);
    expect(score.mape).toBeCloseTo(1 / 11, 12);
    expect(score.bias).toBeCloseTo(-1 / 11, 12);
    expect(score.naiveWape).toBe(score.wape);
    // The history repeats exactly, so the bands have no width and six open days miss them.
    expect([score.hits80, score.hits95]).toEqual([0, 0]);
    // Adjusted by 10 % all is right but Monday, which was doubled to 22 of 11.
    expect(score.adjustedWape).toBeCloseTo(11 / 231, 12);
    // Six days won 21 in all; then Monday lost 11.
    expect(entry.adjustments.map(({ gain }) => gain)).toEqual([Math.round((21 / 6) * unit), -11 * unit]);
    // The second forecast covers the same days.
    expect(months.map(({ month, periods }) => [month, periods])).toEqual([[dayText(20 * 7).slice(0, 7), 14]]);
    expect(all).toMatchObject({ scored: 14, actual: 462 * unit });
    expect(
      await refusal(call('ledger.adjust', { id: 1, from: entry.from, to: entry.to, change: 0.1, note: 'late' })),
    ).toContain('known already');
  });

  it('leaves what was frozen as it was', async () => {
    const { points } = await call('ledger.get', { id: 1 });
    expect(points[1]).toMatchObject({ mean: 10 * unit, actual: 11 * unit, adjusted: 22 * unit });
    expect(await refusal(call('ledger.publish', { ...input, filter: { to: dayText(20 * 7 - 2) } }))).toContain(
      'known already',
    );
    expect(await refusal(call('ledger.get', { id: 99 }))).toBe('not-found: There is no published forecast 99.');
  });

  it('is scored under its own filter', async () => {
    const half = await call('ledger.publish', { ...input, filter: { products: ['TEA'], to: dayText(20 * 7 + 5) } });
    await call('import.run', { file: sales(20 * 7 + 7, 20 * 7 + 13, 1.1) });
    const entry = await call('ledger.get', { id: half.id });
    expect(entry.score).toMatchObject({ scored: 7, actual: 115.5 * unit });
    expect(entry.score.forecast).toBe(115.5 * unit);
  });

  it('knows nothing once the sales are taken out', async () => {
    const imports = await call('import.list', {});
    for (const { id } of imports) await call('import.undo', { importId: id });
    const { entries, all } = await call('ledger.list', {});
    expect(entries).toHaveLength(3);
    expect(all.scored).toBe(0);
  });

  it.each([
    ['UPDATE published_forecast SET name = ?', 'a published forecast is never changed'],
    ['DELETE FROM published_forecast WHERE name <> ?', 'a published forecast is never deleted'],
    ['UPDATE forecast_adjustment SET note = ?', 'an adjustment is never changed'],
    ['DELETE FROM forecast_adjustment WHERE note <> ?', 'an adjustment is never deleted'],
  ])('the store refuses: %s', (sql, reason) => {
    const db = new Database(storePath);
    registerSeals(db);
    try {
      expect(() => db.prepare(sql).run('other')).toThrow(reason);
      expect(db.prepare('SELECT count(*) FROM published_forecast').pluck().get()).toBe(3);
      expect(db.prepare('SELECT count(*) FROM forecast_adjustment').pluck().get()).toBe(2);
    } finally {
      db.close();
    }
  });
});
