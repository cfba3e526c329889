import { AppError } from '../../../src-shared/errors.ts';
import type { DataTask } from './data.ts';

const notBuilt = () => {
  throw new AppError('internal', 'Not built yet.');
};

export const getCalendar: DataTask<'calendar.get'> = notBuilt;
export const addEvent: DataTask<'calendar.addEvent'> = notBuilt;
export const changeEvent: DataTask<'calendar.changeEvent'> = notBuilt;
export const removeEvent: DataTask<'calendar.removeEvent'> = notBuilt;
export const importEvents: DataTask<'calendar.importEvents'> = notBuilt;
