/** `npm start` where there is no Electron, no display, no browser, or a browser: what it prints, serves and leaves. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserArguments, findBrowser, hasDisplay, profileParent } from '../../src-main/doors/browser.ts';
import { fetchElectron, findElectron } from '../../src-main/doors/electron-runtime.ts';
import { dataDirectory, storePath } from '../../src-main/doors/store-path.ts';
import { httpClient } from './http-client.ts';

const root = resolve(import.meta.dirname, '..', '..');
const built = existsSync(join(root, 'out', 'renderer', 'index.html'));
if (!built) console.warn('SKIPPED: tests of npm start, as out/renderer is not built (npm run build).');
let folder: string;
let started: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salescope-start-'));
  started = [];
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

interface Started {
  child: ChildProcess;
  output: () => string;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
  printed: (pattern: RegExp) => Promise<RegExpExecArray>;
}

function start(args: string[], env: NodeJS.ProcessEnv = {}): Started {
  const clean = { HOME: folder, XDG_DATA_HOME: join(folder, 'data'), PATH: join(folder, 'bin') };
  // A machine that has the runtime must not open a window here.
  const noElectron = { SALESCOPE_NO_ELECTRON_FETCH: '1', ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'no-electron') };
  const child = spawn(process.execPath, [join(root, 'src-main', 'doors', 'start.ts'), ...args], {
    env: { ...clean, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...noElectron, ...env },
  });
  started.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk));
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const printed = async (pattern: RegExp) => {
    await expect.poll(() => text, { timeout: 20_000 }).toMatch(pattern);
    return pattern.exec(text)!;
  };
  return { child, output: () => text, ended, printed };
}

const address = /http:\/\/127\.0\.0\.1:\d+\/launch\?token=[\w-]+/;
const leftovers = () =>
  readdirSync(join(folder, 'data', 'Salescope')).filter((name) => /^(uploads|browser)-/.test(name));

/** Puts a program named chromium on the PATH that keeps its arguments and then does as told. */
function fakeBrowser(behaviour: string): string {
  const seen = join(folder, 'browser.json');
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const path = join(folder, 'bin', 'chromium');
  const lines = [
    `#!${process.execPath}`,
    `require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.argv.slice(2)));`,
    "const file = new URL(process.argv.find((value) => value.startsWith('--app=')).slice('--app='.length));",
    "const url = /url=([^\"]+)/.exec(require('node:fs').readFileSync(file, 'utf8'))[1];",
    behaviour,
  ];
  writeFileSync(path, lines.join('\n'));
  chmodSync(path, 0o755);
  return seen;
}

describe.skipIf(!built)('without a display', () => {
  it('prints one line with the address, serves the interface and its calls, and clears up at the end', async () => {
    const run = start([]);
    const [url] = await run.printed(address);
    expect(run.output().trimEnd().split('\n')).toHaveLength(1);
    const client = await httpClient(url);
    const again = await fetch(url, { redirect: 'manual' });
    expect(again.status).toBe(403);
    expect(await client.call('settings.get', {})).toHaveProperty('currency');
    await client.upload('sales.csv', 'a;b');
    expect(leftovers()).toHaveLength(1);
    expect(existsSync(join(folder, 'data', 'Salescope', 'salescope.db'))).toBe(true);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(leftovers()).toEqual([]);
  });

  it('joins the first where the store is open already, and brings its files along', async () => {
    const first = start([]);
    const [url] = await first.printed(address);
    const client = await httpClient(url);
    await client.call('settings.get', {});
    writeFileSync(join(folder, 'sales.csv'), 'Date,Amount\n2024-01-01,5\n');
    const second = start([join(folder, 'sales.csv')]);
    const [, further] = await second.printed(
      /works on .* already \(browser, process \d+\); a further address of it is (\S+)/,
    );
    expect(await second.ended).toBe(0);
    expect(new URL(further).origin).toBe(new URL(url).origin);
    expect(await (await httpClient(further)).opened()).toEqual([
      { path: join(folder, 'sales.csv'), name: 'sales.csv' },
    ]);
  });

  it('takes over from a program that was killed, and sweeps what it left', async () => {
    const first = start([]);
    const [url] = await first.printed(address);
    await (await httpClient(url)).upload('sales.csv', 'a;b');
    first.child.kill('SIGKILL');
    await first.ended;
    expect(leftovers()).toHaveLength(1);
    const second = start([]);
    await second.printed(address);
    expect(leftovers()).toHaveLength(1);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(leftovers()).toEqual([]);
  });

  it('takes --store and --port, and says so when the port is taken', async () => {
    mkdirSync(join(folder, 'elsewhere'));
    const store = join(folder, 'elsewhere', 'mine.db');
    const run = start(['--store', store, '--no-window'], { DISPLAY: ':9' });
    const [url] = await run.printed(address);
    await (await httpClient(url)).call('settings.get', {});
    expect(existsSync(store)).toBe(true);
    const { port } = new URL(url);
    const second = start(['--port', port, '--store', join(folder, 'second.db')]);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`Port ${port} is taken.`);
  });

  it.each([[['--port', 'x']], [['--port', '70000']], [['--nothing']], [['--store']]])(
    'refuses %j in one line',
    async (args) => {
      const run = start(args);
      expect(await run.ended).toBe(1);
      expect(run.output()).toContain(args[0]);
      expect(run.output()).not.toContain('    at ');
    },
  );
});

