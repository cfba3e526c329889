import { AppError } from '../../../src-shared/errors.ts';
import type { DataTask } from './data.ts';

const notBuilt = () => {
  throw new AppError('internal', 'Not built yet.');
};

export const eventEffects: DataTask<'events.effects'> = notBuilt;
