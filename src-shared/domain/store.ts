import type { ErrorFrame } from '../errors.ts';
import type { Day, Money } from './base.ts';

/** Of one whole company in one file, as a backup and as what is carried to another laptop. */
export const companyExtension = '.salescope';

export const backupReasons = ['import', 'undo', 'upgrade', 'daily', 'manual', 'export', 'replaced'] as const;
export type BackupReason = (typeof backupReasons)[number];

/** What a copy of the store says of itself. */
export interface BackupNote {
  reason: BackupReason;
  /** ISO 8601, UTC. */
  madeAt: string;
  /** Changes the store had seen. */
  change: number;
  businessName: string;
  currency: string | null;
  lines: number;
  /** null where it was not worked out, as before an upgrade. */
  revenue: Money | null;
  firstDay: Day | null;
  lastDay: Day | null;
  /** The newest import. */
  lastImport: { fileName: string; importedAt: string } | null;
}

export interface Backup extends BackupNote {
  /** Names the copy in calls: its file's name. */
  id: string;
  bytes: number;
  /** The folder it lies in. */
  folder: string;
}

/** Where copies go. */
export interface BackupPlaces {
  folder: string;
  /** Beside the store, unless the user chose another. */
  isDefault: boolean;
  /** A second place, such as a USB stick; null: none. */
  second: string | null;
  /** Why the last copy did not reach the second place; '' when it did. */
  secondTrouble: string;
}

export interface BackupList extends BackupPlaces {
  /** Newest first. */
  backups: Backup[];
}

/** How it stands with the store. */
export interface StoreState {
  path: string;
  /** open: all is well; reading: it can be read, not changed; closed: no figure can come from it. */
  state: 'open' | 'reading' | 'closed';
  /** Why it is not open. */
  trouble: ErrorFrame | null;
  /** The folder is synced by a service that may replace the file while it is in use: its name, or null. */
  syncedBy: string | null;
  /** The last full check, ISO 8601; null: none yet. */
  checkedAt: string | null;
  /** Whether what is whole of a damaged store could be saved into a new one. */
  canSalvage: boolean;
  /** Whether the store is whole but for its last changes, and one can go on without them. */
  canAccept: boolean;
}

export interface StoreCheck {
  checkedAt: string;
  /** What was found, in words; empty: the store is whole. */
  faults: string[];
}

/** What changed hands when the store was replaced. */
export interface StoreReplaced {
  /** Where the store that was there lies now; null where there was none. */
  keptAs: string | null;
}

/** What a store holds beside its imports, by its tables. */
export const ownTables = [
  'setting',
  'playbook',
  'event',
  'published_forecast',
  'forecast_adjustment',
  'model',
] as const;
export type OwnTable = (typeof ownTables)[number];

/** What could be saved of a damaged store, and what could not. */
export interface Salvage extends StoreReplaced {
  imports: number;
  lines: number;
  /** To be imported again; the name is null where nothing else could be read of one. */
  lostImports: { id: number; name: string | null }[];
  /** rows: null where nothing says how many there were. */
  lostRows: { table: OwnTable; rows: number | null }[];
}
