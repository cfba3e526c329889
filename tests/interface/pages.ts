import type { Page } from 'playwright-core';

/** Every page with the name of its heading, for checks that hold on all of them. */
export const allPages = [
  { path: '/', heading: 'Overview' },
  { path: '/forecast', heading: 'Forecast' },
  { path: '/ledger', heading: 'Track record' },
  { path: '/insights', heading: 'Unusual days' },
  { path: '/calendar', heading: 'Calendar' },
  { path: '/customers', heading: 'Customers' },
  { path: '/changes', heading: 'What changed' },
  { path: '/products', heading: 'Products' },
  { path: '/segments', heading: 'Segments and actions' },
  { path: '/value', heading: 'Lifetime value' },
  { path: '/movement', heading: 'Movement' },
  { path: '/habits', heading: 'Habits' },
  { path: '/groups', heading: 'Customer groups' },
  { path: '/one-customer', heading: 'One customer' },
  { path: '/report', heading: 'Report' },
  { path: '/import', heading: 'Import' },
  { path: '/cleaning', heading: 'Cleaning' },
  { path: '/settings', heading: 'Settings' },
  { path: '/help', heading: 'Help' },
  { path: '/start', heading: 'Salescope' },
  { path: '/rescue', heading: 'Nothing is wrong' },
] as const;

/** The page under a heading. */
export const pageOf = (heading: (typeof allPages)[number]['heading']) =>
  allPages.find((one) => one.heading === heading)!;

/** Opens a page and waits until nothing on it is still being worked out. */
export async function openPage(page: Page, { path, heading }: { path: string; heading: string }): Promise<void> {
  // Until the first page stands, the router does not listen: it would put the old address back.
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, path);
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  await page.waitForTimeout(300);
  await page.waitForFunction(
    () => !document.querySelector('[data-testid=job-progress], [aria-busy=true], [data-slot=base].animate-pulse'),
    null,
    { timeout: 180_000 },
  );
  await page.waitForTimeout(300);
}
