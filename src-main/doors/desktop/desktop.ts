/** The desktop around the page: its window, menu, downloads, opened files, and what happens when something fails. */
import { dirname, join } from 'node:path';
import type * as Electron from 'electron';
import type { DesktopWish } from '../../../src-shared/bridge.ts';
import { toAppError } from '../../../src-shared/errors.ts';
import type { Application } from '../../application/application.ts';
import type { Log } from '../../application/log.ts';
import { version } from '../../version.ts';
import { answerAppFile, appOrigin, appScheme } from '../app-files.ts';
import { answerPage, type CallWatch, isPage, type PageCalls, type PageEvent } from '../electron-calls.ts';
import { listensChannel, wishChannel } from '../ipc-channels.ts';
import { confineSession } from './confine.ts';
import type { NotePad } from './desktop-notes.ts';
import { menuTemplate } from './menu.ts';
import { openedFiles } from './opened-files.ts';
import { answerTrouble, askAboutHang, type Trouble, troubleUrl } from './trouble.ts';
import { placeIn, rememberPlace, smallest } from './window-place.ts';
import { Work, workOf } from './work.ts';

/** The parts of Electron's main process that the door uses. */
export type ElectronParts = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'Notification'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'shell'
>;

export interface DesktopOptions {
  /** Absolute path of the built interface. */
  rendererDir: string;
  preloadPath: string;
  iconPath: string;
}

const recentKept = 8;
const home = `${appOrigin}/`;

export class Desktop {
  readonly work: Work;
  private readonly electron: ElectronParts;
  private readonly options: DesktopOptions;
  private readonly application: Application;
  private readonly pad: NotePad;
  private readonly log: Log;
  private readonly opened = openedFiles();
  private readonly calls: PageCalls;
  private window: Electron.BrowserWindow | null = null;
  /** What the page has not heard yet, as it does not listen yet. */
  private wishes: DesktopWish[] = [];
  private listens = false;
  /** The user has said what is to become of the work, so that nothing is asked again. */
  private leaving = false;

  constructor(electron: ElectronParts, application: Application, pad: NotePad, log: Log, options: DesktopOptions) {
    this.electron = electron;
    this.application = application;
    this.pad = pad;
    this.log = log;
    this.options = options;
    this.work = new Work(electron, () => this.liveWindow());
    this.calls = answerPage(application, electron.ipcMain, appOrigin, this.watch(), this.opened);
    electron.ipcMain.on(listensChannel, (event) => {
      if (!isPage(event as PageEvent, appOrigin)) return;
      this.listens = true;
      for (const wish of this.wishes.splice(0)) this.wish(wish);
    });
  }

  /** Long work is watched over; an imported file is remembered as a recent one. */
  private watch(): CallWatch {
    return {
      began: (call) => this.work.began(call),
      progress: (call, share) => this.work.progress(call, share),
      ended: (call, whole) => {
        this.work.ended(call, whole);
        if (whole && call.path && workOf(call) === 'import') this.noteRecent(call.path);
      },
    };
  }

  private liveWindow(): Electron.BrowserWindow | null {
    return this.window && !this.window.isDestroyed() ? this.window : null;
  }

  private noteRecent(path: string): void {
    this.pad.write({ recent: [path, ...this.pad.notes.recent.filter((one) => one !== path)].slice(0, recentKept) });
    this.electron.app.addRecentDocument(path);
    this.setMenu();
  }

  private wish(wish: DesktopWish): void {
    if (this.listens) this.liveWindow()?.webContents.send(wishChannel, wish);
    else this.wishes.push(wish);
  }

  /** Brings the window forward and leads it to the preview of files. */
  comeForward(files: string[] = []): void {
    const window = this.liveWindow();
    if (window?.isMinimized()) window.restore();
    window?.show();
    window?.focus();
    if (files.length > 0) this.wish({ kind: 'open', files: this.opened.take(files) });
  }

  private showLog(): void {
    this.electron.shell.showItemInFolder(this.log.path);
  }

