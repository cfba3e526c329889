/** The movement page: figures are the program's, charts have paint, a cell of the matrix narrows the list, CSV comes. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '../../src-shared/format.ts';
import { openDemo } from './demo-window.ts';
import { paintedCharts } from './page-checks.ts';
import { openPage, pageOf } from './pages.ts';
import { door, type OpenWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the movement page: ${reason}`);
const { number, money } = createFormat({ locale: 'en-GB', currency: 'GBP' });
const here = pageOf('movement');

describe.skipIf(reason !== null)('movement', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openDemo();
    await openPage(window.page, here);
  });
  afterAll(async () => {
    await window?.close();
  });

  it('says, draws and lists what the program answers', async () => {
    const { page, call } = window;
    const answer = await call('customers.migration', {});
    const sentence = await page.getByTestId('movement-sentence').innerText();
    for (const count of [answer.up, answer.down, answer.stayed, answer.arrived])
      expect(sentence).toContain(number(count));
    expect(Object.entries(await paintedCharts(page))).toEqual([
      ['migrationFlow', true],
      ['segmentChange', true],
      ['migrationMatrix', true],
    ]);
    const table = page.getByRole('table', { name: 'Segments before and after' });
    const [first] = answer.change;
    const row = table.getByRole('row').nth(1);
    expect(await row.getByRole('cell').allInnerTexts()).toEqual([
      'Champions',
      number(first.before),
      number(first.after),
      `${first.after > first.before ? '+' : ''}${number(first.after - first.before)}`,
      money(first.revenueBefore),
      money(first.revenueAfter),
    ]);
  });

  it('a row of the matrix shows its customers, and a customer opens', async () => {
    const { page, call } = window;
    const { flows } = await call('customers.migration', {});
    const moved = flows.findIndex(({ from, to }) => from !== to && from !== 'absent');
    await page.getByRole('button', { name: 'Show table: From segment to segment' }).click();
    const table = page.getByRole('table', { name: 'From segment to segment' });
    await table
      .getByRole('row')
      .nth(moved + 1)
      .getByRole('button')
      .click();
    await page.getByTestId('chosen-cell').waitFor();
    await page.getByText(`${number(flows[moved].customers)} rows`).waitFor();
    await page.getByRole('button', { name: 'Show all again' }).click();
    await page.getByTestId('chosen-cell').waitFor({ state: 'detached' });
    const { rows } = await call('customers.movers', {});
    const list = page.getByRole('table', { name: 'Who moved' });
    await list.getByRole('button', { name: rows[0].customer, exact: true }).click();
    await page.waitForURL(`**/#/customer/${encodeURIComponent(rows[0].customer)}`);
    await openPage(page, here);
  });

  it('own dates: a wrong order is said in words', async () => {
    const { page } = window;
    await page.getByTestId('movement-preset').click();
    await page.getByRole('option', { name: 'Own dates' }).click();
    const to = await page.getByTestId('movement-to').inputValue();
    await page.getByTestId('movement-from').fill(to);
    await page.getByText('is not before the later date').waitFor();
    await page.getByTestId('movement-preset').click();
    await page.getByRole('option', { name: 'A year earlier', exact: true }).click();
    await page.getByTestId('movement-sentence').waitFor();
  });

  it('the tables are downloaded', async () => {
    const { page } = window;
    for (const table of ['migration', 'movers']) {
      const file = await window.saved(() => page.getByTestId(`save-${table}`).click());
      expect(basename(file)).toBe(`${table}.csv`);
      expect(readFileSync(file, 'utf8').split('\r\n').length).toBeGreaterThan(5);
    }
  });

  it('asked nothing of any other address and the page threw nothing', () => {
    expect(window.foreignRequests).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});
