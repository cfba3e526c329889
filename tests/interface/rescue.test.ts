/** The rescue page: a store that cannot be used, and each way back from it. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../src-main/store/migrations.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import type { Overview } from '../../src-shared/domain.ts';
import { damagePrices, makeFullStore, onCopiedStore, onStore, salesCsv } from '../damage/full-store.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, openWindow, projectRoot, type WindowOptions, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the rescue page: ${reason}`);

const folder = mkdtempSync(join(tmpdir(), 'salescope-rescue-'));
const euros = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });
let full: string;
let revenue: string;

const revenueOf = async (path: string): Promise<string> => {
  const { total } = (await onStore(path, (run) => run('overview.get', { filter: {} }))) as Overview;
  return euros.format(total.revenue / 10_000);
};
const copyOfFull = (path: string) => copyFileSync(full, path);
const makeCopies = (path: string, count: number) =>
  onCopiedStore(path, async (run) => {
    for (let n = 0; n < count; n++) await run('backup.make');
  });

/** A program killed in the middle of its work, whose log is then deleted. */
function loseLog(path: string): void {
  const script = `
    import { openStore } from ${JSON.stringify(join(projectRoot, 'src-main/store/open-store.ts'))};
    import { writeSetting } from ${JSON.stringify(join(projectRoot, 'src-main/store/settings.ts'))};
    const store = openStore(${JSON.stringify(path)});
    const reader = openStore(${JSON.stringify(path)}, { as: 'reader' });
    reader.beginReading();
    store.transaction(() => writeSetting(store, 'businessName', 'Lost'));
    process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  rmSync(`${path}-wal`);
}

describe.skipIf(reason !== null)('the rescue page', () => {
  let window: OpenWindow;
  let page: Page;
  beforeAll(async () => {
    full = await makeFullStore(join(folder, 'full'));
    revenue = await revenueOf(full);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    const { pageErrors, foreignRequests } = window;
    await window.close();
    expect([pageErrors, foreignRequests]).toEqual([[], []]);
  });

  async function open(heading: string, options: WindowOptions): Promise<void> {
    window = await openWindow(door, options);
    page = window.page;
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }
  const store = () => join(window.folder, 'store.sqlite');
  const arrive = (heading: string) => page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  const shownRevenue = async () => {
    await arrive('Overview');
    return page.locator('[data-figure=revenue] [data-testid=kpi-value]').innerText();
  };
  const offered = async () =>
    Promise.all(
      ['accept-loss', 'restore-copy', 'salvage', 'company-file', 'start-empty'].map((id) =>
        page.getByTestId(id).count(),
      ),
    );

  it('a damaged store: no figure, what is safe, the newest copy chosen, and all back at one click', async () => {
    await open('This company’s file is damaged', {
      prepare: async (path) => {
        copyOfFull(path);
        await makeCopies(path, 3);
        damagePrices(path, 1);
      },
    });
    const damaged = readFileSync(store());
    expect(await page.getByTestId('what-is-wrong').innerText()).toMatch(
      /export files are untouched\. There is a copy of/,
    );
    expect(await page.getByTestId('store-path').innerText()).toBe(store());
    const [newest, ...older] = await page.getByRole('radio').all();
    expect([await newest.isChecked(), older.length]).toEqual([true, 1]);
    expect(await page.getByTestId('copies').innerText()).toContain(
      `3,383 sale lines · ${revenue} sold · last import events.csv`,
    );
    await page.getByTestId('older-copies').click();
    expect(await page.getByRole('radio').count()).toBe(3);
    expect(await offered()).toEqual([0, 1, 1, 1, 1]);
    // No other page can be reached.
    await page.evaluate(() => {
      location.hash = '/customers';
    });
    await arrive('This company’s file is damaged');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const overhang = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(overhang)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.getByTestId('restore-copy').click();
    expect(await shownRevenue()).toBe(revenue);
    const kept = /kept: (.+)$/.exec(await page.getByTestId('store-note').innerText())![1];
    expect(readFileSync(kept).equals(damaged)).toBe(true);
    await page.getByTestId('store-note').getByRole('button').click();
    await page.getByTestId('store-note').waitFor({ state: 'detached' });
  });

  it('without a copy what can be read is saved; what is lost is told, and the rest is right', async () => {
    await open('This company’s file is damaged', {
      prepare: (path) => {
        copyOfFull(path);
        damagePrices(path, 1);
      },
    });
    expect(await page.getByTestId('what-is-wrong').innerText()).toContain('There is no copy of this company.');
    await page.getByTestId('salvage').click();
    await arrive('What could be read is saved');
    expect(await page.getByTestId('losses').innerText()).toBe('The import of sales.csv. Import this file again.');
    expect(await page.getByTestId('kept-as').innerText()).toContain('damaged.db');
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('saved-go-on').click();
    const alone = join(folder, 'alone.db');
    const file = { path: join(folder, 'more.csv'), name: 'more.csv' };
    writeFileSync(file.path, salesCsv(400, 2800));
    await onStore(alone, async (run) => {
      await run('settings.set', { currency: 'EUR', rules: { unknownCustomer: 'keep' } });
      await run('import.run', { file, options: {} });
    });
    expect(await shownRevenue()).toBe(await revenueOf(alone));
  });

  it('a file of 0 bytes asks; starting empty is confirmed and leads to the first start', async () => {
    await open('This company’s file is empty', { prepare: (path) => writeFileSync(path, '') });
    expect(readFileSync(store())).toHaveLength(0);
    expect(await offered()).toEqual([0, 0, 0, 1, 1]);
    await page.getByTestId('start-empty').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await arrive('This company’s file is empty');
    await page.getByTestId('start-empty').click();
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('start-empty-yes').click();
    await page.getByTestId('currency').waitFor();
    expect(await page.getByTestId('store-note').innerText()).toContain(window.folder);
  });

  it('last changes that are lost are told to be, and one goes on without them', async () => {
    await open('The last changes are missing', {
      prepare: (path) => {
        copyOfFull(path);
        loseLog(path);
      },
    });
    expect(await offered()).toEqual([1, 0, 0, 1, 1]);
    await page.getByTestId('accept-loss').click();
    expect(await shownRevenue()).toBe(revenue);
    expect((await window.call('settings.get', {})).businessName).toBe('Corner shop');
  });

  it('a file of another program is left as it is, byte for byte; when it is out of the way, all begins', async () => {
    const text = 'Date,Amount\n2024-01-01,5\n';
    await open('This file is not from Salescope', { prepare: (path) => writeFileSync(path, text) });
    expect(await offered()).toEqual([0, 0, 0, 0, 0]);
    await page.getByTestId('try-again').click();
    await page.getByRole('alert').waitFor();
    expect(readFileSync(store(), 'utf8')).toBe(text);
    renameSync(store(), `${store()}.csv`);
    await page.getByTestId('try-again').click();
    await page.getByTestId('currency').waitFor();
    expect(readFileSync(`${store()}.csv`, 'utf8')).toBe(text);
  });

  it('a store of a newer Salescope is no damage: it can be gone back to an older copy, and nothing else is offered', async () => {
    await open('A newer Salescope wrote this file', {
      prepare: async (path) => {
        copyOfFull(path);
        await makeCopies(path, 1);
        rmSync(path);
        openStore(path, { steps: [...migrations, 'CREATE TABLE future (id INTEGER) STRICT'] }).close();
      },
    });
    await page.getByTestId('copies').waitFor();
    expect(await offered()).toEqual([0, 1, 0, 1, 0]);
    await page.getByTestId('restore-copy').click();
    expect(await shownRevenue()).toBe(revenue);
  });
});
