/** Backups in the settings, the company in one file, and what stands above every page: nothing can be changed, a synced folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFullStore } from '../damage/full-store.ts';
import { openPage, pageOf } from './pages.ts';
import { violations } from './violations.ts';
import { door, type OpenWindow, openWindow, projectRoot, whyNot } from './window.ts';

const reason = whyNot(door);
if (reason) console.log(`SKIPPED: backups in the settings: ${reason}`);

/** Another program that has the store open. */
async function startOwner(path: string): Promise<ChildProcess> {
  const script = `
    import { openStore } from ${JSON.stringify(join(projectRoot, 'src-main/store/open-store.ts'))};
    openStore(${JSON.stringify(path)}, { door: 'command line' });
    process.stdout.write('open');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((done) => child.stdout.once('data', done));
  return child;
}

describe.skipIf(reason !== null)('backups', () => {
  const folder = mkdtempSync(join(tmpdir(), 'salescope-backup-pages-'));
  let window: OpenWindow;
  let page: Page;
  let owner: ChildProcess;
  beforeAll(async () => {
    const full = await makeFullStore(folder);
    window = await openWindow(door, {
      storeFolder: 'OneDrive',
      prepare: async (path) => {
        copyFileSync(full, path);
        owner = await startOwner(path);
      },
    });
    page = window.page;
  });
  afterAll(async () => {
    owner?.kill('SIGKILL');
    await window?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const arrive = (heading: string) => page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  const toSettings = () => openPage(page, pageOf('settings'));
  const name = async () => (await window.call('settings.get', {})).businessName;
  const copies = () => page.getByRole('radio').count();
  const rename = (to: string) => window.call('settings.set', { businessName: to });

  it('what another program has open can be looked at; a change is refused in words, until that one ends', async () => {
    await arrive('Overview');
    expect(await page.locator('[data-figure=revenue] [data-testid=kpi-value]').innerText()).toBe('€183,909.00');
    const banner = page.getByTestId('reading-banner');
    expect(await banner.innerText()).toMatch(
      /not change anything here\s+Another Salescope has these data open \(command line, since today/,
    );
    await toSettings();
    await page.getByTestId('business-name').fill('Refused');
    await page.getByTestId('business-name').blur();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('Another Salescope is working on these data');
    expect(await name()).toBe('Corner shop');
    expect(await violations(page)).toEqual([]);
    const gone = new Promise((done) => owner.once('exit', done));
    owner.kill('SIGTERM');
    await gone;
    await banner.getByRole('button', { name: 'Look again' }).click();
    await banner.waitFor({ state: 'detached' });
    await page.getByTestId('business-name').fill('Taken over');
    await page.getByTestId('business-name').blur();
    await expect.poll(name).toBe('Taken over');
  });

  it('a synced folder is warned of, until the warning is put away for good', async () => {
    expect(await page.getByTestId('synced-banner').innerText()).toContain('OneDrive');
    await page.getByRole('button', { name: 'Do not show this again' }).click();
    await page.getByTestId('synced-banner').waitFor({ state: 'detached' });
    await page.reload();
    await toSettings();
    expect(await page.getByTestId('synced-banner').count()).toBe(0);
  });

  it('a copy is made, listed with what it holds, and gone back to', async () => {
    await page.getByTestId('no-copies').waitFor();
    await page.getByTestId('make-copy').click();
    await page.getByText('A copy was made and checked.').waitFor();
    const list = page.getByTestId('copies');
    expect(await list.innerText()).toMatch(
      /Today, \d\d:\d\d · made by you\s+3,383 sale lines · €183,909.00 sold · last import events.csv/,
    );
    await rename('Later');
    await page.getByTestId('restore-copy').click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.innerText()).toContain('Those are kept as a copy too');
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('restore-yes').click();
    await arrive('Overview');
    expect(await page.getByTestId('store-note').innerText()).toMatch(
      /is restored\.\s+What was there before is kept: .*OneDrive/,
    );
    expect(await name()).toBe('Taken over');
    await toSettings();
    expect(await list.innerText()).toContain('what was there before another copy took its place');
    expect(await list.innerText()).toContain('Later · 3,383 sale lines');
  });

  it('a second place takes every copy from now on; one that cannot be is refused beside its field', async () => {
    const stick = join(window.folder, 'stick');
    const field = page.getByTestId('place-second');
    await field.fill(stick);
    await page.getByTestId('use-second').click();
    await page.getByText(`${stick} cannot hold copies: there is no such folder.`).waitFor();
    mkdirSync(stick);
    await page.getByTestId('use-second').click();
    await expect.poll(() => existsSync(join(stick, 'store')) && readdirSync(join(stick, 'store')).length).toBe(1);
    await expect.poll(copies).toBe(3);
    rmSync(stick, { recursive: true });
    await page.getByTestId('make-copy').click();
    expect(await page.getByTestId('second-trouble').innerText()).toContain(`${stick} is not there`);
    await page.getByTestId('clear-second').click();
    await page.getByTestId('second-trouble').waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe('');
    const other = join(window.folder, 'elsewhere');
    mkdirSync(other);
    await page.getByTestId('place-folder').fill(other);
    await page.getByTestId('use-folder').click();
    await page.getByTestId('no-copies').waitFor();
    await page.getByTestId('clear-folder').click();
    await page.getByTestId('copies').waitFor();
  });

  it('the data are checked on demand, which tells when', async () => {
    expect(await page.getByTestId('checked-at').innerText()).toContain('Not checked yet');
    await page.getByTestId('check-data').click();
    await page.getByText(/Last checked today, \d\d:\d\d: everything is whole\./).waitFor();
  });

  it('the company leaves in one file and comes back from it; what is no company file is refused', async () => {
    const file = await window.saved(() => page.getByTestId('export-company').click());
    expect(file).toMatch(/Taken over .*\.salescope$/);
    await rename('Changed since');
    const wrong = join(window.folder, 'wrong.salescope');
    writeFileSync(wrong, 'a;b\n');
    for (const [path, heading] of [
      [wrong, 'Settings'],
      [file, 'Overview'],
    ]) {
      await page.getByTestId('company-file').setInputFiles(path);
      expect(await page.getByRole('dialog').innerText()).toContain('Those are kept as a copy');
      await page.getByTestId('open-yes').click();
      if (heading === 'Settings') {
        await page.getByRole('alert').filter({ hasText: 'wrong.salescope cannot be used' }).waitFor();
        await page.getByRole('button', { name: 'Cancel' }).click();
      }
      await arrive(heading);
    }
    expect(await name()).toBe('Taken over');
    expect(await page.getByTestId('store-note').innerText()).toContain('is open now');
  });

  it('reads well on a phone and in the dark', async () => {
    await toSettings();
    await page.setViewportSize({ width: 390, height: 844 });
    const body = page.locator('main [data-slot=body]');
    expect(await body.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(1);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    expect(await violations(page)).toEqual([]);
    expect([window.pageErrors, window.foreignRequests]).toEqual([[], []]);
  });
});
