/** Files that the system opens with Salescope: by double click, "Open with", a second start, a drop on its icon. */
import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { openedPrefix } from '../../../src-shared/bridge.ts';
import type { ImportFile } from '../../../src-shared/domain.ts';

export interface OpenedFiles {
  /** Takes paths in; answers how the page may name them. */
  take(paths: string[]): ImportFile[];
  /** The path behind such a name; null where it was never given. */
  pathOf(name: string): string | null;
}

export function openedFiles(): OpenedFiles {
  const paths: string[] = [];
  return {
    take: (taken) => taken.map((path) => ({ path: `${openedPrefix}${paths.push(path) - 1}`, name: basename(path) })),
    pathOf: (name) => paths[Number(name.slice(openedPrefix.length))] ?? null,
  };
}

/**
 * Files named on a command line: what is no option and is there.
 * @param args without the program itself
 * @param folder what relative names start from
 */
export const filesIn = (args: string[], folder: string): string[] =>
  args
    .filter((arg) => !arg.startsWith('-'))
    .map((arg) => resolve(folder, arg))
    .filter((path) => existsSync(path) && statSync(path).isFile());
