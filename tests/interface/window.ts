/**
 * A window on a fresh store, through each door: Electron's stand-in (the built desktop program as it is, in real
 * Chromium), the HTTP door in Chromium, Electron itself where its runtime is. The scenarios do not know which.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, chromium, type Page } from 'playwright';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { findBrowser } from '../../src-main/doors/browser.ts';
import { findElectron } from '../../src-main/doors/electron-runtime.ts';
import { serveHttp } from '../../src-main/doors/http.ts';
import type { Call } from '../../src-shared/contract.ts';
import { launchStandIn, type StandIn } from '../stand-in/launch.ts';
import { callThroughBridge } from './page-call.ts';

export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const rendererDir = join(projectRoot, 'out', 'renderer');
export const electronMain = join(projectRoot, 'out', 'main', 'electron.js');

export const doors = ['stand-in', 'http', 'electron'] as const;
export type DoorName = (typeof doors)[number];
/** The door of the tests that take one: the desktop program, unless SALESCOPE_DOOR names another. */
export const door: DoorName = doors.find((name) => name === process.env.SALESCOPE_DOOR) ?? 'stand-in';

export interface OpenWindow {
  page: Page;
  /** Asks the program itself, for setting the stage and for the figures to expect. */
  call: Call;
  /** Only through the HTTP door: the program in this process. */
  application: Application | null;
  /** Only through the stand-in: what the system and the user do outside the page. */
  standIn: StandIn | null;
  /** Does what makes the program hand over a file; answers its path once all of it is there. */
  saved(act: () => Promise<unknown>): Promise<string>;
  /** Requests to anywhere but the door; must stay empty. */
  foreignRequests: string[];
  /** Errors of the page's scripts, refusals of its content policy and of Electron's boundaries; must stay empty. */
  pageErrors: string[];
  /** Where downloads and input files of this window lie. */
  folder: string;
  close(): Promise<void>;
}

export interface WindowOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** The folder of the store, below the window's own. */
  storeFolder?: string;
  /** Lays what the program finds at its start; its store's path is given. */
  prepare?(storePath: string): void | Promise<void>;
}

/** A click or an answer that takes longer has failed. */
const stepMs = 15_000;

export const browserArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why a door cannot be tested here, or null. */
export function whyNot(through: DoorName): string | null {
  if (!existsSync(join(rendererDir, 'index.html'))) return 'the interface is not built (npm run build)';
  if (through !== 'electron') return findBrowser() ? null : 'no Chrome or Chromium is installed';
  return findElectron(projectRoot) ? null : 'the Electron runtime is not installed';
}

type Seen = Pick<OpenWindow, 'foreignRequests' | 'pageErrors'>;

function watch(page: Page, home: string): Seen {
  const foreignRequests: string[] = [];
  const pageErrors: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !/^(data|blob):/.test(url)) foreignRequests.push(url);
  });
  page.on('pageerror', (error) => pageErrors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text());
  });
  return { foreignRequests, pageErrors };
}

const viewport = ({ width = 1366, height = 768 }: WindowOptions) => ({ width, height });

const storeOf = ({ storeFolder = '' }: WindowOptions, folder: string) => join(folder, storeFolder, 'store.sqlite');

async function openHttp(options: WindowOptions, folder: string): Promise<Omit<OpenWindow, 'folder'>> {
  const application = createApplication({ storePath: storeOf(options, folder) });
  const served = await serveHttp(application, { rendererDir, uploadDir: join(folder, 'uploads') });
  const browser = await chromium.launch({ executablePath: findBrowser()!.path, args: browserArguments });
  const context = await browser.newContext({
    viewport: viewport(options),
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
    locale: 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(stepMs);
  const seen = watch(page, new URL(served.url).origin);
  await page.goto(served.url);
  // The launch page goes on to the interface by itself.
  await page.getByRole('heading', { level: 1 }).waitFor();
  return {
    page,
    call: application.call,
    application,
    standIn: null,
    ...seen,
    async saved(act) {
      const [download] = await Promise.all([page.waitForEvent('download', { timeout: 180_000 }), act()]);
      const path = join(folder, 'saved', download.suggestedFilename());
      await download.saveAs(path);
      return path;
    },
    async close() {
      await browser.close();
      await served.close();
      await application.close();
    },
  };
}

async function openStandIn(options: WindowOptions, folder: string): Promise<Omit<OpenWindow, 'folder'>> {
  const standIn = await launchStandIn({
    main: electronMain,
    env: {
      XDG_DATA_HOME: join(folder, 'data'),
      SALESCOPE_STORE: storeOf(options, folder),
      STAND_IN_DOWNLOADS: join(folder, 'saved'),
    },
  });
  const { page } = standIn;
  page.setDefaultTimeout(stepMs);
  const seen = watch(page, 'http://salescope.app.localhost/');
  await page.setViewportSize(viewport(options));
  await page.emulateMedia({ colorScheme: options.colorScheme ?? 'light', reducedMotion: 'reduce' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  return {
    page,
    call: callThroughBridge(page),
    application: null,
    standIn,
    ...seen,
    async saved(act) {
      const before = (await standIn.tell('saved')).length;
      await act();
      for (let waited = 0; waited < 180_000; waited += 100) {
        const paths = await standIn.tell('saved');
        if (paths.length > before) return paths[before];
        await page.waitForTimeout(100);
      }
      throw new Error('No file was saved.');
    },
    async close() {
      seen.pageErrors.push(...(await standIn.tell('refusals')));
      await standIn.close();
    },
  };
}

async function openElectron(options: WindowOptions, folder: string): Promise<Omit<OpenWindow, 'folder'>> {
  const app = await _electron.launch({
    executablePath: findElectron(projectRoot)!,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), electronMain],
    env: {
      ...(process.env as Record<string, string>),
      XDG_DATA_HOME: join(folder, 'data'),
      SALESCOPE_STORE: storeOf(options, folder),
    },
    colorScheme: options.colorScheme ?? 'light',
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(stepMs);
  const seen = watch(page, 'app://salescope/');
  const downloads = join(folder, 'saved');
  // A path chosen here keeps the save dialog away, which no test can click.
  await app.evaluate(({ session }, to) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(`${to}/${item.getFilename()}`));
  }, downloads);
  const finished = async () => (await readdir(downloads)).filter((name) => !name.endsWith('.crdownload'));
  return {
    page,
    call: callThroughBridge(page),
    application: null,
    standIn: null,
    ...seen,
    async saved(act) {
      const before = new Set(await finished());
      await act();
      for (let waited = 0; waited < 180_000; waited += 100) {
        const made = (await finished()).find((name) => !before.has(name));
        if (made) return join(downloads, made);
        await page.waitForTimeout(100);
      }
      throw new Error('No file was saved.');
    },
    close: () => app.close(),
  };
}

const openers = { 'stand-in': openStandIn, http: openHttp, electron: openElectron };

/** Opens Salescope on an empty store, or on what the test has prepared. */
export async function openWindow(through: DoorName, options: WindowOptions = {}): Promise<OpenWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'salescope-window-'));
  await mkdir(join(folder, 'saved'));
  const store = storeOf(options, folder);
  await mkdir(dirname(store), { recursive: true });
  await options.prepare?.(store);
  const opened = await openers[through](options, folder);
  return {
    ...opened,
    folder,
    async close() {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
