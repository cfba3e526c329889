/**
 * `npm run dist [-- --linux --win --mac] [--runtime <folder>]`: the installers of this system, or of those named, in dist/.
 * The last line says what is unsigned, what was made, and what was not and why; the exit code is 0 only if all were made.
 * The folder holds Electron's runtimes as they are released (electron-v…-linux-x64.zip …), for a machine that fetches none.
 */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildInstallers, type System, summary, systemNames, wantedInstallers } from './installers.ts';
import { signingLine } from './signing.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const own: Partial<Record<NodeJS.Platform, System>> = { linux: 'linux', win32: 'win', darwin: 'mac' };

const flag = { type: 'boolean' } as const;
const { values } = parseArgs({ options: { linux: flag, win: flag, mac: flag, runtime: { type: 'string' } } });
const named = systemNames.filter((name) => values[name]);
const systems = named.length > 0 ? named : [own[process.platform] ?? 'linux'];
const config = values.runtime ? { electronDist: resolve(values.runtime) } : {};

// electron-builder and some paths in its configuration start from the working directory.
process.chdir(root);
const outcomes = await buildInstallers(await wantedInstallers(systems), { output: join(root, 'dist'), config });
const signatures = signingLine(systems);
console.log(`\n${signatures ? `${signatures} ` : ''}${summary(outcomes)}`);
const isWhole = outcomes.every(({ file }) => file !== null);
// Said at the very end: electron-builder's clearing up ends the process with 0, whatever was said before.
process.on('exit', () => {
  if (!isWhole) process.exitCode = 1;
});
