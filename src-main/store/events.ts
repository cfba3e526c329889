/** What the user marked in the calendar. */
import type { CalendarEvent } from '../../src-shared/domain.ts';
import type { Store } from './open-store.ts';

export type NewEvent = Omit<CalendarEvent, 'id'>;

interface EventRow {
  id: number;
  name: string;
  kind: CalendarEvent['kind'];
  first_day: string;
  last_day: string;
  every_year: 0 | 1;
  source: string;
}

/** All events, earliest first. */
export const readEvents = (store: Store): CalendarEvent[] =>
  (
    store.db
      .prepare(
        'SELECT id, name, kind, first_day, last_day, every_year, source FROM event ORDER BY first_day, last_day, name, id',
      )
      .all() as EventRow[]
  ).map(({ first_day, last_day, every_year, ...rest }) => ({
    ...rest,
    from: first_day,
    to: last_day,
    everyYear: every_year === 1,
  }));

const valuesOf = ({ name, kind, from, to, everyYear, source }: NewEvent) =>
  [name, kind, from, to, everyYear ? 1 : 0, source] as const;

/** Keeps an event; answers its id, or null where the same event (name, kind and dates) is kept already. */
export function insertEvent(store: Store, event: NewEvent): number | null {
  const { changes, lastInsertRowid } = store.db
    .prepare(
      `INSERT INTO event (name, kind, first_day, last_day, every_year, source) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (name, kind, first_day, last_day) DO NOTHING`,
    )
    .run(...valuesOf(event));
  return changes === 0 ? null : Number(lastInsertRowid);
}

/** Writes all fields of an event; false where another event has this name, kind and dates. */
export function updateEvent(store: Store, { id, ...event }: CalendarEvent): boolean {
  const { changes } = store.db
    .prepare(
      `UPDATE OR IGNORE event
       SET name = ?, kind = ?, first_day = ?, last_day = ?, every_year = ?, source = ? WHERE id = ?`,
    )
    .run(...valuesOf(event), id);
  return changes > 0;
}

/** How many went: 0 where there is no such event. */
export const deleteEvent = (store: Store, id: number): number =>
  store.db.prepare('DELETE FROM event WHERE id = ?').run(id).changes;