describe.skipIf(!built || process.platform !== 'linux')('with a display but without Electron', () => {
  it('says so in one line, opens the browser, and ends when its window is closed', async () => {
    const seen = fakeBrowser("fetch(url, { redirect: 'manual' }).then(() => setTimeout(() => {}, 300));");
    const run = start([], { DISPLAY: ':9' });
    expect(await run.ended).toBe(0);
    expect(run.output()).toBe('The Electron runtime is not here, so Salescope opens in Chromium.\n');
    const args: string[] = JSON.parse(readFileSync(seen, 'utf8'));
    const profile = args.find((value) => value.startsWith('--user-data-dir='))!.slice('--user-data-dir='.length);
    expect(profile.startsWith(join(folder, 'data', 'Salescope', 'browser-'))).toBe(true);
    expect(args).toEqual(browserArguments(args[0].slice('--app='.length), profile));
    // Others can read the command line; the address that lets in stands in a file of this user alone.
    expect(args.join(' ')).not.toMatch(/token|127\.0\.0\.1:\d+\/launch/);
    expect(leftovers()).toEqual([]);
  });

  it('prints the address when the browser does not open, or is not there', async () => {
    fakeBrowser('process.exit(1);');
    const broken = start([], { DISPLAY: ':9' });
    const [, url] = await broken.printed(/Chromium did not open\. Salescope is at (\S+)/);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(200);
    rmSync(join(folder, 'bin'), { recursive: true });
    const none = start(['--store', join(folder, 'b.db')], { WAYLAND_DISPLAY: 'wayland-0' });
    await none.printed(/The Electron runtime is not here, and no Chrome or Chromium was found\. Salescope is at http/);
  });

  it('closes the browser when it is stopped', async () => {
    const seen = fakeBrowser("fetch(url, { redirect: 'manual' }); setInterval(() => {}, 1000);");
    const run = start([], { DISPLAY: ':9' });
    await expect.poll(() => existsSync(seen), { timeout: 20_000 }).toBe(true);
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(leftovers()).toEqual([]);
  });

  it('opens the window in Electron when its runtime is there', async () => {
    const runtime = join(folder, 'runtime');
    mkdirSync(runtime);
    const program = readElectronName();
    mkdirSync(join(runtime, program, '..'), { recursive: true });
    const seen = join(folder, 'electron.json');
    const script = `require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify([process.argv.at(-1), process.env.SALESCOPE_STORE]));`;
    writeFileSync(join(runtime, program), `#!${process.execPath}\n${script}`);
    chmodSync(join(runtime, program), 0o755);
    const run = start(['--store', join(folder, 'c.db')], { DISPLAY: ':9', ELECTRON_OVERRIDE_DIST_PATH: runtime });
    expect(await run.ended).toBe(0);
    expect(run.output()).toBe('');
    expect(JSON.parse(readFileSync(seen, 'utf8'))).toEqual([
      join(root, 'out', 'main', 'electron.js'),
      join(folder, 'c.db'),
    ]);
    writeFileSync(join(runtime, program), `#!${process.execPath}\nprocess.exit(3);`);
    const failing = start([], { DISPLAY: ':9', ELECTRON_OVERRIDE_DIST_PATH: runtime });
    await failing.printed(/The Electron runtime does not start on this machine \(code 3\), and no Chrome/);
  });
});

function readElectronName(): string {
  const path = join(root, 'node_modules', 'electron', 'path.txt');
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : 'electron';
}

