/** The user's own Chrome or Chromium as the window, where Electron's runtime is absent. */
import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Browser {
  name: string;
  path: string;
}

const linuxPrograms: [string, string][] = [
  ['google-chrome-stable', 'Chrome'],
  ['google-chrome', 'Chrome'],
  ['chromium', 'Chromium'],
  ['chromium-browser', 'Chromium'],
  ['brave-browser', 'Brave'],
  ['microsoft-edge-stable', 'Edge'],
  ['microsoft-edge', 'Edge'],
];
const windowsPrograms: [string[], string][] = [
  [['Google', 'Chrome', 'Application', 'chrome.exe'], 'Chrome'],
  [['Chromium', 'Application', 'chrome.exe'], 'Chromium'],
  [['Microsoft', 'Edge', 'Application', 'msedge.exe'], 'Edge'],
];
const macPrograms: [string, string][] = [
  ['Google Chrome', 'Chrome'],
  ['Chromium', 'Chromium'],
  ['Brave Browser', 'Brave'],
  ['Microsoft Edge', 'Edge'],
];

function candidates(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): Browser[] {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return windowsPrograms.flatMap(([parts, name]) => roots.map((root) => ({ name, path: join(root, ...parts) })));
  }
  if (platform === 'darwin') {
    return macPrograms.flatMap(([program, name]) =>
      ['/Applications', join(home, 'Applications')].map((root) => ({
        name,
        path: join(root, `${program}.app`, 'Contents', 'MacOS', program),
      })),
    );
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return linuxPrograms.flatMap(([program, name]) => folders.map((folder) => ({ name, path: join(folder, program) })));
}

/** The first Chromium-based browser found in the usual places of the system, or null. */
export function findBrowser(
  platform = process.platform,
  env = process.env,
  home = homedir(),
  exists: (path: string) => boolean = existsSync,
): Browser | null {
  return candidates(platform, env, home).find(({ path }) => exists(path)) ?? null;
}

/** Whether a window can be shown at all. */
export function hasDisplay(platform = process.platform, env = process.env): boolean {
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Where the browser's own profile for a run may lie.
 * @param dataDir the usual place; a browser from a snap may not enter it, as it is below a hidden directory.
 */
export function profileParent({ path }: Browser, dataDir: string, home = homedir()): string {
  const real = existsSync(path) ? realpathSync(path) : path;
  const isSnap = real.startsWith('/snap/') || real === '/usr/bin/snap';
  return isSnap ? join(home, 'snap', 'chromium', 'common', 'salescope') : dataDir;
}

/**
 * A file that leads the browser to an address which nobody else may read, as its command line can be read by others.
 * @param folder the run's own, closed to others
 * @returns the file's own address
 */
export function writeLaunchFile(folder: string, url: string): string {
  const path = join(folder, 'open.html');
  const page = `<!doctype html><title>Salescope</title><meta http-equiv="refresh" content="0;url=${url}">`;
  writeFileSync(path, page, { mode: 0o600 });
  return pathToFileURL(path).href;
}

/**
 * The browser as one window without tabs and address bar, with a profile of its own.
 * Everything but loopback goes to a proxy that is not there: the browser's own services reach no network either.
 */
export function browserArguments(url: string, profileDir: string): string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${profileDir}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-extensions',
    '--proxy-server=127.0.0.1:1',
    '--window-size=1366,860',
  ];
}
