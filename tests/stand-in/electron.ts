/** What `import('electron')` gives in the main process, as far as the stand-in has it; anything else throws. */
import { app as plainApp } from './app.ts';
import * as parts from './parts.ts';
import { protocol as plainProtocol, session as plainSession } from './session.ts';
import { strict } from './state.ts';
import { BrowserWindow as PlainWindow, ipcMain as plainIpc } from './windows.ts';

export const app = strict('app', plainApp);
export const BrowserWindow = PlainWindow;
export const ipcMain = strict('ipcMain', plainIpc);
export const Menu = strict('Menu', parts.Menu);
export const dialog = strict('dialog', parts.dialog);
export const screen = strict('screen', parts.screen);
export const Notification = parts.Notification;
export const powerSaveBlocker = strict('powerSaveBlocker', parts.powerSaveBlocker);
export const shell = strict('shell', parts.shell);
export const protocol = strict('protocol', plainProtocol);
export const session = strict('session', plainSession);
