/** Puts another file in the store's place. What was there is kept, and a kill at any moment leaves the one or the other. */
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { companyExtension } from '../../src-shared/domain.ts';
import { draftOf } from '../drafts.ts';
import { backupPlaces, stampOf, syncFile } from './backups.ts';
import { registerSeals } from './seals.ts';
import { inWords } from './store-errors.ts';

/** The second name of a file where the disk knows such, else a copy. */
function keep(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/**
 * Moves `draft` to the store's place.
 * @param as damaged: what was there is kept but not offered as a copy to go back to
 * @param now names what is kept
 * @returns where the store that was there lies now; null where there was none
 */
export function replaceStore(path: string, draft: string, as: 'replaced' | 'damaged', now: Date): string | null {
  // Beside the store, so that keeping is a second name and no copying.
  const folder = join(dirname(path), 'backups');
  const { folder: usual, isDefault } = backupPlaces(path);
  const extension = as === 'damaged' ? '.db' : companyExtension;
  const kept = join(isDefault ? usual : folder, `${stampOf(now.toISOString())}-${as}${extension}`);
  try {
    syncFile(draft);
    const had = existsSync(path);
    if (had) {
      mkdirSync(dirname(kept), { recursive: true, mode: 0o700 });
      if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${kept}-wal`);
      keep(path, kept);
    }
    rmSync(`${path}-shm`, { force: true });
    renameSync(draft, path);
    return had ? kept : null;
  } catch (error) {
    throw inWords(path, error);
  }
}

/** A copy to be moved into the store's place, without its note of being a copy. */
export function takeCopy(path: string, copy: string): string {
  const draft = draftOf(path);
  try {
    rmSync(draft, { force: true });
    copyFileSync(copy, draft);
    if (process.platform !== 'win32') chmodSync(draft, 0o600);
    const db = new Database(draft);
    registerSeals(db);
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'backup_note'").get()) db.exec('DELETE FROM backup_note');
    db.close();
    return draft;
  } catch (error) {
    throw inWords(path, error);
  }
}
