/** Forecasts by product, category, country and segment as the application answers them, and the explorer's files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { type ExportTable, type ForecastParts, type ForecastResult, partKinds } from '../../src-shared/domain.ts';
import { en } from '../../src-shared/messages/en/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-parts-'));
const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0);
const dayOf = (i: number): string => new Date(Date.UTC(2022, 0, 1 + i)).toISOString().slice(0, 10);

/** 26 months: a steady product, one for December, one sold now and then, a new one, and postage without a category. */
function salesCsv(): string {
  const lines = ['Invoice,StockCode,Description,Category,Quantity,InvoiceDate,Price,Customer ID,Country'];
  const add = (day: number, code: string, name: string, category: string, amount: number) => {
    const customer = 100 + ((day * 7 + code.length) % 25);
    const country = day % 3 === 0 ? 'France' : 'Spain';
    lines.push(`${5000 + lines.length},${code},${name},${category},1,${dayOf(day)},${amount},${customer},${country}`);
  };
  for (let day = 0; day < 790; day += 2) {
    const december = dayOf(day).slice(5, 7) === '12';
    add(day, 'TEA', 'Tea', 'Drinks', 20 + (day % 5));
    if (december || day % 10 === 0) add(day, 'STAR', 'Star', 'Gifts', december ? 60 : 5);
    if (day % 190 === 0) add(day, 'VASE', 'Vase', 'Gifts', 80);
    if (day > 700 && day % 4 === 0) add(day, 'CUP', 'Cup', 'Drinks', 9);
    if (day % 6 === 0) add(day, 'POST', 'Postage', '', 3);
  }
  return `${lines.join('\n')}\n`;
}

let application: Application;
let total: ForecastResult;
const question = { frequency: 'month', horizon: 4 } as const;
beforeAll(async () => {
  const path = join(folder, 'sales.csv');
  writeFileSync(path, salesCsv());
  application = createApplication({ storePath: ':memory:' });
  await application.call('import.run', { file: { path, name: 'sales.csv' } });
  total = await application.call('forecast.run', question);
}, 120_000);
afterAll(async () => {
  await application.close();
  rmSync(folder, { recursive: true, force: true });
});

function agrees(parts: ForecastParts, whole: ForecastResult): void {
  expect(parts.total).toEqual(whole.total);
  expect(parts.dates).toEqual(whole.points.map(({ date }) => date));
  for (const [j, { mean }] of whole.points.entries()) expect(sum(parts.rows.map((row) => row.means[j]))).toBe(mean);
  expect(sum(parts.rows.map((row) => row.total.mean))).toBe(whole.total.mean);
  expect(parts.rows.every(({ means }) => means.every((mean) => mean >= 0))).toBe(true);
  expect(JSON.parse(JSON.stringify(parts))).toStrictEqual(parts);
  for (const { code } of parts.notes) expect(en.notes).toHaveProperty([code]);
  for (const { way } of parts.rows) expect(en.screen.forecasting.products.ways).toHaveProperty([way]);
}

