/**
 * Copies of the store: each is a whole store in one file, written beside its place, checked to the last byte, then moved
 * there. The ten newest stay, and one of each of the last eight weeks.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import Database from 'better-sqlite3';
import {
  type Backup,
  type BackupNote,
  type BackupPlaces,
  backupReasons,
  companyExtension,
} from '../../src-shared/domain.ts';
import { draftOf } from '../drafts.ts';
import { fullCheck } from './check-store.ts';
import { type LedgerEntry, listImports } from './import-ledger.ts';
import { readMachineNotes, writeMachineNotes } from './machine-notes.ts';
import { migrations } from './migrations.ts';
import { registerSeals } from './seals.ts';
import { readSettings } from './settings.ts';
import { damaged, inWords, missingFolder } from './store-errors.ts';
import { openUntouched } from './store-file.ts';

const newestKept = 10;
const weeksKept = 8;
const weekMs = 7 * 86_400_000;

const storeName = (path: string): string => basename(path, extname(path));

export function backupPlaces(path: string): BackupPlaces {
  const { backupFolder, secondFolder, secondTrouble } = readMachineNotes(path);
  return {
    folder: backupFolder ?? join(dirname(path), 'backups', storeName(path)),
    isDefault: backupFolder === null,
    second: secondFolder,
    secondTrouble,
  };
}

/** A time as it can stand in a file's name. */
export const stampOf = (time: string): string => time.slice(0, 23).replaceAll(/[:.]/g, '-');

/** What a store holds, as its ledger and its settings say. */
export function holdings(
  imports: LedgerEntry[],
  { businessName = '', currency = null }: { businessName?: string; currency?: string | null },
): Omit<BackupNote, 'reason' | 'madeAt' | 'change' | 'revenue'> {
  const days = imports.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]).filter((day) => day !== null);
  const newest = imports.at(-1);
  return {
    businessName,
    currency,
    lines: imports.reduce((sum, { details }) => sum + (details.lines ?? 0), 0),
    firstDay: days.length > 0 ? days.reduce((a, b) => (a < b ? a : b)) : null,
    lastDay: days.length > 0 ? days.reduce((a, b) => (a > b ? a : b)) : null,
    lastImport: newest ? { fileName: newest.fileName, importedAt: newest.importedAt } : null,
  };
}

/** Everything written reaches the disk before it is relied on. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

/** Everything that is wrong with a copy; empty: it is whole. */
export function faultsOf(path: string): string[] {
  let db: Database.Database | null = null;
  try {
    db = openUntouched(path);
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > migrations.length) return ['it was written by a newer Salescope'];
    // Copies from before the seals have their structure alone to be looked at.
    const checks = version === migrations.length ? fullCheck(db) : fullCheck(db).slice(0, 1);
    return checks.map((check) => check()).filter(Boolean);
  } catch (error) {
    return [(inWords(path, error) as Error).message];
  } finally {
    db?.close();
  }
}

function writeNote(path: string, note: BackupNote): void {
  const db = new Database(path);
  try {
    registerSeals(db);
    const has = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'backup_note'").get();
    if (has) db.prepare('INSERT INTO backup_note (id, note) VALUES (1, ?)').run(JSON.stringify(note));
  } finally {
    db.close();
  }
}

/** SQLite takes it for a change, though it changes nothing but the new file. */
function vacuumInto(db: Database.Database, draft: string): void {
  const isGuarded = db.pragma('query_only', { simple: true }) === 1;
  db.pragma('query_only = OFF');
  try {
    db.prepare('VACUUM INTO ?').run(draft);
  } finally {
    if (isGuarded) db.pragma('query_only = ON');
  }
}

/**
 * Writes one checked copy; nothing of it is seen before it is whole.
 * @throws AppError 'store-damaged' where the store itself is, 'disk-full', 'file-not-readable'
 */
export function copyStore(db: Database.Database, path: string, target: string, note: BackupNote): void {
  const draft = draftOf(target);
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    rmSync(draft, { force: true });
    closeSync(openSync(draft, 'wx', 0o600));
    vacuumInto(db, draft);
    writeNote(draft, note);
    const faults = faultsOf(draft);
    if (faults.length > 0) throw damaged(path, `a copy of it is not whole: ${faults[0]}`);
    syncFile(draft);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    const ofStore = /^SQLITE_(CORRUPT|NOTADB|FORMAT|ERROR)/.test((error as { code?: string }).code ?? '');
    throw inWords(ofStore ? path : target, error);
  }
}

