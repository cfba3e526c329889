/** The page Habits in a real browser: its sentences are the contract's figures, its charts are painted, its files come. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDemo } from './demo-window.ts';
import { paintedCharts } from './page-checks.ts';
import { openPage, pageOf } from './pages.ts';
import { door, type OpenWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the page Habits: ${reason}`);

const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 });
const number = new Intl.NumberFormat('en-GB');
const tabs = {
  'Coming back': ['cohortTriangle', 'retentionCurve'],
  Visits: ['visitFrequency', 'basketOverTime', 'ordersPerCustomer'],
  Concentration: ['paretoCurve'],
  Distributions: ['rfmDistributions', 'correlationMatrix'],
} as const;
type Tab = keyof typeof tabs;

async function openTab(page: Page, tab: Tab): Promise<void> {
  await page.getByRole('tab', { name: tab }).click();
  for (const chart of tabs[tab]) await page.locator(`[data-chart=${chart}] canvas`).first().waitFor();
  await page.waitForTimeout(500);
}

describe.skipIf(reason !== null)('the page Habits', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openDemo();
    await openPage(window.page, pageOf('habits'));
  });
  afterAll(async () => {
    await window?.close();
  });

  it.each(Object.keys(tabs) as Tab[])('%s: draws its charts', async (tab) => {
    await openTab(window.page, tab);
    expect(await paintedCharts(window.page)).toEqual(Object.fromEntries(tabs[tab].map((chart) => [chart, true])));
  });

  it('says what the contract answers', async () => {
    const { page, call } = window;
    const cohorts = await call('customers.cohorts', {});
    const visits = await call('customers.habits', {});
    const spread = await call('customers.concentration', {});
    await openTab(page, 'Coming back');
    expect(await page.getByTestId('cohorts-sentence').innerText()).toContain(
      `about ${Math.round(cohorts.average[1] * 100)} buy again in the next month`,
    );
    await openTab(page, 'Visits');
    expect(await page.getByTestId('visits-sentence').innerText()).toContain(
      `${number.format(visits.frequency[0].customers)} bought once`,
    );
    await openTab(page, 'Concentration');
    const top = spread.top.find(({ share }) => share === 0.1)!;
    expect(await page.getByTestId('concentration-sentence').innerText()).toBe(
      `The best 10% of customers (${number.format(top.customers)}) bring ${percent.format(top.revenueShare)} of the revenue.`,
    );
    await openTab(page, 'Distributions');
    expect(await page.getByTestId('distributions-sentence').innerText()).toContain(
      `${number.format(spread.customers)} customers`,
    );
    expect(await page.getByTestId('pairs').getByRole('listitem').count()).toBeGreaterThan(0);
  });

  it('changes period and measure, and shows the triangle as a table', async () => {
    const { page, call } = window;
    await openTab(page, 'Coming back');
    await page.getByTestId('cohort-unit').click();
    await page.getByRole('option', { name: 'Quarter' }).click();
    await page.getByText('in the next quarter').waitFor();
    await page.getByTestId('cohort-measure').click();
    await page.getByRole('option', { name: 'Revenue' }).click();
    await page.getByRole('button', { name: 'Show table: Who comes back' }).click();
    const { cohorts } = await call('customers.cohorts', { unit: 'quarter' });
    const table = page.getByRole('table', { name: 'Who comes back' });
    expect(await table.getByRole('row').count()).toBe(cohorts.length + 1);
    const cells = await table.getByRole('row').nth(1).getByRole('cell').allInnerTexts();
    expect(cells.slice(1, 4)).toEqual([
      number.format(cohorts[0].customers),
      '100%',
      percent.format(cohorts[0].cells[1].revenueShare!),
    ]);
    await page.getByRole('button', { name: 'Show chart: Who comes back' }).click();
    await openTab(page, 'Coming back');
  });

  it('gives every table as a file', async () => {
    const { page } = window;
    const files: [Tab, string, string][] = [
      ['Coming back', 'save-cohorts', 'cohorts.csv'],
      ['Visits', 'save-visits', 'visits.csv'],
      ['Concentration', 'save-concentration', 'concentration.csv'],
      ['Distributions', 'save-distributions', 'distributions.csv'],
      ['Distributions', 'save-correlation', 'correlation.csv'],
    ];
    for (const [tab, button, name] of files) {
      await openTab(page, tab);
      const file = await window.saved(() => page.getByTestId(button).click());
      expect(basename(file)).toBe(name);
      expect(readFileSync(file, 'utf8').split('\r\n').length).toBeGreaterThan(3);
    }
  });

  it('asked nothing of any other address and the page threw nothing', () => {
    expect(window.foreignRequests).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});
