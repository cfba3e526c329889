/** Opens the SQLite store: claims it, brings it to the newest version, and believes it only where it is whole. */
import { accessSync, closeSync, constants, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { draftOf } from '../drafts.ts';
import { sealFault, structureFault } from './check-store.ts';
import { migrations } from './migrations.ts';
import { claim, type Owner, type Ownership, readOwner } from './owner.ts';
import { registerSeals } from './seals.ts';
import { damaged, emptyFile, foreign, inWords, lostChanges, newerStore, readOnlyStore } from './store-errors.ts';
import { findStore, makePrivate, openUntouched } from './store-file.ts';

/** An open store; only the files of this folder look inside. */
export interface Store {
  db: Database.Database;
  path: string;
  /** false: another program owns it, or its disk cannot be written; it can be read. */
  owned: boolean;
  /** Who owns it where we do not; null: nobody can write there. */
  owner: Owner | null;
  /** Everything `work` writes becomes visible at once or not at all, and is counted as one change. */
  transaction<T>(work: () => T): T;
  /** As `transaction`, for what can be worked out anew and is no change: remembered answers. */
  remember(work: () => void): void;
  /** Says where another start may ask this program to come forward. */
  answersAt(join: string): void;
  /**
   * What is read from here to `endReading` belongs together, also where another program writes; may be nested.
   * @returns how many changes the store has seen
   */
  beginReading(): number;
  endReading(): void;
  close(): void;
}

export interface OpenOptions {
  /** read: never claims it. */
  as?: 'owner' | 'reader';
  /** How the user knows this program. */
  door?: string;
  /** Called before an older store is changed, with the store as it is. */
  beforeUpgrade?: (db: Database.Database, version: number) => void;
  /** Goes on with a store whose last changes are lost with its log. */
  acceptLoss?: boolean;
  /** The migrations; given only by tests. */
  steps?: readonly string[];
}

const versionOf = (db: Database.Database): number => db.pragma('user_version', { simple: true }) as number;

/** Grows by one with every change that matters; 0 in stores from before it was counted. */
export const changeOf = (db: Database.Database): number =>
  (db.prepare("SELECT value FROM meta WHERE key = 'change'").pluck().get() as number | undefined) ?? 0;

function applySteps(db: Database.Database, steps: readonly string[], from: number): void {
  for (let next = from; next < steps.length; next++) {
    db.transaction(() => {
      db.exec(steps[next]);
      db.pragma(`user_version = ${next + 1}`);
    }).immediate();
  }
}

/** Makes an empty store beside its place and moves it there whole, so that no half of one is ever found. */
export function makeStore(path: string, steps: readonly string[] = migrations): void {
  const draft = draftOf(path);
  for (const file of [draft, `${draft}-journal`]) rmSync(file, { force: true });
  closeSync(openSync(draft, 'wx', 0o600));
  const db = new Database(draft);
  try {
    registerSeals(db);
    applySteps(db, steps, 0);
  } finally {
    db.close();
  }
  renameSync(draft, path);
}

function prepare(db: Database.Database): void {
  registerSeals(db);
  db.pragma('foreign_keys = ON');
  db.pragma('synchronous = FULL');
}

/** @throws AppError 'store-newer', 'store-damaged' */
function requireWhole(db: Database.Database, path: string, steps: readonly string[]): number {
  const version = versionOf(db);
  if (version > steps.length) throw newerStore(path, version, steps.length);
  const fault = structureFault(db, version, steps);
  if (fault) throw damaged(path, fault);
  return version;
}

function requireSeals(db: Database.Database, path: string, steps: readonly string[]): void {
  const fault = steps === migrations ? sealFault(db) : '';
  if (fault) throw damaged(path, fault);
}

/** After a crash the log holds what was not yet in the file; where it is gone, the last changes are. */
function requireLog(db: Database.Database, path: string, left: Owner | null): void {
  if (left === null || left.change <= changeOf(db)) return;
  throw lostChanges(path);
}

/**
 * After a change: its number is noted, and the log goes into the file, which alone is then the whole store: copied without
 * its log, or with the log deleted, it has lost nothing. The change itself is safe already, so a full disk is no failure here.
 */
function settle(db: Database.Database, right: Ownership | null): void {
  try {
    right?.note(changeOf(db));
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch {}
}

function storeOf(
  db: Database.Database,
  path: string,
  owned: boolean,
  owner: Owner | null,
  right: Ownership | null,
): Store {
  db.pragma('query_only = ON');
  let readers = 0;
  let closing = false;
  const within = <T>(work: () => T): T => {
    if (!owned) throw readOnlyStore(path);
    db.pragma('query_only = OFF');
    try {
      return db.transaction(work).immediate();
    } catch (error) {
      throw inWords(path, error);
    } finally {
      if (!db.inTransaction) db.pragma('query_only = ON');
    }
  };
  return {
    db,
    path,
    owned,
    owner,
    transaction(work) {
      const result = within(() => {
        const made = work();
        db.prepare("UPDATE meta SET value = value + 1 WHERE key = 'change'").run();
        return made;
      });
      if (!db.inTransaction) settle(db, right);
      return result;
    },
    remember: (work) => within(work),
    beginReading() {
      if (!owned && readers++ === 0) db.exec('BEGIN');
      return changeOf(db);
    },
    endReading() {
      if (owned || --readers > 0) return;
      db.exec('COMMIT');
      if (closing) db.close();
    },
    answersAt: (join) => right?.answersAt(join),
    close() {
      closing = true;
      // Whoever still reads finishes first.
      if (readers === 0) db.close();
      right?.release();
    },
  };
}

function openOwned(path: string, options: OpenOptions, right: Ownership | null, left: Owner | null): Store {
  const { steps = migrations, beforeUpgrade, acceptLoss = false } = options;
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { fileMustExist: path !== ':memory:' });
    prepare(db);
    if (path === ':memory:') applySteps(db, steps, 0);
    const version = requireWhole(db, path, steps);
    db.pragma('journal_mode = WAL');
    if (version < steps.length) {
      beforeUpgrade?.(db, version);
      applySteps(db, steps, version);
    }
    requireSeals(db, path, steps);
    if (steps === migrations) {
      if (!acceptLoss) requireLog(db, path, left);
      right?.note(changeOf(db));
    }
    makePrivate(path);
    return storeOf(db, path, true, null, right);
  } catch (error) {
    db?.close();
    throw inWords(path, error);
  }
}

