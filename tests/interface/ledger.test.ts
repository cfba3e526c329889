/** The track record: published forecasts scored as sales arrive, adjustments by hand, saved models; a phone, both themes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '../../src-shared/format.ts';
import { paintedCharts } from './page-checks.ts';
import { openPage, pageOf } from './pages.ts';
import { sampleSales } from './sample-sales.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, openWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the track record: ${reason}`);
const { money, share } = createFormat({ locale: 'en-GB', currency: 'GBP' });
const here = pageOf('ledger');
const input = { frequency: 'day' as const, horizon: 28, effort: 'quick' as const };
const longName =
  'The forecast that we made before the summer fair in the old market hall, with everything we knew then';

describe.skipIf(reason !== null)('the track record', () => {
  let window: OpenWindow;

  async function importSales(name: string, wanted: (day: string) => boolean): Promise<void> {
    const [header, ...rows] = sampleSales().csv.trim().split('\n');
    const path = join(window.folder, name);
    await writeFile(path, `${[header, ...rows.filter((row) => wanted(row.slice(0, 10)))].join('\n')}\n`);
    await window.call('import.run', { file: { path, name } });
  }
  const reopen = async () => {
    await window.page.reload();
    // An address written while the page still starts would be overwritten by the one it starts with.
    await window.page.getByRole('heading', { level: 1 }).first().waitFor();
    await openPage(window.page, here);
  };

  beforeAll(async () => {
    window = await openWindow(door);
    await window.call('settings.set', { currency: 'GBP', locale: 'en-GB', businessName: 'Corner shop' });
  });
  afterAll(async () => {
    await window?.close();
  });

  it('says what to do before anything is published or saved', async () => {
    const { page } = window;
    await reopen();
    await page.getByRole('heading', { name: 'Nothing published yet' }).waitFor();
    await page.getByRole('tab', { name: 'Saved models' }).click();
    await page.getByRole('heading', { name: 'No model saved yet' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('lists a published forecast before its days are over, and takes an adjustment', async () => {
    const { page, call } = window;
    await importSales('first.csv', (day) => day < '2024-03-01');
    const published = await call('ledger.publish', { ...input, name: longName });
    await reopen();
    await page.getByText('No period of a published forecast is over yet.').waitFor();
    await page.getByRole('button', { name: longName }).click();
    await page.getByTestId('adjust-form').waitFor();
    await page.getByTestId('adjust').click();
    await page.getByText('Say in a few words why.').waitFor();
    await page.getByTestId('adjust-change').fill('10');
    await page.getByTestId('adjust-note').fill('Fair in town');
    await page.getByTestId('adjust-to').fill('2024-03-15');
    await page.getByTestId('adjust').click();
    await page.getByRole('cell', { name: 'Fair in town' }).waitFor();
    const { adjustments } = await call('ledger.get', { id: published.id });
    expect(adjustments).toMatchObject([{ from: published.from, to: '2024-03-15', change: 0.1, note: 'Fair in town' }]);
    expect(await violations(page)).toEqual([]);
  });

  it('shows how close it came once sales have arrived', async () => {
    const { page, call } = window;
    await importSales('second.csv', (day) => day >= '2024-03-01' && day <= '2024-03-31');
    await reopen();
    const { all, months, entries } = await call('ledger.list', {});
    expect(all.scored).toBe(28);
    const sentence = await page.getByTestId('ledger-sentence').innerText();
    expect(sentence).toContain(`they were ${share(all.wape)} off`);
    expect(sentence).toContain(`With the adjustments by hand they were ${share(all.adjustedWape)} off.`);
    expect(months).toHaveLength(1);
    await page.getByRole('button', { name: longName }).click();
    await page.getByTestId('ledger-entry').getByRole('cell', { name: 'Fair in town' }).waitFor();
    // The page scrolled to the entry; its frame stays where it is.
    const title = await page.getByRole('heading', { level: 1, name: here.heading }).boundingBox();
    expect(title!.y).toBeGreaterThanOrEqual(0);
    const gain = entries[0].adjustments[0].gain!;
    await page.getByRole('cell', { name: money(Math.abs(gain)) }).waitFor();
    await page.waitForTimeout(500);
    expect(await paintedCharts(page)).toMatchObject({ ownAccuracy: true, bandHits: true, publishedForecast: true });
    const file = await window.saved(() => page.getByTestId('save-ledger').click());
    expect(readFileSync(file, 'utf8')).toContain(longName);
  });

  it.each(['light', 'dark'] as const)('%s: axe finds no violation', async (colorScheme) => {
    const { page } = window;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(300);
    expect(await violations(page)).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/ledger-${colorScheme}.png` });
  });

  it('on a phone nothing is wider than the screen but what scrolls in itself', async () => {
    const { page } = window;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/ledger-phone.png` });
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it('a saved model forecasts, travels as a file, and is removed after a question', async () => {
    const { page, call, folder } = window;
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await call('model.save', { ...input, name: longName });
    await reopen();
    await page.getByRole('tab', { name: 'Saved models' }).click();
    await page.getByTestId('model-predict').click();
    const answer = await call('model.predict', { id: 1 });
    expect(await page.getByTestId('model-sentence').innerText()).toContain(money(answer.next.mean));
    await page.waitForTimeout(500);
    expect(await paintedCharts(page)).toMatchObject({ forecast: true });
    expect(await violations(page)).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/models-light.png` });

    const path = await window.saved(() => page.getByTestId('model-export').click());
    await page.getByTestId('model-remove').click();
    await page.getByRole('dialog').getByText(longName).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('remove-yes').click();
    await page.getByRole('heading', { name: 'No model saved yet' }).waitFor();

    await page.getByTestId('model-input').setInputFiles(join(folder, 'first.csv'));
    await page.getByText('is not a model file').waitFor();
    await page.getByTestId('model-input').setInputFiles(path);
    await page.getByTestId('model-row').waitFor();
    const [back] = await call('model.list', {});
    expect((await call('model.predict', { id: back.id })).points).toEqual(answer.points);
    await page.getByTestId('model-retrain').click();
    await expect.poll(() => page.getByTestId('model-row').count(), { timeout: 60_000 }).toBe(2);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/models-phone.png` });
    expect(window.pageErrors).toEqual([]);
    expect(window.foreignRequests).toEqual([]);
  });
});
