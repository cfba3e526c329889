/** Electron's `app`: its life from start to exit, the lock of the first instance, and what the system tells it. */
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterReady, beforeReady, note, state } from './state.ts';

interface Closable {
  /** Asks; answers false when the window stays. */
  tryClose(): boolean;
  destroy(): void;
}

/** The windows that are open; the module of windows keeps it. */
export const openWindows = new Set<Closable>();

const paths: Record<string, string> = {
  home: homedir(),
  temp: tmpdir(),
  downloads: process.env.STAND_IN_DOWNLOADS ?? join(tmpdir(), 'stand-in-downloads'),
  documents: join(tmpdir(), 'stand-in-documents'),
  exe: process.execPath,
};

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What must be done before the process may go, such as telling the first instance of the second. */
const lastWords: Promise<unknown>[] = [];
let atExit = (): void => {};

/** Called when the process goes: the browser goes with it. */
export const onExit = (work: () => void): void => {
  atExit = work;
};

class App extends EventEmitter {
  readonly commandLine = {
    appendSwitch: (name: string, value = '') => {
      beforeReady(`app.commandLine.appendSwitch('${name}')`);
      state.switches[name] = value;
    },
    getSwitchValue: (name: string) =>
      process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '',
    hasSwitch: (name: string) => process.argv.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)),
  };
  readonly recent: string[] = [];
  aboutPanel: unknown = null;
  private quitting = false;
  private lock = '';

  get isPackaged(): boolean {
    return process.env.STAND_IN_PACKAGED === '1';
  }
  isReady = (): boolean => state.ready;
  whenReady = (): Promise<void> => (state.ready ? Promise.resolve() : new Promise((done) => this.once('ready', done)));
  setName = (name: string): void => note(`name ${name}`);
  setAppUserModelId = (id: string): void => note(`app user model ${id}`);
  getVersion = (): string => process.env.npm_package_version ?? '0.0.0';
  enableSandbox(): void {
    beforeReady('app.enableSandbox');
    note('sandbox');
  }
  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    paths[name] = path;
  }
  getPath(name: string): string {
    if (!(name in paths)) throw new Error(`Failed to get '${name}' path`);
    return paths[name];
  }
  setAboutPanelOptions(options: unknown): void {
    this.aboutPanel = options;
  }
  showAboutPanel(): void {
    afterReady('app.showAboutPanel');
    note('about');
  }
  addRecentDocument(path: string): void {
    if (!isAbsolute(path)) throw new Error('A recent document is named by its whole path.');
    this.recent.unshift(path);
  }
  clearRecentDocuments(): void {
    this.recent.length = 0;
  }

  /** The lock belongs to the folder of user data, as in Electron; a dead holder's is taken over. */
  requestSingleInstanceLock(): boolean {
    const userData = this.getPath('userData');
    this.lock = join(userData, 'stand-in.lock');
    const socket = join(tmpdir(), `stand-in-${hash(userData)}.sock`);
    if (existsSync(this.lock) && isRunning(Number(readFileSync(this.lock, 'utf8')))) {
      lastWords.push(
        new Promise((done) => {
          const first = connect(socket, () => first.end(JSON.stringify([process.argv, process.cwd()]), () => done(0)));
          first.on('error', done);
        }),
      );
      return false;
    }
    writeFileSync(this.lock, String(process.pid));
    rmSync(socket, { force: true });
    createServer((second) => {
      let said = '';
      second.setEncoding('utf8').on('data', (chunk) => (said += chunk));
      second.on('end', () => {
        const [argv, folder] = JSON.parse(said) as [string[], string];
        this.emit('second-instance', {}, argv, folder, null);
      });
    })
      .listen(socket)
      .unref();
    return true;
  }

  /** before-quit, every window's close, will-quit, quit: each but the last can be prevented. */
  quit(): void {
    note('quit');
    setImmediate(() => this.tryQuit());
  }

  private tryQuit(): void {
    if (this.quitting || this.prevented('before-quit')) return;
    for (const window of [...openWindows]) if (!window.tryClose()) return;
    this.finishQuit();
  }

  /** Also where the last window has gone and nobody keeps the application alive. */
  private finishQuit(): void {
    if (this.prevented('will-quit')) return;
    this.exit(0);
  }

  private prevented(event: string): boolean {
    let prevented = false;
    this.emit(event, {
      preventDefault() {
        prevented = true;
      },
    });
    return prevented;
  }

  exit(code = 0): void {
    if (this.quitting) return;
    this.quitting = true;
    for (const window of [...openWindows]) window.destroy();
    this.emit('quit', {}, code);
    void Promise.all(lastWords).then(() => {
      if (this.lock) rmSync(this.lock, { force: true });
      atExit();
      process.exit(code);
    });
  }

  lastWindowClosed(): void {
    if (this.quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}

export const app = new App();

/** Electron becomes ready only after the main module has run to its first wait. */
export function becomeReady(): void {
  state.ready = true;
  note('ready');
  app.emit('ready', {}, {});
}
