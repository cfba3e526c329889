import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paintedCharts } from './main-job.ts';
import { allPages, openPage, pageOf } from './pages.ts';
import { sampleSales } from './sample-sales.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, openWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: checks on every page: ${reason}`);

describe.skipIf(reason !== null)('every page with the demo company', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openWindow(door);
    await window.call('settings.set', { currency: 'GBP', locale: 'en-GB', businessName: 'Demo company' });
    await window.call('demo.load', {});
    await window.page.reload();
    await window.page.getByRole('heading', { level: 1 }).waitFor();
  });
  afterAll(async () => {
    await window?.close();
  });

  for (const theme of ['light', 'dark'] as const) {
    describe(theme, () => {
      beforeAll(() => window.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' }));
      for (const one of allPages) {
        it(`${one.heading}: axe finds no violation, charts are painted, every text is in the catalogue`, async () => {
          await openPage(window.page, one);
          expect(await violations(window.page)).toEqual([]);
          expect(Object.entries(await paintedCharts(window.page)).filter(([, painted]) => !painted)).toEqual([]);
          const text = await window.page.locator('body').innerText();
          expect(text).not.toMatch(/\b(screen|customers|charts|notes|errors|report)\.(?!csv\b)[a-zA-Z]+\b/);
          expect(text).not.toMatch(/\bNaN\b|\bundefined\b|\[object/);
        });
      }
    });
  }

  for (const theme of ['light', 'dark'] as const) {
    it(`${theme}: axe finds no violation in what opens over a page`, async () => {
      const { page, folder } = window;
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await openPage(page, pageOf('Overview'));
      await page.getByTestId('kpi-value').first().click();
      await page.getByRole('dialog').getByRole('cell').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'All products' }).click();
      await page.getByRole('option').first().waitFor();
      // The library puts the search box inside its list and the list beside the page's landmarks.
      expect(await violations(page, ['aria-required-children', 'region'])).toEqual([]);
      await page.keyboard.press('Escape');
      await openPage(page, pageOf('Customers'));
      await page.getByRole('table', { name: 'All customers' }).getByRole('row').nth(1).getByRole('button').click();
      await page.getByRole('dialog').getByTestId('chart').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await openPage(page, pageOf('Import'));
      const path = join(folder, 'till.csv');
      writeFileSync(path, sampleSales().csv);
      await page.getByTestId('file-input').setInputFiles(path);
      await page.getByRole('heading', { name: 'Check till.csv' }).waitFor();
      expect(await violations(page)).toEqual([]);
    });
  }

  for (const [width, height] of [
    [1366, 768],
    [390, 844],
  ]) {
    it(`no page scrolls sideways at ${width} × ${height}`, async () => {
      await window.page.setViewportSize({ width, height });
      for (const one of allPages) {
        await openPage(window.page, one);
        const wide = await window.page.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll('main, main [data-slot=body]')]
            .filter((element) => element.scrollWidth > element.clientWidth + 1)
            .map((element) => `${element.tagName} ${element.scrollWidth} > ${element.clientWidth}`),
        );
        expect({ page: one.heading, wide }).toEqual({ page: one.heading, wide: [] });
      }
    });
  }

  it('asked nothing of any other address and the page threw nothing', () => {
    expect(window.foreignRequests).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});
