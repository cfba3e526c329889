/** The smaller parts of Electron: menu, dialogs, displays, notifications, the power-save blocker, the shell. */
import { EventEmitter } from 'node:events';
import { isAbsolute } from 'node:path';
import { afterReady, answerDialog, note, state } from './state.ts';

interface MenuTemplate {
  label?: string;
  role?: string;
  type?: string;
  id?: string;
  accelerator?: string;
  enabled?: boolean;
  click?: (item: object, window: unknown, event: object) => void;
  submenu?: MenuTemplate[];
}

const roles = new Set(
  (
    'undo redo cut copy paste pasteAndMatchStyle delete selectAll reload forceReload toggleDevTools resetZoom zoomIn ' +
    'zoomOut togglefullscreen window minimize close help about services hide hideOthers unhide quit startSpeaking ' +
    'stopSpeaking zoom front appMenu fileMenu editMenu viewMenu windowMenu recentDocuments clearRecentDocuments shareMenu'
  ).split(' '),
);
const accelerator =
  /^((CmdOrCtrl|CommandOrControl|Cmd|Command|Ctrl|Control|Alt|Option|Shift|Super|Meta)\+)*(F\d{1,2}|[A-Z0-9]|[,.;=/\\[\]'`-]|Plus|Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape)$/;

function checkItem(item: MenuTemplate, path: string): void {
  if (item.label === undefined && item.role === undefined && item.type !== 'separator')
    throw new TypeError(`Invalid template for MenuItem ${path}: must have label, role or type`);
  if (item.role !== undefined && !roles.has(item.role)) throw new TypeError(`${path}: there is no role ${item.role}.`);
  if (item.accelerator !== undefined && !accelerator.test(item.accelerator))
    throw new TypeError(`${path}: ${item.accelerator} is no accelerator.`);
  if (item.submenu !== undefined && !Array.isArray(item.submenu)) throw new TypeError(`${path}: submenu is no array.`);
  item.submenu?.forEach((below, i) => {
    checkItem(below, `${path}/${below.label ?? below.role ?? i}`);
  });
}

/** The menu that is set; null: none. */
export const menu: { template: MenuTemplate[] | null } = { template: null };

export const Menu = {
  buildFromTemplate(template: MenuTemplate[]): { template: MenuTemplate[] } {
    template.forEach((item, i) => {
      checkItem(item, item.label ?? item.role ?? String(i));
    });
    return { template };
  },
  setApplicationMenu(built: { template: MenuTemplate[] } | null): void {
    afterReady('Menu.setApplicationMenu');
    menu.template = built?.template ?? null;
  },
};

/** Clicks an entry by its labels from the top. */
export function clickMenu(labels: string[], window: unknown): void {
  let items = menu.template ?? [];
  labels.forEach((label, depth) => {
    const item = items.find((one) => one.label?.replace('&', '') === label);
    if (!item) throw new Error(`The menu has no ${labels.slice(0, depth + 1).join(' › ')}.`);
    if (depth < labels.length - 1) items = item.submenu ?? [];
    else if (item.enabled === false) throw new Error(`${labels.join(' › ')} is greyed out.`);
    else item.click?.({}, window, {});
  });
}

interface BoxOptions {
  message: string;
  buttons?: string[];
  cancelId?: number;
  defaultId?: number;
}

/** The options of a dialog, with or without a window before them. */
const optionsOf = <T>(args: unknown[]): T => args[args.length - 1] as T;

export const dialog = {
  showErrorBox(title: string, content: string): void {
    if (typeof title !== 'string' || typeof content !== 'string')
      throw new TypeError('showErrorBox takes a title and a content.');
    state.dialogs.push({ kind: 'error', options: { title, content } });
    // As Electron does where no window can be shown yet.
    process.stderr.write(`${title}: ${content}\n`);
  },
  async showMessageBox(...args: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> {
    afterReady('dialog.showMessageBox');
    const options = optionsOf<BoxOptions>(args);
    if (typeof options.message !== 'string') throw new TypeError('showMessageBox needs a message.');
    const answer = answerDialog<number | string>('message', options, options.cancelId ?? 0);
    const response = typeof answer === 'string' ? (options.buttons ?? []).indexOf(answer) : answer;
    if (response < 0) throw new Error(`The dialog has no button ${answer}: ${options.buttons?.join(', ')}.`);
    return { response, checkboxChecked: false };
  },
  async showOpenDialog(...args: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    afterReady('dialog.showOpenDialog');
    const filePaths = answerDialog<string[]>('open', optionsOf(args), []);
    return { canceled: filePaths.length === 0, filePaths };
  },
  async showSaveDialog(...args: unknown[]): Promise<{ canceled: boolean; filePath: string }> {
    afterReady('dialog.showSaveDialog');
    const filePath = answerDialog<string>('save', optionsOf(args), '');
    return { canceled: filePath === '', filePath };
  },
};

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** The screens on the desk; a test may set others. */
export const displays: { workAreas: Rectangle[] } = {
  workAreas: JSON.parse(process.env.STAND_IN_DISPLAYS ?? '[{"x":0,"y":0,"width":1920,"height":1040}]'),
};
const displayOf = (workArea: Rectangle, id: number) => ({ id, workArea, bounds: workArea, scaleFactor: 1 });
export const screen = {
  getAllDisplays() {
    afterReady('screen.getAllDisplays');
    return displays.workAreas.map(displayOf);
  },
  getPrimaryDisplay() {
    afterReady('screen.getPrimaryDisplay');
    return displayOf(displays.workAreas[0], 0);
  },
};

export const notifications: Notification[] = [];
export class Notification extends EventEmitter {
  static isSupported = (): boolean => true;
  readonly options: { title: string; body: string };
  constructor(options: { title: string; body: string }) {
    super();
    this.options = options;
  }
  show(): void {
    afterReady('Notification.show');
    notifications.push(this);
  }
}

const blockers = new Set<number>();
let lastBlocker = 0;
export const powerSaveBlocker = {
  start(type: string): number {
    afterReady('powerSaveBlocker.start');
    if (!['prevent-app-suspension', 'prevent-display-sleep'].includes(type)) throw new TypeError(`no type ${type}`);
    blockers.add(++lastBlocker);
    note('power save blocked');
    return lastBlocker;
  },
  stop(id: number): void {
    if (!blockers.delete(id)) throw new Error(`There is no blocker ${id}.`);
    note('power save allowed');
  },
  isStarted: (id: number): boolean => blockers.has(id),
};
export const blocked = (): boolean => blockers.size > 0;

export const shell = {
  showItemInFolder(path: string): void {
    if (!isAbsolute(path)) throw new TypeError('showItemInFolder takes a whole path.');
    note(`show in folder ${path}`);
  },
  async openPath(path: string): Promise<string> {
    if (!isAbsolute(path)) throw new TypeError('openPath takes a whole path.');
    note(`open ${path}`);
    return '';
  },
};
