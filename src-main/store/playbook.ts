/** What the user wrote about a segment: its name, what is known of it, what to do. */
import type { OfferType, SegmentId } from '../../src-shared/domain.ts';
import type { Store } from './open-store.ts';

export interface StoredEntry {
  segment: SegmentId;
  name: string;
  description: string;
  actions: string[];
  offer: OfferType;
}

type EntryRow = Omit<StoredEntry, 'actions'> & { actions: string };

/** The edited entries; a segment that was never edited is absent. */
export const readPlaybook = (store: Store): StoredEntry[] =>
  (store.db.prepare('SELECT segment, name, description, actions, offer FROM playbook').all() as EntryRow[]).map(
    (row) => ({ ...row, actions: JSON.parse(row.actions) as string[] }),
  );

export function writePlaybookEntry(store: Store, { segment, name, description, actions, offer }: StoredEntry): void {
  store.db
    .prepare(
      `INSERT INTO playbook (segment, name, description, actions, offer) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (segment) DO UPDATE SET
         name = excluded.name, description = excluded.description, actions = excluded.actions, offer = excluded.offer`,
    )
    .run(segment, name, description, JSON.stringify(actions), offer);
}

export const deletePlaybookEntry = (store: Store, segment: SegmentId): void =>
  void store.db.prepare('DELETE FROM playbook WHERE segment = ?').run(segment);
