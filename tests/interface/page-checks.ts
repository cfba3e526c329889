/** What holds on every page in every state: paint on its charts, whole texts, no sideways scrolling. */
import type { Page } from 'playwright';

/** Canvas boxes that are large and have paint on them, by chart. */
export async function paintedCharts(page: Page): Promise<Record<string, boolean>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-testid=chart]')].map((box) => {
        const canvas = box.querySelector('canvas');
        if (!canvas || canvas.clientWidth <= 100 || canvas.clientHeight <= 100) return [box.dataset.chart, false];
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        let painted = 0;
        for (let at = 3; at < data.length; at += 4) if (data[at] > 0) painted += 1;
        return [box.dataset.chart, painted > 1000];
      }),
    ),
  );
}

/** The charts of the page without paint. */
export async function unpaintedCharts(page: Page): Promise<string[]> {
  return Object.entries(await paintedCharts(page)).flatMap(([chart, painted]) => (painted ? [] : [chart]));
}

/** Keys of the catalogue that stand where their text should, and values that are none. */
export async function brokenTexts(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  return (
    text.match(
      /\b(screen|customers|charts|notes|errors|report)\.(?!csv\b)[a-zA-Z]+\b|\bNaN\b|\bundefined\b|\[object/g,
    ) ?? []
  );
}

/** Parts of the frame that are wider than their room. */
export async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main [data-slot=body]')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => `${element.tagName} ${element.scrollWidth} > ${element.clientWidth}`),
  );
}

/** The same on a phone; the window has its usual size afterwards. */
export async function tooWideOnPhone(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(300);
  const wide = await tooWide(page);
  await page.setViewportSize({ width: 1366, height: 768 });
  return wide;
}

/** Lets the page be light or dark, without anything that moves. */
export async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
}
