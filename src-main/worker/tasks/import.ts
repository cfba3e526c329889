/** Preview and import of one file: reading in src-main/files, writing in commit-import. */
import { stat } from 'node:fs/promises';
import type { Parsed } from '../../../src-shared/contract.ts';
import type { ImportOptions, ImportPreview, ImportResult } from '../../../src-shared/domain.ts';
import { inspectFile } from '../../files/import/inspect-file.ts';
import { parseFile } from '../../files/import/parse-file.ts';
import { commitImport } from '../commit-import.ts';
import type { Job } from '../job.ts';
import type { Session } from '../session.ts';

/**
 * What a file is taken for, before anything is stored.
 * @throws AppError 'file-not-understood', 'file-not-readable', 'invalid-input', 'cancelled'
 */
export async function previewImport(
  _session: Session,
  { file, options }: Parsed<'import.preview'>,
  job: Job,
): Promise<ImportPreview> {
  const inspection = await inspectFile(file, options as ImportOptions, () => {
    job.tick(0, null, file.name);
    return job.pause();
  });
  return inspection.preview;
}

/**
 * Imports one file: reads all of it, then writes it in one transaction; a cancel leaves the store as it was.
 * @throws AppError 'file-not-understood', 'file-not-readable', 'invalid-input', 'cancelled'
 */
export async function runImport(session: Session, input: Parsed<'import.run'>, job: Job): Promise<ImportResult> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const { file } = input;
  let at: { done: number; total: number | null; rate: number | null } = { done: 0, total: null, rate: null };
  const tick = (): void => job.tick(at.done, at.total, file.name, at.rate);
  // Between two batches the progress stays where it was, but a cancel counts.
  const pause = (): Promise<void> => {
    tick();
    return job.pause();
  };
  const { plan } = await inspectFile(file, input.options as ImportOptions, pause);
  const { size } = await stat(file.path);
  const rows = (count: number, done: number, total: number): void => {
    at = { done, total, rate: Math.round(count / Math.max(seconds(), 0.001)) };
    tick();
  };
  const { parsed, notes } = await parseFile(file, plan, size, { rows, pause });
  const result = await commitImport(session, parsed, job);
  return { ...result, seconds: Math.round(seconds() * 1000) / 1000, notes: [...result.notes, ...notes] };
}
