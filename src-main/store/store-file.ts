/** What lies at a store's path, found out without changing a byte of it. */
import { chmodSync, closeSync, copyFileSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makeRunFolder, removeRunFolder } from '../drafts.ts';
import { schemaOfVersion, schemaText } from './schema.ts';

/** Stands in the header of every store from version 4 on: "Slsc". */
export const applicationId = 0x536c7363;
/** The versions before had no application id. */
const lastVersionWithoutId = 3;

export type Found =
  | { kind: 'absent' | 'empty' | 'store' }
  /** `what` it is instead, as the end of "… is". */
  | { kind: 'foreign'; what: string };

const headerBytes = 100;

function headerOf(path: string): Buffer {
  const header = Buffer.alloc(headerBytes);
  const file = openSync(path, 'r');
  try {
    const read = readSync(file, header, 0, headerBytes, 0);
    return header.subarray(0, read);
  } finally {
    closeSync(file);
  }
}

/** A file up to this size is looked at in memory. */
const inMemoryBytes = 256 * 1024 * 1024;

/** The file's bytes as a database in memory, which knows no log: its header must not say that it has one. */
function openBytes(path: string): Database.Database {
  const bytes = readFileSync(path);
  if (bytes.length >= headerBytes) bytes.fill(1, 18, 20);
  return new Database(bytes, { readonly: true });
}

/** A copy with its log, read where it may write beside itself. */
function openCopy(path: string, log: string | null): Database.Database {
  const folder = makeRunFolder(tmpdir(), 'salescope-read');
  const copy = join(folder, 'store.db');
  copyFileSync(path, copy);
  if (log) copyFileSync(log, `${copy}-wal`);
  chmodSync(copy, 0o600);
  const db = new Database(copy, { readonly: true });
  // On POSIX systems open files outlive their names; elsewhere they go with the system's sweep of temporary files.
  if (process.platform !== 'win32') {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    removeRunFolder(folder);
  }
  return db;
}

/** Opens a file that is not ours to change, with the log that a program left which did not end; nothing is written there. */
export function openUntouched(path: string): Database.Database {
  const log = existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0 ? `${path}-wal` : null;
  return log || statSync(path).size > inMemoryBytes ? openCopy(path, log) : openBytes(path);
}

/** Whether a database without our id has the very tables that an early version made. */
function isEarlyStore(path: string): boolean {
  let db: Database.Database | null = null;
  try {
    db = openUntouched(path);
    const version = db.pragma('user_version', { simple: true }) as number;
    return version >= 1 && version <= lastVersionWithoutId && schemaText(db) === schemaOfVersion(version);
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

/** @throws what the file system says where the file cannot be read */
export function findStore(path: string): Found {
  if (!existsSync(path)) return { kind: 'absent' };
  if (statSync(path).isDirectory()) return { kind: 'foreign', what: 'a folder' };
  const header = headerOf(path);
  if (header.length === 0) return { kind: 'empty' };
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0' || header.length < headerBytes)
    return { kind: 'foreign', what: 'a file of another kind' };
  const id = header.readUInt32BE(68);
  if (id === applicationId || (id === 0 && isEarlyStore(path))) return { kind: 'store' };
  return { kind: 'foreign', what: 'a database of another program' };
}

/** For this user alone. What the disk's file system cannot say is left as it is. */
export function makePrivate(path: string): void {
  if (process.platform === 'win32') return;
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      // Nobody else may read it; where its user made it read-only, it stays so.
      if (existsSync(file)) chmodSync(file, statSync(file).mode & 0o700);
    } catch {
      // Another user's file, or a disk without rights: opening it says more than we could here.
    }
  }
}
