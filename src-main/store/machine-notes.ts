/** What belongs to this machine and not to the business, kept beside the store: folders of copies, the last full check. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { draftOf } from '../drafts.ts';

export interface MachineNotes {
  /** Own folder for copies; null: beside the store. */
  backupFolder: string | null;
  secondFolder: string | null;
  secondTrouble: string;
  /** ISO 8601; null: never. */
  checkedAt: string | null;
}

const nothing: MachineNotes = { backupFolder: null, secondFolder: null, secondTrouble: '', checkedAt: null };

const notesPath = (store: string) => `${store}.machine.json`;

/** Notes that are absent or not readable are as if nothing had been noted. */
export function readMachineNotes(store: string): MachineNotes {
  try {
    return { ...nothing, ...(JSON.parse(readFileSync(notesPath(store), 'utf8')) as Partial<MachineNotes>) };
  } catch {
    return nothing;
  }
}

export function writeMachineNotes(store: string, change: Partial<MachineNotes>): MachineNotes {
  const notes = { ...readMachineNotes(store), ...change };
  const draft = draftOf(notesPath(store));
  writeFileSync(draft, JSON.stringify(notes), { mode: 0o600 });
  renameSync(draft, notesPath(store));
  return notes;
}