/** `2026-12-01T10-04-33-123-import` → when and why; null for other names. */
function nameSays(id: string): Pick<BackupNote, 'madeAt' | 'reason'> | null {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})-(\w+)\./.exec(id);
  const reason = backupReasons.find((one) => one === found?.[6]);
  if (!found || !reason) return null;
  const [, day, hours, minutes, seconds, milliseconds] = found;
  return { madeAt: `${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`, reason };
}

/** What can be told of a copy that says nothing of itself: one made before an upgrade, or a store that was replaced. */
function tellOf(db: Database.Database, id: string): BackupNote | null {
  const said = nameSays(id);
  if (!said) return null;
  const settings = readSettings({ db }) as { businessName?: string; currency?: string };
  return { ...said, ...holdings(listImports({ db }), settings), change: 0, revenue: null };
}

/** The note of a copy; null where the file is none, or cannot be read. */
export function noteOf(path: string): BackupNote | null {
  let db: Database.Database | null = null;
  try {
    db = openUntouched(path);
    const has = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'backup_note'").get();
    const text = has ? (db.prepare('SELECT note FROM backup_note').pluck().get() as string | undefined) : undefined;
    return text === undefined ? tellOf(db, basename(path)) : (JSON.parse(text) as BackupNote);
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

/** A folder that is not there, or cannot be read, has none. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function backupsIn(folder: string): Backup[] {
  return namesIn(folder)
    .filter((name) => name.endsWith(companyExtension))
    .flatMap((id) => {
      const path = join(folder, id);
      const note = noteOf(path);
      return note ? [{ ...note, id, bytes: statSync(path).size, folder }] : [];
    });
}

/** Where copies lie, here and in the second place. */
export function copyFolders(path: string): string[] {
  const { folder, second } = backupPlaces(path);
  return second === null ? [folder] : [folder, join(second, storeName(path))];
}

/** Whether a name is one of a copy, or of what was to become one. */
export const isCopy = (name: string): boolean => nameSays(name) !== null;

/** All copies in both places, newest first; a copy that lies in both is listed once. */
export function listBackups(path: string): Backup[] {
  const [first, others = []] = copyFolders(path).map(backupsIn);
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...others.filter(({ id }) => !known.has(id))].sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
}

/** Names of the copies that may go: neither among the newest nor the newest of one of the last weeks. */
export function superfluous(backups: Pick<Backup, 'id' | 'madeAt'>[], now: Date): string[] {
  const newestFirst = [...backups].sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
  const weekOf = ({ madeAt }: { madeAt: string }) => Math.floor((now.getTime() - Date.parse(madeAt)) / weekMs);
  const weeks = new Set<number>();
  return newestFirst
    .filter((backup, place) => {
      const week = weekOf(backup);
      const isFirstOfWeek = week < weeksKept && !weeks.has(week);
      weeks.add(week);
      return place >= newestKept && !isFirstOfWeek;
    })
    .map(({ id }) => id);
}

function copyToSecond(path: string, target: string, second: string): string {
  const place = join(second, storeName(path), basename(target));
  const draft = draftOf(place);
  // Made here, a folder of its name would lie on this disk and not on the one that is to be plugged in.
  if (!existsSync(second)) return missingFolder(second).message;
  try {
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    copyFileSync(target, draft);
    const [fault] = faultsOf(draft);
    if (fault) throw damaged(draft, fault);
    syncFile(draft);
    renameSync(draft, place);
    return '';
  } catch (error) {
    rmSync(draft, { force: true });
    return (inWords(place, error) as Error).message;
  }
}

function removeSuperfluous(folder: string, now: Date): void {
  for (const id of superfluous(backupsIn(folder), now)) rmSync(join(folder, id), { force: true });
}

/**
 * Makes a copy in its folder, and in the second place where the user named one; old copies go only after it is whole.
 * @throws AppError as `copyStore`, 'file-not-readable' where the chosen folder is not there; a second place that cannot be reached is noted, not thrown
 */
export function makeBackup(db: Database.Database, path: string, note: BackupNote): Backup {
  const { folder, isDefault, second } = backupPlaces(path);
  if (!isDefault && !existsSync(folder)) throw missingFolder(folder);
  const id = `${stampOf(note.madeAt)}-${note.reason}${companyExtension}`;
  const target = join(folder, id);
  copyStore(db, path, target, note);
  const now = new Date(note.madeAt);
  removeSuperfluous(folder, now);
  if (second !== null) {
    writeMachineNotes(path, { secondTrouble: copyToSecond(path, target, second) });
    removeSuperfluous(join(second, storeName(path)), now);
  }
  return { ...note, id, bytes: statSync(target).size, folder };
}
