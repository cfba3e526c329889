/** The page Forecast in a real browser: first answer and full one, target, tabs, parts, cancel; its figures are the contract's. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ForecastResult } from '../../src-shared/domain.ts';
import { createFormat } from '../../src-shared/format.ts';
import { paintedCharts } from './page-checks.ts';
import { door, type OpenWindow, openWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the page Forecast: ${reason}`);

const format = createFormat({ locale: 'en-GB', currency: 'GBP' });
const tabs = {
  Forecast: ['forecast'],
  'Models compared': ['modelComparison', 'predictedActual'],
  Components: ['forecastComponents', 'driverRanking'],
  'By product': ['partForecasts'],
} as const;
type Tab = keyof typeof tabs;
const longMs = 180_000;

async function openTab(page: Page, tab: Tab): Promise<void> {
  await page.getByTestId('forecast-tabs').getByRole('tab', { name: tab, exact: true }).click();
  for (const chart of tabs[tab])
    await page.locator(`[data-chart=${chart}] canvas`).first().waitFor({ timeout: longMs });
  await page.waitForTimeout(500);
}
const answer = (page: Page, effort: 'quick' | 'full') =>
  page.locator(`[data-testid=forecast-answer][data-effort=${effort}]`);

/** Chooses months: the quickest full test of all models. */
async function chooseMonths(page: Page): Promise<void> {
  await page.getByTestId('frequency').click();
  await page.getByRole('option', { name: 'Months' }).click();
}

describe.skipIf(reason !== null)('the page Forecast', () => {
  let window: OpenWindow;
  let result: ForecastResult;
  beforeAll(async () => {
    // The overview of a store with sales would have the forecast worked out before this page is looked at.
    window = await openWindow(door);
    const { page, call } = window;
    await call('settings.set', { currency: 'GBP', locale: 'en-GB', businessName: 'Demo company' });
    await call('demo.load', {});
    result = await call('forecast.run', { frequency: 'month', horizon: 12 });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(() => {
      location.hash = '/forecast';
    });
    await page.getByRole('heading', { level: 1, name: 'Forecast', exact: true }).waitFor();
  });
  afterAll(async () => {
    await window?.close();
  });

  it('shows a first answer, which stays when the test of all models is cancelled and is replaced when it runs on', async () => {
    const { page } = window;
    await page.getByTestId('cancel-job').waitFor({ timeout: longMs });
    await answer(page, 'quick').waitFor({ timeout: longMs });
    expect(await page.getByTestId('job-progress').innerText()).toContain('A first answer from the classical models');
    await page.getByTestId('cancel-job').click();
    await page.getByText('testing all models was stopped').waitFor();
    expect(await answer(page, 'quick').count()).toBe(1);
    await chooseMonths(page);
    await answer(page, 'full').waitFor({ timeout: longMs });
    expect(await page.getByTestId('summary-total').innerText()).toBe(format.money(result.total.mean));
    expect(await page.getByTestId('ladder').innerText()).toMatch(/Tested|Short history|Very little/);
  });

  it.each(Object.keys(tabs) as Tab[])('%s: draws its charts', async (tab) => {
    await openTab(window.page, tab);
    expect(await paintedCharts(window.page)).toMatchObject(Object.fromEntries(tabs[tab].map((chart) => [chart, true])));
  });

  it('says how likely a target is, keeps it over the tabs, and refuses what is no amount', async () => {
    const { page } = window;
    await openTab(page, 'Forecast');
    const input = page.getByTestId('target');
    const chance = page.getByTestId('target-chance');
    await input.fill(String(result.totalQuantiles[99] / 10_000));
    expect(await chance.innerText()).toMatch(/is about (49|50|51)%/);
    await input.fill(String((2 * result.totalQuantiles[198]) / 10_000));
    expect(await chance.innerText()).toContain('less than 1 in 200');
    await input.fill('1');
    expect(await chance.innerText()).toContain('more than 199 in 200');
    await openTab(page, 'Models compared');
    await openTab(page, 'Forecast');
    expect(await input.inputValue()).toBe('1');
    await input.fill('-5');
    await page.getByText('A number above 0').waitFor();
    expect(await chance.count()).toBe(0);
    await input.fill('');
  });

  it('compares every model, seasonal naive among them, and says the gain', async () => {
    const { page } = window;
    await openTab(page, 'Models compared');
    const board = page.getByTestId('board');
    expect(await board.getByRole('row').count()).toBe(result.board.length + 1);
    expect(await board.innerText()).toContain('the yardstick');
    expect(await page.getByTestId('skill').innerText()).toContain(
      (result.skill ?? 0) > 0 ? 'better than repeating last season' : 'last season',
    );
  });

  it('lists components that add up to the forecast', async () => {
    const { page } = window;
    await openTab(page, 'Components');
    const total = page.getByTestId('components').getByRole('row').last();
    expect(await total.innerText()).toContain(format.money(result.total.mean));
  });

  it('forecasts products and countries whose sum is the total', async () => {
    const { page, call } = window;
    await openTab(page, 'By product');
    expect(await page.getByTestId('parts-total').innerText()).toBe(format.money(result.total.mean));
    const products = await call('forecast.parts', { by: 'product', frequency: 'month', horizon: 12 });
    const table = page.getByTestId('parts');
    expect(await table.getByRole('row').count()).toBe(products.rows.length + 2);
    expect(await table.getByRole('row').nth(1).innerText()).toContain(format.money(products.rows[0].total.mean));
    await page.getByTestId('more-parts').click();
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-testid=parts] tbody tr').length >= count,
      Math.min(200, products.count),
      { timeout: longMs },
    );
    await page.getByTestId('part-kind').click();
    await page.getByRole('option', { name: 'Country' }).click();
    await page.getByRole('heading', { name: 'Forecast by country' }).waitFor({ timeout: longMs });
    expect(await page.getByTestId('parts-total').innerText()).toBe(format.money(result.total.mean));
  });

  it('gives every table as a file', async () => {
    const { page } = window;
    const files: [Tab, string, string][] = [
      ['Forecast', 'save-points', 'forecast_points.csv'],
      ['Models compared', 'save-models', 'forecast_models.csv'],
      ['Components', 'save-components', 'forecast_components.csv'],
      ['By product', 'save-parts', 'forecast_parts.csv'],
    ];
    for (const [tab, button, name] of files) {
      await openTab(page, tab);
      const file = await window.saved(() => page.getByTestId(button).click());
      expect(basename(file)).toBe(name);
      expect(readFileSync(file, 'utf8').split('\r\n').length).toBeGreaterThan(3);
    }
  });

  it('refuses a start long before the data in words', async () => {
    const { page } = window;
    await page.getByTestId('start').fill('1999-01-01');
    await page.getByTestId('start').blur();
    await page.getByRole('alert').waitFor({ timeout: longMs });
    await page.getByTestId('start').fill('');
    await page.getByTestId('start').blur();
    await answer(page, 'full').waitFor({ timeout: longMs });
  });

  it('asked nothing of any other address and the page threw nothing', () => {
    expect(window.foreignRequests).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});
