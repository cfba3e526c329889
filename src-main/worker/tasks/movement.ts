/** Movement between segments. */
import type { Output, Parsed } from '../../../src-shared/contract.ts';
import type { Filter, MoverRow, Note, Page, SegmentMigration } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import {
  directionOf,
  type Movement,
  segmentMovement,
  stateName,
  summariseMovement,
} from '../../engine/customers/migration.ts';
import { dayText } from '../../engine/sales/sale-lines.ts';
import { checkedDay, dataSpan, filteredMask, requireSales, withoutDates, withoutSegments } from '../figures.ts';
import { dayMonthsEarlier } from '../periods.ts';
import type { Session } from '../session.ts';
import { matchesCustomer } from './customers.ts';

const monthsInQuarter = 3;
/** With fewer, one customer more or less moves the cuts and with them everybody's segment. */
const fewCustomers = 20;

interface Dates {
  fromDay: number;
  toDay: number;
  notes: Note[];
}
type DatesInput = Pick<Parsed<'customers.migration'>, 'filter' | 'from' | 'to'>;

/**
 * The two days that are asked for, else those of the filter (its last day, and the day before its first), else the last
 * day of the data and three months before.
 * @throws AppError 'invalid-input' where the earlier is not before the later, 'no-data' without a line that counts
 */
function datesOf(session: Session, { filter, from, to }: DatesInput): Dates {
  const span = dataSpan(session);
  if (span === null)
    throw new AppError('no-data', 'No sale passes the cleaning rules. Change the rules to see how customers moved.');
  const asked = to ?? filter.to ?? null;
  const wanted = asked === null ? span.last : checkedDay(asked);
  const toDay = Math.min(wanted, span.last);
  const start = from ?? null;
  const chosenStart = filter.from ? checkedDay(filter.from) - 1 : null;
  const fromDay = start === null ? (chosenStart ?? dayMonthsEarlier(toDay, monthsInQuarter)) : checkedDay(start);
  if (fromDay >= toDay) {
    const data = `The data reach from ${dayText(span.first)} to ${dayText(span.last)}.`;
    throw new AppError(
      'invalid-input',
      `The earlier date ${dayText(fromDay)} is not before the later date ${dayText(toDay)}. Choose two dates, the earlier one first. ${data}`,
      { from: dayText(fromDay), to: dayText(toDay) },
    );
  }
  const notes: Note[] = [];
  if (wanted > span.last)
    notes.push(warning('movementBeyondData', { toDay: dayText(wanted), lastDay: dayText(span.last) }));
  const shortBefore = 2 * fromDay - toDay + 1 < span.first;
  if (fromDay >= span.first && shortBefore)
    notes.push(warning('movementShortBefore', { firstDay: dayText(span.first) }));
  return { fromDay, toDay, notes };
}

const warning = (code: string, params: Note['params']): Note => ({ code, params, level: 'warning' });
const info = (code: string, params: Note['params'] = {}): Note => ({ code, params, level: 'info' });

const choiceKey = (filter: Filter): Filter => withoutDates(filter);

/** The movement under a filter, remembered for the list of movers. @throws AppError 'no-data', 'invalid-input' */
function movementOf(session: Session, input: DatesInput): Dates & { movement: Movement } {
  requireSales(session);
  const { filter } = input;
  const dates = datesOf(session, input);
  const key = `movement ${JSON.stringify([dates.fromDay, dates.toDay, choiceKey(filter)])}`;
  const movement = session.remembered(key, () => {
    const { lines, dictionaries } = session.sales;
    const mask = filteredMask(session, withoutDates(withoutSegments(filter)));
    const { segments } = filter;
    const chosen = segments?.length ? Uint8Array.from(segmentIds, (id) => (segments.includes(id) ? 1 : 0)) : null;
    return segmentMovement(lines, mask, dictionaries, dates, chosen);
  });
  if (movement.ids.length === 0)
    throw new AppError('no-data', 'No customer is in the chosen segments at the later date.', {
      segments: filter.segments,
    });
  return { ...dates, movement };
}

/**
 * Who stood in which segment at the end of two days, what changed and what it meant in money.
 * @throws AppError 'no-data', 'invalid-input'
 */
export function migration(session: Session, input: Parsed<'customers.migration'>): Output<'customers.migration'> {
  const { fromDay, toDay, movement, notes } = movementOf(session, input);
  const summary = summariseMovement(movement);
  return {
    from: dayText(fromDay),
    to: dayText(toDay),
    windowDays: toDay - fromDay,
    ...summary,
    notes: [...notes, ...notesOf(session, input.filter, { fromDay, customers: movement.ids.length }, summary)],
  };
}

function notesOf(
  session: Session,
  filter: Filter,
  { fromDay, customers }: { fromDay: number; customers: number },
  { arrived, flows }: Pick<SegmentMigration, 'arrived' | 'flows'>,
): Note[] {
  const notes: Note[] = [];
  if (arrived === customers) notes.push(warning('movementNobodyBefore', { fromDay: dayText(fromDay) }));
  else if (flows.length === 1) notes.push(info('movementOneFlow'));
  if (customers < fewCustomers) notes.push(warning('movementFewCustomers', { n: customers }));
  if (filter.segments?.length) notes.push(info('movementSegments'));
  const { asOf } = session.settings;
  if (asOf) notes.push(info('movementOwnAsOf', { asOfDay: asOf }));
  return notes;
}

/** Customers by the change of their revenue, the largest first; equal ones by number. @throws as migration */
export function movers(session: Session, input: Parsed<'customers.movers'>): Output<'customers.movers'> {
  const { offset, limit, ...question } = input;
  const { movement } = movementOf(session, input);
  const { customers } = session.sales.dictionaries;
  const found = session.remembered(`movers ${JSON.stringify(question)}`, () => {
    const wanted = input.search.trim().toLowerCase();
    const change = (at: number) => Math.abs(movement.after[at] - movement.before[at]);
    const name = (at: number) => customers[movement.ids[at]];
    return Array.from(movement.ids.keys())
      .filter((at) => isWanted(movement, at, input) && matchesCustomer(session, movement.ids[at], wanted))
      .sort((a, b) => change(b) - change(a) || (name(a) < name(b) ? -1 : 1));
  });
  return pageOf(found, offset, limit, (at) => moverAt(movement, at, customers));
}

function isWanted({ from, to }: Movement, at: number, input: Parsed<'customers.movers'>): boolean {
  const { direction, stayers, fromSegment, toSegment } = input;
  const went = directionOf(from[at], to[at]);
  if (fromSegment !== null && stateName(from[at]) !== fromSegment) return false;
  if (toSegment !== null && segmentIds[to[at]] !== toSegment) return false;
  // A cell of the matrix's diagonal asks for those who stayed.
  if (went === 'same') return direction === 'all' && (stayers || (fromSegment !== null && fromSegment === toSegment));
  return direction === 'all' || direction === went;
}

function moverAt(movement: Movement, at: number, customers: string[]): MoverRow {
  const { from, to, before, after } = movement;
  return {
    customer: customers[movement.ids[at]],
    from: stateName(from[at]),
    to: segmentIds[to[at]],
    direction: directionOf(from[at], to[at]),
    becauseOfOthers: movement.becauseOfOthers[at] === 1,
    revenueBefore: before[at],
    revenueAfter: after[at],
    change: after[at] - before[at],
    monetary: movement.monetary[at],
    recencyDays: movement.recencyDays[at],
  };
}

const pageOf = <T>(found: number[], offset: number, limit: number, row: (at: number) => T): Page<T> => ({
  total: found.length,
  offset,
  rows: found.slice(offset, offset + limit).map(row),
});