/** A log needs files beside it; where none can be made, a copy is read, or the file as it lies there. */
export function connectForReading(path: string): Database.Database {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db?.close();
    if (!/^SQLITE_(CANTOPEN|READONLY)/.test((error as { code?: string }).code ?? '')) throw error;
    return openUntouched(path);
  }
}

/** For a program that changes nothing: without a claim, and from a disk that cannot be written. */
function openRead(path: string, steps: readonly string[], owner: Owner | null): Store {
  let db: Database.Database | null = null;
  try {
    db = connectForReading(path);
    registerSeals(db);
    // Another program may write between two looks at a table; what is compared is read at one moment.
    db.exec('BEGIN');
    const version = requireWhole(db, path, steps);
    if (version < steps.length) throw readOnlyStore(path);
    requireSeals(db, path, steps);
    db.exec('COMMIT');
    if (steps === migrations) requireLog(db, path, readOwner(path));
    return storeOf(db, path, false, owner, null);
  } catch (error) {
    db?.close();
    throw inWords(path, error);
  }
}

function requireStore(path: string): boolean {
  const found = findStore(path);
  if (found.kind === 'empty') throw emptyFile(path);
  if (found.kind === 'foreign') throw foreign(path, found.what);
  return found.kind === 'store';
}

/** Whether the file system refused to write, rather than to read. */
const isWriteProtected = (error: unknown): boolean => {
  const code = String((error as { code?: unknown }).code ?? '');
  return /^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN|store-read-only)/.test(code);
};

/**
 * Opens the store at `path` (made when absent; ':memory:' for a passing one) and migrates it.
 * Where its disk cannot be written it opens for reading alone.
 * @throws AppError 'store-busy' where another program owns it, 'store-newer', 'store-foreign', 'store-empty',
 *   'store-damaged', 'disk-full', 'file-not-readable'
 */
export function openStore(path: string, options: OpenOptions = {}): Store {
  const { steps = migrations, as = 'owner', door = 'a program' } = options;
  if (path === ':memory:') return openOwned(path, options, null, null);
  try {
    const exists = requireStore(path);
    if (as === 'reader' && exists) return openRead(path, steps, readOwner(path));
    const left = readOwner(path);
    let right: Ownership | null = null;
    try {
      right = claim(path, door, new Date());
      if (!existsSync(path)) makeStore(path, steps);
      // SQLite itself says so only at the first change.
      accessSync(path, constants.W_OK);
      return openOwned(path, options, right, left);
    } catch (error) {
      right?.renounce();
      if (exists && isWriteProtected(error)) return openRead(path, steps, null);
      throw error;
    }
  } catch (error) {
    throw inWords(path, error);
  }
}
