import { AppError } from '../../src-shared/errors.ts';
import type { MainHandler } from './handler.ts';

export const value: MainHandler<'customers.value'> = async () => {
  throw new AppError('internal', 'not built');
};
export const valueList: MainHandler<'customers.valueList'> = async () => {
  throw new AppError('internal', 'not built');
};
export const profile: MainHandler<'customers.profile'> = async () => {
  throw new AppError('internal', 'not built');
};
