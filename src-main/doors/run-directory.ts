/** Private directories of one run, named after its process, so that a later run can clear up after one that was killed. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function removeOrphans(parent: string, purpose: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, owner, pid] = /^(\w+)-(\d+)-[0-9a-f]+$/.exec(name) ?? [];
    if (owner === purpose && !isRunning(Number(pid))) await removeRunDirectory(join(parent, name));
  }
}

/**
 * Makes a directory only this user can enter, and removes those of the same purpose whose process is gone.
 * @param purpose one word, the beginning of the directory's name.
 */
export async function makeRunDirectory(parent: string, purpose: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await removeOrphans(parent, purpose);
  const directory = join(parent, `${purpose}-${process.pid}-${randomBytes(8).toString('hex')}`);
  await mkdir(directory, { mode: 0o700 });
  return directory;
}

/** Removes it with what it holds; tries again while another process still closes its files. */
export async function removeRunDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}
