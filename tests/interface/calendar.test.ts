/** The calendar page: figures are the program's, weekdays and country change them, events come, change and go, CSV both ways. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '../../src-shared/format.ts';
import { openDemo } from './demo-window.ts';
import { paintedCharts, setTheme } from './page-checks.ts';
import { openPage, pageOf } from './pages.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the calendar page: ${reason}`);
const { number, day } = createFormat({ locale: 'en-GB', currency: 'GBP' });
const here = pageOf('calendar');
const longName = `Anniversary ${'of the house and its many friends '.repeat(5)}`.trim();

describe.skipIf(reason !== null)('calendar', () => {
  let window: OpenWindow;
  const calendar = () => window.call('calendar.get', {});
  beforeAll(async () => {
    window = await openDemo();
    await openPage(window.page, here);
  });
  afterAll(async () => {
    await window?.close();
  });

  it('shows the weekdays and counts of the program, and draws the year', async () => {
    const { page } = window;
    const { counts, openWeekdays } = await calendar();
    const shown = await page.getByTestId('day-counts').locator('dd').allInnerTexts();
    expect(shown).toEqual([counts.sold, counts.zero, counts.closed, counts.missing].map((count) => number(count)));
    for (const [weekday, open] of openWeekdays.entries())
      expect(await page.getByTestId(`weekday-${weekday}`).getAttribute('aria-checked')).toBe(String(open));
    expect(await paintedCharts(page)).toEqual({ yearCalendar: true });
  });

  it('an own weekday holds, and is taken back', async () => {
    const { page } = window;
    const { openWeekdays } = await calendar();
    const weekday = openWeekdays.indexOf(true);
    await page.getByTestId(`weekday-${weekday}`).click();
    await page.getByText('Your own choice.').waitFor();
    expect((await calendar()).openWeekdays[weekday]).toBe(false);
    await page.getByTestId('reset-weekdays').click();
    await page.getByText('As the sales show them.').waitFor();
    expect((await calendar()).openWeekdays).toEqual(openWeekdays);
  });

  it('a country is searched and chosen; its holidays say what the business did', async () => {
    const { page } = window;
    await page.getByTestId('holiday-country').click();
    await page.getByPlaceholder('Search a country').fill('United Kingdom: Eng');
    await page.getByRole('option', { name: 'United Kingdom: England' }).click();
    const table = page.getByRole('table', { name: 'Public holidays' });
    await table.getByRole('cell', { name: 'Good Friday', exact: true }).waitFor();
    const { holidays, country } = await calendar();
    expect(country).toBe('GB-ENG');
    const words = { closed: 'closed: 0', sells: 'open, effect learned', unknown: 'open, effect unknown' };
    const [first] = holidays;
    expect(await table.getByRole('row').nth(1).getByRole('cell').allInnerTexts()).toEqual([
      first.name,
      day(first.last),
      day(first.next),
      number(first.sold),
      number(first.empty),
      first.next === null ? '–' : words[first.habit],
    ]);
  });

  it('an event is added with its copy of next year, changed, and removed', async () => {
    const { page } = window;
    const lastYear = Number((await calendar()).lastDay!.slice(0, 4));
    await page.getByTestId('add-event').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByTestId('event-name').fill('Spring sale');
    await dialog.getByTestId('event-from').fill(`${lastYear}-04-10`);
    await dialog.getByTestId('event-to').fill(`${lastYear}-04-01`);
    await dialog.getByText('The last day is before the first day.').waitFor();
    await dialog.getByTestId('event-to').fill(`${lastYear}-04-15`);
    await dialog.getByRole('radio', { name: /Next year on other dates/ }).click();
    await dialog.getByTestId('event-next-from').fill(`${lastYear + 1}-04-03`);
    await dialog.getByTestId('event-save').click();
    await dialog.waitFor({ state: 'detached' });
    await openPage(page, here);
    const table = page.getByRole('table', { name: 'Events' });
    expect(await table.getByRole('row').count()).toBe(3);
    expect((await calendar()).events.map(({ from, to }) => [from, to])).toEqual([
      [`${lastYear}-04-10`, `${lastYear}-04-15`],
      [`${lastYear + 1}-04-03`, `${lastYear + 1}-04-03`],
    ]);
    await page.getByRole('button', { name: 'Change: Spring sale' }).first().click();
    await dialog.getByTestId('event-name').fill(longName);
    await dialog.getByTestId('event-save').click();
    await dialog.waitFor({ state: 'detached' });
    await table.getByRole('cell', { name: longName, exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove: Spring sale' }).click();
    await page.getByTestId('remove-yes').click();
    await dialog.waitFor({ state: 'detached' });
    expect((await calendar()).events.map(({ name }) => name)).toEqual([longName]);
  });

  it('a day is marked where it stands on the chart', async () => {
    const { page } = window;
    const chart = page.locator('[data-chart=yearCalendar]');
    const box = (await chart.boundingBox())!;
    await chart.click({ position: { x: box.width / 2, y: box.height / 3 } });
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const { lastDay } = await calendar();
    expect(await dialog.getByTestId('event-from').inputValue()).toMatch(
      new RegExp(`^${lastDay!.slice(0, 4)}-\\d\\d-\\d\\d$`),
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('the same event twice is refused in the dialog, in words', async () => {
    const { page } = window;
    const [{ from, to }] = (await calendar()).events;
    await page.getByTestId('add-event').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByTestId('event-name').fill(longName);
    await dialog.getByTestId('event-from').fill(from);
    await dialog.getByTestId('event-to').fill(to);
    await dialog.getByTestId('event-save').click();
    await dialog.getByText('is in the calendar already').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('a file of events is read, with its rows accounted for, and saved again', async () => {
    const { page, folder } = window;
    const path = join(folder, 'events.csv');
    writeFileSync(
      path,
      'name,from,to,kind\nWinter sale,2024-01-08,2024-01-20,promo\nFair,2024-05-04,,fair\n,2024-06-01,,promo\n',
    );
    for (const sentence of [
      'Read 3 rows: 2 new, 0 known already, 1 set aside.',
      'Read 3 rows: 0 new, 3 known already, 0 set aside.',
    ]) {
      await page.getByTestId('event-file').setInputFiles(path);
      await page.getByText(sentence).waitFor();
      // The second time the whole file is known, so nothing of it is set aside.
      expect(await page.getByText('Row 4: Name is missing').count()).toBe(sentence.includes('2 new') ? 1 : 0);
    }
    const file = await window.saved(() => page.getByTestId('save-calendar_events').click());
    expect(basename(file)).toBe('calendar_events.csv');
    expect(readFileSync(file, 'utf8').trim().split('\r\n')).toHaveLength(4);
  });

  it.each(['light', 'dark'] as const)('%s: axe finds no violation in the dialog', async (theme) => {
    const { page } = window;
    await setTheme(page, theme);
    await page.getByTestId('add-event').click();
    await page.getByRole('dialog').getByTestId('event-name').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(window.pageErrors).toEqual([]);
  });

  it('on a phone nothing is wider than the screen but what scrolls in itself, long names too', async () => {
    const { page } = window;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByTestId('add-event').click();
    await page.getByRole('dialog').getByTestId('event-name').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1366, height: 768 });
  });
});
