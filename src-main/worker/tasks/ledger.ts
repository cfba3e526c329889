import { AppError } from '../../../src-shared/errors.ts';
import type { DataTask } from './data.ts';

const notBuilt = () => {
  throw new AppError('internal', 'Not built yet.');
};

export const listLedger: DataTask<'ledger.list'> = notBuilt;
export const getEntry: DataTask<'ledger.get'> = notBuilt;
export const adjustEntry: DataTask<'ledger.adjust'> = notBuilt;
