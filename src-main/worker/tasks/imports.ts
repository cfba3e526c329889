import type { Parsed } from '../../../src-shared/contract.ts';
import type { ImportRecord, Page, SetAsideRow } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { listImports, readSetAside } from '../../store/import-ledger.ts';
import { recordOf, takeImportOut } from '../commit-import.ts';
import type { Job } from '../job.ts';
import type { Session } from '../session.ts';

/** All imports, newest first. */
export const listRecords = (session: Session): ImportRecord[] => listImports(session.store).map(recordOf).reverse();

/** Takes one import out; answers what it was. @throws AppError 'not-found' */
export const undoImport = (session: Session, { importId }: Parsed<'import.undo'>, job: Job): Promise<ImportRecord> =>
  takeImportOut(session, importId, job);

/** Rows one import set aside, in file order. @throws AppError 'not-found' */
export function setAsideRows(
  session: Session,
  { importId, offset, limit }: Parsed<'import.setAside'>,
): Page<SetAsideRow> {
  const entry = listImports(session.store).find(({ id }) => id === importId);
  if (!entry) throw new AppError('not-found', `There is no import ${importId}. It may have been undone.`, { importId });
  return { total: entry.setAside, offset, rows: readSetAside(session.store, importId, entry.setAside, offset, limit) };
}
