import { AppError } from '../../../src-shared/errors.ts';
import type { DataTask } from './data.ts';

const notBuilt = () => {
  throw new AppError('internal', 'Not built yet.');
};

export const listModels: DataTask<'model.list'> = notBuilt;
export const exportModel: DataTask<'model.export'> = notBuilt;
export const importModel: DataTask<'model.import'> = notBuilt;
export const removeModel: DataTask<'model.remove'> = notBuilt;
