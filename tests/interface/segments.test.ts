/** The segments page with the demo company: cards equal the contract's answer, the playbook is edited, the list is made. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SegmentProfiles } from '../../src-shared/domain.ts';
import { openDemo } from './demo-window.ts';
import { paintedCharts, setTheme } from './page-checks.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the segments page: ${reason}`);

const number = new Intl.NumberFormat('en-GB');
const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });
const wait = { timeout: 120_000 };

describe.skipIf(reason !== null)('the segments page', () => {
  let window: OpenWindow;
  let answer: SegmentProfiles;
  const card = (segment: string) => window.page.locator(`[data-testid=profile][data-segment=${segment}]`);

  async function open(): Promise<void> {
    const { page } = window;
    await page.evaluate(() => {
      location.hash = '/segments';
    });
    await card('champions').waitFor(wait);
    await page.getByTestId('targets-meaning').waitFor(wait);
  }

  beforeAll(async () => {
    window = await openDemo();
    answer = await window.call('segments.profiles', {});
    await open();
  });
  afterAll(() => window?.close());

  it('cards hold the figures of the contract, the most at stake first', async () => {
    for (const profile of answer.profiles.filter(({ customers }) => customers > 0)) {
      const figure = (id: string) => card(profile.id).locator(`[data-figure=${id}]`).innerText();
      expect(await figure('customers')).toContain(number.format(profile.customers));
      expect(await figure('revenue')).toContain(pounds.format(profile.revenue / 10_000));
      expect(await figure('atStake')).toBe(pounds.format((profile.atStake ?? 0) / 10_000));
    }
    const shown = await window.page
      .getByTestId('profile')
      .evaluateAll((cards) => cards.map((one) => (one as HTMLElement).dataset.segment));
    const ranked = answer.profiles.filter(({ priority }) => priority !== null);
    expect(shown.slice(0, ranked.length)).toEqual(ranked.sort((x, y) => x.priority! - y.priority!).map(({ id }) => id));
    for (const persona of answer.personas)
      expect(await window.page.locator(`[data-persona=${persona.id}]`).innerText()).toContain(
        number.format(persona.customers),
      );
  });

  it('draws both charts', async () => {
    for (const id of ['segmentPriority', 'personas'])
      await window.page.locator(`[data-chart=${id}] canvas`).first().waitFor(wait);
    await window.page.waitForTimeout(800);
    expect(await paintedCharts(window.page)).toEqual({ segmentPriority: true, personas: true });
  });

  it('axe finds no violation in the dialog, light and dark', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Change Loyal' }).click();
    await page.getByTestId('playbook-save').waitFor();
    for (const theme of ['dark', 'light'] as const) {
      await setTheme(page, theme);
      expect(await violations(page)).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await page.getByTestId('playbook-save').waitFor({ state: 'detached' });
  });

  it('a new name stands on the card, on other pages and after a restart; the original comes back', async () => {
    const { page } = window;
    const name = 'Regulars {x} | @';
    await page.getByRole('button', { name: 'Change Loyal' }).click();
    await page.getByTestId('playbook-name').locator('visible=true').first().fill(name);
    await page.getByTestId('playbook-save').click();
    await expect.poll(() => card('loyal').getByRole('heading', { level: 3 }).innerText(), wait).toBe(name);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.evaluate(() => {
      location.hash = '/customers';
    });
    await expect.poll(() => page.locator('main').innerText(), wait).toContain(name);
    await open();
    await page.getByRole('button', { name: `Change ${name}` }).click();
    await page.getByTestId('playbook-reset').click();
    await expect.poll(() => card('loyal').getByRole('heading', { level: 3 }).innerText(), wait).toBe('Loyal');
  });

  it('the target list follows the choices and goes out as CSV', async () => {
    const { page, call } = window;
    const input = { size: 50 };
    await page.getByTestId('target-size').click();
    await page.getByRole('option', { name: '50', exact: true }).click();
    const list = await call('segments.targets', input);
    await expect
      .poll(() => page.getByTestId('targets-meaning').innerText(), wait)
      .toContain(`${number.format(list.total)} customers: ${number.format(list.contact)} to contact`);
    const row = page.getByRole('table', { name: 'Target list' }).getByRole('row').nth(1);
    await expect.poll(() => row.getByRole('cell').first().innerText(), wait).toBe(list.rows[0].customer);
    const file = await window.saved(() => page.getByTestId('export-targets').click());
    expect(basename(file)).toBe('target_list.csv');
    expect(readFileSync(file, 'utf8').trim().split('\r\n')).toHaveLength(list.total + 1);
  });

  it('asked nothing of any other address and the page threw nothing', () => {
    expect(window.foreignRequests).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});
