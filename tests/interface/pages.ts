import type { Page } from 'playwright';
import { en } from '../../src-shared/messages/en/index.ts';
import { type PageName, pages } from '../../src-shared/pages.ts';

/** What stands above pages that the sidebar does not name; `customer` has the customer's name. */
const otherHeadings: Partial<Record<PageName, string>> = {
  customer: 'Customer',
  start: 'Salescope',
  rescue: en.screen.rescue.fine,
};
const headingOf = (name: PageName): string => otherHeadings[name] ?? en.screen.nav[name as keyof typeof en.screen.nav];

export interface PlacedPage {
  name: PageName;
  path: string;
  heading: string;
}

/** Every page with its heading, for checks that hold on all of them. */
export const allPages: PlacedPage[] = pages.map(({ name, path }) => ({ name, path, heading: headingOf(name) }));

export const pageOf = (name: PageName): PlacedPage => allPages.find((one) => one.name === name)!;

/** The page of one customer. */
export const customerPage = (customer: string): PlacedPage => ({
  name: 'customer',
  path: `/customer/${encodeURIComponent(customer)}`,
  heading: `Customer ${customer}`,
});

/** Opens a page and waits until nothing on it is still being worked out. */
export async function openPage(page: Page, { path, heading }: PlacedPage): Promise<void> {
  // Until the first page stands, the router does not listen: it would put the old address back.
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, path);
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  await settled(page);
}

/** Waits until nothing on the page is still being worked out. */
export async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(300);
  await page.waitForFunction(
    () => !document.querySelector('[data-testid=job-progress], [aria-busy=true], [data-slot=base].animate-pulse'),
    null,
    { timeout: 180_000 },
  );
  await page.waitForTimeout(300);
}
