import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paintedCharts } from './main-job.ts';
import { allPages, openPage } from './pages.ts';
import { type OpenWindow, openWindow, whyNot } from './window.ts';

const reason = whyNot('http');
if (reason) console.log(`SKIPPED: checks on every page: ${reason}`);

describe.skipIf(reason !== null)('every page with the demo company', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openWindow('http');
    await window.application!.call('settings.set', { currency: 'GBP', locale: 'en-GB', businessName: 'Demo company' });
    await window.application!.call('demo.load', {});
    await window.page.reload();
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
          const { violations } = await new AxeBuilder({ page: window.page }).analyze();
          const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
          expect(found).toEqual([]);
          expect(Object.entries(await paintedCharts(window.page)).filter(([, painted]) => !painted)).toEqual([]);
          const text = await window.page.locator('body').innerText();
          expect(text).not.toMatch(/\b(screen|customers|charts|notes|errors|report)\.[a-zA-Z]+\b/);
          expect(text).not.toMatch(/\bNaN\b|\bundefined\b|\[object/);
        });
      }
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
