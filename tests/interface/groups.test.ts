/** The groups page with the demo company: figures equal the contract's, every tab draws, settings and comparison work. */
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultClusterSettings } from '../../src-shared/domain.ts';
import type { ClusterResult } from '../../src-shared/domain.ts';
import { openDemo } from './demo-window.ts';
import { brokenTexts, paintedCharts, setTheme, tooWideOnPhone, unpaintedCharts } from './page-checks.ts';
import { openPage, pageOf, settled } from './pages.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: the groups page: ${reason}`);

const number = new Intl.NumberFormat('en-GB');
const settings = defaultClusterSettings;

describe.skipIf(reason !== null)('the groups page', () => {
  let window: OpenWindow;
  let expected: ClusterResult;

  const at = (testId: string) => window.page.getByTestId(testId);
  const tab = (name: string) => window.page.getByRole('tab', { name, exact: true });
  async function expectPainted(ids: string[]): Promise<void> {
    for (const id of ids) await window.page.locator(`[data-chart=${id}] canvas`).first().waitFor({ timeout: 60_000 });
    await window.page.waitForTimeout(800);
    expect(await paintedCharts(window.page)).toMatchObject(Object.fromEntries(ids.map((id) => [id, true])));
  }
  async function choose(testId: string, option: string): Promise<void> {
    await at(testId).click();
    await window.page.getByRole('option', { name: option, exact: true }).click();
  }

  beforeAll(async () => {
    window = await openDemo();
    expected = await window.call('customers.cluster', { settings });
    await openPage(window.page, pageOf('groups'));
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
    // A button under the pointer is drawn paler.
    await window.page.mouse.move(0, 0);
    for (const theme of ['dark', 'light'] as const) {
      await setTheme(window.page, theme);
      expect(await violations(window.page)).toEqual([]);
    }
    expect(await brokenTexts(window.page)).toEqual([]);
    expect(await tooWideOnPhone(window.page)).toEqual([]);
    if (answer.recommended) {
      const marked = at('candidates').locator('tr[data-recommended]');
      expect(await marked.count()).toBe(1);
      await marked.getByRole('button').click();
      await settled(window.page);
      expect(await at('groups-sentence').innerText()).toContain(`in ${answer.recommended.k} groups`);
    }
  });

  it('a changed setting is marked until it is applied, and outdates the comparison', async () => {
    await window.page.locator('summary').first().click();
    await choose('scaling', 'Min–max');
    await at('changed').waitFor();
    await at('apply-groups').click();
    await settled(window.page);
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
  });

  it.each([
    ['Agglomerative (Ward)', 'dendrogram'],
    ['Gaussian mixture', 'membership'],
    ['DBSCAN', 'kDistance'],
  ])('%s has a view of its own', async (method, chart) => {
    await choose('method', method);
    await at('apply-groups').click();
    await settled(window.page);
    await tab('Views').click();
    await expectPainted([chart]);
    expect(await at('groups-facts').innerText()).toContain(`Method: ${method}.`);
    await tab('Groups').click();
    await expectPainted(['clusterSizes']);
    expect(await brokenTexts(window.page)).toEqual([]);
  });

  it('explains the groups by a tree', async () => {
    await choose('method', 'K-Means');
    await at('apply-groups').click();
    await settled(window.page);
    await tab('Why').click();
    await at('tree-card').waitFor();
    await settled(window.page);
    expect(await unpaintedCharts(window.page)).toEqual([]);
  });

  it.each([
    ['Groups', 'save-profiles', 'cluster_profiles.csv'],
    ['Groups', 'save-clusters', 'clusters.csv'],
  ])('%s: %s saves a file', async (name, button, file) => {
    await tab(name).click();
    const saved = await window.saved(() => at(button).click());
    expect(basename(saved)).toBe(file);
  });

  it('threw nothing and asked nothing of any other address', () => {
    expect(window.pageErrors).toEqual([]);
    expect(window.foreignRequests).toEqual([]);
  });
});
