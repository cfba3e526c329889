/** Files and folders of one run, named after its process, so that a later run can clear up after one that was killed. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What a file is written as before it is moved to its place; SQLite may lay others beside it. */
export const draftOf = (target: string): string => `${target}.${process.pid}.part`;

const ofRun = [/\.(\d+)\.part(?:-\w+)?$/, /-(\d+)-[0-9a-f]{16}$/];

/** Removes what processes that are gone left in a folder, of everything whose name is `ours`. */
export function removeOrphans(folder: string, ours: (name: string) => boolean): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // A folder that is not there, or not to be read, holds nothing to clear up.
  }
  for (const name of names) {
    const pid = ofRun.map((form) => form.exec(name)?.[1]).find((found) => found !== undefined);
    if (pid !== undefined && ours(name) && !isRunning(Number(pid))) removeRunFolder(join(folder, name));
  }
}

/**
 * Makes a folder only this user can enter, and removes those of the same purpose whose process is gone.
 * @param purpose the beginning of the folder's name
 */
export function makeRunFolder(parent: string, purpose: string): string {
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  removeOrphans(parent, (name) => name.startsWith(`${purpose}-`));
  const folder = join(parent, `${purpose}-${process.pid}-${randomBytes(8).toString('hex')}`);
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/** Removes it with what it holds; tries again while another process still closes its files. */
export function removeRunFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    // What another user left, or still holds, is not ours to remove; the next run tries again.
  }
}
