/** Opens the SQLite store and brings it to the newest version. */
import { renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../src-shared/errors.ts';
import { migrations } from './migrations.ts';

/** An open store; only the files of this folder look inside. */
export interface Store {
  db: Database.Database;
  path: string;
  /** Everything `work` writes becomes visible at once or not at all. */
  transaction<T>(work: () => T): T;
  close(): void;
}

const versionOf = (db: Database.Database): number => db.pragma('user_version', { simple: true }) as number;

/** Keeps the store as it was before a migration beside it, as `<path>.v<version>.bak`. */
function copyBefore(db: Database.Database, path: string, version: number): void {
  if (db.memory) return;
  const copy = `${path}.v${version}.bak`;
  const unfinished = `${copy}.part`;
  rmSync(unfinished, { force: true });
  db.prepare('VACUUM INTO ?').run(unfinished);
  renameSync(unfinished, copy);
}

function migrate(db: Database.Database, path: string, steps: readonly string[]): void {
  const version = versionOf(db);
  if (version > steps.length) {
    throw new AppError(
      'file-too-new',
      `The store ${path} was written by a newer Salescope (store version ${version}, this program knows ${steps.length}). Install the newer program, or choose another store.`,
      { path, version, known: steps.length },
    );
  }
  if (version > 0 && version < steps.length) copyBefore(db, path, version);
  for (let next = version; next < steps.length; next++) {
    db.transaction(() => {
      db.exec(steps[next]);
      db.pragma(`user_version = ${next + 1}`);
    }).immediate();
  }
}

function refused(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError(
    'file-not-readable',
    `The store ${path} cannot be opened: ${reason}. Check the file and its folder.`,
    {
      path,
    },
  );
}

/**
 * Opens the store at `path` (made when absent; ':memory:' for a passing one) and migrates it; a copy is kept first.
 * @param steps the migrations; given only by tests
 * @throws AppError 'file-too-new' for a store of a newer program, 'file-not-readable' when it is no store.
 */
export function openStore(path: string, steps: readonly string[] = migrations): Store {
  let db: Database.Database | null = null;
  try {
    db = new Database(path);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    migrate(db, path, steps);
  } catch (error) {
    db?.close();
    throw refused(path, error);
  }
  const open = db;
  return {
    db: open,
    path,
    transaction: (work) => open.transaction(work).immediate(),
    close: () => void open.close(),
  };
}
