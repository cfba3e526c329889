/** The Electron door as built, in the stand-in: what its window may do, and its life from start to end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchStandIn, type StandIn, startStandIn } from '../stand-in/launch.ts';
import { callThroughBridge } from './page-call.ts';
import { openPage, pageOf } from './pages.ts';
import { longSales } from './sample-sales.ts';
import { electronMain, whyNot } from './window.ts';

const reason = whyNot('stand-in');
if (reason) console.log(`SKIPPED: the Electron door in its stand-in: ${reason}`);

const folder = mkdtempSync(join(tmpdir(), 'salescope-electron-'));
const env = { XDG_DATA_HOME: folder, STAND_IN_DOWNLOADS: folder };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(reason !== null)("the Electron door's window", () => {
  let standIn: StandIn;
  beforeAll(async () => {
    standIn = await launchStandIn({ main: electronMain, env });
    await standIn.page.getByTestId('currency').waitFor();
  });
  afterAll(() => standIn?.close());

  it('gives the page no Node, isolates the preload and starts in the sandbox', async () => {
    const [window] = await standIn.tell('windows');
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    });
    expect(window.url).toMatch(/^app:\/\/salescope\//);
    const log = await standIn.tell('log');
    expect(log.indexOf('sandbox')).toBeLessThan(log.indexOf('ready'));
    expect(log.indexOf('schemes')).toBeLessThan(log.indexOf('ready'));
    expect(log).toContain('show');
    const seen = await standIn.page.evaluate(() => ({
      bridge: Object.keys((window as unknown as { salescope: object }).salescope).sort(),
      node: ['require', 'process', 'Buffer', 'module'].filter((name) => name in window),
    }));
    expect(seen).toEqual({ bridge: ['cancel', 'onFrame', 'onWish', 'send'], node: [] });
  });

  // Chromium knows no scheme of ours: app://other/ is http://other.app.localhost/ to it.
  it.each([
    ['https://example.com/', 'https://example.com/'],
    ['app://other/', 'http://other.app.localhost/'],
    ['app://salescope.evil/', 'http://salescope.evil.app.localhost/'],
    ['file:///etc/passwd', 'file:///etc/passwd'],
  ])('does not go to %s', async (meant, url) => {
    const before = standIn.page.url();
    await standIn.page.evaluate((to) => {
      location.href = to;
    }, url);
    // Chromium itself refuses a file before anybody is asked.
    const prevented = `navigation prevented ${meant}`;
    if (!meant.startsWith('file:')) await expect.poll(() => standIn.tell('log')).toContain(prevented);
    await standIn.page.waitForTimeout(300);
    expect(standIn.page.url()).toBe(before);
    await standIn.page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('opens no other window and embeds nothing', async () => {
    await standIn.page.evaluate(() => {
      window.open('app://salescope/');
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      document.body.append(frame);
    });
    await expect.poll(() => standIn.tell('log')).toContain('window.open deny');
    expect(await standIn.tell('windows')).toHaveLength(1);
    expect(await standIn.page.evaluate(() => frames.length && frames[0].length)).toBe(0);
  });

  it('lets no request out of the program', async () => {
    const answers = await standIn.page.evaluate(async () => {
      const urls = [
        'https://example.com/',
        'http://127.0.0.1:80/',
        'http://other.app.localhost/',
        'file:///etc/passwd',
      ];
      const asked = urls.map((url) =>
        fetch(url)
          .then(() => url)
          .catch(() => 'refused'),
      );
      return Promise.all(asked);
    });
    expect(answers).toEqual(answers.map(() => 'refused'));
    const switches = await standIn.tell('switches');
    expect(switches['proxy-server']).toBe('127.0.0.1:1');
    const log = await standIn.tell('log');
    expect(log).toContain('webrtc disable_non_proxied_udp');
    expect(log).toContain('spell checker off');
  });

  it.each(['media', 'geolocation', 'notifications', 'openExternal'])('refuses the permission %s', async (name) => {
    expect(await standIn.tell('permission', name)).toBe(false);
  });

  it('a path comes from a chosen file only', async () => {
    const answer = await standIn.page.evaluate(
      () =>
        new Promise((resolve) => {
          const { salescope } = window as unknown as { salescope: import('../../src-shared/bridge.ts').Bridge };
          salescope.onFrame((id, frame) => id === 77 && frame.kind !== 'progress' && resolve(frame));
          const file = { path: '/etc/passwd', name: 'sales.csv' };
          salescope.send({ id: 77, method: 'import.preview', input: { file } });
        }),
    );
    expect(answer).toMatchObject({ kind: 'error', error: { code: 'invalid-input' } });
  });

  it('cancels the calls of a page that is loaded anew, and answers the new page', async () => {
    const { page } = standIn;
    const path = join(folder, 'long.csv');
    writeFileSync(path, longSales(500_000));
    await callThroughBridge(page)('settings.set', { currency: 'EUR' });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await openPage(page, pageOf('import'));
    await page.getByTestId('file-input').setInputFiles(path);
    await page.getByTestId('run-import').click({ timeout: 60_000 });
    await page.getByTestId('cancel-job').waitFor();
    await page.reload();
    await page.getByText('Nothing imported yet.').waitFor();
  });
});

describe.skipIf(reason !== null)("the Electron door's life", () => {
  it('a second start brings the first window forward and ends', async () => {
    const first = await launchStandIn({ main: electronMain, env });
    const second = startStandIn({ main: electronMain, env });
    expect(await second.ended).toBe(0);
    await expect.poll(() => first.tell('log')).toContain('focus');
    await first.close();
    expect(await first.ended).toBe(0);
  });

  it('closing the window ends the program, with its store whole', async () => {
    const only = await launchStandIn({ main: electronMain, env });
    await only.page.getByRole('heading', { level: 1 }).waitFor();
    await only.tell('close-window');
    expect(await only.ended).toBe(0);
  });
});
