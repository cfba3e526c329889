/** The desktop program around its page, in the stand-in: when things go right, and when they go wrong. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createApplication } from '../../src-main/application/application.ts';
import { launchStandIn, type StandIn, startStandIn } from '../stand-in/launch.ts';
import { callThroughBridge } from './page-call.ts';
import { openPage, pageOf } from './pages.ts';
import { longSales } from './sample-sales.ts';
import { electronMain, whyNot } from './window.ts';

const reason = whyNot('stand-in');
if (reason) console.log(`SKIPPED: the desktop program in its stand-in: ${reason}`);

const root = mkdtempSync(join(tmpdir(), 'salescope-desktop-'));
const sales = join(root, 'till export.csv');
writeFileSync(sales, 'Date,Invoice,Customer,Amount\n2024-01-02,1,Anna Smith,3.5\n2024-01-03,2,Bert,4.5\n');
const long = join(root, 'long.csv');
let homes = 0;
/** A user's own folder, with nothing in it. */
const newHome = (): string => {
  const home = join(root, `home-${++homes}`);
  mkdirSync(join(home, 'saved'), { recursive: true });
  return home;
};
const envOf = (home: string, more: Record<string, string> = {}) => ({
  XDG_DATA_HOME: home,
  STAND_IN_DOWNLOADS: join(home, 'saved'),
  SALESCOPE_STORE: '',
  ...more,
});
let running: StandIn | null = null;
async function launch(home: string, args: string[] = [], more: Record<string, string> = {}): Promise<StandIn> {
  running = await launchStandIn({ main: electronMain, args, env: envOf(home, more) });
  await running.page.getByRole('heading', { level: 1 }).waitFor();
  return running;
}
/** The same with a currency chosen, so that every page can be opened. */
async function launchReady(home: string, args: string[] = [], more: Record<string, string> = {}): Promise<StandIn> {
  const { call, close } = createApplication({ storePath: storeOf(home), backups: false });
  await call('settings.set', { currency: 'EUR', locale: 'en-GB' });
  await close();
  return launch(home, args, more);
}
const storeOf = (home: string): string => {
  mkdirSync(join(home, 'Salescope'), { recursive: true });
  return join(home, 'Salescope', 'salescope.db');
};
const logOf = (home: string): string => {
  const path = join(home, 'Salescope', 'log', 'salescope.log');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

afterEach(async () => {
  const left = running;
  running = null;
  if (left && left.process.exitCode === null && left.process.signalCode === null) await left.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const previewOf = (page: Page, name = 'till export.csv') =>
  page.getByRole('heading', { name: `Check ${name}` }).waitFor({ timeout: 20_000 });

describe.skipIf(reason !== null)('when things go right', () => {
  it('the window opens inside the screen, and where it was left', async () => {
    const home = newHome();
    const small = { STAND_IN_DISPLAYS: '[{"x":0,"y":30,"width":1366,"height":728}]' };
    const first = await launch(home, [], small);
    const inside = { x: 0, y: 30, width: 1366, height: 728 };
    expect((await first.tell('windows'))[0].bounds).toEqual(inside);
    await first.tell('set-bounds', { x: 200, y: 100, width: 900, height: 600 });
    await first.close();
    const second = await launch(home, [], small);
    expect((await second.tell('windows'))[0].bounds).toEqual({ x: 200, y: 100, width: 900, height: 600 });
    // On a second screen, which is then taken away.
    await second.tell('set-bounds', { x: 3000, y: 100, width: 900, height: 600 });
    await second.tell('maximize');
    await second.close();
    const third = await launch(home, [], small);
    const [window] = await third.tell('windows');
    expect(window.maximized).toBe(true);
    expect(window.bounds).toEqual({ x: 233, y: 94, width: 900, height: 600 });
  });

  it('the menu holds the own actions, and each leads there', async () => {
    const standIn = await launchReady(newHome());
    const { page } = standIn;
    const menu = JSON.stringify(await standIn.tell('menu'));
    for (const role of ['undo', 'copy', 'paste', 'zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen', 'quit'])
      expect(menu).toContain(`"${role}"`);
    await standIn.tell('click-menu', ['File', 'Import …']);
    await page.getByRole('heading', { level: 1, name: 'Import' }).waitFor();
    await page.getByTestId('file-input').setInputFiles(sales);
    await previewOf(page);
    await page.getByTestId('run-import').click();
    await page.getByTestId('import-result').waitFor();
    await standIn.tell('click-menu', ['Edit', 'Find a customer']);
    await page.getByTestId('search-customers').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('search-customers');
    await standIn.tell('click-menu', ['Edit', 'Undo the last import …']);
    await page.getByRole('dialog').getByText('till export.csv').waitFor();
    await page.keyboard.press('Escape');
    for (const [entry, heading] of [
      ['Report', 'Report'],
      ['Settings', 'Settings'],
    ] as const) {
      await standIn.tell('click-menu', ['File', entry]);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    }
    await standIn.tell('click-menu', ['Help', 'Help and keys']);
    await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
    await standIn.tell('click-menu', ['File', 'Print …']);
    expect(await standIn.tell('printed')).toBe(1);
    await standIn.tell('click-menu', ['Help', 'About Salescope']);
    expect(await standIn.tell('log')).toContain('about');
    // What was imported can be imported again from the menu, and is among the system's recent files.
    expect(await standIn.tell('recent')).toEqual([sales]);
    await standIn.tell('click-menu', ['File', 'Import again', 'till export.csv']);
    await previewOf(page);
  });

  it('files opened with it lead to the preview: at the start, by a second start, by the system', async () => {
    const home = newHome();
    const standIn = await launchReady(home, [sales]);
    await previewOf(standIn.page);
    await standIn.page.getByRole('button', { name: 'Not this file' }).click();
    const other = join(root, 'other.csv');
    writeFileSync(other, readFileSync(sales));
    const second = startStandIn({ main: electronMain, args: [other], env: envOf(home) });
    expect(await second.ended).toBe(0);
    await previewOf(standIn.page, 'other.csv');
    await standIn.page.getByRole('button', { name: 'Not this file' }).click();
    await standIn.tell('open-file', sales);
    await previewOf(standIn.page);
    await standIn.page.getByTestId('run-import').click();
    await standIn.page.getByTestId('accounting').waitFor();
    expect(await standIn.tell('refusals')).toEqual([]);
  });

  it('a company file opened with it takes the place of the data once that is confirmed, on a new computer too', async () => {
    const from = await launchReady(newHome(), [sales]);
    await previewOf(from.page);
    await from.page.getByTestId('run-import').click();
    await from.page.getByTestId('accounting').waitFor();
    const { fileName, base64 } = await callThroughBridge(from.page)('company.export', {});
    const company = join(root, fileName);
    writeFileSync(company, Buffer.from(base64, 'base64'));
    const told = (standIn: StandIn) => callThroughBridge(standIn.page)('overview.get', { filter: {} });
    const { total } = await told(from);
    await from.close();
    const to = await launch(newHome());
    await to.page.getByText('From another computer?').waitFor();
    await to.tell('open-file', company);
    await to.page.getByRole('dialog').getByText(fileName).waitFor();
    await to.page.getByTestId('open-yes').click();
    await to.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    expect((await told(to)).total).toEqual(total);
    expect(await to.tell('refusals')).toEqual([]);
  });

  it('what is saved goes where the last was saved', async () => {
    const home = newHome();
    const standIn = await launchReady(home, [sales]);
    const { page } = standIn;
    await previewOf(page);
    await page.getByTestId('run-import').click();
    await page.getByTestId('accounting').waitFor();
    await openPage(page, pageOf('customers'));
    const elsewhere = join(home, 'my tables');
    mkdirSync(elsewhere);
    await standIn.tell('answer', join(elsewhere, 'first.csv'));
    const save = page.getByRole('button', { name: 'Save as CSV' }).first();
    await save.click();
    await expect.poll(() => standIn.tell('saved')).toEqual([join(elsewhere, 'first.csv')]);
    await save.click();
    await expect.poll(async () => (await standIn.tell('saved')).length).toBe(2);
    const { options } = (await standIn.tell('dialogs')).at(-1)!;
    expect(options).toMatchObject({ defaultPath: join(elsewhere, 'customer_segments.csv') });
  });
});

describe.skipIf(reason !== null)('while it works', () => {
  async function importing(home: string): Promise<StandIn> {
    if (!existsSync(long)) writeFileSync(long, longSales(500_000));
    const standIn = await launchReady(home, [long]);
    await previewOf(standIn.page, 'long.csv');
    await standIn.page.getByTestId('run-import').click({ timeout: 60_000 });
    await standIn.page.getByTestId('cancel-job').waitFor();
    return standIn;
  }

  it('the machine stays awake, and quitting asks; stopped, the data are as before', async () => {
    const home = newHome();
    const standIn = await importing(home);
    expect(await standIn.tell('blocked')).toBe(true);
    await standIn.tell('answer', 'Stay');
    await standIn.tell('close-window');
    await expect.poll(() => standIn.tell('dialogs')).toHaveLength(1);
    expect((await standIn.tell('dialogs'))[0].options).toMatchObject({ message: 'An import is still going on' });
    expect(await standIn.tell('windows')).toHaveLength(1);
    await standIn.tell('answer', 'Stop it and quit');
    await standIn.tell('quit');
    expect(await standIn.ended).toBe(0);
    const { call, close } = createApplication({ storePath: storeOf(home), backups: false });
    expect(await call('import.list', {})).toEqual([]);
    await close();
  });

  it('it can finish in the background, says so at its end, and the import is whole', async () => {
    const home = newHome();
    const standIn = await importing(home);
    await standIn.tell('answer', 'Finish in the background, then quit');
    await standIn.tell('close-window');
    await expect.poll(async () => (await standIn.tell('windows'))[0]?.visible).toBe(false);
    const notices: string[] = [];
    const watch = setInterval(
      () =>
        void standIn
          .tell('notifications')
          .then((all) => notices.push(...all.map(({ title }) => title)))
          .catch(() => {}),
      100,
    );
    expect(await standIn.ended).toBe(0);
    clearInterval(watch);
    const { call, close } = createApplication({ storePath: storeOf(home), backups: false });
    const [record] = await call('import.list', {});
    expect(record).toMatchObject({ read: 500_000, setAside: 0 });
    await close();
    expect(logOf(home)).toBe('');
  });
});

describe.skipIf(reason !== null)('when things go wrong', () => {
  it('a page that crashed says so, can be opened again, and in safe mode', async () => {
    const home = newHome();
    const standIn = await launchReady(home);
    await standIn.tell('crash');
    await expect.poll(async () => (await standIn.tell('windows'))[0].url).toBe('app://salescope/trouble/crashed');
    const page = await standIn.window();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('This window has stopped working');
    expect(logOf(home)).toContain('page (code 5): internal: The process of the page has gone: crashed');
    await page.getByRole('link', { name: 'Open it in safe mode' }).click();
    await page.getByTestId('safe-mode').waitFor();
    await page.getByRole('button', { name: 'Leave safe mode' }).click();
    await page.getByTestId('safe-mode').waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('a page that hangs is asked about', async () => {
    const home = newHome();
    const standIn = await launchReady(home, [], { STAND_IN_PATIENCE_MS: '1000' });
    await standIn.tell('answer', 'Open it again');
    void standIn.page
      .evaluate(() => {
        const until = performance.now() + 60_000;
        while (performance.now() < until);
      })
      .catch(() => {});
    await expect.poll(async () => (await standIn.tell('dialogs')).length, { timeout: 20_000 }).toBe(1);
    const page = await standIn.window();
    await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 20_000 });
    expect(logOf(home)).toContain('The page does not answer.');
    expect((await standIn.tell('windows'))[0].url).toMatch(/^app:\/\/salescope\/(#.*)?$/);
  });

  it('an uncaught fault of the program leaves a trace without any data, and the window says so', async () => {
    const home = newHome();
    const standIn = await launchReady(home);
    await standIn.tell('throw', 'cannot read "Anna Smith" of order 4711007');
    await expect.poll(async () => (await standIn.tell('windows'))[0].url).toBe('app://salescope/trouble/fault');
    const log = logOf(home);
    expect(log).toMatch(/^── \d{4}-\d\d-\d\dT.* Salescope 0\.1\.0, Node v\d+/);
    expect(log).toContain('unhandledRejection: internal: cannot read "…" of order #');
    expect(log).not.toMatch(/Anna|4711007/);
    await (await standIn.window()).getByRole('link', { name: 'Open it again' }).click();
    await standIn.page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('a fault on the page is said there and noted', async () => {
    const home = newHome();
    const { page } = await launchReady(home);
    await page.evaluate(
      () =>
        void setTimeout(() => {
          throw new Error('a fault of "Anna"');
        }),
    );
    await page.getByTestId('trouble').waitFor();
    await expect.poll(() => logOf(home)).toContain('page: internal: a fault of "…"');
    await openPage(page, pageOf('help'));
    await page.getByTestId('copy-log').click();
    await page.getByRole('button', { name: 'Open again' }).click();
    await page.getByTestId('trouble').waitFor({ state: 'detached' });
  });

  it('another window that owns the store and does not answer: this one says who, and ends', async () => {
    const home = newHome();
    const owner = createApplication({ storePath: storeOf(home), door: 'browser', backups: false });
    await owner.answersAt(join(home, 'nobody.sock'));
    const standIn = startStandIn({ main: electronMain, env: envOf(home) });
    expect(await standIn.ended).toBe(0);
    await owner.close();
    expect(readdirSync(join(home, 'Salescope')).filter((name) => name.endsWith('.owner.json'))).toEqual([]);
  });
});
