/** A file as wide as a spreadsheet can be: the page shows some of its columns, and any other on demand. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, pageOf } from './pages.ts';
import { door, type OpenWindow, openWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: a file of very many columns: ${reason}`);

/** Columns of a sheet at most. */
const width = 16_384;

/** The date stands first, invoice and amount last; between them nothing that the program knows. */
function wideCsv(): string {
  const between = Array.from({ length: width - 3 }, (_, i) => i);
  const header = ['Date', ...between.map((i) => `Extra ${i + 1}`), 'Invoice', 'Amount'];
  const rows = Array.from({ length: 20 }, (_, row) => [
    `2024-01-${String(row + 1).padStart(2, '0')}`,
    ...between.map((i) => `x${(row * i) % 7}`),
    `B${row}`,
    `${row + 1}.50`,
  ]);
  return [header, ...rows].map((cells) => cells.join(',')).join('\n');
}

describe.skipIf(reason !== null)('a file of 16,384 columns', () => {
  let window: OpenWindow;
  let page: Page;
  beforeAll(async () => {
    window = await openWindow(door);
    page = window.page;
    await window.call('settings.set', { currency: 'EUR', locale: 'en-GB' });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await openPage(page, pageOf('import'));
  });
  afterAll(() => window?.close());

  it('is shown with its first columns and those that mean something; the others can be fetched', async () => {
    const path = join(window.folder, 'wide.csv');
    writeFileSync(path, wideCsv());
    await page.getByTestId('file-input').setInputFiles(path);
    await page.getByRole('heading', { name: 'Check wide.csv' }).waitFor({ timeout: 60_000 });
    const columns = page.getByRole('columnheader');
    expect(await columns.count()).toBe(60);
    expect(await columns.first().innerText()).toContain('Date');
    expect(await columns.last().innerText()).toContain('Amount');
    expect(await page.getByTestId('hidden-columns').innerText()).toBe(
      '16,324 more columns are not shown; they are not used.',
    );
    await page.getByTestId('show-column').click();
    // A list of all names would stand still as well.
    await page.getByRole('option').first().waitFor();
    expect(await page.getByRole('option').count()).toBeLessThan(100);
    await page.keyboard.type('Extra 9876');
    await page.getByRole('option', { name: 'Extra 9876', exact: true }).click();
    await expect.poll(() => columns.first().innerText()).toContain('Extra 9876');
    await page.getByRole('combobox', { name: 'Meaning of column Extra 9876' }).click();
    await page.getByRole('option', { name: 'Product code', exact: true }).click();
    await page.getByTestId('run-import').click();
    await page.getByTestId('accounting').waitFor({ timeout: 60_000 });
    const { topProducts } = await window.call('overview.get', {});
    expect(topProducts.map(({ product }) => product).sort()).toEqual(['x0', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6']);
    expect(window.pageErrors).toEqual([]);
  });
});
