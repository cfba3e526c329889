import type { MethodsAt, Output, Parsed } from '../../../src-shared/contract.ts';
import type { Job } from '../job.ts';
import type { Session } from '../session.ts';

/** What answers a method on the data thread. */
export type DataTask<M extends MethodsAt<'data'>> = (
  session: Session,
  input: Parsed<M>,
  job: Job,
) => Output<M> | Promise<Output<M>>;
