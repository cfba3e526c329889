/** The playbook: what to do with each segment. */
import type { Output, Parsed } from '../../../src-shared/contract.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { Session } from '../session.ts';

export function getPlaybook(_session: Session, _input: Parsed<'playbook.get'>): Output<'playbook.get'> {
  throw new AppError('internal', 'not built');
}

export function setPlaybook(_session: Session, _input: Parsed<'playbook.set'>): Output<'playbook.set'> {
  throw new AppError('internal', 'not built');
}
