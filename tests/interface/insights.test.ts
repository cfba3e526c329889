/** The page of unusual days: what the program answers, the rows behind a day, events, files, two themes, a phone. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { promotions } from '../../src-main/engine/demo/parameters.ts';
import { createFormat } from '../../src-shared/format.ts';
import { openDemo } from './demo-window.ts';
import { paintedCharts, tooWideOnPhone } from './page-checks.ts';
import { openPage, pageOf } from './pages.ts';
import { door, type OpenWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the page of unusual days: ${reason}`);
const { money, day } = createFormat({ locale: 'en-GB', currency: 'GBP' });

describe.skipIf(reason !== null)('unusual days', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openDemo();
    const [one] = promotions;
    await window.call('calendar.addEvent', {
      name: 'Winter clearance of everything that was left over from Christmas and had to go at last',
      kind: 'promotion',
      from: one.from,
      to: one.to,
    });
    await openPage(window.page, pageOf('insights'));
  });
  afterAll(async () => {
    await window?.close();
  });

  it('says, draws and lists what the program answers', async () => {
    const { page, call } = window;
    const { rows } = await call('anomalies.list', {});
    expect(rows.length).toBeGreaterThan(0);
    expect(await page.getByTestId('insights-headline').innerText()).toContain(`${rows.length} day`);
    expect(Object.entries(await paintedCharts(page))).toEqual([
      ['unusualPeriods', true],
      ['salesDrivers', true],
    ]);
    const last = rows.at(-1)!;
    const cells = await page.getByTestId('unusual-list').getByRole('row').nth(1).getByRole('cell').allInnerTexts();
    expect(cells[0]).toContain(day(last.date));
    expect([cells[2], cells[3]]).toEqual([money(last.actual), money(last.expected)]);
    const { effects } = await call('events.effects', {});
    const promotion = effects.find(({ name }) => name.includes('left over'))!;
    const row = page.getByTestId('event-effects').getByRole('row', { name: /left over/ });
    expect(await row.innerText()).toContain(money(promotion.actual));
  });

  it('the rows behind a day open; weeks and months too', async () => {
    const { page } = window;
    await page.getByTestId('unusual-list').getByRole('button').first().click();
    await page.getByRole('dialog').getByRole('table').waitFor();
    await page.keyboard.press('Escape');
    for (const name of ['Months', 'Weeks', 'Days']) {
      await page.getByTestId('insights-frequency').click();
      await page.getByRole('option', { name, exact: true }).click();
      await page
        .getByText(new RegExp(`${name.slice(0, -1).toLowerCase()}s? .*stands? out`))
        .first()
        .waitFor();
    }
  });

  it('the tables are downloaded', async () => {
    const { page } = window;
    for (const table of ['anomalies', 'promotion_effects']) {
      const file = await window.saved(() => page.getByTestId(`save-${table}`).click());
      expect(basename(file)).toBe(`${table}.csv`);
      expect(readFileSync(file, 'utf8').split('\r\n').length).toBeGreaterThan(2);
    }
  });

  it('on a phone nothing is wider than the screen but what scrolls in itself, long names too', async () => {
    expect(await tooWideOnPhone(window.page)).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});
