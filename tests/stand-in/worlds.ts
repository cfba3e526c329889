/**
 * The page's side of the stand-in, as script text: the preload runs in an isolated world of the real page, as Electron's
 * does, and only copies pass between that world and the page's own.
 */
import { cross } from './crossing.ts';

/** Name of the preload's world. */
export const preloadWorld = 'preload';
/** What the preload's world calls to reach the main process: JSON of channel and arguments. */
export const ipcBinding = 'standInIpc';
/** What the main process calls to reach the preload's world. */
export const deliver = 'standInDeliver';
/** Files the page handed over, by number: the main process asks the browser for their paths. */
export const filesOf = 'standInFiles';

/** One call from the page to an exposed function, and back; `detail` is cloned between worlds by the browser itself. */
interface Crossing {
  id: number;
  key: string;
  args: { value?: unknown; file?: File; callback?: number }[];
}

type Exposed = Record<string, (...values: unknown[]) => unknown>;

/** Runs in the page's own world before its scripts: makes what the preload exposes, one shallow function each. */
function pageWorld(copy: typeof cross): void {
  const tell = (type: string, detail?: unknown) => document.dispatchEvent(new CustomEvent(type, { detail }));
  const callbacks = new Map<number, (...values: unknown[]) => unknown>();
  const answers = new Map<number, { value?: unknown; callback?: number; error?: string }>();
  let last = 0;
  const callback = (id: number) => () => tell('stand-in:call-back', { id });
  const copied = (value: unknown, where: string): unknown => {
    try {
      return copy(value, where);
    } catch (error) {
      // Pages show their errors in words of their own; the test wants to know of each.
      tell('stand-in:report', { refused: (error as Error).message });
      throw error;
    }
  };
  const call = (name: string, key: string, args: unknown[]): unknown => {
    const about = (args[0] as { method?: string } | undefined)?.method ?? '';
    const where = `${name}.${key} ${about}, page to preload`;
    const id = ++last;
    const packed = args.map((value) => {
      if (value instanceof File) return { file: value };
      if (typeof value !== 'function') return { value: copied(value, where) };
      callbacks.set(++last, value as never);
      return { callback: last };
    });
    tell('stand-in:call', { id, key: `${name}.${key}`, args: packed });
    const answer = answers.get(id);
    answers.delete(id);
    if (!answer) throw new Error(`${where}: the preload did not answer.`);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.callback === undefined ? answer.value : callback(answer.callback);
  };
  document.addEventListener('stand-in:answer', (event) => {
    const { id, ...answer } = (event as CustomEvent).detail;
    answers.set(id, answer);
  });
  document.addEventListener('stand-in:listener', (event) => {
    const { id, values } = (event as CustomEvent).detail;
    callbacks.get(id)?.(...values);
  });
  document.addEventListener('stand-in:expose', (event) => {
    const { name, keys } = (event as CustomEvent).detail as { name: string; keys: string[] };
    const made = Object.fromEntries(keys.map((key) => [key, (...args: unknown[]) => call(name, key, args)]));
    Object.defineProperty(window, name, { value: Object.freeze(made), enumerable: true });
  });
  // The main process is asked before a window is there; no window comes of it here.
  window.open = (url = 'about:blank') => {
    tell('stand-in:report', { opening: String(url) });
    return null;
  };
  // Whichever world comes first, the other one hears of it.
  tell('stand-in:page');
}

