/** Products bought together and best sellers per segment. */
import type { Output, Parsed } from '../../../src-shared/contract.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { Session } from '../session.ts';

export function together(_session: Session, _input: Parsed<'products.together'>): Output<'products.together'> {
  throw new AppError('internal', 'not built');
}

export function bySegment(_session: Session, _input: Parsed<'products.bySegment'>): Output<'products.bySegment'> {
  throw new AppError('internal', 'not built');
}
