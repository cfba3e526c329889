/** The products page with the demo company: figures equal the contract's, choices act, charts draw, axe finds nothing. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BestSellers, BoughtTogether } from '../../src-shared/domain.ts';
import { openDemo } from './demo-window.ts';
import { paintedCharts } from './page-checks.ts';
import { openPage, pageOf } from './pages.ts';
import { door, type OpenWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the products page: ${reason}`);

const number = new Intl.NumberFormat('en-GB');

describe.skipIf(reason !== null)('the products page', () => {
  let window: OpenWindow;
  let pairs: BoughtTogether;
  let sellers: BestSellers;
  const meaning = () => window.page.getByTestId('pairs-meaning');
  const table = (name: string) => window.page.getByRole('region', { name, exact: true });

  beforeAll(async () => {
    window = await openDemo();
    const { page, call } = window;
    pairs = await call('products.together', { limit: 200 });
    sellers = await call('products.bySegment', { limit: 20 });
    await openPage(page, pageOf('products'));
    await meaning().waitFor({ timeout: 120_000 });
  });
  afterAll(() => window?.close());

  it('says how many orders and pairs there are, and lists the strongest first', async () => {
    const text = await meaning().innerText();
    for (const figure of [pairs.orders, pairs.allOrders, pairs.pairsFound, pairs.minOrders])
      expect(text).toContain(number.format(figure));
    const first = table('Pairs of products').locator('tbody tr').first();
    const [a, b, lift, orders] = await first.locator('td').allInnerTexts();
    expect([a, b, lift, orders]).toEqual([
      `${pairs.pairs[0].a.description} (${pairs.pairs[0].a.product})`,
      `${pairs.pairs[0].b.description} (${pairs.pairs[0].b.product})`,
      pairs.pairs[0].lift.toFixed(1),
      number.format(pairs.pairs[0].orders),
    ]);
  });

  it('draws both charts', async () => {
    for (const id of ['productPairs', 'bestSellers'])
      await window.page.locator(`[data-chart=${id}] canvas`).first().waitFor({ timeout: 60_000 });
    await window.page.waitForTimeout(800);
    expect(await paintedCharts(window.page)).toEqual({ productPairs: true, bestSellers: true });
  });

  it('shows the best sellers of the chosen segment', async () => {
    const { page } = window;
    const loyal = sellers.segments.find(({ segment }) => segment === 'loyal')!;
    await page.getByTestId('best-segment').click();
    await page.getByRole('option', { name: 'Loyal', exact: true }).click();
    const cells = table('Best sellers of each segment').locator('tbody tr').first().locator('td');
    await expect.poll(() => cells.first().innerText()).toBe(loyal.products[0].product);
    expect(await page.getByTestId('best-summary').innerText()).toContain(number.format(loyal.customers));
    await page.getByTestId('best-segment').click();
    await page.getByRole('option').first().click();
  });

  it('narrows to one product by a click, counts anew with another least number, saves the table', async () => {
    const { page, call } = window;
    const { product } = pairs.pairs[0].a;
    await table('Pairs of products').getByRole('button').first().click();
    const own = await call('products.together', { product, limit: 200 });
    await expect.poll(() => meaning().innerText()).toContain(`${number.format(own.pairsFound)} pairs`);
    await page.getByTestId('min-orders').locator('visible=true').first().fill('2');
    await page.keyboard.press('Tab');
    const more = await call('products.together', { product, minOrders: 2, limit: 200 });
    await expect.poll(() => meaning().innerText()).toContain(`${number.format(more.pairsFound)} pairs`);
    const file = await window.saved(() => page.getByRole('button', { name: 'Save as CSV' }).first().click());
    expect(basename(file)).toBe('bought_together.csv');
    expect(readFileSync(file, 'utf8').trim().split('\r\n')).toHaveLength(more.pairsFound + 1);
  });

  it('asked nothing of any other address and the page threw nothing', () => {
    expect(window.foreignRequests).toEqual([]);
    expect(window.pageErrors).toEqual([]);
  });
});
