/**
 * The main job as a user does it, written once: first start, file, map, import, overview, segments, groups, one customer,
 * forecast, PDF. The same steps run through the HTTP door and through Electron.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { paintedCharts } from './page-checks.ts';
import { sampleSales } from './sample-sales.ts';
import type { OpenWindow } from './window.ts';

export interface Scenario {
  name: string;
  run(window: OpenWindow): Promise<void>;
}

const sample = sampleSales();
const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });
const number = new Intl.NumberFormat('en-GB');
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Chooses an option of a select by the select's accessible name. */
async function choose(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Goes to a page by the navigation. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

const kpi = async (page: Page, figure: string): Promise<string> =>
  plain(await page.locator(`[data-figure=${figure}] [data-testid=kpi-value]`).innerText());

async function expectCharts(page: Page, ids: string[]): Promise<void> {
  for (const id of ids) await page.locator(`[data-chart=${id}] canvas`).first().waitFor({ timeout: 120_000 });
  await page.waitForTimeout(500);
  const painted = await paintedCharts(page);
  expect(painted).toMatchObject(Object.fromEntries(ids.map((id) => [id, true])));
}

const firstStart: Scenario = {
  name: 'first start asks only for the currency, or for a company file',
  async run({ page }) {
    await page.getByRole('heading', { level: 1, name: 'Salescope' }).waitFor();
    // The currency; the company file's button and the field behind it.
    expect(await page.getByRole('main').getByRole('button').count()).toBe(3);
    expect(await page.getByRole('main').getByRole('textbox').count()).toBe(0);
    await page.getByTestId('currency').click();
    await page.getByRole('option', { name: /^GBP/ }).click();
    await page.getByTestId('load-demo').waitFor();
    await page.getByTestId('to-import').click();
    await page.getByRole('heading', { level: 1, name: 'Import' }).waitFor();
  },
};

const importFile: Scenario = {
  name: 'a file with headers in own words is chosen, mapped and imported with its row accounting',
  async run({ page, folder }) {
    const path = join(folder, 'till export.csv');
    writeFileSync(path, sample.csv);
    await page.getByTestId('file-input').setInputFiles(path);
    await page.getByRole('heading', { name: 'Check till export.csv' }).waitFor();
    const wanted = [
      ['When', 'Date'],
      ['Bill', 'Invoice'],
      ['Who', 'Customer'],
      ['What', 'Product code'],
      ['Pieces', 'Quantity'],
      ['Each', 'Price of one'],
    ];
    for (const [header, field] of wanted) await choose(page, `Meaning of column ${header}`, field);
    await page.getByTestId('missing').waitFor({ state: 'detached' });
    await page.getByTestId('run-import').click();
    const { rows, kept, setAside } = sample;
    const accounting = await page.getByTestId('accounting').innerText({ timeout: 60_000 });
    expect(plain(accounting)).toBe(
      `Rows read ${number.format(rows)} = kept ${number.format(kept)} + set aside ${setAside} + duplicates 0`,
    );
    await page.getByTestId('show-set-aside').click();
    await page.getByRole('cell', { name: 'Date is not readable' }).waitFor();
    await page.getByRole('cell', { name: 'Quantity is not a number' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('to-overview').click();
  },
};

const overview: Scenario = {
  name: "the overview shows the file's own totals and opens the rows behind them",
  async run({ page }) {
    await page.locator('[data-figure=revenue]').waitFor();
    expect(await kpi(page, 'revenue')).toBe(pounds.format(sample.revenuePence / 100));
    expect(await kpi(page, 'orders')).toBe(number.format(sample.orders));
    expect(await kpi(page, 'customers')).toBe(number.format(sample.customers));
    await expectCharts(page, ['monthlyRevenue', 'segmentPie', 'topProducts', 'forecast']);
    await page.locator('[data-figure=revenue] [data-testid=kpi-value]').click();
    await page
      .getByRole('dialog')
      .getByText(`${number.format(sample.kept)} rows`)
      .waitFor();
    await page.keyboard.press('Escape');
  },
};

const filters: Scenario = {
  name: 'a date filter acts on the figures and is taken off again',
  async run({ page }) {
    const before = await kpi(page, 'revenue');
    await page.getByLabel('From day').fill('2024-01-01');
    await page.waitForFunction((text) => !document.body.innerText.includes(text), before);
    await page.getByRole('button', { name: 'Clear filters' }).last().click();
    await page.locator(`text=${before}`).first().waitFor();
  },
};

const segments: Scenario = {
  name: 'customers stand in segments and in one sortable list',
  async run({ page }) {
    await goTo(page, 'Customers');
    await expectCharts(page, ['segmentPie', 'segmentRevenue', 'topCustomers']);
    await page.getByText(`${sample.customers} rows`).waitFor();
    const first = page.getByRole('table', { name: 'All customers' }).getByRole('row').nth(1);
    const richest = plain(await first.innerText());
    await page.getByRole('button', { name: 'Revenue', exact: true }).click();
    await page.waitForFunction((text) => !document.body.innerText.replace(/\s+/g, ' ').includes(text), richest);
    await first.getByRole('button').click();
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: /^Customer C/ })
      .waitFor();
    await page.keyboard.press('Escape');
  },
};

const groups: Scenario = {
  name: 'groups are found, drawn and described',
  async run({ page }) {
    await goTo(page, 'Customer groups');
    await page.getByTestId('groups-sentence').waitFor({ timeout: 120_000 });
    expect(await page.getByTestId('groups-sentence').innerText()).toContain(`${sample.customers} customers in`);
    await expectCharts(page, ['clusterScatter', 'clusterIndices']);
  },
};

const form: Scenario = {
  name: 'one customer: a wrong entry is named at its box, a right one gets segment and advice',
  async run({ page }) {
    await goTo(page, 'One customer');
    await page.getByTestId('box-recencyDays').fill('soon');
    await page.getByTestId('box-frequency').fill('40');
    await page.getByTestId('classify').click();
    await page.getByText('Write a plain number').waitFor();
    await page.getByText('Please fill this in.').waitFor();
    await page.getByTestId('box-recencyDays').fill('1');
    await page.getByTestId('box-monetary').fill('100000');
    await page.getByTestId('classify').click();
    expect(await page.getByTestId('answer').innerText()).toContain('Champions');
  },
};

const forecast: Scenario = {
  name: 'the forecast says its sentence, draws its bands and lists its models',
  async run({ page }) {
    await goTo(page, 'Forecast');
    await page.locator('[data-testid=forecast-answer][data-effort=full]').waitFor({ timeout: 180_000 });
    expect(await page.getByTestId('forecast-sentence').innerText()).toMatch(
      /^The next 30 days: about £[\d,.]+; 4 in 5 chance between £[\d,.]+ and £[\d,.]+\.$/,
    );
    await expectCharts(page, ['forecast']);
    const week = page.getByRole('table', { name: 'The next 7 steps' });
    expect(await week.getByRole('row').count()).toBe(8);
    // Sunday is never open in the sample: closed, and exactly nothing expected.
    expect(await week.getByRole('row', { name: /Sunday/ }).innerText()).toContain('£0.00');
    await page.getByRole('tab', { name: 'Models compared' }).click();
    const board = page.getByRole('table', { name: 'Models compared on your past' });
    await board.waitFor();
    expect(await board.getByRole('row').count()).toBeGreaterThanOrEqual(12);
    expect(await board.innerText()).toContain('used');
    await page.getByRole('tab', { name: 'Forecast', exact: true }).click();
    await week.waitFor();
  },
};

const report: Scenario = {
  name: "the PDF is downloaded and its figures are the screen's",
  async run(window) {
    const { page } = window;
    const shown = [plain(await page.getByTestId('forecast-sentence').innerText())];
    shown.push(plain(await page.getByTestId('summary-total').innerText()));
    const week = page.getByRole('table', { name: 'The next 7 steps' });
    for (const cell of await week.getByRole('cell').allInnerTexts()) if (/\d/.test(cell)) shown.push(plain(cell));
    await page.getByRole('tab', { name: 'Models compared' }).click();
    const board = page.getByRole('table', { name: 'Models compared on your past' });
    await board.waitFor();
    // Paper has room for the first measures: average error, RMSE, MAPE, WAPE.
    for (const row of (await board.getByRole('row').all()).slice(1)) {
      const cells = (await row.getByRole('cell').allInnerTexts()).slice(0, 5);
      for (const cell of cells) if (/^£|%$/.test(cell)) shown.push(plain(cell));
    }
    await goTo(page, 'Overview');
    await page.locator('[data-figure=revenue]').waitFor();
    for (const figure of ['revenue', 'orders', 'customers']) shown.push(await kpi(page, figure));
    for (const now of await page.getByTestId('kpi-now').allInnerTexts()) shown.push(plain(now).split(': ')[1]);
    await goTo(page, 'Customers');
    const summary = page.getByRole('table', { name: 'The groups in figures' });
    for (const cell of await summary.getByRole('cell').allInnerTexts()) if (/^£|%$/.test(cell)) shown.push(plain(cell));
    expect(shown.length).toBeGreaterThan(50);
    await goTo(page, 'Report');
    const file = await window.saved(() => page.getByTestId('make-pdf').click());
    const text = plain(execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }));
    expect(shown.filter((figure) => !text.includes(figure))).toEqual([]);
  },
};

const csv: Scenario = {
  name: 'the four tables are downloaded',
  async run(window) {
    const { page } = window;
    for (const table of ['rfm_table', 'customer_segments', 'segment_summary', 'sales_forecast_30days']) {
      const file = await window.saved(() => page.getByTestId(`save-${table}`).click());
      expect(basename(file)).toBe(`${table}.csv`);
    }
  },
};

const undo: Scenario = {
  name: 'the import is undone from the ledger and the overview is empty again',
  async run({ page }) {
    await goTo(page, 'Import');
    await page.getByRole('button', { name: 'Undo: till export.csv' }).click();
    await page.getByTestId('undo-yes').click();
    await page.getByText('Nothing imported yet.').waitFor();
    await goTo(page, 'Overview');
    await page.getByRole('heading', { name: 'No sales yet' }).waitFor();
  },
};

export const mainJob: Scenario[] = [
  firstStart,
  importFile,
  overview,
  filters,
  segments,
  groups,
  form,
  forecast,
  report,
  csv,
  undo,
];
