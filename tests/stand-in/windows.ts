/** Electron's `BrowserWindow` and `webContents`: a page of headless Chromium behind them. */
import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, openWindows } from './app.ts';
import { cross } from './crossing.ts';
import { type Chromium, openChromium, type Session } from './chromium.ts';
import { answerScheme, beginDownload, endDownload, inward, outward, session } from './session.ts';
import { afterReady, note, state } from './state.ts';
import { deliver, filesOf, ipcBinding, pageWorldScript, preloadScript, preloadWorld } from './worlds.ts';

export const ipcMain = new EventEmitter();

interface WindowOptions {
  width: number;
  height: number;
  x?: number;
  y?: number;
  show?: boolean;
  webPreferences: { preload: string; sandbox?: boolean; contextIsolation?: boolean; nodeIntegration?: boolean };
}

const browserArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let chromium: Chromium | null = null;
/** One browser for all windows, begun with the first. */
function browser(): Chromium {
  if (chromium) return chromium;
  const profile = join(app.getPath('userData'), 'stand-in-browser');
  const downloads = join(profile, 'downloads');
  mkdirSync(downloads, { recursive: true });
  chromium = openChromium(profile, browserArguments);
  const session = chromium.browser;
  session.on('Browser.downloadWillBegin', ({ guid, suggestedFilename }) => beginDownload(guid, suggestedFilename));
  session.on('Browser.downloadProgress', ({ guid, state: how, filePath }) => {
    // The test steers the browser too, and may have given it another folder.
    if (how !== 'inProgress') endDownload(guid, how === 'completed' ? (filePath ?? join(downloads, guid)) : null);
  });
  const behaviour = { behavior: 'allowAndName', downloadPath: downloads, eventsEnabled: true } as const;
  void session.send('Browser.setDownloadBehavior', behaviour);
  return chromium;
}
export const closeBrowser = (): void => void chromium?.process.kill('SIGKILL');
export const browserAddress = (): Promise<string> => browser().address;

/** A page that does not answer for so long is called unresponsive, as Electron does after some 30 seconds. */
const patienceMs = Number(process.env.STAND_IN_PATIENCE_MS ?? 30_000);

/** What comes out of the preload's world: a message of the application's, or a report of the stand-in's own. */
interface Message {
  channel: string;
  args: unknown[];
  /** A boundary refused a value. */
  refused?: string;
  /** The page wants another window. */
  opening?: string;
}

/** What the browser says of a page that has gone meanwhile is no fault of the program. */
function unlessGone(work: Promise<unknown>): void {
  work.catch((error: Error) => {
    if (!/Target (crashed|closed)|Session with given id not found|Invalid InterceptionId/.test(error.message))
      throw error;
  });
}

interface Paused {
  requestId: string;
  frameId: string;
  resourceType: string;
  request: { url: string; method: string };
}

/** A copy with the tickets of chosen files exchanged for the files' paths, which the browser tells nobody but us. */
async function withPaths(page: Session, value: unknown, contextId: number): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((one) => withPaths(page, one, contextId)));
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(async ([key, one]) => [key, await withPaths(page, one, contextId)]);
    return Object.fromEntries(await Promise.all(entries));
  }
  const ticket = typeof value === 'string' ? /^stand-in-file:(\d+)$/.exec(value) : null;
  if (!ticket) return value;
  const { result } = await page.send('Runtime.evaluate', { expression: `${filesOf}[${ticket[1]}]`, contextId });
  return (await page.send('DOM.getFileInfo', { objectId: result.objectId! })).path;
}

