/** Electron's `session`, `protocol` and downloads: what the page may load, and what it hands to the user. */
import { EventEmitter } from 'node:events';
import { copyFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { app } from './app.ts';
import { afterReady, answerDialog, beforeReady, note } from './state.ts';

type Answer = (value: unknown) => void;
type SchemeHandler = (request: { url: string; method: string }) => Promise<Response>;

const handlers = new Map<string, SchemeHandler>();
let registered: string[] | null = null;

export const protocol = {
  registerSchemesAsPrivileged(schemes: { scheme: string }[]): void {
    beforeReady('protocol.registerSchemesAsPrivileged');
    if (registered) throw new Error('protocol.registerSchemesAsPrivileged can be called only once.');
    registered = schemes.map(({ scheme }) => scheme);
    note('schemes');
  },
  handle(scheme: string, handler: SchemeHandler): void {
    afterReady('protocol.handle');
    if (!registered?.includes(scheme)) throw new Error(`The scheme ${scheme} was not registered as privileged.`);
    handlers.set(scheme, handler);
  },
};

/** A scheme of the application's own, as Chromium can load it: `app://salescope/x` is `http://salescope.app.localhost/x`. */
export const outward = (url: string): string =>
  url.replace(/^(\w+):\/\/([\w.-]+)(?=\/|$)/, (all, scheme, host) =>
    registered?.includes(scheme) ? `http://${host}.${scheme}.localhost` : all,
  );
export const inward = (url: string): string =>
  url.replace(/^http:\/\/([\w.-]+)\.(\w+)\.localhost(?=[:/]|$)/, '$2://$1');

class DefaultSession extends EventEmitter {
  permissionRequest: ((contents: null, permission: string, answer: Answer) => void) | null = null;
  private filter: ((details: { url: string }, answer: Answer) => void) | null = null;
  setPermissionRequestHandler(handler: DefaultSession['permissionRequest']): void {
    this.permissionRequest = handler;
  }
  permissionCheck: (() => boolean) | null = null;
  setPermissionCheckHandler(handler: () => boolean): void {
    this.permissionCheck = handler;
  }
  devicePermission: (() => boolean) | null = null;
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler;
  }
  setSpellCheckerEnabled(on: boolean): void {
    note(`spell checker ${on ? 'on' : 'off'}`);
  }
  webRequest = {
    onBeforeRequest: (listener: (details: { url: string }, answer: Answer) => void) => {
      this.filter = listener;
    },
  };
  /** Whether the application lets a request go. */
  allows(url: string): boolean {
    let cancelled = false;
    this.filter?.({ url }, (value) => {
      cancelled = (value as { cancel?: boolean }).cancel === true;
    });
    return !cancelled;
  }
}

const defaultSession = new DefaultSession();
export const session = {
  get defaultSession(): DefaultSession {
    afterReady('session.defaultSession');
    return defaultSession;
  },
};

/** Answers a request of the page from the application's scheme; null where no scheme of it is meant. */
export async function answerScheme(url: string, method: string): Promise<Response | null> {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  return handler ? handler({ url, method }) : null;
}

/** A file on its way to the user: the application may choose its path or the save dialog's options, as it begins. */
class DownloadItem extends EventEmitter {
  private path = '';
  private dialog: { defaultPath?: string } | null = null;
  private began = false;
  private readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
  getFilename = (): string => this.name;
  getSavePath = (): string => this.path;
  setSavePath(path: string): void {
    if (this.began) throw new Error('setSavePath works in the will-download listener only.');
    this.path = path;
  }
  setSaveDialogOptions(options: { defaultPath?: string }): void {
    if (this.began) throw new Error('setSaveDialogOptions works in the will-download listener only.');
    this.dialog = options;
  }
  /** Where it goes; null where the user closes the dialog. */
  destination(): string | null {
    this.began = true;
    if (this.path) return this.path;
    const proposed = this.dialog?.defaultPath ?? join(app.getPath('downloads'), this.name);
    const chosen = answerDialog<string | null>('save', { ...this.dialog, proposed }, proposed);
    this.path = chosen ?? '';
    return chosen && !isAbsolute(chosen) ? join(app.getPath('downloads'), chosen) : chosen;
  }
}

/** Files that reached their place, in order. */
export const saved: string[] = [];
const running = new Map<string, { item: DownloadItem; to: string | null }>();

export function beginDownload(id: string, name: string): void {
  const item = new DownloadItem(name);
  let prevented = false;
  defaultSession.emit('will-download', { preventDefault: () => (prevented = true) }, item, {});
  running.set(id, { item, to: prevented ? null : item.destination() });
}

/** @param from where the browser has put it; null: it broke off */
export function endDownload(id: string, from: string | null): void {
  const download = running.get(id);
  running.delete(id);
  if (!download) return;
  const { item, to } = download;
  if (from === null || to === null) return void item.emit('done', {}, to === null ? 'cancelled' : 'interrupted');
  copyFileSync(from, to);
  saved.push(to);
  item.emit('done', {}, 'completed');
}
