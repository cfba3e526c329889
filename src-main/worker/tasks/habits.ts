/** Habits of the customers: cohorts, visits, concentration, distributions. */
import type { Output, Parsed } from '../../../src-shared/contract.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { Session } from '../session.ts';

export function cohorts(_session: Session, _input: Parsed<'customers.cohorts'>): Output<'customers.cohorts'> {
  throw new AppError('internal', 'not built');
}

export function habits(_session: Session, _input: Parsed<'customers.habits'>): Output<'customers.habits'> {
  throw new AppError('internal', 'not built');
}

export function concentration(
  _session: Session,
  _input: Parsed<'customers.concentration'>,
): Output<'customers.concentration'> {
  throw new AppError('internal', 'not built');
}

export function distributions(
  _session: Session,
  _input: Parsed<'customers.distributions'>,
): Output<'customers.distributions'> {
  throw new AppError('internal', 'not built');
}