class WebContents extends EventEmitter {
  readonly session = session.defaultSession;
  printed = 0;
  zoomLevel = 0;
  private destroyed = false;
  private crashed = false;
  private url = '';
  private mainFrame = '';
  /** Contexts of the preload's world and the frames they belong to. */
  private readonly contexts = new Map<number, string>();
  private target = '';
  private openHandler: ((details: { url: string }) => { action: string }) | null = null;
  private readonly options: WindowOptions;
  private readonly opened: Promise<Session>;
  /** Navigations that the application itself asked for; those of the page are asked about. */
  private own = 0;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    this.opened = this.open();
  }

  isDestroyed = (): boolean => this.destroyed;
  isCrashed = (): boolean => this.crashed;
  getURL = (): string => inward(this.url);
  setWebRTCIPHandlingPolicy = (policy: string): void => note(`webrtc ${policy}`);
  setWindowOpenHandler(handler: WebContents['openHandler']): void {
    this.openHandler = handler;
  }
  setZoomLevel(level: number): void {
    this.zoomLevel = level;
  }
  getZoomLevel = (): number => this.zoomLevel;
  print(): void {
    this.printed++;
    note('print');
  }

  private async open(): Promise<Session> {
    const { width, height } = this.options;
    const { browser: whole, attach } = browser();
    const size = { newWindow: true, width, height };
    const { targetId } = await whole.send('Target.createTarget', { url: 'about:blank', ...size });
    this.target = targetId;
    const page = await attach(targetId);
    this.hear(page);
    await Promise.all([page.send('Page.enable'), page.send('Runtime.enable'), page.send('DOM.enable')]);
    await page.send('Inspector.enable');
    await page.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    await page.send('Runtime.addBinding', { name: ipcBinding, executionContextName: preloadWorld });
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldScript });
    const source = preloadScript(readFileSync(this.options.webPreferences.preload, 'utf8'));
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: preloadWorld });
    return page;
  }

  private hear(page: Session): void {
    page.on('Fetch.requestPaused', (request) => unlessGone(this.answerRequest(page, request)));
    page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return;
      this.mainFrame = frame.id;
      this.url = frame.url;
    });
    page.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.mainFrame) this.url = url;
    });
    page.on('Page.loadEventFired', () => void this.emit('did-finish-load'));
    page.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === preloadWorld)
        this.contexts.set(context.id, (context.auxData as { frameId: string }).frameId);
    });
    page.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.contexts.delete(executionContextId);
    });
    page.on('Runtime.executionContextsCleared', () => this.contexts.clear());
    page.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      unlessGone(this.receive(page, payload, executionContextId));
    });
    page.on('Inspector.targetCrashed', () => this.gone());
  }

  private gone(): void {
    this.crashed = true;
    this.contexts.clear();
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    app.emit('render-process-gone', {}, this, { reason: 'crashed', exitCode: 5 });
  }

  private async answerRequest(page: Session, paused: Paused): Promise<void> {
    const { requestId, frameId, resourceType, request } = paused;
    const url = inward(request.url);
    const isPage = resourceType === 'Document' && (this.mainFrame === '' || frameId === this.mainFrame);
    if (isPage && !this.mayNavigate(url)) {
      return void (await page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }));
    }
    if (isPage) this.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false });
    const fail = () => page.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    try {
      const response = session.defaultSession.allows(url) ? await answerScheme(url, request.method) : null;
      // Nothing but the application's own scheme is served: the machine has no other network to ask.
      if (!response) {
        note(`refused ${url}`);
        return void (await fail());
      }
      const body = Buffer.from(await response.arrayBuffer()).toString('base64');
      const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
      await page.send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body });
    } catch {
      await fail().catch(() => {});
    }
  }

  /** The application is asked of each navigation that it did not begin itself. */
  private mayNavigate(url: string): boolean {
    if (this.own > 0) {
      this.own--;
      return true;
    }
    let prevented = false;
    this.emit('will-navigate', { url, preventDefault: () => (prevented = true) });
    if (prevented) note(`navigation prevented ${url}`);
    return !prevented;
  }

  /** A message from the preload's world: copied once more, its tickets of files exchanged for the files' paths. */
  private async receive(page: Session, payload: string, context: number): Promise<void> {
    const { channel, args, refused, opening } = JSON.parse(payload) as Message;
    if (refused !== undefined) return void state.refusals.push(refused);
    if (opening !== undefined) return note(`window.open ${this.openHandler?.({ url: opening }).action ?? 'allow'}`);
    const isMain = this.contexts.get(context) === this.mainFrame;
    const values = await Promise.all(args.map((value) => withPaths(page, value, context)));
    const senderFrame = { url: this.getURL(), parent: isMain ? null : {} };
    if (ipcMain.listenerCount(channel) === 0) throw new Error(`Nobody in the main process listens to ${channel}.`);
    ipcMain.emit(channel, { sender: this, senderFrame }, ...values);
  }

  /** Copied as Electron copies; what cannot be copied throws in the caller, as in Electron. */
  send(channel: string, ...values: unknown[]): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    const copies = values.map((value) => cross(value, `${channel}, main to preload`));
    const main = [...this.contexts].find(([, frame]) => frame === this.mainFrame);
    if (!main || this.crashed) return;
    const expression = `${deliver}(${JSON.stringify(channel)}, ${JSON.stringify(copies)})`;
    void this.opened
      .then((page) => page.send('Runtime.evaluate', { expression, contextId: main[0] }))
      // The page may have gone meanwhile; Electron drops what it cannot deliver.
      .catch(() => {});
  }

  async load(url: string): Promise<void> {
    const page = await this.opened;
    this.crashed = false;
    this.own++;
    const loaded = new Promise<void>((done) => this.once('did-finish-load', () => done()));
    const { errorText } = await page.send('Page.navigate', { url: outward(url) });
    if (errorText) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  reload(): void {
    this.crashed = false;
    this.own++;
    unlessGone(this.opened.then((page) => page.send('Page.navigate', { url: outward(this.getURL()) })));
  }

  forcefullyCrashRenderer(): void {
    void this.opened.then((page) => page.send('Page.crash')).catch(() => {});
  }

  /** Whether the page's script answers within the patience. */
  async answers(): Promise<boolean> {
    if (this.crashed || this.destroyed) return true;
    // A page that has gone meanwhile does not hang.
    const answered = this.opened
      .then((page) => page.send('Runtime.evaluate', { expression: '0' }))
      .then(
        () => true,
        () => true,
      );
    return Promise.race([answered, new Promise<boolean>((done) => setTimeout(() => done(false), patienceMs).unref())]);
  }

  destroyPage(): void {
    this.destroyed = true;
    void browser()
      .browser.send('Target.closeTarget', { targetId: this.target })
      .catch(() => {});
    this.emit('destroyed');
  }

  get targetId(): string {
    return this.target;
  }
}

