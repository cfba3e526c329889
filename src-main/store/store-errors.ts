/** What can be wrong with a store, each in words with the way out. */
import { AppError } from '../../src-shared/errors.ts';

/** @param what where and how, as the end of a sentence: "block 3 of the prices of import 2 does not fit its checksum" */
export const damaged = (path: string, what: string): AppError =>
  new AppError(
    'store-damaged',
    `The store ${path} is damaged: ${what}. No figure is shown from it. Restore a backup, or let Salescope save what is whole.`,
    { path, what },
  );

/** After a crash the log beside the store held its last changes, and it is gone. */
export const lostChanges = (path: string): AppError =>
  new AppError(
    'store-damaged',
    `The last changes of the store ${path} are missing, because the file beside it that held them (its name ends in -wal) was deleted or does not belong to it. No figure is shown from it. Go on without them, or restore a backup.`,
    { path, lastChangesLost: true },
  );

export const foreign = (path: string, what: string): AppError =>
  new AppError(
    'store-foreign',
    `${path} is ${what}, not a store of Salescope. It was not touched. Name another file, or take this one out of the way.`,
    { path },
  );

export const emptyFile = (path: string): AppError =>
  new AppError(
    'store-empty',
    `The store ${path} is empty (0 bytes): a full disk, a synced folder or a broken copy does that. Restore a backup, or begin anew with an empty store.`,
    { path },
  );

export const newerStore = (path: string, version: number, known: number): AppError =>
  new AppError(
    'store-newer',
    `The store ${path} was written by a newer Salescope (store version ${version}, this program knows ${known}). Install the newer program, or choose another store.`,
    { path, version, known },
  );

export const readOnlyStore = (path: string): AppError =>
  new AppError(
    'store-read-only',
    `The store ${path} can be read but not changed: the file, its folder or its disk is write-protected. Figures can be seen; to change something, copy the file to a folder of your own and open it there.`,
    { path },
  );

/** A folder that the user chose for copies is not made anew: it may lie on a disk that is not plugged in. */
export const missingFolder = (folder: string): AppError =>
  new AppError(
    'file-not-readable',
    `The folder of copies ${folder} is not there. Plug in its disk, or choose another folder.`,
    { folder },
  );

const fullDisk = (path: string): AppError =>
  new AppError(
    'disk-full',
    `The disk of ${path} is full. Nothing was changed. Free some space, or move the store to another disk, and try again.`,
    { path },
  );

interface Coded extends Error {
  code: string;
}

const isCoded = (error: unknown): error is Coded =>
  error instanceof Error && typeof (error as { code?: unknown }).code === 'string';

const byCode: [RegExp, (path: string, error: Coded) => AppError][] = [
  [/^SQLITE_(CORRUPT|NOTADB|FORMAT)/, (path, { message }) => damaged(path, `SQLite says "${message}"`)],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, fullDisk],
  [/^SQLITE_READONLY/, (path) => readOnlyStore(path)],
  [
    /^(SQLITE_(BUSY|LOCKED)|EBUSY|ETXTBSY)/,
    (path) =>
      new AppError(
        'store-busy',
        `Another program holds the file ${path}, such as a backup, a virus scanner or a folder that is being synced. Wait a moment and try again.`,
        { path },
      ),
  ],
  [
    /^(SQLITE_(IOERR|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS|EIO|ENOENT|ENOTDIR)/,
    (path, { message }) =>
      new AppError(
        'file-not-readable',
        `The store ${path} cannot be read or written (${message}). Check its disk, its folder and your rights there.`,
        { path },
      ),
  ],
  // A schema that is not ours any more: a table or a column that was there is not.
  [/^SQLITE_ERROR/, (path, { message }) => damaged(path, `SQLite says "${message}"`)],
];

/** An error of the store's library or of the file system in words; everything else as it is. */
export function inWords(path: string, error: unknown): unknown {
  if (error instanceof AppError || !isCoded(error)) return error;
  return byCode.find(([code]) => code.test(error.code))?.[1](path, error) ?? error;
}
