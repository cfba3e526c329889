import { AppError } from '../../src-shared/errors.ts';
import type { MainHandler } from './handler.ts';

export const explain: MainHandler<'customers.explain'> = async () => {
  throw new AppError('internal', 'not built');
};
