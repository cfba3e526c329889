/** calendar_events.csv: a file that can be read in again. */
import type { BusinessCalendar, CalendarEvent } from '../../../src-shared/domain.ts';
import { type CsvColumn, writeCsv } from '../../../src-shared/write-csv.ts';

const columns: CsvColumn<CalendarEvent>[] = [
  { header: 'name', kind: 'text', value: (row) => row.name },
  { header: 'from', kind: 'text', value: (row) => row.from },
  { header: 'to', kind: 'text', value: (row) => row.to },
  { header: 'kind', kind: 'text', value: (row) => row.kind },
  { header: 'every_year', kind: 'text', value: (row) => (row.everyYear ? 'yes' : 'no') },
  { header: 'source', kind: 'text', value: (row) => row.source },
];

/** One row an event, earliest first. */
export const calendarEventsCsv = ({ events }: BusinessCalendar): string => writeCsv(columns, events);