type Bounds = { x: number; y: number; width: number; height: number };

export class BrowserWindow extends EventEmitter {
  static getAllWindows = (): BrowserWindow[] => [...openWindows] as unknown as BrowserWindow[];
  static getFocusedWindow = (): BrowserWindow | null => BrowserWindow.getAllWindows()[0] ?? null;
  readonly webContents: WebContents;
  readonly options: WindowOptions;
  private bounds: Bounds;
  private readonly shape = { visible: false, maximized: false, minimized: false, destroyed: false };
  private hung = false;

  constructor(options: WindowOptions) {
    super();
    afterReady('BrowserWindow');
    this.options = options;
    const { x = 0, y = 0, width, height } = options;
    this.bounds = { x, y, width, height };
    this.shape.visible = options.show !== false;
    this.webContents = new WebContents(options);
    openWindows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    const watch = setInterval(() => void this.watch(watch), Math.min(1000, patienceMs));
    watch.unref();
    // biome-ignore lint/correctness/noConstructorReturn: a destroyed window answers no call, as in Electron
    return new Proxy(this, {
      get: (target, key, receiver) => {
        if (
          target.shape.destroyed &&
          typeof key === 'string' &&
          !['isDestroyed', 'listenerCount', 'emit'].includes(key)
        )
          throw new TypeError('Object has been destroyed');
        return Reflect.get(target, key, receiver);
      },
    });
  }

  private async watch(timer: NodeJS.Timeout): Promise<void> {
    if (this.shape.destroyed) return clearInterval(timer);
    const answers = await this.webContents.answers();
    if (answers === !this.hung || this.shape.destroyed) return;
    this.hung = !answers;
    this.emit(answers ? 'responsive' : 'unresponsive');
  }

  private set<K extends keyof BrowserWindow['shape']>(key: K, value: boolean, event: string): void {
    this.shape[key] = value;
    note(event);
    this.emit(event);
  }
  show(): void {
    this.set('visible', true, 'show');
  }
  hide(): void {
    this.set('visible', false, 'hide');
  }
  focus(): void {
    note('focus');
  }
  minimize(): void {
    this.set('minimized', true, 'minimize');
  }
  restore(): void {
    this.set('minimized', false, 'restore');
  }
  maximize(): void {
    this.set('maximized', true, 'maximize');
  }
  isVisible = (): boolean => this.shape.visible;
  isMinimized = (): boolean => this.shape.minimized;
  isMaximized = (): boolean => this.shape.maximized;
  isDestroyed = (): boolean => this.shape.destroyed;
  /** A test says whether somebody looks at it. */
  focused = true;
  isFocused = (): boolean => this.focused;
  getNormalBounds = (): Bounds => ({ ...this.bounds });
  getBounds = (): Bounds => ({ ...this.bounds });
  setBounds(bounds: Partial<Bounds>): void {
    this.bounds = { ...this.bounds, ...bounds };
    this.emit('resize');
    this.emit('move');
  }
  setProgressBar(share: number): void {
    note(`progress ${share}`);
  }
  loadURL(url: string): Promise<void> {
    return this.webContents.load(url);
  }
  close(): void {
    this.tryClose();
  }
  tryClose(): boolean {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (!prevented) this.destroy();
    return !prevented;
  }
  destroy(): void {
    if (this.shape.destroyed) return;
    openWindows.delete([...openWindows].find((one) => (one as BrowserWindow).webContents === this.webContents)!);
    this.webContents.destroyPage();
    this.shape.destroyed = true;
    this.emit('closed');
    if (openWindows.size === 0) setImmediate(() => app.lastWindowClosed());
  }
}
