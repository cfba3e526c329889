/** The page of one customer: reached from the list of customers, with the program's own figures. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '../../src-shared/format.ts';
import { paintedCharts } from './main-job.ts';
import { openPage } from './pages.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, openWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the customer page: ${reason}`);
const format = createFormat({ locale: 'en-GB', currency: 'GBP' });

describe.skipIf(reason !== null)('one customer of the demo company', () => {
  let window: OpenWindow;
  let customer: string;
  beforeAll(async () => {
    window = await openWindow(door);
    const { call } = window;
    await call('settings.set', { currency: 'GBP', locale: 'en-GB', businessName: 'Demo company' });
    await call('demo.load', {});
    customer = (await call('customers.list', { limit: 1 })).rows[0].customer;
    await window.page.reload();
    await window.page.getByRole('heading', { level: 1 }).waitFor();
  }, 240_000);
  afterAll(async () => {
    await window?.close();
  });

  it('opens from the list of customers', async () => {
    const { page } = window;
    await openPage(page, { path: '/customers', heading: 'Customers' });
    await page.getByRole('table', { name: 'All customers' }).getByRole('row').nth(1).getByRole('button').click();
    await page.getByRole('link', { name: 'Open page' }).click();
    await page.getByTestId('customer-sentence').first().waitFor({ timeout: 60_000 });
    expect(page.url()).toContain(`/customer/${encodeURIComponent(customer)}`);
  });

  it('shows the profile of the contract', async () => {
    const { page } = window;
    const { value, orders } = await window.call('customers.profile', { customer });
    await openPage(page, { path: `/customer/${encodeURIComponent(customer)}`, heading: `Customer ${customer}` });
    const figures = await page.getByTestId('figure').allInnerTexts();
    expect(figures.slice(0, 5)).toEqual([
      format.money(value.historic),
      format.money(value.predicted),
      format.money(value.total),
      format.share(value.alive),
      format.share(value.churn),
    ]);
    const table = page.getByRole('region', { name: 'Orders', exact: true }).getByRole('row');
    expect(await table.count()).toBe(orders.length + 1);
    // The chart library arrives after the figures.
    const unpainted = async () => Object.entries(await paintedCharts(page)).filter(([, painted]) => !painted);
    await expect.poll(unpainted, { timeout: 30_000 }).toEqual([]);
  });

  it('has no axe violation and does not scroll sideways on a phone', async () => {
    const { page } = window;
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForTimeout(300);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBeLessThanOrEqual(1);
  });

  it('says so where there is no such customer', async () => {
    await window.page.evaluate(() => {
      location.hash = '/customer/nobody-by-this-name';
    });
    await window.page.getByText('No customer "nobody-by-this-name"').first().waitFor();
    expect(window.foreignRequests).toEqual([]);
  });
});
