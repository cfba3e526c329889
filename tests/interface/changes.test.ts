/** The page of what changed: its sentence, its table and its chart say what the program answers, and the parts add up. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '../../src-shared/format.ts';
import { openDemo } from './demo-window.ts';
import { paintedCharts } from './page-checks.ts';
import { openPage, pageOf } from './pages.ts';
import { door, type OpenWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the page of what changed: ${reason}`);
const { money } = createFormat({ locale: 'en-GB', currency: 'GBP' });
const signed = (amount: number) => `${amount > 0 ? '+' : ''}${money(amount)}`;

const moneyColumn = async (page: Page, table: string): Promise<string[]> => {
  const cells: string[] = [];
  const rows = await page.getByRole('table', { name: table }).getByRole('row').all();
  for (const row of rows.slice(1)) cells.push(await row.getByRole('cell').last().innerText());
  return cells;
};

describe.skipIf(reason !== null)('what changed', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openDemo();
    await openPage(window.page, pageOf('changes'));
  });
  afterAll(async () => {
    await window?.close();
  });

  it('says, draws and lists what the program answers', async () => {
    const { page, call } = window;
    const answer = await call('overview.change', {});
    const sentence = await page.getByTestId('change-sentence').innerText();
    expect(sentence).toMatch(answer.change > 0 ? /^Revenue rose by/ : /^Revenue fell by/);
    expect(sentence).toContain(money(Math.abs(answer.change)));
    expect(await moneyColumn(page, 'The parts in figures')).toEqual([
      ...answer.parts.map((part) => signed(part.money)),
      signed(answer.change),
    ]);
    expect(await moneyColumn(page, 'Which customers')).toEqual([
      ...answer.who.map((group) => signed(group.money)),
      signed(answer.who.reduce((sum, group) => sum + group.money, 0)),
    ]);
    const painted = await paintedCharts(page);
    expect(painted).toMatchObject({ changeBridge: true, changeContributors: true });
  });

  it('the year before, own days, and days in the wrong order', async () => {
    const { page, call } = window;
    await page.getByTestId('change-against').click();
    await page.getByRole('option', { name: 'The same dates a year earlier' }).click();
    const year = await call('overview.change', { against: 'year' });
    await page
      .getByTestId('change-sentence')
      .getByText(money(Math.abs(year.change)))
      .waitFor();
    await page.getByTestId('change-current').click();
    await page.getByRole('option', { name: 'Own dates' }).click();
    expect(await page.getByTestId('change-current-from').inputValue()).toBe(year.current.period.from);
    await page.getByTestId('change-current-from').fill('2031-01-01');
    await page.getByText('Write the earlier day first.').waitFor();
    await page.getByTestId('change-current-from').fill(year.current.period.from);
    await page.getByTestId('change-sentence').waitFor();
  });

  it('the table is downloaded', async () => {
    const { page } = window;
    const file = await window.saved(() => page.getByTestId('save-revenue-change').click());
    expect(readFileSync(file, 'utf8')).toContain('table,item,name,customers,before,after,change');
  });

  it('asked nothing of any other address and the page threw nothing', () => {
    expect(window.foreignRequests).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});
