/** Where a user's data lies, the same for every door. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, posix, resolve, win32 } from 'node:path';

interface Machine {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  home: string;
}

const thisMachine = (): Machine => ({ platform: process.platform, env: process.env, home: homedir() });

/** The user's own folder for Salescope; nobody else's rights are needed to write there. */
export function dataDirectory({ platform, env, home }: Machine = thisMachine()): string {
  if (platform === 'win32') return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'Salescope');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Salescope');
  const dataHome = env.XDG_DATA_HOME;
  // The XDG specification: a relative path is to be ignored.
  return posix.join(
    dataHome && posix.isAbsolute(dataHome) ? dataHome : posix.join(home, '.local', 'share'),
    'Salescope',
  );
}

/** The store of whoever names none. */
export const usualStore = (machine: Machine = thisMachine()): string => join(dataDirectory(machine), 'salescope.db');

/**
 * The SQLite file to open: `--store`, else SALESCOPE_STORE, else salescope.db in the user's data directory, which is made
 * when it is missing, for this user alone. The folder of a chosen path must be there: a slip of the pen makes no folders.
 * @param given the path after `--store`; relative to the working directory.
 */
export function storePath(given?: string, machine: Machine = thisMachine()): string {
  const chosen = given || machine.env.SALESCOPE_STORE;
  if (chosen) return resolve(chosen);
  mkdirSync(dataDirectory(machine), { recursive: true, mode: 0o700 });
  return usualStore(machine);
}
