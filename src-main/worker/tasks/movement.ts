/** Movement between segments. */
import type { Output, Parsed } from '../../../src-shared/contract.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { Session } from '../session.ts';

export function migration(_session: Session, _input: Parsed<'customers.migration'>): Output<'customers.migration'> {
  throw new AppError('internal', 'not built');
}

export function movers(_session: Session, _input: Parsed<'customers.movers'>): Output<'customers.movers'> {
  throw new AppError('internal', 'not built');
}
