/** The value page: its figures are the program's answers, its switches act, its list opens customers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '../../src-shared/format.ts';
import { openDemo } from './demo-window.ts';
import { paintedCharts, unpaintedCharts } from './page-checks.ts';
import { openPage, pageOf } from './pages.ts';
import { door, type OpenWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the value page: ${reason}`);
const format = createFormat({ locale: 'en-GB', currency: 'GBP' });

describe.skipIf(reason !== null)('lifetime value with the demo company', () => {
  let window: OpenWindow;
  const call = () => window.call;
  beforeAll(async () => {
    window = await openDemo();
    await openPage(window.page, pageOf('value'));
  });
  afterAll(async () => {
    await window?.close();
  });

  it('shows the answer of the contract, and how it was reached', async () => {
    const value = await call()('customers.value', {});
    const sentence = await window.page.getByTestId('value-sentence').innerText();
    expect(sentence).toContain(format.money(value.predicted));
    expect(sentence).toContain(format.money(value.historic));
    expect(await window.page.getByTestId('value-method').innerText()).toMatch(/model|average/i);
    const figures = await window.page.getByTestId('figure').allInnerTexts();
    expect(figures).toEqual([
      format.money(value.historic),
      format.money(value.predicted),
      format.number(Math.round(value.aliveCustomers)),
      format.number(value.overdueCustomers),
    ]);
    if (value.backtest) expect(await window.page.getByTestId('backtest-verdict').innerText()).toContain('per customer');
  });

  it('paints its charts', async () => {
    // The chart library arrives after the figures.
    await expect.poll(async () => unpaintedCharts(window.page), { timeout: 30_000 }).toEqual([]);
    expect(Object.keys(await paintedCharts(window.page)).length).toBeGreaterThanOrEqual(3);
  });

  it('lists the most valuable first, overdue ones alone on request, and takes another horizon', async () => {
    const { page } = window;
    const table = page.getByRole('table', { name: 'Customers by value' });
    const first = async () => (await table.getByRole('row').nth(1).innerText()).split('\n')[0].trim();
    const { rows } = await call()('customers.valueList', { limit: 1 });
    expect(await first()).toBe(rows[0].customer);
    await page.getByTestId('only-overdue').click();
    const overdue = await call()('customers.valueList', { overdueOnly: true, limit: 1 });
    await page
      .getByText(`${format.number(overdue.total)} rows`)
      .first()
      .waitFor();
    await page.getByTestId('only-overdue').click();
    await page.getByTestId('horizon').click();
    await page.getByRole('option', { name: '90 days' }).click();
    const near = await call()('customers.value', { horizonDays: 90 });
    await page
      .getByTestId('value-sentence')
      .filter({ hasText: format.money(near.predicted) })
      .waitFor();
  });

  it('opens a customer from the list; nothing else was asked and nothing was thrown', async () => {
    const { page } = window;
    await page.getByRole('table', { name: 'Customers by value' }).getByRole('row').nth(1).getByRole('button').click();
    await page.getByTestId('customer-sentence').first().waitFor({ timeout: 60_000 });
    expect(window.foreignRequests).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});
