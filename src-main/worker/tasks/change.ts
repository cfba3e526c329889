/** Why revenue differs between two periods. */
import type { Output, Parsed } from '../../../src-shared/contract.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { Session } from '../session.ts';

export function change(_session: Session, _input: Parsed<'overview.change'>): Output<'overview.change'> {
  throw new AppError('internal', 'not built');
}
