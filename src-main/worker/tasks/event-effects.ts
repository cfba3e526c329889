import { eventEffects as effectsOf } from '../../engine/insights/event-effects.ts';
import type { DataTask } from './data-task.ts';
import { series } from './series.ts';

/**
 * What promotions, special days and holidays were worth, from the daily series, and what moves sales.
 * @throws AppError 'no-data' as series.get
 */
export const eventEffects: DataTask<'events.effects'> = (session, { filter }) =>
  effectsOf(series(session, { filter, frequency: 'day' }));
