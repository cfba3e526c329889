/** Stand-ins for the parts of Electron that the door uses: they record what was asked and let a test play the page. */
import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronParts, openElectronDoor } from '../../src-main/doors/electron.ts';
import type { Callable } from '../../src-main/doors/frames.ts';
import { makeBridge } from '../../src-main/doors/preload-bridge.ts';
import type { Bridge } from '../../src-shared/bridge.ts';
import type { Frame } from '../../src-shared/contract.ts';
import { fromErrorFrame } from '../../src-shared/errors.ts';

type Handler = (...values: never[]) => unknown;

export class ContentsDouble extends EventEmitter {
  windowOpenHandler: Handler | null = null;
  webRtcPolicy = '';
  /** What reached the page: channel, call id, frame. */
  readonly page = new EventEmitter();
  destroyed = false;
  setWindowOpenHandler(handler: Handler): void {
    this.windowOpenHandler = handler;
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  /** Copies as Electron does: what is no structured data does not cross. */
  send(channel: string, ...values: unknown[]): void {
    this.page.emit(channel, {}, ...structuredClone(values));
  }
}

export class ElectronDouble {
  readonly log: string[] = [];
  readonly switches: Record<string, string> = {};
  readonly session: Record<string, (...values: never[]) => unknown> = {};
  readonly app = Object.assign(new EventEmitter(), {
    commandLine: { appendSwitch: (name: string, value = '') => this.set(name, value) },
    setName: () => {},
    setPath: () => {},
    enableSandbox: () => this.log.push('sandbox'),
    requestSingleInstanceLock: () => this.firstInstance,
    quit: () => this.log.push('quit'),
    whenReady: async () => {
      this.log.push('ready');
    },
  });
  readonly ipcMain = new EventEmitter();
  readonly windows: Record<string, unknown>[] = [];
  readonly contents = new ContentsDouble();
  readonly window = Object.assign(new EventEmitter(), {
    webContents: this.contents,
    show: () => this.log.push('show'),
    focus: () => this.log.push('focus'),
    restore: () => this.log.push('restore'),
    isMinimized: () => true,
    isDestroyed: () => false,
    loadURL: async (url: string) => {
      this.log.push(`load ${url}`);
    },
  });
  menu: { role?: string }[] = [];
  appFiles: ((request: Request) => Promise<Response>) | null = null;
  schemes: unknown = null;
  /** False: another Salescope holds the lock. */
  firstInstance = true;

  private set(name: string, value: string): void {
    this.switches[name] = value;
  }

  /** As Electron's own types; every part the door touches is there. */
  get parts(): ElectronParts {
    const double = this;
    const keep = (name: string) => (handler: Handler) => {
      double.session[name] = handler;
    };
    const parts = {
      app: this.app,
      ipcMain: this.ipcMain,
      BrowserWindow: function BrowserWindow(options: Record<string, unknown>) {
        double.windows.push(options);
        double.app.emit('web-contents-created', {}, double.contents);
        return double.window;
      },
      Menu: {
        buildFromTemplate: (template: { role?: string }[]) => template,
        setApplicationMenu: (menu: { role?: string }[]) => {
          double.menu = menu;
        },
      },
      protocol: {
        registerSchemesAsPrivileged: (schemes: unknown) => {
          double.log.push('schemes');
          double.schemes = schemes;
        },
        handle: (_scheme: string, handler: (request: Request) => Promise<Response>) => {
          double.appFiles = handler;
        },
      },
      session: {
        defaultSession: {
          setPermissionRequestHandler: keep('permissionRequest'),
          setPermissionCheckHandler: keep('permissionCheck'),
          setDevicePermissionHandler: keep('devicePermission'),
          setSpellCheckerEnabled: (on: boolean) => double.log.push(`spell checker ${on ? 'on' : 'off'}`),
          webRequest: { onBeforeRequest: keep('beforeRequest') },
        },
      },
    };
    return parts as unknown as ElectronParts;
  }

  /** The page's side: the bridge over the doubles; `path` is what a chosen file's path is. */
  bridge({ url = 'app://salescope/', parent = null as object | null, path = '' } = {}): Bridge {
    const { contents, ipcMain } = this;
    return makeBridge({
      ipcRenderer: {
        send: (channel, ...values) =>
          ipcMain.emit(channel, { sender: contents, senderFrame: { url, parent } }, ...structuredClone(values)),
        on: (channel, listener) => contents.page.on(channel, listener),
        off: (channel, listener) => contents.page.off(channel, listener),
      },
      webUtils: { getPathForFile: () => path },
    });
  }
}

export const doorOptions = () => ({
  rendererDir: join(import.meta.dirname, '..', '..', 'src-renderer'),
  preloadPath: '/preload.cjs',
  iconPath: '/icon.png',
  profileDir: mkdtempSync(join(tmpdir(), 'salescope-profile-')),
});

/** The whole way of a call through the Electron door: bridge, IPC, application, frames. */
export function electronDoor(application: Callable): { call(method: string, input: unknown): Promise<unknown> } {
  const electron = new ElectronDouble();
  const opened = openElectronDoor(
    electron.parts,
    () => ({ ...application, close: () => Promise.resolve() }),
    doorOptions(),
  );
  let lastId = 0;
  return {
    async call(method, input) {
      await opened;
      const id = ++lastId;
      const path = (input as { file?: { path?: string } }).file?.path;
      const bridge = electron.bridge({ path });
      return new Promise((resolve, reject) => {
        const stop = bridge.onFrame((frameId: number, frame: Frame) => {
          if (frameId !== id || frame.kind === 'progress') return;
          stop();
          if (frame.kind === 'result') resolve(frame.output);
          else reject(fromErrorFrame(frame.error));
        });
        bridge.send({ id, method, input }, path ? new File([], 'chosen') : undefined);
      });
    },
  };
}
