/**
 * Runs a built Salescope as Electron would: `node start.ts <main module> [arguments]`. The main module finds `electron` to
 * be the stand-in; the test steers it over this process's channel.
 */
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, becomeReady, onExit } from './app.ts';
import { steer } from './control.ts';
import { closeBrowser } from './windows.ts';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '45.4.1', chrome: '156.0' } });
Object.defineProperty(process, 'type', { value: 'browser' });

const [main, ...args] = process.argv.slice(2);
// Electron starts with nothing behind an address, as a page could otherwise have it started with words of its own; what
// follows "--" it does not look at (its shell/app/command_line_args.cc).
const looked = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
const address = looked.findIndex((arg) => /^[a-z][^\s:]+:/i.test(arg));
if (address >= 0 && address < looked.length - 1) process.exit(255);
// The program's own arguments follow the executable's name and, unpacked, the main module, as in Electron.
process.argv = [process.execPath, ...(app.isPackaged ? [] : [resolve(main)]), ...args];
onExit(closeBrowser);
steer();
await import(pathToFileURL(resolve(main)).href);
setImmediate(becomeReady);
