/** The Electron door without its runtime: what the window may do, what the page may ask, what is carried. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerAppFile } from '../../src-main/doors/app-files.ts';
import { openElectronDoor } from '../../src-main/doors/electron.ts';
import type { Callable } from '../../src-main/doors/frames.ts';
import { contentSecurityPolicy } from '../../src-main/doors/security-policy.ts';
import type { Bridge } from '../../src-shared/bridge.ts';
import type { CallOptions, Frame } from '../../src-shared/contract.ts';
import { AppError } from '../../src-shared/errors.ts';
import { doorOptions, ElectronDouble } from './electron-double.ts';

const closed = vi.fn(() => Promise.resolve());
const aborted = vi.fn();
const asked = vi.fn();

const call = (async (method: string, input: unknown, { onProgress, signal }: CallOptions = {}) => {
  asked(method, input);
  if (method === 'overview.get') throw new AppError('no-data', 'There are no sales yet.', { a: 1 });
  if (method !== 'forecast.run') return { method, input };
  onProgress?.({ done: 1, total: 2, note: 'training', rate: null });
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => {
      aborted();
      reject(new AppError('cancelled', 'Cancelled; nothing was changed.'));
    });
  });
}) as Callable['call'];

let electron: ElectronDouble;
let bridge: Bridge;
let frames: [number, Frame][];

beforeEach(async () => {
  vi.clearAllMocks();
  electron = new ElectronDouble();
  await openElectronDoor(electron.parts, () => ({ call, close: closed }), doorOptions());
  bridge = electron.bridge({ path: '/home/me/sales.csv' });
  frames = [];
  bridge.onFrame((id, frame) => frames.push([id, frame]));
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the window', () => {
  it('gives the page no Node, isolates the preload and starts in the sandbox', () => {
    expect(electron.windows).toHaveLength(1);
    expect(electron.windows[0].webPreferences).toEqual({
      preload: '/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    });
    const { log } = electron;
    expect(log.indexOf('sandbox')).toBeLessThan(log.indexOf('ready'));
    expect(log.indexOf('schemes')).toBeLessThan(log.indexOf('ready'));
    expect(log.at(-1)).toBe('load app://salescope/');
  });

  it('goes nowhere else, opens nothing, embeds nothing', () => {
    const navigate = (event: string, url: string) => {
      const preventDefault = vi.fn();
      electron.contents.emit(event, { url, preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      for (const url of [
        'https://example.com/',
        'file:///etc/passwd',
        'app://other/',
        'app://salescope.evil/',
        'javascript:alert(1)',
      ]) {
        expect(navigate(event, url), `${event} ${url}`).toBe(true);
      }
      expect(navigate(event, 'app://salescope/customers')).toBe(false);
    }
    expect(navigate('will-attach-webview', 'app://salescope/')).toBe(true);
    expect(electron.contents.windowOpenHandler?.()).toEqual({ action: 'deny' });
  });

  it('refuses every permission', () => {
    const { permissionRequest, permissionCheck, devicePermission } = electron.session;
    const answer = vi.fn();
    permissionRequest(null as never, 'media' as never, answer as never);
    expect(answer).toHaveBeenCalledWith(false);
    expect(permissionCheck()).toBe(false);
    expect(devicePermission()).toBe(false);
  });

  it('lets no request out of the program', () => {
    const cancelled = (url: string) => {
      const answer = vi.fn();
      electron.session.beforeRequest({ url } as never, answer as never);
      return answer.mock.calls[0][0].cancel;
    };
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1:80/',
      'ws://example.com',
      'wss://a',
      'ftp://a',
      'file:///etc/passwd',
      'chrome://gpu',
      'no url',
    ]) {
      expect(cancelled(url), url).toBe(true);
    }
    for (const url of [
      'app://salescope/',
      'blob:app://salescope/1',
      'data:image/png;base64,AA',
      'devtools://devtools/x',
    ]) {
      expect(cancelled(url), url).toBe(false);
    }
    expect(electron.switches['proxy-server']).toBe('127.0.0.1:1');
    expect(electron.contents.webRtcPolicy).toBe('disable_non_proxied_udp');
    expect(electron.log).toContain('spell checker off');
  });

  it('has a menu of roles without a way out', () => {
    const roles = electron.menu.map(({ role }) => role);
    expect(roles).toContain('editMenu');
    expect(roles).not.toContain('help');
    expect(electron.menu.every((entry) => Object.keys(entry).length === 1)).toBe(true);
  });

  it('comes forward when Salescope is started again, and the second one ends', async () => {
    electron.app.emit('second-instance');
    expect(electron.log.slice(-2)).toEqual(['restore', 'focus']);
    const second = new ElectronDouble();
    second.firstInstance = false;
    const open = vi.fn();
    expect(await openElectronDoor(second.parts, open, doorOptions())).toBe(false);
    expect(open).not.toHaveBeenCalled();
    expect(second.log).toContain('quit');
    expect(second.windows).toEqual([]);
  });

  it('closes the application before it quits, once', async () => {
    electron.app.emit('window-all-closed');
    const preventDefault = vi.fn();
    electron.app.emit('will-quit', { preventDefault });
    await settled();
    expect(preventDefault).toHaveBeenCalledTimes(1);
    expect(closed).toHaveBeenCalledTimes(1);
    electron.app.emit('will-quit', { preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(1);
    expect(electron.log.filter((entry) => entry === 'quit')).toHaveLength(2);
  });
});

describe('calls', () => {
  it('carries a result and an error with its details', async () => {
    bridge.send({ id: 1, method: 'app.info', input: {} });
    bridge.send({ id: 2, method: 'overview.get', input: {} });
    await settled();
    expect(frames).toEqual([
      [1, { kind: 'result', output: { method: 'app.info', input: {} } }],
      [2, { kind: 'error', error: { code: 'no-data', message: 'There are no sales yet.', details: { a: 1 } } }],
    ]);
  });

  it('carries progress and cancels', async () => {
    bridge.send({ id: 1, method: 'forecast.run', input: {} });
    await settled();
    expect(frames).toEqual([[1, { kind: 'progress', progress: { done: 1, total: 2, note: 'training', rate: null } }]]);
    bridge.cancel(9);
    expect(aborted).not.toHaveBeenCalled();
    bridge.cancel(1);
    await settled();
    expect(aborted).toHaveBeenCalledTimes(1);
    expect(frames[1]).toMatchObject([1, { kind: 'error', error: { code: 'cancelled' } }]);
  });

  it('knows the methods of the contract only', async () => {
    for (const [id, method] of ['no.such', 'constructor', '__proto__', 'toString'].entries())
      bridge.send({ id, method, input: {} });
    await settled();
    expect(frames.map(([, frame]) => frame.kind === 'error' && frame.error.code)).toEqual(
      Array(4).fill('unknown-method'),
    );
    expect(asked).not.toHaveBeenCalled();
  });

  it('drops messages of other pages, of frames in the page and without a sound id', async () => {
    for (const sender of [
      { url: 'https://example.com/' },
      { url: 'app://salescope.evil/' },
      { url: 'file:///x' },
      { parent: {} },
    ]) {
      const foreign = electron.bridge(sender);
      foreign.send({ id: 1, method: 'app.info', input: {} });
    }
    electron.ipcMain.emit(
      'salescope:send',
      { sender: electron.contents, senderFrame: null },
      { id: 1, method: 'app.info', input: {} },
    );
    for (const id of ['1', null, 1.5, {}]) bridge.send({ id: id as number, method: 'app.info', input: {} });
    const event = { sender: electron.contents, senderFrame: { url: 'app://salescope/', parent: null } };
    for (const value of [null, undefined, 7, 'x']) electron.ipcMain.emit('salescope:send', event, value);
    await settled();
    expect(asked).not.toHaveBeenCalled();
    bridge.send({ id: 1, method: 'forecast.run', input: {} });
    electron.bridge({ url: 'https://example.com/' }).cancel(1);
    await settled();
    expect(aborted).not.toHaveBeenCalled();
  });

  it('cancels the calls of a page that was reloaded, and tells the new page nothing of them', async () => {
    bridge.send({ id: 1, method: 'forecast.run', input: {} });
    await settled();
    electron.contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    expect(aborted).not.toHaveBeenCalled();
    electron.contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    bridge.send({ id: 1, method: 'app.info', input: {} });
    await settled();
    expect(aborted).toHaveBeenCalledTimes(1);
    expect(frames.slice(1)).toEqual([[1, { kind: 'result', output: { method: 'app.info', input: {} } }]]);
  });

  it.each(['closed', 'render-process-gone'])('cancels when the page is gone: %s', async (event) => {
    bridge.send({ id: 1, method: 'forecast.run', input: {} });
    await settled();
    electron.contents.destroyed = true;
    (event === 'closed' ? electron.window : electron.contents).emit(event);
    await settled();
    expect(aborted).toHaveBeenCalledTimes(1);
    expect(frames).toHaveLength(1);
  });
});

describe('the bridge', () => {
  it('has send, cancel and onFrame and nothing else', () => {
    expect(Object.keys(bridge).sort()).toEqual(['cancel', 'onFrame', 'send']);
  });

  it("takes a file's path from the chosen file only", async () => {
    const input = { file: { path: '/etc/passwd', name: 'sales.csv' }, options: {} };
    bridge.send({ id: 1, method: 'import.preview', input }, new File(['x'], 'sales.csv'));
    bridge.send({ id: 2, method: 'import.preview', input });
    await settled();
    expect(asked.mock.calls).toEqual([
      ['import.preview', { file: { path: '/home/me/sales.csv', name: 'sales.csv' }, options: {} }],
      ['import.preview', { file: { path: '', name: 'sales.csv' }, options: {} }],
    ]);
    expect(input.file.path).toBe('/etc/passwd');
  });

  it('stops listening when told', async () => {
    const heard = vi.fn();
    bridge.onFrame(heard)();
    bridge.send({ id: 1, method: 'app.info', input: {} });
    await settled();
    expect(heard).not.toHaveBeenCalled();
    expect(frames).toHaveLength(1);
  });
});

describe("the interface's files", () => {
  const root = mkdtempSync(join(tmpdir(), 'salescope-app-'));
  const renderer = join(root, 'renderer');
  mkdirSync(renderer);
  writeFileSync(join(renderer, 'index.html'), 'the page');
  writeFileSync(join(renderer, 'main.js'), 'the script');
  writeFileSync(join(root, 'secret.txt'), 'outside');
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const get = (url: string, method = 'GET') => answerAppFile(renderer, { url, method });

  it('are served with the content security policy', async () => {
    for (const [url, type, text] of [
      ['app://salescope/', 'text/html', 'the page'],
      ['app://salescope/customers?x=1', 'text/html', 'the page'],
      ['app://salescope/main.js', 'text/javascript', 'the script'],
    ]) {
      const answer = await get(url);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain(type);
      expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
      expect(await answer.text()).toBe(text);
    }
  });

  it('end at their folder', async () => {
    const urls = [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/..%5csecret.txt',
      '/%2e%2e%2fsecret.txt',
      '/%',
      '/a%00.txt',
      '/none.js',
    ];
    for (const url of urls) {
      const answer = await get(`app://salescope${url}`);
      expect(await answer.text(), url).not.toContain('outside');
    }
    expect((await get('app://salescope/..%2fsecret.txt')).status).toBe(400);
    expect((await get('app://salescope/%E0.txt')).status).toBe(400);
    expect((await get('app://salescope/none.js')).status).toBe(404);
    expect((await get('app://other/main.js')).status).toBe(403);
    expect((await get('app://salescope/main.js', 'POST')).status).toBe(405);
  });
});