/** Runs in the preload's world: what `require('electron')` gives in a sandboxed preload, as far as the stand-in has it. */
function preloadElectron(copy: typeof cross, names: { ipc: string; deliver: string; files: string }): unknown {
  const own = globalThis as unknown as Record<string, unknown>;
  const tell = (type: string, detail: unknown) => document.dispatchEvent(new CustomEvent(type, { detail }));
  const exposed = new Map<string, Exposed>();
  const returned = new Map<number, () => unknown>();
  const listeners = new Map<string, ((event: object, ...values: unknown[]) => void)[]>();
  const files: File[] = [];
  let last = 0;
  own[names.files] = files;
  own[names.deliver] = (channel: string, values: unknown[]) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...values);
  };
  const unpack = (arg: Crossing['args'][number], where: string): unknown => {
    if (arg.file !== undefined) return arg.file;
    if (arg.callback === undefined) return arg.value;
    const { callback } = arg;
    return (...values: unknown[]) =>
      tell('stand-in:listener', { id: callback, values: values.map((value) => copy(value, where)) });
  };
  document.addEventListener('stand-in:call', (event) => {
    const { id, key, args } = (event as CustomEvent).detail as Crossing;
    const [name, method] = key.split('.');
    const where = `${key}, preload to page`;
    try {
      const value = exposed.get(name)![method](...args.map((arg) => unpack(arg, where)));
      if (typeof value !== 'function') return tell('stand-in:answer', { id, value: copy(value, where) });
      returned.set(++last, value as () => unknown);
      tell('stand-in:answer', { id, callback: last });
    } catch (error) {
      tell('stand-in:answer', { id, error: (error as Error).message });
    }
  });
  document.addEventListener('stand-in:call-back', (event) => void returned.get((event as CustomEvent).detail.id)?.());
  document.addEventListener('stand-in:report', (event) =>
    (own[names.ipc] as (text: string) => void)(JSON.stringify((event as CustomEvent).detail)),
  );
  const expose = () => {
    for (const [name, api] of exposed) tell('stand-in:expose', { name, keys: Object.keys(api) });
  };
  document.addEventListener('stand-in:page', expose);
  const strict = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get(target, key) {
        if (key in target) return target[key as keyof T];
        throw new Error(`The stand-in has no ${name}.${String(key)} in a preload.`);
      },
    });
  return strict('electron', {
    contextBridge: strict('contextBridge', {
      exposeInMainWorld(name: string, api: Exposed) {
        if (exposed.has(name)) throw new Error(`Cannot bind an API on top of an existing property: ${name}`);
        for (const [key, value] of Object.entries(api))
          if (typeof value !== 'function') throw new Error(`The stand-in exposes functions only, not ${name}.${key}.`);
        exposed.set(name, api);
        expose();
      },
    }),
    ipcRenderer: strict('ipcRenderer', {
      send(channel: string, ...values: unknown[]) {
        const args = values.map((value) => copy(value, `${channel}, preload to main`));
        (own[names.ipc] as (text: string) => void)(JSON.stringify({ channel, args }));
      },
      on(channel: string, listener: (event: object, ...values: unknown[]) => void) {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
      off(channel: string, listener: unknown) {
        listeners.set(
          channel,
          (listeners.get(channel) ?? []).filter((one) => one !== listener),
        );
      },
    }),
    webUtils: strict('webUtils', {
      /** The browser tells a file's path to the main process only, so this is a ticket that it exchanges. */
      getPathForFile(file: unknown) {
        if (!(file instanceof File)) throw new TypeError('getPathForFile: the argument is not a File.');
        files.push(file);
        return `stand-in-file:${files.length - 1}`;
      },
    }),
  });
}

export const pageWorldScript = `if (window === top) (${pageWorld})(${cross});`;

/** The preload as Electron runs it in its sandbox: CommonJS, and nothing to require but Electron itself. */
export function preloadScript(source: string): string {
  const names = JSON.stringify({ ipc: ipcBinding, deliver, files: filesOf });
  return `if (window === top) (() => {
    const electron = (${preloadElectron})(${cross}, ${names});
    const require = (name) => {
      if (name === 'electron') return electron;
      throw new Error('module not found: ' + name + '. A sandboxed preload may require only electron.');
    };
    const module = { exports: {} };
    ((require, module, exports, process, Buffer, global) => {${source}\n})(require, module, module.exports, undefined, undefined, undefined);
  })();`;
}
