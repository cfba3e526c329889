/** The one-customer form in boxes and in one line, and the rules behind the segments. */
import { basename } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src-shared/messages/en/index.ts';
import { openDemo } from './demo-window.ts';
import { goTo } from './main-job.ts';
import { paintedCharts, setTheme } from './page-checks.ts';
import { openPage, pageOf } from './pages.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the one-customer form: ${reason}`);

async function choose(page: Page, testId: string, option: string): Promise<void> {
  await page.getByTestId(testId).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

describe.skipIf(reason !== null)('one customer, with the demo company', () => {
  let window: OpenWindow;
  let page: Page;

  beforeAll(async () => {
    window = await openDemo();
    page = window.page;
    await openPage(page, pageOf('one-customer'));
  });
  afterAll(async () => {
    await window?.close();
  });

  it('typed in boxes: segment, why, and what to do, as the program answers', async () => {
    const answer = await window.call('customers.classify', { values: '5; 20; 900.5' });
    await page.getByTestId('box-recencyDays').fill('5');
    await page.getByTestId('box-frequency').fill('20');
    await page.getByTestId('box-monetary').fill('900.5');
    await page.getByTestId('classify').click();
    const { actions, name } = en.customers.segments[answer.segment!];
    expect(await page.getByTestId('answer-name').innerText({ timeout: 60_000 })).toBe(name);
    expect(await page.getByTestId('reason').innerText()).toMatch(/orders|days|spent/);
    expect(await page.getByTestId('advice').innerText()).toContain(actions[0]);
    expect(await violations(page)).toEqual([]);
  });

  it.each([
    ['5, 20', 'missing: money spent'],
    ['5, 20, 900, 3', 'There are 4 values and only 3 are needed'],
    ['5, many, 900', 'Value 2 (number of orders) is "many", which is not a number'],
    ['-5, 20, 900', 'it cannot be negative'],
    ['99999, 20, 900', 'it can be at most'],
    ['', 'Nothing was typed'],
  ])('typed in one line, %j is refused beside the box', async (typed, words) => {
    if ((await page.getByTestId('line').count()) === 0) await choose(page, 'mode', 'All in one line');
    await page.getByTestId('line').fill(typed);
    await page.getByTestId('classify').click();
    await page.getByText(words).waitFor();
    expect(await page.getByTestId('answer').count()).toBe(0);
  });

  it('typed in one line, a right entry is answered', async () => {
    await page.getByTestId('line').fill('5, 20, 900.50');
    await page.getByTestId('classify').click();
    await page.getByTestId('answer-name').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('finds the group, with its averages and the reason', async () => {
    await choose(page, 'basis', 'The customer group');
    await page.getByTestId('line').waitFor({ timeout: 120_000 });
    await page.getByTestId('line').fill('5; 20; 900,50');
    await page.getByTestId('classify').click();
    const name = await page.getByTestId('answer-name').innerText({ timeout: 120_000 });
    const answer = await window.call('customers.classify', { basis: 'cluster', values: '5; 20; 900.5' });
    expect(name).toBe(`Group ${answer.cluster}`);
    await page.getByTestId('reason').waitFor();
  });

  it('the page of customers shows the rules on demand, as the program answers, and saves them', async () => {
    const tree = await window.call('customers.explain', {});
    await goTo(page, 'Customers');
    await page.getByTestId('show-tree').click();
    const sentence = await page.getByTestId('tree-sentence').innerText({ timeout: 60_000 });
    expect(sentence).toContain(`for ${Math.round(100 * tree.accuracy)} of 100 customers`);
    expect(sentence).toContain(`right for ${Math.round(100 * tree.baseline)}`);
    expect(await page.getByTestId('tree-rules').locator('dt').count()).toBe(tree.classes.length);
    for (const id of ['confusionMatrix', 'featureImportance'])
      await page.locator(`[data-chart=${id}] canvas`).first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(500);
    expect(await paintedCharts(page)).toMatchObject({ confusionMatrix: true, featureImportance: true });
    const file = await window.saved(() => page.getByTestId('save-tree_rules').click());
    expect(basename(file)).toBe('tree_rules.csv');
    for (const theme of ['light', 'dark'] as const) {
      await setTheme(page, theme);
      expect(await violations(page)).toEqual([]);
    }
  });

  it('asked nothing of any other address and the page threw nothing', () => {
    expect(window.foreignRequests).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});
