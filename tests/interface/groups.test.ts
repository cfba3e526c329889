/** The groups page with the demo company: figures equal the contract's, every tab draws, settings and comparison work. */
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultClusterSettings } from '../../src-shared/domain.ts';
import type { ClusterResult } from '../../src-shared/domain.ts';
import { paintedCharts } from './main-job.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, openWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the groups page: ${reason}`);

const number = new Intl.NumberFormat('en-GB');
const settings = defaultClusterSettings;

describe.skipIf(reason !== null)('the groups page', () => {
  let window: OpenWindow;
  let expected: ClusterResult;

  const at = (testId: string) => window.page.getByTestId(testId);
  const tab = (name: string) => window.page.getByRole('tab', { name, exact: true });
  async function settled(): Promise<void> {
    await window.page.waitForTimeout(300);
    await window.page.waitForFunction(
      () => !document.querySelector('[data-testid=job-progress], [aria-busy=true]'),
      null,
      { timeout: 180_000 },
    );
  }
  async function expectPainted(ids: string[]): Promise<void> {
    for (const id of ids) await window.page.locator(`[data-chart=${id}] canvas`).first().waitFor({ timeout: 60_000 });
    await window.page.waitForTimeout(800);
    expect(await paintedCharts(window.page)).toMatchObject(Object.fromEntries(ids.map((id) => [id, true])));
  }
  async function choose(testId: string, option: string): Promise<void> {
    await at(testId).click();
    await window.page.getByRole('option', { name: option, exact: true }).click();
  }
  async function expectNoViolation(): Promise<void> {
    // A button under the pointer is drawn paler.
    await window.page.mouse.move(0, 0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await window.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await window.page.waitForTimeout(1000);
      expect(await violations(window.page)).toEqual([]);
    }
    expect(await window.page.locator('body').innerText()).not.toMatch(
      /\b(screen|charts|notes|errors)\.(?!csv\b)[a-zA-Z]+\b|\bNaN\b|\bundefined\b|\[object/,
    );
  }

  beforeAll(async () => {
    window = await openWindow(door);
    await window.call('settings.set', { currency: 'GBP', locale: 'en-GB', businessName: 'Demo company' });
    await window.call('demo.load', {});
    expected = await window.call('customers.cluster', { settings });
    await window.page.evaluate(() => {
      location.hash = '/groups';
    });
    await window.page.reload();
    await at('groups-sentence').waitFor({ timeout: 60_000 });
  });
  afterAll(async () => {
    await window?.close();
  });

  it("shows the contract's figures, the space beside them, and draws its charts", async () => {
    const sentence = await at('groups-sentence').innerText();
    expect(sentence).toContain(`${number.format(expected.customers)} customers in ${expected.k} groups`);
    expect(sentence).toContain(`silhouette ${expected.silhouette.toFixed(3)}`);
    expect(await at('groups-facts').innerText()).toContain(`agreement ${expected.stability.meanAri.toFixed(2)} of 1`);
    expect(await at('space').innerText()).toMatch(/, log.*z-score/);
    const table = window.page.getByRole('table', { name: 'The groups' });
    for (const [i, profile] of expected.profiles.entries())
      expect(
        await table
          .getByRole('row')
          .nth(i + 1)
          .innerText(),
      ).toContain(number.format(profile.customers));
    await expectPainted(['clusterSizes', 'clusterProfiles', 'clusterScatter', 'clusterIndices']);
    await expectNoViolation();
  });

  it('compares the methods after a click, marks the recommended one and takes it over', async () => {
    await tab('Compare methods').click();
    await at('run-comparison').click();
    await at('recommended').waitFor({ timeout: 180_000 });
    const answer = await window.call('customers.compare', { settings });
    expect(answer.candidates.length).toBeGreaterThan(9);
    const rows = at('candidates').locator('tbody tr');
    expect(await rows.count()).toBe(answer.candidates.length);
    expect(await at('rule').innerText()).toContain('2%');
    await expectPainted(['clusterComparison']);
    await expectNoViolation();
    if (answer.recommended) {
      const marked = at('candidates').locator('tr[data-recommended]');
      expect(await marked.count()).toBe(1);
      await marked.getByRole('button').click();
      await settled();
      expect(await at('groups-sentence').innerText()).toContain(`in ${answer.recommended.k} groups`);
    }
  });

  it('a changed setting is marked until it is applied, and outdates the comparison', async () => {
    await window.page.locator('summary').first().click();
    await choose('scaling', 'Min–max');
    await at('changed').waitFor();
    await at('apply-groups').click();
    await settled();
    expect(await at('changed').count()).toBe(0);
    expect(await at('space').innerText()).toContain('min–max');
    await tab('Compare methods').click();
    await at('comparison-older').waitFor();
  });

  it('the cube turns by the arrow keys and by its sliders', async () => {
    await tab('Views').click();
    await expectPainted(['componentScatter', 'scatter3d']);
    const cube = at('cube');
    const before = Number(await cube.getAttribute('data-azimuth'));
    await cube.focus();
    await window.page.keyboard.press('ArrowRight');
    expect(Number(await cube.getAttribute('data-azimuth'))).toBe(before + 10);
    await at('turn').focus();
    await window.page.keyboard.press('ArrowLeft');
    expect(Number(await cube.getAttribute('data-azimuth'))).toBe(before + 9);
    await expectNoViolation();
  });

  it.each([
    ['Agglomerative (Ward)', 'dendrogram'],
    ['Gaussian mixture', 'membership'],
    ['DBSCAN', 'kDistance'],
  ])('%s has a view of its own', async (method, chart) => {
    await choose('method', method);
    await at('apply-groups').click();
    await settled();
    await tab('Views').click();
    await expectPainted([chart]);
    expect(await at('groups-facts').innerText()).toContain(`Method: ${method}.`);
    await tab('Groups').click();
    await expectPainted(['clusterSizes']);
    await expectNoViolation();
  });

  it('explains the groups by a tree', async () => {
    await choose('method', 'K-Means');
    await at('apply-groups').click();
    await settled();
    await tab('Why').click();
    await at('tree-card').waitFor();
    await settled();
    await expectNoViolation();
  });

  it.each([
    ['Groups', 'save-profiles', 'cluster_profiles.csv'],
    ['Groups', 'save-clusters', 'clusters.csv'],
  ])('%s: %s saves a file', async (name, button, file) => {
    await tab(name).click();
    const saved = await window.saved(() => at(button).click());
    expect(basename(saved)).toBe(file);
  });

  it('does not scroll sideways on a phone', async () => {
    await window.page.setViewportSize({ width: 390, height: 844 });
    for (const name of ['Groups', 'Compare methods', 'Views', 'Why']) {
      await tab(name).click();
      await settled();
      const wide = await window.page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('main, main [data-slot=body]')]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map((element) => `${element.tagName} ${element.scrollWidth} > ${element.clientWidth}`),
      );
      expect({ name, wide }).toEqual({ name, wide: [] });
    }
  });

  it('threw nothing and asked nothing of any other address', () => {
    expect(window.pageErrors).toEqual([]);
    expect(window.foreignRequests).toEqual([]);
  });
});
