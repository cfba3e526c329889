import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call } from '../../src-shared/contract.ts';
import { makeRunFolder, removeRunFolder } from '../drafts.ts';
import { createApplication } from './application.ts';

/** A command waits so long for a window to be closed. */
const patienceMs = 30_000;

/**
 * Opens the program, works with it and closes it again.
 * @param storePath null: a temporary store that is thrown away
 */
export async function onStore<T>(storePath: string | null, work: (call: Call) => Promise<T>): Promise<T> {
  const temporary = storePath === null ? makeRunFolder(tmpdir(), 'salescope-command') : null;
  const application = createApplication({
    storePath: storePath ?? join(temporary!, 'salescope.db'),
    door: 'command line',
    claim: temporary ? 'now' : 'when-writing',
    backups: temporary === null,
    patienceMs,
  });
  try {
    return await work(application.call);
  } finally {
    await application.close();
    if (temporary) removeRunFolder(temporary);
  }
}
