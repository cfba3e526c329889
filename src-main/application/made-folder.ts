import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../src-shared/errors.ts';
import { makeRunFolder, removeRunFolder } from '../drafts.ts';

export interface MadeFolder {
  write(name: string, content: string | Buffer): void;
  /** Names written so far, in order. */
  names(): string[];
  /** Moves everything to its place; files of the same name are replaced only now. */
  publish(): void;
  /** Takes away what was not published. */
  discard(): void;
}

/**
 * A folder that appears whole or not at all: files are written to a temporary folder beside it and moved at the end.
 * @throws AppError 'invalid-input' where a file stands in the way, 'forbidden' where nothing can be written
 */
export function openMadeFolder(folder: string): MadeFolder {
  const target = resolve(folder);
  if (existsSync(target) && !statSync(target).isDirectory()) {
    throw new AppError('invalid-input', `"${folder}" is a file; name a folder with --out.`, { folder });
  }
  let draft = '';
  try {
    draft = makeRunFolder(dirname(target), `.${basename(target)}`);
  } catch (error) {
    throw new AppError(
      'forbidden',
      `"${folder}" cannot be written: ${(error as Error).message}. Choose another folder with --out.`,
      { folder },
    );
  }
  const names: string[] = [];
  return {
    write(name, content) {
      writeFileSync(join(draft, name), content);
      names.push(name);
    },
    names: () => [...names],
    publish() {
      mkdirSync(target, { recursive: true });
      for (const name of readdirSync(draft)) renameSync(join(draft, name), join(target, name));
      this.discard();
    },
    discard: () => removeRunFolder(draft),
  };
}
