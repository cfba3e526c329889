/** The memo of long calculations. Its key holds the settings that change figures, and the events of the calendar. */
import { createHash } from 'node:crypto';
import { AppError } from '../../../src-shared/errors.ts';
import { findRun, saveRun } from '../../store/runs.ts';
import { eventsOf } from '../business-calendar.ts';
import type { Session } from '../session.ts';

function inputKey(session: Session, key: string): string {
  const { rules, asOf, cuts, openWeekdays, holidayCountry } = session.settings;
  const calendar = [openWeekdays, holidayCountry, eventsOf(session)];
  return createHash('sha256')
    .update(JSON.stringify([key, rules, asOf, cuts, calendar]))
    .digest('hex');
}

/** The stored answer (null without), and the state of data and settings the question was asked in. */
export function findStoredRun(
  session: Session,
  { method, key }: { method: string; key: string },
): { output: unknown; dataVersion: string } {
  const full = inputKey(session, key);
  return {
    output: session.safe ? null : findRun(session.store, method, full, session.dataVersion),
    dataVersion: `${session.dataVersion} ${full}`,
  };
}

/** Keeps an answer, unless data or rules have changed since `findStoredRun` was asked. */
export function saveRunOutput(
  session: Session,
  { method, key, dataVersion, output }: { method: string; key: string; dataVersion: string; output: unknown },
): void {
  const full = inputKey(session, key);
  if (session.safe || !session.store.owned || dataVersion !== `${session.dataVersion} ${full}`) return;
  try {
    saveRun(session.store, method, full, session.dataVersion, output);
  } catch (error) {
    // The answer itself is there; it will be worked out anew next time.
    if (!(error instanceof AppError) || error.code !== 'disk-full') throw error;
  }
}