describe("Electron's runtime", () => {
  const home = () => join(folder, 'node_modules', 'electron');
  const install = (version: string, script: string) => {
    mkdirSync(home(), { recursive: true });
    writeFileSync(join(home(), 'package.json'), JSON.stringify({ version }));
    const count = `require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'runs'))}, 'x');`;
    writeFileSync(join(home(), 'install.js'), `${count}\n${script}`);
  };
  const runs = () => readFileSync(join(folder, 'runs'), 'utf8').length;

  it('is found by its files', () => {
    expect(findElectron(folder, {})).toBeNull();
    mkdirSync(join(home(), 'dist'), { recursive: true });
    writeFileSync(join(home(), 'path.txt'), 'electron\n');
    expect(findElectron(folder, {})).toBeNull();
    writeFileSync(join(home(), 'dist', 'electron'), '');
    expect(findElectron(folder, {})).toBe(join(home(), 'dist', 'electron'));
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'other') })).toBeNull();
  });

  it('is tried once; the reason is remembered for this version', async () => {
    install('1.0.0', "console.error('HTTPError: 404\\n    at x'); process.exit(1);");
    expect(await fetchElectron(folder)).toBe('HTTPError: 404');
    expect(await fetchElectron(folder)).toBe('HTTPError: 404');
    expect(runs()).toBe(1);
    install('1.0.1', '');
    expect(await fetchElectron(folder)).toBe('');
    expect(runs()).toBe(2);
  });

  it('is not waited for longer than the limit', async () => {
    install('1.0.0', 'setInterval(() => {}, 1000);');
    expect(await fetchElectron(folder, 300)).toBe('not done after 0.3 seconds');
  });

  it('is not looked for where its package is left out', async () => {
    expect(await fetchElectron(folder)).toBe('its package is not installed');
  });
});

describe('places', () => {
  const at =
    (...paths: string[]) =>
    (path: string) =>
      paths.includes(path.replaceAll('\\', '/'));

  it('of browsers on each system', () => {
    const windows = {
      PROGRAMFILES: 'C:/Program Files',
      'PROGRAMFILES(X86)': 'C:/Program Files (x86)',
      LOCALAPPDATA: 'C:/Users/me/AppData/Local',
    };
    const chrome = 'C:/Users/me/AppData/Local/Google/Chrome/Application/chrome.exe';
    const edge = 'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe';
    expect(findBrowser('win32', windows, '', at(edge))?.name).toBe('Edge');
    expect(findBrowser('win32', windows, '', at(edge, chrome))?.path.replaceAll('\\', '/')).toBe(chrome);
    const mac = '/Users/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findBrowser('darwin', {}, '/Users/me', at(mac))?.path.replaceAll('\\', '/')).toBe(mac);
    const linux = { PATH: '/usr/local/bin:/usr/bin' };
    if (process.platform !== 'win32')
      expect(findBrowser('linux', linux, '', at('/usr/bin/chromium'))).toEqual({
        name: 'Chromium',
        path: '/usr/bin/chromium',
      });
    expect(findBrowser('linux', {}, '', () => true)).toBeNull();
  });

  it('of displays', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay('win32', {})).toBe(true);
  });

  it("of the browser's profile: a snap gets its own", () => {
    expect(profileParent({ name: 'Chromium', path: '/snap/bin/chromium' }, '/data', '/home/me')).toBe(
      '/home/me/snap/chromium/common/salescope',
    );
    expect(profileParent({ name: 'Chrome', path: '/opt/none/chrome' }, '/data', '/home/me')).toBe('/data');
  });

  it('of the store on each system', () => {
    expect(dataDirectory({ platform: 'linux', env: {}, home: '/home/me' })).toBe('/home/me/.local/share/Salescope');
    expect(dataDirectory({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home: '/home/me' })).toBe(
      '/data/Salescope',
    );
    expect(dataDirectory({ platform: 'linux', env: { XDG_DATA_HOME: 'data' }, home: '/home/me' })).toBe(
      '/home/me/.local/share/Salescope',
    );
    expect(dataDirectory({ platform: 'darwin', env: {}, home: '/Users/me' })).toBe(
      '/Users/me/Library/Application Support/Salescope',
    );
    expect(dataDirectory({ platform: 'win32', env: { APPDATA: 'C:\\Data' }, home: 'C:\\Users\\me' })).toBe(
      'C:\\Data\\Salescope',
    );
    expect(dataDirectory({ platform: 'win32', env: {}, home: 'C:\\Users\\me' })).toBe(
      'C:\\Users\\me\\AppData\\Roaming\\Salescope',
    );
    const own = storePath(undefined, {
      platform: process.platform,
      env: { XDG_DATA_HOME: folder, APPDATA: folder },
      home: folder,
    });
    expect(own.endsWith(join('Salescope', 'salescope.db'))).toBe(true);
    expect(existsSync(dirname(own))).toBe(true);
    const machine = { platform: 'linux' as const, env: { SALESCOPE_STORE: '/from/env.db' }, home: '/home/me' };
    expect(storePath('/given.db', machine)).toBe(resolve('/given.db'));
    expect(storePath(undefined, machine)).toBe(resolve('/from/env.db'));
    expect(storePath('mine.db', machine)).toBe(resolve('mine.db'));
  });
});
