/** The Electron door: one window on the interface, closed to everything but the program itself. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Electron from 'electron';
import { toAppError } from '../../src-shared/errors.ts';
import { createApplication } from '../application/application.ts';
import { answerAppFile, appOrigin, appScheme } from './app-files.ts';
import { answerPage } from './electron-calls.ts';
import type { Callable } from './frames.ts';
import { dataDirectory, storePath } from './store-path.ts';

/** The parts of Electron's main process the door uses; the test hands in doubles of them. */
export type ElectronParts = Pick<
  typeof Electron,
  'app' | 'BrowserWindow' | 'ipcMain' | 'Menu' | 'protocol' | 'session'
>;

export interface ElectronDoorOptions {
  /** Absolute path of the built interface. */
  rendererDir: string;
  preloadPath: string;
  iconPath: string;
  /** Where Chromium keeps what belongs to the window. */
  profileDir: string;
}

/** Loopback port where nothing listens: whatever tries to reach a network ends there. */
const deadProxy = '127.0.0.1:1';
const allowedSchemes = new Set([`${appScheme}:`, 'blob:', 'data:', 'devtools:']);

function allowed(url: string): boolean {
  return URL.canParse(url) && allowedSchemes.has(new URL(url).protocol);
}

/** Must run before Electron is ready. */
function prepare({ app, protocol }: ElectronParts, profileDir: string): void {
  app.setName('Salescope');
  mkdirSync(profileDir, { recursive: true });
  app.setPath('userData', profileDir);
  app.commandLine.appendSwitch('proxy-server', deadProxy);
  app.commandLine.appendSwitch('disable-background-networking');
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Every page, also one that should never be there, may go nowhere and open nothing. */
function confinePages({ app }: ElectronParts): void {
  app.on('web-contents-created', (_event, contents) => {
    const stayHome = (event: { url: string; preventDefault(): void }) => {
      if (!event.url.startsWith(`${appOrigin}/`)) event.preventDefault();
    };
    contents.on('will-navigate', stayHome);
    contents.on('will-frame-navigate', stayHome);
    contents.on('will-redirect', stayHome);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}

function confineSession({ protocol, session }: ElectronParts, rendererDir: string): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  // The spell checker would fetch its dictionaries.
  defaultSession.setSpellCheckerEnabled(false);
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !allowed(url) }));
  protocol.handle(appScheme, (request) => answerAppFile(rendererDir, request));
}

function openWindow({ BrowserWindow }: ElectronParts, options: ElectronDoorOptions): Electron.BrowserWindow {
  const window = new BrowserWindow({
    title: 'Salescope',
    icon: options.iconPath,
    width: 1366,
    height: 860,
    minWidth: 360,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Roles only: editing, zoom and windows work by key, and no entry leads out of the program. */
function setMenu({ Menu }: ElectronParts, platform: NodeJS.Platform): void {
  const menu: Electron.MenuItemConstructorOptions[] = [
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
  ];
  if (platform === 'darwin') menu.unshift({ role: 'appMenu' });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
}

interface Closable {
  close(): Promise<void>;
}

function closeOnce(app: ElectronParts['app'], application: Closable): void {
  let closed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    closed = true;
    void application.close().finally(() => app.quit());
  });
}

/**
 * Opens the window and answers its calls; a second start brings the first window forward instead.
 * @returns false when another Salescope is already open.
 */
export async function openElectronDoor(
  electron: ElectronParts,
  openApplication: () => Callable & Closable,
  options: ElectronDoorOptions,
): Promise<boolean> {
  const { app, ipcMain } = electron;
  prepare(electron, options.profileDir);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  const application = openApplication();
  confinePages(electron);
  closeOnce(app, application);
  await app.whenReady();
  confineSession(electron, options.rendererDir);
  setMenu(electron, process.platform);
  const calls = answerPage(application, ipcMain, appOrigin);
  const window = openWindow(electron, options);
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) calls.forget();
  });
  window.webContents.on('render-process-gone', () => calls.forget());
  window.on('closed', () => calls.forget());
  await window.loadURL(`${appOrigin}/`);
  return true;
}

// Only inside Electron: elsewhere the import would fetch the runtime.
if (process.versions.electron) {
  const electron = await import('electron');
  const out = fileURLToPath(new URL('..', import.meta.url));
  const store = storePath(electron.app.commandLine.getSwitchValue('store'));
  const options: ElectronDoorOptions = {
    rendererDir: join(out, 'renderer'),
    preloadPath: join(out, 'preload', 'preload.cjs'),
    iconPath: join(out, '..', 'resources', 'icons', 'icon.png'),
    profileDir: join(dataDirectory(), 'window'),
  };
  // Not awaited: Electron becomes ready only after this module has run to its end.
  openElectronDoor(electron, () => createApplication({ storePath: store }), options).catch((error: unknown) => {
    electron.dialog.showErrorBox('Salescope', toAppError(error).message);
    electron.app.exit(1);
  });
}
