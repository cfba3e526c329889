/** What a user is told who asks for a forecast that cannot be, as the application answers; and closed days written as 0. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-words-'));
const day = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);

/** From a Monday on, 20 weeks; the till writes a 0 for every closed Sunday. */
function salesCsv(): string {
  const rows = Array.from({ length: 140 }, (_, i) => `${day(i)},${i % 7 === 6 ? 0 : 100 + 10 * (i % 7) + (i % 5)}`);
  return `date,sales\n${rows.join('\n')}\n`;
}

let application: Application;
beforeAll(async () => {
  const path = join(folder, 'sales.csv');
  writeFileSync(path, salesCsv());
  application = createApplication({ storePath: ':memory:' });
  await application.call('import.run', { file: { path, name: 'sales.csv' } });
});
afterAll(async () => {
  await application.close();
  rmSync(folder, { recursive: true, force: true });
});
const ask = (input: Record<string, unknown>) =>
  application.call('forecast.run', { effort: 'quick', ...input } as never);

describe('a forecast that cannot be', () => {
  it.each([
    [{ horizon: 0 }, 'horizon must be at least 1.'],
    [{ horizon: -5 }, 'horizon must be at least 1.'],
    [{ horizon: 366 }, 'horizon must be at most 365.'],
    [{ horizon: 1.5 }, 'horizon must be a whole number.'],
    [{ horizon: 'abc' }, 'horizon is missing or no number.'],
    [{ frequency: 'year' }, 'frequency must be one of "day", "week", "month".'],
    [{ filter: { product: ['x'] } }, 'filter knows no "product".'],
    [{ model: 'magic' }, 'There is no forecasting model "magic". Choose one of: auto'],
    [{ start: '2024-02-01' }, 'Choose a later day, or end the history earlier'],
    [{ start: '2024-13-45' }, 'is not a day of the calendar. Write it as YYYY-MM-DD.'],
    [{ filter: { to: '2019-01-01' } }, 'Widen the filter.'],
    [{ filter: { products: ['x'] } }, 'Take these filters away.'],
    [{ filter: { to: '2024-01-04' } }, 'Import more history or choose a shorter period.'],
  ])('%j is refused in words', async (input, words) => {
    await expect(ask(input)).rejects.toThrow(words);
  });

  it('an adjustment of a forecast that was never published', async () => {
    const change = { id: 99, from: '2024-06-01', to: '2024-06-02', change: 0.1, note: 'fair' };
    await expect(application.call('ledger.adjust', change)).rejects.toThrow('There is no published forecast 99.');
  });
});

it('Sundays that the till wrote as 0 are closed days: exactly 0 ahead', async () => {
  const { points } = await ask({ horizon: 14 });
  const sundays = points.filter((_, i) => i % 7 === 6);
  expect(sundays).toHaveLength(2);
  for (const sunday of sundays) expect(sunday).toMatchObject({ closed: true, mean: 0, low95: 0, high95: 0 });
  expect(points.filter(({ closed }) => closed)).toHaveLength(2);
}, 60_000);
