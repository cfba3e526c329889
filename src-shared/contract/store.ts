/** Methods about the store itself: how it stands, copies of it, and the ways out when it is damaged. */
import { z } from 'zod';
import type {
  Backup,
  BackupList,
  BackupPlaces,
  MadeFile,
  Salvage,
  StoreCheck,
  StoreReplaced,
  StoreState,
} from '../domain.ts';
import { importFile, nothing } from './inputs.ts';
import { method } from './method.ts';

const folder = z.string().min(1).max(4000).nullable().optional();

export const storeMethods = {
  'store.state': method<StoreState>()({
    about: 'Whether the store can be used, and if not, why.',
    input: nothing,
    where: 'data',
    rescue: true,
  }),
  'store.check': method<StoreCheck>()({
    about: 'Looks at every byte of the store for damage.',
    input: nothing,
    where: 'data',
    work: 'copy',
    long: true,
  }),
  'store.salvage': method<Salvage>()({
    about: 'Saves what is whole of a damaged store into a new one; the damaged one is kept.',
    input: nothing,
    where: 'data',
    work: 'copy',
    rescue: true,
    long: true,
  }),
  'store.startEmpty': method<StoreReplaced>()({
    about: 'Begins anew with an empty store; the one that was there is kept.',
    input: nothing,
    where: 'data',
    rescue: true,
  }),
  'store.accept': method<StoreState>()({
    about: 'Goes on with a store whose last changes are lost.',
    input: nothing,
    where: 'data',
    rescue: true,
  }),
  'store.reopen': method<StoreState>()({
    about: 'Opens a store anew that could not be used or changed, after what stood in its way was put right.',
    input: nothing,
    where: 'data',
    rescue: true,
  }),
  'backup.list': method<BackupList>()({
    about: 'Copies of the store with what they hold, newest first, and where they lie.',
    input: nothing,
    where: 'data',
    rescue: true,
  }),
  'backup.make': method<Backup>()({
    about: 'Makes a checked copy of the store now.',
    input: nothing,
    where: 'data',
    work: 'copy',
    long: true,
  }),
  'backup.restore': method<StoreReplaced>()({
    about: 'Puts a copy in the place of the store; the one that was there is kept.',
    input: z.strictObject({ id: z.string().min(1) }),
    where: 'data',
    work: 'copy',
    rescue: true,
    long: true,
  }),
  'backup.setPlaces': method<BackupPlaces>()({
    about: 'Chooses the folder of copies, and a second place such as a USB stick; null: the usual one, none.',
    input: z.strictObject({ folder, second: folder }),
    where: 'data',
    rescue: true,
  }),
  'company.export': method<MadeFile>()({
    about: 'The whole company in one file, to be opened on another computer.',
    input: nothing,
    where: 'data',
    work: 'copy',
    long: true,
  }),
  'company.import': method<StoreReplaced>()({
    about: 'Opens a company file in the place of the store; the one that was there is kept.',
    input: z.strictObject({ file: importFile }),
    where: 'data',
    work: 'copy',
    rescue: true,
    long: true,
  }),
} as const;
