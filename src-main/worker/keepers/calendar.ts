/** Events go into the calendar, where the user changes them like those typed by hand. */
import type { ParsedEvents } from '../../engine/sales/parsed-import.ts';
import { dayNumber } from '../../engine/sales/sale-lines.ts';
import { countRepeatedEvents, findRepeatedEvents, insertEventRows } from '../../store/events.ts';
import { updateDuplicates } from '../../store/import-ledger.ts';
import { daysBetween, type Keeper } from './keeper.ts';

export const calendarKeeper: Keeper<ParsedEvents> = {
  prepare({ store }, { fileName, rows }) {
    const repeated = findRepeatedEvents(store, rows);
    const days = rows.flatMap(({ from, to }) => [dayNumber(from), dayNumber(to)]);
    return {
      duplicates: repeated.filter(Boolean).length,
      ...daysBetween(days.length, (i) => days[i]),
      details: {},
      data: null,
      write: (importId) => insertEventRows(store, importId, fileName, rows, repeated),
    };
  },
  remark: ({ store }, ledger) => ({
    data: null,
    write: () => {
      const counted = countRepeatedEvents(store);
      for (const { id, duplicates } of ledger) updateDuplicates(store, id, duplicates - (counted.get(id) ?? 0));
    },
  }),
};
