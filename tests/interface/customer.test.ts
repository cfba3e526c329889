/** The page of one customer: reached from the list of customers, with the program's own figures. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '../../src-shared/format.ts';
import { openDemo } from './demo-window.ts';
import { unpaintedCharts } from './page-checks.ts';
import { customerPage, openPage, pageOf } from './pages.ts';
import { door, type OpenWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the customer page: ${reason}`);
const format = createFormat({ locale: 'en-GB', currency: 'GBP' });

describe.skipIf(reason !== null)('one customer of the demo company', () => {
  let window: OpenWindow;
  let customer: string;
  beforeAll(async () => {
    window = await openDemo();
    customer = (await window.call('customers.list', { limit: 1 })).rows[0].customer;
  });
  afterAll(async () => {
    await window?.close();
  });

  it('opens from the list of customers', async () => {
    const { page } = window;
    await openPage(page, pageOf('customers'));
    await page.getByRole('table', { name: 'All customers' }).getByRole('row').nth(1).getByRole('button').click();
    await page.getByRole('link', { name: 'Open page' }).click();
    await page.getByTestId('customer-sentence').first().waitFor({ timeout: 60_000 });
    expect(page.url()).toContain(`/customer/${encodeURIComponent(customer)}`);
  });

  it('shows the profile of the contract', async () => {
    const { page } = window;
    const { value, orders } = await window.call('customers.profile', { customer });
    await openPage(page, customerPage(customer));
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
    await expect.poll(() => unpaintedCharts(page), { timeout: 30_000 }).toEqual([]);
  });

  it('says so where there is no such customer', async () => {
    await window.page.evaluate(() => {
      location.hash = '/customer/nobody-by-this-name';
    });
    await window.page.getByText('No customer "nobody-by-this-name"').first().waitFor();
    expect(window.foreignRequests).toEqual([]);
  });
});
