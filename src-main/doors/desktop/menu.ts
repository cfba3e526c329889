/** The menu: the application's own actions beside the roles that every program has; no entry leads out of the program. */
import { basename } from 'node:path';
import type * as Electron from 'electron';
import type { MenuPlace } from '../../../src-shared/pages.ts';
import { createSay } from '../../application/sentences.ts';

export interface MenuActions {
  go(to: MenuPlace): void;
  open(path: string): void;
  print(): void;
  about(): void;
  showLog(): void;
}

type Items = Electron.MenuItemConstructorOptions[];

const say = createSay({ locale: 'en', currency: null });
const label = (key: string): string => say(`desktop.menu.${key}`);
const line: Items[number] = { type: 'separator' };

function fileMenu({ go, open, print }: MenuActions, recent: string[], mac: boolean): Items {
  const again: Items = recent.map((path) => ({ label: basename(path), click: () => open(path) }));
  return [
    { label: label('import'), accelerator: 'CmdOrCtrl+O', click: () => go('import') },
    { label: label('recent'), enabled: again.length > 0, submenu: again },
    line,
    { label: label('report'), accelerator: 'CmdOrCtrl+R', click: () => go('report') },
    { label: label('print'), accelerator: 'CmdOrCtrl+P', click: print },
    ...(mac ? [] : [line, { label: label('settings'), accelerator: 'CmdOrCtrl+,', click: () => go('settings') }]),
    line,
    { role: mac ? 'close' : 'quit' },
  ];
}

function editMenu({ go }: MenuActions): Items {
  return [
    { role: 'undo' },
    { role: 'redo' },
    line,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
    line,
    { label: label('search'), accelerator: 'CmdOrCtrl+F', click: () => go('search') },
    { label: label('undo'), click: () => go('undo') },
  ];
}

function helpMenu({ go, about, showLog }: MenuActions, mac: boolean): Items {
  return [
    { label: label('helpPage'), accelerator: 'F1', click: () => go('help') },
    { label: label('log'), click: showLog },
    ...(mac ? [] : [line, { label: label('about'), click: about }]),
  ];
}

const viewMenu: Items = [
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  // On many keyboards plus needs the shift key: Ctrl and = is what the hand does.
  { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false },
  { role: 'zoomOut' },
  line,
  { role: 'togglefullscreen' },
];

function appMenu({ go, about }: MenuActions): Items {
  return [
    { label: label('about'), click: about },
    line,
    { label: label('settings'), accelerator: 'CmdOrCtrl+,', click: () => go('settings') },
    line,
    { role: 'services' },
    line,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    line,
    { role: 'quit' },
  ];
}

/** On a Mac what belongs to the application stands in its own menu, as everywhere there. */
export function menuTemplate(actions: MenuActions, recent: string[], platform: NodeJS.Platform): Items {
  const mac = platform === 'darwin';
  return [
    ...(mac ? [{ label: 'Salescope', submenu: appMenu(actions) }] : []),
    { label: label('file'), submenu: fileMenu(actions, recent, mac) },
    { label: label('edit'), submenu: editMenu(actions) },
    { label: label('view'), submenu: viewMenu },
    { role: 'windowMenu' },
    { role: 'help', label: label('help'), submenu: helpMenu(actions, mac) },
  ];
}
