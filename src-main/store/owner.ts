/**
 * Who may write to a store: one program at a time. The right is a lock of SQLite's own on `<store>.lock`, which the system
 * takes back from a program that has died; `<store>.owner.json` beside it says who that is, for the others' messages.
 *
 * The lock file is never deleted (another program may be waiting at it) and never opened but here (on POSIX systems a
 * second handle, once closed, would give the lock away).
 */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../src-shared/errors.ts';
import { draftOf } from '../drafts.ts';

/** What others may know of a store's owner. */
export interface Owner {
  pid: number;
  /** ISO 8601. */
  since: string;
  /** 'window', 'browser', 'command line' … */
  door: string;
  /** Where another start may ask it to come forward; null where nobody answers. */
  join: string | null;
  /** Changes of the store so far: after a crash, fewer in the store mean that its log is gone. */
  change: number;
}

export interface Ownership {
  /** Says how many changes the store has seen. */
  note(change: number): void;
  /** Says where another start may ask. */
  answersAt(join: string): void;
  /** Gives the store free; the words about its owner go too. */
  release(): void;
  /** Gives the store free and leaves the words of whoever had it before: it could not be opened. */
  renounce(): void;
}

const ownerPath = (store: string) => `${store}.owner.json`;

/** Who owns the store now, or owned it when it died; null where nobody did. */
export function readOwner(store: string): Owner | null {
  try {
    return JSON.parse(readFileSync(ownerPath(store), 'utf8')) as Owner;
  } catch {
    // Absent, or just being replaced: the lock decides, these are only words.
    return null;
  }
}

function busy(store: string): AppError {
  const owner = readOwner(store);
  const who = owner ? `Salescope (${owner.door}, process ${owner.pid}, since ${owner.since})` : 'Another Salescope';
  return new AppError(
    'store-busy',
    `${who} works on the store ${store}. It can be read meanwhile, not changed: close that one, or make the change there.`,
    { path: store, owner },
  );
}

/** Another program may just be looking whether the store is owned. */
const lookMs = 250;

/** The lock itself; null where another program holds it. */
function lock(store: string, timeout: number): Database.Database | null {
  const path = `${store}.lock`;
  closeSync(openSync(path, 'a', 0o600));
  const db = new Database(path, { timeout });
  try {
    // Nothing is ever written there, so no journal need lie beside it.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    if (/^SQLITE_(BUSY|LOCKED)/.test((error as { code?: string }).code ?? '')) return null;
    throw error;
  }
}

/** Whether a program works on the store at this moment. */
export function isOwned(store: string): boolean {
  const db = lock(store, 0);
  db?.close();
  return db === null;
}

/**
 * Makes this program the store's owner.
 * @param door how its user knows it
 * @throws AppError 'store-busy' where another one is
 */
export function claim(store: string, door: string, now: Date): Ownership {
  const db = lock(store, lookMs);
  if (!db) throw busy(store);
  const owner: Owner = { pid: process.pid, since: now.toISOString(), door, join: null, change: 0 };
  const write = (): void => {
    const draft = draftOf(ownerPath(store));
    writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
    renameSync(draft, ownerPath(store));
  };
  return {
    note(change) {
      owner.change = change;
      write();
    },
    answersAt(join) {
      owner.join = join;
      write();
    },
    release() {
      rmSync(ownerPath(store), { force: true });
      db.close();
    },
    renounce: () => void db.close(),
  };
}
