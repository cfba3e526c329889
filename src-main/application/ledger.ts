import { AppError } from '../../src-shared/errors.ts';
import type { MainHandler } from './handler.ts';

const notBuilt = () => Promise.reject(new AppError('internal', 'Not built yet.'));

export const publish: MainHandler<'ledger.publish'> = notBuilt;
