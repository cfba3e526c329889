/** The page of what changed: its sentence, its table and its chart say what the program answers, and the parts add up. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '../../src-shared/format.ts';
import { paintedCharts } from './main-job.ts';
import { openPage } from './pages.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, openWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the page of what changed: ${reason}`);
const { money } = createFormat({ locale: 'en-GB', currency: 'GBP' });
const signed = (amount: number) => `${amount > 0 ? '+' : ''}${money(amount)}`;
const here = { path: '/changes', heading: 'What changed' } as const;

const moneyColumn = async (page: Page, table: string): Promise<string[]> => {
  const cells: string[] = [];
  const rows = await page.getByRole('table', { name: table }).getByRole('row').all();
  for (const row of rows.slice(1)) cells.push(await row.getByRole('cell').last().innerText());
  return cells;
};

describe.skipIf(reason !== null)('what changed', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openWindow(door);
    await window.call('settings.set', { currency: 'GBP', locale: 'en-GB', businessName: 'Demo company' });
  });
  afterAll(async () => {
    await window?.close();
  });

  it('without sales it says what to do', async () => {
    const { page } = window;
    await page.reload();
    await openPage(page, here);
    await page.getByRole('heading', { name: 'No sales yet' }).waitFor();
    await window.call('demo.load', {});
    await page.reload();
    await openPage(page, here);
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

  it.each(['light', 'dark'] as const)('%s: axe finds no violation', async (colorScheme) => {
    const { page } = window;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(300);
    expect(await violations(page)).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });

  it('on a phone nothing is wider than the screen but what scrolls in itself', async () => {
    const { page } = window;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1366, height: 768 });
  });
});
