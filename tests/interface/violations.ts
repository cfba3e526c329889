import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';

/** What axe finds on the page as it stands; colours that still fade over have no contrast half-way, so they end first. */
export async function violations(page: Page, withoutRules: string[] = []): Promise<string[]> {
  await page.waitForTimeout(200);
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity),
  );
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).disableRules(withoutRules);
  // The pages have no frames, so that everything can be asked in the page itself.
  const found = await axe.setLegacyMode().analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}
