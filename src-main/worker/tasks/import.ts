/** Preview and import of one file: reading in src-main/files, writing in commit-import. */
import { stat } from 'node:fs/promises';
import type { Parsed } from '../../../src-shared/contract.ts';
import type { ImportOptions, ImportPreview, ImportResult } from '../../../src-shared/domain.ts';
import { inspectFile } from '../../files/inspect-file.ts';
import { parseFile } from '../../files/parse-file.ts';
import { commitImport } from '../commit-import.ts';
import type { Job } from '../job.ts';
import type { Session } from '../session.ts';

/** What a file is taken for, before anything is stored. */
export async function previewImport(
  _session: Session,
  input: Parsed<'import.preview'>,
  job: Job,
): Promise<ImportPreview> {
  return (await inspectFile(input.file, input.options as ImportOptions, () => job.pause())).preview;
}

/**
 * Imports one file: reads all of it, then writes it in one transaction; a cancel leaves the store as it was.
 * @throws AppError 'file-not-understood', 'file-not-readable', 'invalid-input', 'cancelled'
 */
export async function runImport(session: Session, input: Parsed<'import.run'>, job: Job): Promise<ImportResult> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const { file } = input;
  const { plan } = await inspectFile(file, input.options as ImportOptions, () => job.pause());
  const { size } = await stat(file.path);
  const { parsed, notes } = await parseFile(file, plan, size, {
    rows: (rows, done, total) => job.tick(done, total, file.name, Math.round(rows / Math.max(seconds(), 0.001))),
    pause: () => job.pause(),
  });
  const result = await commitImport(session, parsed, job);
  return { ...result, seconds: Math.round(seconds() * 1000) / 1000, notes: [...result.notes, ...notes] };
}