  private setMenu(): void {
    const { Menu, app } = this.electron;
    const actions = {
      go: (to: Extract<DesktopWish, { kind: 'go' }>['to']) => this.wish({ kind: 'go', to }),
      open: (path: string) => this.comeForward([path]),
      print: () => this.liveWindow()?.webContents.print(),
      about: () => app.showAboutPanel(),
      showLog: () => this.showLog(),
    };
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, this.pad.notes.recent, process.platform)));
  }

  /** Serves the interface and the page that stands in for it when it has failed. */
  private serve(): void {
    const { protocol } = this.electron;
    const actions = {
      reload: () => this.show(home),
      safeMode: () => void this.restartSafely(),
      showLog: () => this.showLog(),
      lastEntry: () => this.log.last(),
    };
    protocol.handle(
      appScheme,
      (request) => answerTrouble(request.url, actions) ?? answerAppFile(this.options.rendererDir, request),
    );
  }

  private async restartSafely(): Promise<void> {
    await this.application.call('app.restart', { safe: true });
    this.show(home);
  }

  /** Whoever saves several files saves them in one place. */
  private rememberSaveFolder(): void {
    this.electron.session.defaultSession.on('will-download', (_event, item) => {
      const folder = this.pad.notes.saveFolder ?? this.electron.app.getPath('downloads');
      item.setSaveDialogOptions({ defaultPath: join(folder, item.getFilename()) });
      item.once('done', (_done, state) => {
        if (state === 'completed') this.pad.write({ saveFolder: dirname(item.getSavePath()) });
      });
    });
  }

  /** Opens the window on the interface; Electron must be ready. */
  async open(): Promise<void> {
    const { app } = this.electron;
    confineSession(this.electron);
    this.serve();
    this.rememberSaveFolder();
    app.setAboutPanelOptions({
      applicationName: 'Salescope',
      applicationVersion: version,
      version: `Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`,
      copyright: 'MIT licence',
      iconPath: this.options.iconPath,
    });
    this.setMenu();
    await this.openWindow().loadURL(home);
  }

  private openWindow(): Electron.BrowserWindow {
    const { BrowserWindow, screen } = this.electron;
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const window = new BrowserWindow({
      ...placeIn(areas, this.pad.notes.bounds),
      title: 'Salescope',
      icon: this.options.iconPath,
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      webPreferences: {
        preload: this.options.preloadPath,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
      },
    });
    this.window = window;
    if (this.pad.notes.maximized) window.maximize();
    rememberPlace(window, this.pad);
    window.once('ready-to-show', () => window.show());
    this.watchPage(window);
    window.on('close', (event) => this.beforeClose(window, event));
    window.on('closed', () => {
      this.window = null;
      this.calls.forget();
    });
    return window;
  }

  private watchPage(window: Electron.BrowserWindow): void {
    const { webContents } = window;
    webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (!isMainFrame || isSameDocument) return;
      this.listens = false;
      this.calls.forget();
    });
    /** What comes in the place of a page that is ended on purpose. */
    let next: (() => void) | null = null;
    webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      this.calls.forget();
      if (reason === 'clean-exit') return;
      const then = next;
      next = null;
      if (then) return then();
      this.log.failed(toAppError(new Error(`The process of the page has gone: ${reason}`)), `page (code ${exitCode})`);
      this.show(troubleUrl('crashed'));
    });
    let asking = false;
    window.on('unresponsive', async () => {
      if (asking) return;
      asking = true;
      this.log.failed(toAppError(new Error('The page does not answer.')), 'page');
      const answer = await askAboutHang(this.electron.dialog, window);
      asking = false;
      if (answer === 'wait') return;
      // A page that hangs cannot leave by itself.
      next = () => (answer === 'safeMode' ? void this.restartSafely() : this.show(home));
      webContents.forcefullyCrashRenderer();
    });
  }

  /** Goes to an address; one that is left again before it is there is no fault. */
  private show(url: string): void {
    this.liveWindow()
      ?.loadURL(url)
      .catch(() => {});
  }

  /** Shows the page of a fault, where there is a window. */
  showTrouble(kind: Trouble): void {
    this.show(troubleUrl(kind));
  }

  private beforeClose(window: Electron.BrowserWindow, event: { preventDefault(): void }): void {
    if (this.leaving || this.work.missed.length === 0) return;
    event.preventDefault();
    void this.decide(window);
  }

  /** Asks what is to become of the work; the window then goes now, when it is done, or not. */
  private async decide(window: Electron.BrowserWindow): Promise<void> {
    const answer = await this.work.ask(window);
    if (answer === 'stay' || window.isDestroyed()) return;
    if (answer === 'background') window.hide();
    else this.calls.forget();
    this.work.whenIdle(() => {
      // It was opened again meanwhile.
      if (answer === 'background' && window.isVisible()) return;
      this.leaving = true;
      this.electron.app.quit();
    });
  }
}
