import { AppError } from '../../src-shared/errors.ts';
import type { MainHandler } from './handler.ts';

export const profiles: MainHandler<'segments.profiles'> = async () => {
  throw new AppError('internal', 'not built');
};
export const targets: MainHandler<'segments.targets'> = async () => {
  throw new AppError('internal', 'not built');
};
