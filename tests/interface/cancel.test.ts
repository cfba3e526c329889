import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropFiles } from './drop-files.ts';
import { openPage, pageOf } from './pages.ts';
import { longSales, sampleSales } from './sample-sales.ts';
import { door, type OpenWindow, openWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: cancel and drop in the browser: ${reason}`);

describe.skipIf(reason !== null)('cancel and drop', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openWindow(door);
    await window.call('settings.set', { currency: 'EUR', locale: 'en-GB' });
    await window.page.reload();
    await window.page.getByRole('heading', { level: 1 }).waitFor();
    await openPage(window.page, pageOf('import'));
  });
  afterAll(async () => {
    await window?.close();
  });

  it('cancelling an import leaves nothing behind and says so', async () => {
    const path = join(window.folder, 'long.csv');
    writeFileSync(path, longSales(500_000));
    const { page, call } = window;
    await page.getByTestId('file-input').setInputFiles(path);
    await page.getByTestId('run-import').click({ timeout: 60_000 });
    await page.getByTestId('cancel-job').click();
    await page.getByText('Cancelled – nothing was changed').waitFor();
    await expect.poll(async () => (await call('app.info', {})).lines).toBe(0);
    expect(await call('import.list', {})).toEqual([]);
    await page.getByRole('button', { name: 'Not this file' }).click();
  });

  it('a file dropped on the window is looked at', async () => {
    const { page } = window;
    const path = join(window.folder, 'dropped.csv');
    writeFileSync(path, sampleSales().csv);
    await dropFiles(page, 'drop-box', [path]);
    await page.getByRole('heading', { name: 'Check dropped.csv' }).waitFor();
  });

  it('a file of another kind is refused in words', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Not this file' }).click();
    const path = join(window.folder, 'picture.csv');
    writeFileSync(path, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]));
    await page.getByTestId('file-input').setInputFiles(path);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/cannot be read|not understood/);
  });
});
