/** The playbook: what to do with each segment; the catalogue's texts until the user writes others. */
import type { Output, Parsed } from '../../../src-shared/contract.ts';
import type { PlaybookEntry, SegmentId } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import { customers } from '../../../src-shared/messages/en/customers.ts';
import { defaultOffers } from '../../engine/customers/segment-profiles.ts';
import { deletePlaybookEntry, readPlaybook, writePlaybookEntry } from '../../store/playbook.ts';
import type { Session } from '../session.ts';

function original(segment: SegmentId): PlaybookEntry {
  const { name, description, actions } = customers.segments[segment];
  return { segment, name, description, actions: [...actions], offer: defaultOffers[segment], edited: false };
}

/** An entry for each segment, in the order of the segments. */
export function getPlaybook(session: Session, _input: Parsed<'playbook.get'> = {}): Output<'playbook.get'> {
  const edited = new Map(readPlaybook(session.store).map((entry) => [entry.segment, entry]));
  return segmentIds.map((segment) => {
    const own = edited.get(segment);
    return own ? { ...own, edited: true } : original(segment);
  });
}

/** Keeps an entry in the store, or puts the original back; answers all entries. */
export function setPlaybook(session: Session, { segment, entry }: Parsed<'playbook.set'>): Output<'playbook.set'> {
  session.store.transaction(() => {
    if (entry === null) deletePlaybookEntry(session.store, segment);
    else writePlaybookEntry(session.store, { segment, ...entry });
  });
  return getPlaybook(session);
}
