/**
 * What holds on every page: the one sweep over the list of pages, through every tab that a page has. A state that the sweep
 * does not reach (a dialog, an answer, a fault) is looked at by the test of its page.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDemo } from './demo-window.ts';
import { brokenTexts, setTheme, tooWide, tooWideOnPhone, unpaintedCharts } from './page-checks.ts';
import { allPages, customerPage, openPage, pageOf, type PlacedPage, settled } from './pages.ts';
import { sampleSales } from './sample-sales.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, openWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: checks on every page: ${reason}`);
const themes = ['light', 'dark'] as const;

describe.skipIf(reason !== null)('every page with the demo company', () => {
  let window: OpenWindow;
  let customer: string;
  beforeAll(async () => {
    window = await openDemo();
    customer = (await window.call('customers.list', { limit: 1 })).rows[0].customer;
  });
  afterAll(() => window?.close());

  async function expectSound(state: string): Promise<void> {
    const { page } = window;
    for (const theme of themes) {
      await setTheme(page, theme);
      expect({ state, theme, violations: await violations(page) }).toEqual({ state, theme, violations: [] });
      // The chart library arrives after the figures.
      await expect.poll(() => unpaintedCharts(page), { timeout: 30_000, message: `${state}, ${theme}` }).toEqual([]);
    }
    await setTheme(page, 'light');
    expect({
      state,
      texts: await brokenTexts(page),
      wide: await tooWide(page),
      wideOnPhone: await tooWideOnPhone(page),
    }).toEqual({ state, texts: [], wide: [], wideOnPhone: [] });
  }

  const placed = (one: PlacedPage) => (one.name === 'customer' ? customerPage(customer) : one);
  it.each(allPages)('$name, and each of its tabs: axe, paint, texts, widths', async (one) => {
    const { page } = window;
    await openPage(page, placed(one));
    const tabs = page.getByRole('main').getByRole('tab');
    const names = await tabs.allInnerTexts();
    if (names.length === 0) await expectSound(one.name);
    for (const [i, name] of names.entries()) {
      await tabs.nth(i).click();
      // A tab under the pointer is drawn paler.
      await page.mouse.move(0, 0);
      await settled(page);
      await expectSound(`${one.name}, ${name}`);
    }
  });

  it.each(themes)('%s: axe finds no violation in what opens over a page', async (theme) => {
    const { page, folder } = window;
    await setTheme(page, theme);
    await openPage(page, pageOf('overview'));
    await page.getByTestId('kpi-value').first().click();
    await page.getByRole('dialog').getByRole('cell').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'All products' }).click();
    await page.getByRole('option').first().waitFor();
    // The library puts the search box inside its list and the list beside the page's landmarks.
    expect(await violations(page, ['aria-required-children', 'region'])).toEqual([]);
    await page.keyboard.press('Escape');
    await openPage(page, pageOf('customers'));
    await page.getByRole('table', { name: 'All customers' }).getByRole('row').nth(1).getByRole('button').click();
    await page.getByRole('dialog').getByTestId('chart').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await openPage(page, pageOf('import'));
    const path = join(folder, 'till.csv');
    writeFileSync(path, sampleSales().csv);
    await page.getByTestId('file-input').setInputFiles(path);
    await page.getByRole('heading', { name: 'Check till.csv' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('asked nothing of any other address and the page threw nothing', () => {
    expect(window.foreignRequests).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});

describe.skipIf(reason !== null)('every page of the sidebar without sales', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openWindow(door);
    await window.call('settings.set', { currency: 'GBP', locale: 'en-GB' });
    await window.page.reload();
  });
  afterAll(() => window?.close());

  /** They need no sales. */
  const others = ['ledger', 'import', 'settings', 'help', 'customer', 'start', 'rescue'];
  it.each(allPages.filter(({ name }) => !others.includes(name)))('$name says what to do', async (one) => {
    const { page } = window;
    await openPage(page, one);
    await page.getByRole('heading', { name: 'No sales yet' }).waitFor();
    expect(await brokenTexts(page)).toEqual([]);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('asked nothing of any other address and the page threw nothing', () => {
    expect(window.foreignRequests).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});
