/** The test's hand in the stand-in's process: what a person, the system or another program would do there. */
import { app } from './app.ts';
import { blocked, clickMenu, displays, menu, notifications } from './parts.ts';
import { saved } from './session.ts';
import { state } from './state.ts';
import { browserAddress, BrowserWindow } from './windows.ts';

const theWindow = (): BrowserWindow => {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) throw new Error('There is no window.');
  return window;
};

const labels = (items: { label?: string; role?: string; submenu?: never[] }[] | null): unknown =>
  (items ?? []).map(({ label, role, submenu }) => (submenu ? [label ?? role, labels(submenu)] : (label ?? role)));

export const commands = {
  address: browserAddress,
  target: () => theWindow().webContents.targetId,
  log: () => state.log,
  switches: () => state.switches,
  refusals: () => state.refusals,
  dialogs: () => state.dialogs,
  saved: () => saved,
  recent: () => app.recent,
  blocked,
  notifications: () => notifications.map(({ options }) => options),
  'click-notification': (index: number) => void notifications[index].emit('click', {}),
  menu: () => labels(menu.template as never),
  'click-menu': (path: string[]) => clickMenu(path, theWindow()),
  /** The next dialogs get these answers: a button's text, a path, a list of paths, null. */
  answer: (...answers: unknown[]) => void state.answers.push(...answers),
  'set-displays': (areas: typeof displays.workAreas) => {
    displays.workAreas = areas;
  },
  windows: () =>
    BrowserWindow.getAllWindows().map((one) => ({
      visible: one.isVisible(),
      minimized: one.isMinimized(),
      maximized: one.isMaximized(),
      bounds: one.getBounds(),
      options: { ...one.options, icon: undefined },
      url: one.webContents.getURL(),
    })),
  'set-bounds': (bounds: { width: number; height: number; x: number; y: number }) => theWindow().setBounds(bounds),
  maximize: () => theWindow().maximize(),
  'look-away': () => {
    theWindow().focused = false;
  },
  printed: () => theWindow().webContents.printed,
  'close-window': () => theWindow().close(),
  crash: () => theWindow().webContents.forcefullyCrashRenderer(),
  quit: () => app.quit(),
  'open-file': (path: string) => void app.emit('open-file', { preventDefault() {} }, path),
  activate: () => void app.emit('activate', {}, false),
  permission: (name: string) => {
    let given: unknown = null;
    const { permissionRequest } = theWindow().webContents.session;
    permissionRequest?.(null, name, (answer) => {
      given = answer;
    });
    return given;
  },
  /** Throws where nobody catches it, as a fault in the program would. */
  throw: (message: string) => void setImmediate(() => Promise.reject(new Error(message))),
  memory: () => process.memoryUsage().rss,
};

export type Commands = typeof commands;

export function steer(): void {
  process.on('message', async ({ id, command, args }: { id: number; command: keyof Commands; args: never[] }) => {
    try {
      const value = await (commands[command] as (...values: never[]) => unknown)(...args);
      process.send?.({ id, value: value ?? null });
    } catch (error) {
      process.send?.({ id, error: (error as Error).message });
    }
  });
  // The channel alone keeps no application alive.
  process.channel?.unref();
}
