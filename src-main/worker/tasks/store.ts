/** The store itself: how it stands, its copies, and what to do when it is damaged. They work where no figure can. */
import { accessSync, constants, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { MethodName, Output, Parsed } from '../../../src-shared/contract.ts';
import {
  type BackupPlaces,
  companyExtension,
  type MadeFile,
  type Salvage,
  type StoreCheck,
  type StoreReplaced,
} from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { draftOf, makeRunFolder, removeRunFolder } from '../../drafts.ts';
import { backupPlaces, copyStore, faultsOf, listBackups } from '../../store/backups.ts';
import { writeMachineNotes } from '../../store/machine-notes.ts';
import { makeStore } from '../../store/open-store.ts';
import { replaceStore, takeCopy } from '../../store/replace-store.ts';
import { type Salvaged, salvageStore } from '../../store/salvage-store.ts';
import { inWords } from '../../store/store-errors.ts';
import { findStore } from '../../store/store-file.ts';
import { remarkAll } from '../commit-import.ts';
import type { Job } from '../job.ts';
import type { StoreKeeper } from '../store-keeper.ts';

export type StoreMethod = Extract<MethodName, `store.${string}` | `backup.${string}` | `company.${string}`>;
type StoreTask<M extends StoreMethod> = (
  keeper: StoreKeeper,
  input: Parsed<M>,
  job: Job,
) => Output<M> | Promise<Output<M>>;

async function checkStore(keeper: StoreKeeper, _input: object, job: Job): Promise<StoreCheck> {
  const faults = await keeper.check((done, total) => job.tick(done, total));
  return { checkedAt: new Date().toISOString(), faults };
}

/** Where the user wants to go on from is whole, or it is refused before anything is moved. */
function requireWholeCopy(path: string, name: string): void {
  const found = findStore(path);
  const [fault] = found.kind === 'store' ? faultsOf(path) : ['it is no store of Salescope'];
  if (!fault) return;
  throw new AppError('file-not-understood', `${name} cannot be used: ${fault}. Choose another copy.`, { name });
}

function putInPlace(keeper: StoreKeeper, copy: string, name: string): StoreReplaced {
  requireOurs(keeper);
  requireWholeCopy(copy, name);
  const { trouble, state } = keeper.state();
  // Only what can be opened, here or by a newer Salescope, is a copy to go back to.
  const as = state === 'closed' && trouble?.code !== 'store-newer' ? 'damaged' : 'replaced';
  const keptAs = keeper.replace(() => replaceStore(keeper.path, takeCopy(keeper.path, copy), as, new Date()));
  keeper.require();
  return { keptAs };
}

function restore(keeper: StoreKeeper, { id }: Parsed<'backup.restore'>): StoreReplaced {
  const backup = listBackups(keeper.path).find((one) => one.id === id);
  if (!backup) throw new AppError('not-found', `There is no copy ${id}. It may have been removed.`, { id });
  return putInPlace(keeper, join(backup.folder, backup.id), backup.id);
}

const refuseFolder = (folder: string, why: string): never => {
  throw new AppError('invalid-input', `${folder} cannot hold copies: ${why}.`, { folder });
};

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A folder that is there and can be written, or words. */
function checkedFolder(folder: string): string {
  if (!isAbsolute(folder)) refuseFolder(folder, 'write the whole path, from the root or the drive on');
  if (!existsSync(folder)) refuseFolder(folder, 'there is no such folder');
  if (!statSync(folder).isDirectory()) refuseFolder(folder, 'it is a file');
  if (!canWrite(folder)) refuseFolder(folder, 'it is write-protected');
  return folder;
}

/** What befalls the first place must not befall the second. */
function checkedSecond(path: string, first: string, second: string): string {
  const place = resolve(checkedFolder(second));
  const isInFirst = !/^(\.\.|[A-Za-z]:)/.test(relative(first, place));
  if (isInFirst || place === dirname(resolve(path)))
    refuseFolder(second, 'the data or their copies lie there already; choose another disk, such as a USB stick');
  return place;
}

function setPlaces({ path }: StoreKeeper, { folder, second }: Parsed<'backup.setPlaces'>): BackupPlaces {
  const first = folder ? checkedFolder(folder) : backupPlaces(path).folder;
  const notes = {
    ...(folder === undefined ? {} : { backupFolder: folder }),
    ...(second === undefined ? {} : { secondFolder: second && checkedSecond(path, first, second), secondTrouble: '' }),
  };
  try {
    writeMachineNotes(path, notes);
  } catch (error) {
    throw inWords(path, error);
  }
  return backupPlaces(path);
}

/** A store that is no store is left where it lies: it may be anybody's. */
function requireOurs({ path }: StoreKeeper): void {
  const found = findStore(path);
  if (found.kind === 'foreign' && listBackups(path).length === 0)
    throw new AppError('store-foreign', `${path} is ${found.what}; it is not touched. Name another file.`, { path });
}

function startEmpty(keeper: StoreKeeper): StoreReplaced {
  requireOurs(keeper);
  const keptAs = keeper.replace(() => {
    const draft = draftOf(keeper.path);
    rmSync(draft, { force: true });
    makeStore(draft);
    return replaceStore(keeper.path, draft, 'damaged', new Date());
  });
  keeper.require();
  return { keptAs };
}

async function salvage(keeper: StoreKeeper, _input: object, job: Job): Promise<Salvage> {
  const draft = draftOf(keeper.path);
  let salvaged: Salvaged;
  try {
    rmSync(draft, { force: true });
    salvaged = salvageStore(keeper.path, draft);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new AppError(
      'store-damaged',
      `Nothing could be read of ${keeper.path} (${(error as Error).message}). Restore a backup, or begin anew with an empty store; the damaged file is kept.`,
      { path: keeper.path },
    );
  }
  const keptAs = keeper.replace(() => replaceStore(keeper.path, draft, 'damaged', new Date()));
  // Lines that only repeated a lost import count from now on.
  if (salvaged.lostImports.length > 0) {
    await keeper.own(job);
    await remarkAll(keeper.require(), job);
  }
  const lines = salvaged.imports.reduce((sum, { details }) => sum + (details.lines ?? 0), 0);
  const { lostImports, lostRows } = salvaged;
  return { keptAs, imports: salvaged.imports.length, lines, lostImports, lostRows };
}

async function exportCompany(keeper: StoreKeeper): Promise<MadeFile> {
  const session = keeper.require();
  const note = await keeper.noteOfNow('export');
  const folder = makeRunFolder(tmpdir(), 'salescope-export');
  const path = join(folder, `company${companyExtension}`);
  try {
    keeper.copying((db) => copyStore(db, keeper.path, path, note));
    const name = session.settings.businessName.replaceAll(/[^\p{L}\p{N} _-]/gu, '').trim() || 'company';
    const fileName = `${name} ${note.madeAt.slice(0, 10)}${companyExtension}`;
    return { fileName, mimeType: 'application/octet-stream', base64: readFileSync(path).toString('base64') };
  } finally {
    removeRunFolder(folder);
  }
}

export const storeTasks: { [M in StoreMethod]: StoreTask<M> } = {
  'store.state': (keeper) => keeper.state(),
  'store.check': checkStore,
  'store.salvage': salvage,
  'store.startEmpty': startEmpty,
  'store.accept': (keeper) => {
    keeper.open(true);
    keeper.require();
    return keeper.state();
  },
  'store.reopen': (keeper) => {
    keeper.reopen();
    return keeper.state();
  },
  'backup.list': ({ path }) => ({ ...backupPlaces(path), backups: listBackups(path) }),
  'backup.make': (keeper) => keeper.backup('manual'),
  'backup.restore': restore,
  'backup.setPlaces': setPlaces,
  'company.export': exportCompany,
  'company.import': (keeper, { file }) => putInPlace(keeper, file.path, file.name),
};
