/**
 * `npm start`: opens Salescope in Electron, else in the user's Chrome or Chromium, else prints its address.
 * Files named after it are shown for import. Options: --store <path>, --port <number>, --no-window.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AppError, toAppError } from '../../src-shared/errors.ts';
import { createApplication } from '../application/application.ts';
import { openLog } from '../application/log.ts';
import { storeOwner } from '../application/store-owner.ts';
import { makeRunFolder, removeRunFolder } from '../drafts.ts';
import { type Browser, browserArguments, findBrowser, hasDisplay, profileParent, writeLaunchFile } from './browser.ts';
import { filesIn } from './desktop/opened-files.ts';
import { fetchElectron, findElectron } from './electron-runtime.ts';
import { type HttpDoor, serveHttp } from './http.ts';
import { askToJoin, type JoinDoor, openJoinDoor } from './join.ts';
import { dataDirectory, storePath } from './store-path.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const rendererDir = join(root, 'out', 'renderer');
/** A window that fails sooner never opened, such as where the system forbids its sandbox. */
const windowMustLiveMs = 5_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

interface Options {
  store: string;
  port: number;
  window: boolean;
  /** To be imported. */
  files: string[];
}

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      store: { type: 'string' },
      port: { type: 'string', default: '0' },
      'no-window': { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new AppError('invalid-input', `--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  return {
    store: storePath(values.store),
    port,
    window: !values['no-window'],
    files: filesIn(positionals, process.cwd()),
  };
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((done) => {
    child.on('error', () => done(1));
    child.on('exit', (code) => done(code ?? 1));
  });
}

/** Runs Electron until its window is closed; answers why not, or null after it ran. */
async function runElectron({ store, files }: Options): Promise<string | null> {
  let path = findElectron(root);
  if (!path) {
    if (process.env.SALESCOPE_NO_ELECTRON_FETCH === '1') return 'is not here';
    const reason = await fetchElectron(root);
    if (reason) return `is not here and could not be fetched (${reason}; "npx install-electron" tries again)`;
    path = findElectron(root);
    if (!path) return 'is not here after it was fetched';
  }
  const started = performance.now();
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(path, [join(root, 'out', 'main', 'electron.js'), ...files], {
    stdio: 'inherit',
    env: { ...env, SALESCOPE_STORE: store },
  });
  const code = await ended(child);
  if (code !== 0 && performance.now() - started < windowMustLiveMs)
    return `does not start on this machine (code ${code})`;
  process.exitCode = code;
  return null;
}

async function openDoor(application: Parameters<typeof serveHttp>[0], port: number): Promise<HttpDoor> {
  if (!existsSync(join(rendererDir, 'index.html'))) {
    throw new AppError('not-found', 'The interface is not built. Run "npm run build" first.');
  }
  try {
    return await serveHttp(application, { rendererDir, uploadDir: dataDirectory(), port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new AppError('invalid-input', `Port ${port} is taken. Choose another with --port, or leave it out.`);
  }
}

/** Shows an address in the browser until its window is closed. */
async function showInBrowser(browser: Browser, url: string, signal: AbortSignal): Promise<void> {
  const profile = makeRunFolder(profileParent(browser, dataDirectory()), 'browser');
  const child = spawn(browser.path, browserArguments(writeLaunchFile(profile, url), profile), { stdio: 'ignore' });
  signal.addEventListener('abort', () => child.kill());
  await ended(child);
  removeRunFolder(profile);
}

/** Prints the address and serves until Ctrl-C; Enter prints a new address, as each opens once. */
function showAddress(door: HttpDoor, why: string, signal: AbortSignal): Promise<void> {
  const again = process.stdin.isTTY ? ' It opens once; Enter gives a new one,' : ' It opens once;';
  say(`${why}Salescope is at ${door.newUrl()}${again} Ctrl-C ends.`);
  const print = () => say(door.newUrl());
  if (process.stdin.isTTY) process.stdin.on('data', print);
  return new Promise((done) => {
    signal.addEventListener('abort', () => {
      process.stdin.off('data', print).pause();
      done();
    });
  });
}

function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // A second Ctrl-C does not wait for the files to be cleared up.
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}

/**
 * Where another Salescope works on the store already, it shows its window, or this start shows one on it.
 * @returns false: nobody does, or whoever does has no interface
 */
async function joinOwner({ store, files, window }: Options): Promise<boolean> {
  const owner = storeOwner(store);
  const answer = owner?.join ? await askToJoin(owner.join, { files }) : null;
  if (!owner || !answer) return false;
  const who = `Salescope works on ${store} already (${owner.door}, process ${owner.pid})`;
  const browser = window && hasDisplay() ? findBrowser() : null;
  if (answer.url === null) say(`${who}; its window has come forward.`);
  else if (!browser) say(`${who}; a further address of it is ${answer.url} It opens once.`);
  else {
    say(`${who}; its interface opens in another window.`);
    await showInBrowser(browser, answer.url, stopSignal());
  }
  return true;
}

/** @param noElectron why there is no Electron, as the end of a sentence; null when nobody wants a window. */
async function serve({ store, port, files }: Options, noElectron: string | null): Promise<void> {
  const log = openLog(join(dataDirectory(), 'log'));
  // The program still ends; its trace stays.
  process.on('uncaughtExceptionMonitor', (fault, origin) => log.failed(toAppError(fault), origin));
  const application = createApplication({ storePath: store, door: 'browser', log });
  const signal = stopSignal();
  let door: HttpDoor | null = null;
  let joins: JoinDoor | null = null;
  try {
    door = await openDoor(application, port);
    const opened = door;
    opened.open(files);
    joins = await openJoinDoor(store, (joined) => {
      opened.open(joined.files);
      return { url: opened.newUrl() };
    });
    // Where its thread has died, the interface says why.
    application.answersAt(joins.address).catch(() => {});
    if (noElectron === null) return await showAddress(door, '', signal);
    const browser = findBrowser();
    const lead = `The Electron runtime ${noElectron}`;
    if (!browser) return await showAddress(door, `${lead}, and no Chrome or Chromium was found. `, signal);
    say(`${lead}, so Salescope opens in ${browser.name}.`);
    await showInBrowser(browser, door.url, signal);
    if (door.opened || signal.aborted) return;
    await showAddress(door, `${browser.name} did not open. `, signal);
  } finally {
    joins?.close();
    await door?.close();
    await application.close();
  }
}

async function start(): Promise<void> {
  const options = readOptions();
  if (await joinOwner(options)) return;
  if (!options.window || !hasDisplay()) return serve(options, null);
  const noElectron = await runElectron(options);
  if (noElectron !== null) await serve(options, noElectron);
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
