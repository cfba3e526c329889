/** A window on a fresh store, through the HTTP door in Chromium or through Electron; the scenarios do not know which. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { findBrowser } from '../../src-main/doors/browser.ts';
import { findElectron } from '../../src-main/doors/electron-runtime.ts';
import { serveHttp } from '../../src-main/doors/http.ts';

export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const rendererDir = join(projectRoot, 'out', 'renderer');

export interface OpenWindow {
  page: Page;
  /** Only through the HTTP door: the program itself, for setting the stage without clicks. */
  application: Application | null;
  /** Requests to anywhere but the door; must stay empty. */
  foreignRequests: string[];
  /** Errors of the page's scripts and refusals of its content policy; must stay empty. */
  pageErrors: string[];
  /** Where downloads and input files of this window lie. */
  folder: string;
  close(): Promise<void>;
}

export interface WindowOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
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
export function whyNot(door: 'http' | 'electron'): string | null {
  if (!existsSync(join(rendererDir, 'index.html'))) return 'the interface is not built (npm run build)';
  if (door === 'http') return findBrowser() ? null : 'no Chrome or Chromium is installed';
  return findElectron(projectRoot) ? null : 'the Electron runtime is not installed';
}

function watch(page: Page, home: () => string): Pick<OpenWindow, 'foreignRequests' | 'pageErrors'> {
  const foreignRequests: string[] = [];
  const pageErrors: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(home()) && !/^(data|blob):/.test(url)) foreignRequests.push(url);
  });
  page.on('pageerror', (error) => pageErrors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text());
  });
  return { foreignRequests, pageErrors };
}

async function openHttp(options: WindowOptions): Promise<OpenWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'salescope-window-'));
  const application = createApplication({ storePath: join(folder, 'store.sqlite') });
  const door = await serveHttp(application, { rendererDir, uploadDir: join(folder, 'uploads') });
  const browser: Browser = await chromium.launch({ executablePath: findBrowser()!.path, args: browserArguments });
  const context: BrowserContext = await browser.newContext({
    viewport: { width: options.width ?? 1366, height: options.height ?? 768 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
    locale: 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(stepMs);
  const seen = watch(page, () => new URL(door.url).origin);
  await page.goto(door.url);
  return {
    page,
    application,
    ...seen,
    folder,
    async close() {
      await browser.close();
      await door.close();
      await application.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openElectron(options: WindowOptions): Promise<OpenWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'salescope-window-'));
  const app = await _electron.launch({
    executablePath: findElectron(projectRoot)!,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), join(projectRoot, 'out', 'main', 'electron.js')],
    env: { ...(process.env as Record<string, string>), SALESCOPE_STORE: join(folder, 'store.sqlite') },
    colorScheme: options.colorScheme ?? 'light',
    acceptDownloads: true,
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(stepMs);
  const home = page.url().split('index.html')[0];
  const seen = watch(page, () => home);
  return {
    page,
    application: null,
    ...seen,
    folder,
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Opens Salescope on an empty store. */
export const openWindow = (door: 'http' | 'electron', options: WindowOptions = {}): Promise<OpenWindow> =>
  door === 'http' ? openHttp(options) : openElectron(options);
