/**
 * What the user marked in the calendar, by hand or by a file. Rows of a file that were there already are kept as repeated
 * ones, which nobody sees, so that one of them can take the place when the import of the first is undone.
 */
import type { CalendarEvent, EventRow as StatedEvent } from '../../src-shared/domain.ts';
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

/** All events, earliest first; not over an index, which no seal covers. */
export const readEvents = (store: Store): CalendarEvent[] =>
  (
    store.db
      .prepare(
        `SELECT id, name, kind, first_day, last_day, every_year, source FROM event NOT INDEXED
         WHERE repeated = 0 ORDER BY first_day, last_day, name, id`,
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

const insertion = `INSERT INTO event (name, kind, first_day, last_day, every_year, source, import_id, repeated)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const sameKey = 'name = @name AND kind = @kind AND first_day = @first_day AND last_day = @last_day';

/** Keeps an event; answers its id, or null where the same event (name, kind and dates) is kept already. */
export function insertEvent(store: Store, event: NewEvent): number | null {
  const { changes, lastInsertRowid } = store.db
    .prepare(`${insertion} ON CONFLICT DO NOTHING`)
    .run(...valuesOf(event), null, 0);
  return changes === 0 ? null : Number(lastInsertRowid);
}

/** The key by which events are the same. */
const keyOf = ({ name, kind, from, to }: StatedEvent): string => JSON.stringify([name, kind, from, to]);

/** Which rows of a file are in the calendar already or stand earlier in the file. */
export function findRepeatedEvents(store: Store, rows: StatedEvent[]): boolean[] {
  const seen = new Set(readEvents(store).map(keyOf));
  return rows.map((row) => {
    const key = keyOf(row);
    const repeated = seen.has(key);
    seen.add(key);
    return repeated;
  });
}

export function insertEventRows(
  store: Store,
  importId: number,
  source: string,
  rows: StatedEvent[],
  repeated: boolean[],
): void {
  const insert = store.db.prepare(insertion);
  rows.forEach((row, i) => {
    insert.run(...valuesOf({ ...row, source }), importId, repeated[i] ? 1 : 0);
  });
}

/**
 * Lets repeated rows take the place of events that went with another import.
 * @returns how many rows of each import now count
 */
export function countRepeatedEvents(store: Store): Map<number, number> {
  const counts = () =>
    new Map(
      store.db
        .prepare('SELECT import_id, count(*) FROM event NOT INDEXED WHERE repeated = 1 GROUP BY import_id')
        .raw()
        .all() as [number, number][],
    );
  const before = counts();
  // Of equal ones the first is taken; the index refuses the others.
  store.db.prepare('UPDATE OR IGNORE event SET repeated = 0 WHERE repeated = 1').run();
  const after = counts();
  return new Map([...before].map(([id, count]) => [id, count - (after.get(id) ?? 0)]));
}

/** Writes all fields of an event; false where another event has this name, kind and dates. */
export function updateEvent(store: Store, { id, ...event }: CalendarEvent): boolean {
  const old = store.db.prepare('SELECT name, kind, first_day, last_day FROM event WHERE id = ?').get(id);
  const fields = 'SET name = ?, kind = ?, first_day = ?, last_day = ?, every_year = ?';
  const values = valuesOf({ ...event }).slice(0, 5);
  const { changes } = store.db.prepare(`UPDATE OR IGNORE event ${fields} WHERE id = ?`).run(...values, id);
  // What other files say of the same event is corrected with it.
  if (changes > 0) store.db.prepare(`UPDATE event ${fields} WHERE repeated = 1 AND ${sameKey}`).run(...values, old);
  return changes > 0;
}

/** Takes an event away, with what other files say of the same. How many went: 0 where there is no such event. */
export function deleteEvent(store: Store, id: number): number {
  const old = store.db
    .prepare('SELECT name, kind, first_day, last_day FROM event WHERE id = ? AND repeated = 0')
    .get(id);
  if (!old) return 0;
  store.db.prepare(`DELETE FROM event WHERE repeated = 1 AND ${sameKey}`).run(old);
  return store.db.prepare('DELETE FROM event WHERE id = ?').run(id).changes;
}