describe('parts of a forecast', () => {
  it.each(partKinds)('by %s add up to the forecast that stands on the screen', async (by) => {
    agrees(await application.call('forecast.parts', { ...question, by }), total);
  });

  it('name products with code and description, most revenue first, and say how each was forecast', async () => {
    const { rows, count } = await application.call('forecast.parts', { ...question, by: 'product' });
    // In the last 365 days: cups 22 · 9, postage 61 · 3, vases 2 · 80.
    expect(rows.map(({ id, name }) => [id, name])).toEqual([
      ['TEA', 'Tea'],
      ['STAR', 'Star'],
      ['CUP', 'Cup'],
      ['POST', 'Postage'],
      ['VASE', 'Vase'],
    ]);
    expect(count).toBe(5);
    expect(rows.map(({ way }) => way)).toEqual(['combined', 'combined', 'average', 'combined', 'seldom-sold']);
  });

  it('list lines without a category, and what is beyond the limit, as one row of their own', async () => {
    const byCategory = await application.call('forecast.parts', { ...question, by: 'category' });
    expect(byCategory.rows.map(({ id }) => id)).toEqual(['Drinks', 'Gifts', null]);
    const limited = await application.call('forecast.parts', { ...question, by: 'product', limit: 2 });
    expect(limited.rows.map(({ id }) => id)).toEqual(['TEA', 'STAR', null]);
    expect(limited.count).toBe(5);
    agrees(limited, total);
  });

  it('sum the sales of the periods before, as the series has them', async () => {
    const { rows } = await application.call('forecast.parts', { ...question, by: 'country' });
    const { history } = total;
    const whole = history.values.filter((_, i) => history.status[i] !== 'partial');
    expect(sum(rows.map(({ before }) => before!))).toBe(sum(whole.slice(-4)));
  });

  it('follow the filter, the model and the start that the user chose', async () => {
    const asked = { ...question, filter: { countries: ['Spain'] }, model: 'seasonal-naive', start: '2024-05-01' };
    const whole = await application.call('forecast.run', asked);
    agrees(await application.call('forecast.parts', { ...asked, by: 'product' }), whole);
  });

  it('work by days and weeks too, closed days at zero', async () => {
    for (const frequency of ['day', 'week'] as const) {
      const asked = { frequency, horizon: 10, model: 'theta' };
      const whole = await application.call('forecast.run', asked);
      agrees(await application.call('forecast.parts', { ...asked, by: 'product', limit: 3 }), whole);
    }
  });

  it('refuse in words what the data do not name', async () => {
    const path = join(folder, 'plain.csv');
    const rows = Array.from({ length: 60 }, (_, i) => `${dayOf(i)},A,${5 + (i % 3)}`);
    writeFileSync(path, `date,product,amount\n${rows.join('\n')}\n`);
    const plain = createApplication({ storePath: ':memory:' });
    await plain.call('import.run', { file: { path, name: 'plain.csv' } });
    const asked = { frequency: 'day', horizon: 5, model: 'theta' } as const;
    await expect(plain.call('forecast.parts', { ...asked, by: 'category' })).rejects.toMatchObject({ code: 'no-data' });
    await expect(plain.call('forecast.parts', { ...asked, by: 'country' })).rejects.toThrow('name no country');
    await plain.close();
  });

  it('answer a cancelled question with "cancelled"', async () => {
    const controller = new AbortController();
    const asked = application.call(
      'forecast.parts',
      { ...question, by: 'product', limit: 4 },
      { signal: controller.signal, onProgress: () => controller.abort() },
    );
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('files of the forecast explorer', () => {
  async function rowsOf(table: ExportTable, input: Record<string, unknown>): Promise<string[][]> {
    const { fileName, base64 } = await application.call('export.csv', { table, input });
    expect(fileName).toBe(`${table}.csv`);
    const text = Buffer.from(base64, 'base64').toString('utf8');
    return text
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
  }
  const money = (text: string): number => Math.round(Number(text) * 10_000);

  it('holds the points with both bands', async () => {
    const [header, ...rows] = await rowsOf('forecast_points', question);
    expect(header.slice(0, 6)).toEqual(['ds', 'yhat', 'yhat_lower', 'yhat_upper', 'yhat_lower_95', 'yhat_upper_95']);
    expect(rows.map(([ds, yhat]) => [ds, money(yhat)])).toEqual(total.points.map(({ date, mean }) => [date, mean]));
  });

  it('holds the leader board with seasonal naive', async () => {
    const [header, ...rows] = await rowsOf('forecast_models', question);
    expect(rows.map(([model]) => model)).toEqual(total.board.map(({ id }) => id));
    expect(rows.map(([model]) => model)).toContain('seasonal-naive');
    expect(header).toEqual(
      expect.arrayContaining(['mae', 'rmse', 'mape', 'wape', 'smape', 'mase', 'r2', 'bias', 'seconds']),
    );
  });

  it('holds components that add up to each point', async () => {
    const [, ...rows] = await rowsOf('forecast_components', question);
    for (const { date, mean } of total.points)
      expect(sum(rows.filter(([ds]) => ds === date).map((row) => money(row.at(-1)!)))).toBe(mean);
  });

  it('holds parts that add up to the total, each period in a column', async () => {
    const [header, ...rows] = await rowsOf('forecast_parts', { ...question, by: 'product', limit: 2 });
    expect(header.slice(-4)).toEqual(total.points.map(({ date }) => date));
    expect(rows.at(-1)![1]).toBe('All others together');
    expect(sum(rows.map((row) => money(row[2])))).toBe(total.total.mean);
  });
});
