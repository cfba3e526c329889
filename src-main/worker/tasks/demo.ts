/** The demo company: its files, and its import, which goes the way of every file. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Output, Parsed } from '../../../src-shared/contract.ts';
import type { ImportResult } from '../../../src-shared/domain.ts';
import { makeRunFolder, removeRunFolder } from '../../drafts.ts';
import { type DemoFile, demoFiles } from '../../engine/demo/files.ts';
import { demoBusiness } from '../../engine/demo/parameters.ts';
import { type Job, quietJob } from '../job.ts';
import type { Session } from '../session.ts';
import { runImport } from './import.ts';
import { undoImport } from './imports.ts';

const chunkBytes = 1 << 16;
const importedFiles = ['sales.csv', 'customers.csv'];

/** The text of a file in chunks of about 64 KiB. */
async function* chunksOf(file: DemoFile, job: Job): AsyncGenerator<string> {
  let chunk = '';
  let bytes = 0;
  for (const line of file.lines()) {
    chunk += line;
    if (chunk.length < chunkBytes) continue;
    yield chunk;
    bytes += chunk.length;
    chunk = '';
    job.tick(bytes, null, file.name);
    await job.pause();
  }
  yield chunk;
}

async function write(file: DemoFile, path: string, job: Job): Promise<void> {
  const target = openSync(path, 'wx');
  try {
    for await (const chunk of chunksOf(file, job)) writeSync(target, chunk);
  } finally {
    closeSync(target);
  }
}

/** All files of the demo company of a seed, README and truth included. */
export async function makeDemoFiles(
  _session: Session,
  { seed }: Parsed<'demo.files'>,
  job: Job,
): Promise<Output<'demo.files'>> {
  const made: Output<'demo.files'> = [];
  for (const file of demoFiles(seed)) {
    const parts: Buffer[] = [];
    for await (const chunk of chunksOf(file, job)) parts.push(Buffer.from(chunk));
    made.push({ fileName: file.name, mimeType: file.mimeType, base64: Buffer.concat(parts).toString('base64') });
  }
  return made;
}

/**
 * Writes the demo company's sales and customers to a temporary folder and imports them like any other file.
 * Cancelled or failed half-way, the first import is taken out again: the store is as before.
 */
export async function loadDemo(session: Session, { seed }: Parsed<'demo.load'>, job: Job): Promise<ImportResult[]> {
  const folder = makeRunFolder(tmpdir(), 'salescope-demo');
  const results: ImportResult[] = [];
  try {
    for (const file of demoFiles(seed).filter(({ name }) => importedFiles.includes(name))) {
      const path = join(folder, file.name);
      await write(file, path, job);
      results.push(await runImport(session, { file: { path, name: file.name }, options: {} }, job));
    }
    // The first start asks for the currency; whoever chose the demo company instead has thereby chosen its own.
    const { currency, locale, name } = demoBusiness;
    if (session.settings.currency === null) session.changeSettings({ currency, locale, businessName: name });
    return results;
  } catch (error) {
    // The job may be the cancelled one, which no longer lets anything run.
    for (const { id, alreadyImported } of results)
      if (!alreadyImported) await undoImport(session, { importId: id }, quietJob);
    throw error;
  } finally {
    removeRunFolder(folder);
  }
}
