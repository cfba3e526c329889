import type { PlaybookEntry } from '../../src-shared/domain.ts';
import { call } from '../client.ts';
import { i18n } from '../i18n/i18n.ts';

/**
 * Puts the playbook's names and descriptions into the screens' catalogue, so that every page and chart shows an edited
 * segment under its new name. As functions, because a user's text may hold signs that mean something in a message.
 */
export function showSegmentNames(entries: PlaybookEntry[]): void {
  const texts = entries.map(({ segment, name, description }) => [
    segment,
    { name: () => name, description: () => description },
  ]);
  i18n.global.mergeLocaleMessage('en', { customers: { segments: Object.fromEntries(texts) } });
}

/** Asks the store for them, once at the start. */
export const loadSegmentNames = async (): Promise<void> => showSegmentNames(await call('playbook.get', {}));
