/** The Electron door: the desktop program's start and end. What lies between stands in `desktop/`. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toAppError } from '../../src-shared/errors.ts';
import { type Application, createApplication } from '../application/application.ts';
import { type Log, openLog } from '../application/log.ts';
import { createSay } from '../application/sentences.ts';
import { storeOwner } from '../application/store-owner.ts';
import { confineApp, confinePages } from './desktop/confine.ts';
import { openNotes } from './desktop/desktop-notes.ts';
import { Desktop, type DesktopOptions, type ElectronParts } from './desktop/desktop.ts';
import { filesIn } from './desktop/opened-files.ts';
import { commandLineOf, runCommandLine } from './installed-cli.ts';
import { askToJoin, type JoinDoor, openJoinDoor } from './join.ts';
import { dataDirectory, storePath, usualStore } from './store-path.ts';

export interface ElectronDoorOptions extends DesktopOptions {
  store: string;
  /** Where Chromium keeps what belongs to the window. */
  profileDir: string;
  /** Files named on the command line. */
  files: string[];
}

function prepare(electron: ElectronParts, profileDir: string): void {
  const { app } = electron;
  app.setName('Salescope');
  app.setAppUserModelId('io.github.salescope.desktop');
  mkdirSync(profileDir, { recursive: true, mode: 0o700 });
  app.setPath('userData', profileDir);
  confineApp(electron);
}

function closeOnce(app: ElectronParts['app'], application: Application, joinDoor: () => JoinDoor | null): void {
  let closed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    closed = true;
    joinDoor()?.close();
    void application.close().finally(() => app.quit());
  });
}

/**
 * Where another window on the store is open, such as one in a browser, it comes forward and this one ends. A command has no
 * window: its store is read here until it is done.
 */
async function gaveWay({ app, dialog }: ElectronParts, { store, files }: ElectronDoorOptions): Promise<boolean> {
  const owner = storeOwner(store);
  if (!owner?.join) return false;
  const answer = await askToJoin(owner.join, { files });
  await app.whenReady();
  if (answer?.url !== null) {
    const say = createSay({ locale: 'en', currency: null });
    const { door, pid } = owner;
    const message = say('desktop.elsewhere');
    const detail = say('desktop.elsewhereAbout', { store, door, pid: String(pid) });
    await dialog.showMessageBox({ type: 'info', message, detail });
  }
  app.quit();
  return true;
}

/** Every fault that nobody caught leaves a trace, and the window says so. */
function catchFaults(log: Log, desktop: () => Desktop | null): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (fault: unknown) => {
      log.failed(toAppError(fault), event);
      desktop()?.showTrouble('fault');
    });
  }
}

/**
 * Opens the window and answers its calls; a second start brings the first window forward instead.
 * @returns false when another Salescope is already open.
 */
export async function openElectronDoor(electron: ElectronParts, options: ElectronDoorOptions): Promise<boolean> {
  const { app } = electron;
  prepare(electron, options.profileDir);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  let desktop: Desktop | null = null;
  let joinDoor: JoinDoor | null = null;
  const early: string[] = [...options.files];
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (desktop) desktop.comeForward([path]);
    else early.push(path);
  });
  app.on('second-instance', (_event, argv, folder) => desktop?.comeForward(filesOf(argv, folder)));
  if (await gaveWay(electron, options)) return false;
  const log = openLog(join(dataDirectory(), 'log'));
  catchFaults(log, () => desktop);
  const application = createApplication({ storePath: options.store, door: 'window', log });
  confinePages(electron);
  closeOnce(app, application, () => joinDoor);
  await app.whenReady();
  desktop = new Desktop(electron, application, openNotes(options.profileDir), log, options);
  app.on('activate', () => desktop?.comeForward());
  const opened = desktop;
  joinDoor = await openJoinDoor(options.store, ({ files }) => {
    opened.comeForward(files);
    return { url: null };
  });
  // Where its thread has died, the window says why.
  application.answersAt(joinDoor.address).catch(() => {});
  desktop.comeForward(early);
  await desktop.open();
  return true;
}

/** Files on a command line; unpacked, the program's own module stands there too. */
const filesOf = (argv: string[], folder: string): string[] =>
  filesIn(argv.slice(1), folder).filter((path) => path !== fileURLToPath(import.meta.url));

/** One window for each store: a start on another one does not bring this one forward. */
function profileFor(store: string): string {
  const usual = store === usualStore() ? '' : `-${createHash('sha256').update(store).digest('hex').slice(0, 12)}`;
  return join(dataDirectory(), `window${usual}`);
}

// Only inside Electron: elsewhere the import would fetch the runtime.
if (process.versions.electron) {
  const words = commandLineOf(process.argv);
  if (words) await runCommandLine(words);
  const electron = await import('electron');
  const { app, dialog } = electron;
  const out = fileURLToPath(new URL('..', import.meta.url));
  const store = storePath(app.commandLine.getSwitchValue('store'));
  const options: ElectronDoorOptions = {
    rendererDir: join(out, 'renderer'),
    preloadPath: join(out, 'preload', 'preload.cjs'),
    iconPath: join(out, '..', 'resources', 'icons', 'icon.png'),
    store,
    profileDir: profileFor(store),
    files: filesOf(process.argv, process.cwd()),
  };
  // Not awaited: Electron becomes ready only after this module has run to its end.
  openElectronDoor(electron, options).catch((error: unknown) => {
    dialog.showErrorBox('Salescope', toAppError(error).message);
    app.exit(1);
  });
}
