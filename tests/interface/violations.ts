import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe finds on the page as it stands; colours that still fade over have no contrast half-way, so they end first. */
export async function violations(page: Page, withoutRules: string[] = []): Promise<string[]> {
  await page.waitForTimeout(200);
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity),
  );
  const found = await new AxeBuilder({ page }).disableRules(withoutRules).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}
