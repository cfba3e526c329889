import { AppError } from '../../src-shared/errors.ts';
import type { MainHandler } from './handler.ts';

const notBuilt = () => Promise.reject(new AppError('internal', 'Not built yet.'));

export const saveModel: MainHandler<'model.save'> = notBuilt;
export const predictWithModel: MainHandler<'model.predict'> = notBuilt;
export const retrainModel: MainHandler<'model.retrain'> = notBuilt;
