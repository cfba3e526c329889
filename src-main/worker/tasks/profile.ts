/** One customer on one page: value, segments over time, orders, what could come next. */
import type { Parsed } from '../../../src-shared/contract.ts';
import type { CustomerProfile, Filter, Note } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { FittedValue } from '../../engine/customers/lifetime/fit-value.ts';
import { scoreRfm } from '../../engine/customers/rfm.ts';
import { customerTotals, lastSecondOf } from '../../engine/sales/customer-totals.ts';
import { lineUse } from '../../engine/sales/line-mask.ts';
import { dayNumber, dayOf, dayText } from '../../engine/sales/sale-lines.ts';
import { asOfDay, filteredMask, requireSales, withoutSegments } from '../figures.ts';
import type { Session } from '../session.ts';
import { valueRowOf } from './lifetime.ts';
import { nextProducts } from './products.ts';

const pathQuarters = 12;
const mostOrders = 500;
const mostProducts = 10;
const absent = 255;

/** The last day known, then the ends of the quarters before it; newest first. */
function pathDays(lastDay: number): number[] {
  const [year, month] = dayText(lastDay).split('-').map(Number);
  const quarter = Math.floor((month - 1) / 3);
  const ends = Array.from({ length: pathQuarters - 1 }, (_, k) => {
    const date = new Date(Date.UTC(year, 3 * (quarter - k), 0));
    return dayNumber(date.toISOString().slice(0, 10));
  });
  return [lastDay, ...ends];
}

interface PathTable {
  day: number;
  /** [customers] by dictionary id: index into segmentIds, 255 while not yet a customer. */
  segment: Uint8Array;
}

/**
 * Everybody's segment at the end of each of the last quarters (the last one as far as it is known). Each day is scored
 * from the lines up to it alone, and recency counts to that day whatever "as of" the settings say: the cuts are
 * quintiles, so counting from a day later moves all customers and all cuts alike.
 */
function segmentPaths(session: Session, filter: Filter): PathTable[] {
  return session.remembered(`segment paths ${JSON.stringify(filter)}`, () => {
    const { lines, dictionaries } = session.sales;
    const mask = filteredMask(session, filter);
    return pathDays(lastDayOf(session, filter)).map((day) => {
      const segment = new Uint8Array(dictionaries.customers.length).fill(absent);
      const totals = customerTotals(lines, mask, dictionaries, day);
      if (totals.ids.length > 0) {
        const scores = scoreRfm(totals);
        totals.ids.forEach((id, row) => {
          segment[id] = scores.segment[row];
        });
      }
      return { day, segment };
    });
  });
}

/** The day before "as of": without a setting the day of the last sale. */
const lastDayOf = (session: Session, filter: Filter): number => asOfDay(session, filter) - 1;

/** The customer's invoices with a line in use, newest first; lines without an invoice number are one order a day. */
function ordersOf(session: Session, filter: Filter, id: number): CustomerProfile['orders'] {
  const { lines, dictionaries } = session.sales;
  const mask = filteredMask(session, filter);
  const lastSecond = lastSecondOf(asOfDay(session, filter));
  const orders = new Map<string, CustomerProfile['orders'][number]>();
  for (let i = 0; i < lines.length; i++) {
    if (lines.customer[i] !== id || mask[i] === lineUse.out || lines.seconds[i] > lastSecond) continue;
    const day = dayText(dayOf(lines.seconds[i]));
    const invoice = dictionaries.invoices[lines.invoice[i]];
    const key = invoice === '' ? ` ${day}` : invoice;
    const order = orders.get(key) ?? { invoice, day, revenue: 0, units: 0, lines: 0 };
    order.revenue += lines.amount[i];
    order.units += lines.quantity[i];
    order.lines++;
    orders.set(key, order);
  }
  const newestFirst = [...orders.values()].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  return newestFirst.slice(0, mostOrders);
}

function profileNotes(fitted: FittedValue, { value, orders }: Pick<CustomerProfile, 'value' | 'orders'>): Note[] {
  const notes: Note[] = [];
  if (fitted.method !== 'bg-nbd') notes.push({ code: `profile-${fitted.method}`, params: {}, level: 'warning' });
  if (value.next === null) {
    const code = fitted.method === 'average' ? 'next-unknown' : 'next-unlikely';
    notes.push({ code, params: {}, level: 'info' });
  }
  if (value.ownGapDays === null) notes.push({ code: 'gap-of-shop', params: {}, level: 'info' });
  if (orders.length === mostOrders) notes.push({ code: 'orders-cut', params: { shown: mostOrders }, level: 'info' });
  return notes;
}

/**
 * Everything the customer page shows beside the customer's months and products. The filter's segments are left aside:
 * a customer is looked at whatever segment is chosen elsewhere.
 * @throws AppError 'not-found', 'no-data'
 */
export function profile(
  session: Session,
  { input, fitted }: { input: Parsed<'customers.profile'>; fitted: FittedValue },
): CustomerProfile {
  requireSales(session);
  const { customer } = input;
  const filter = withoutSegments(input.filter);
  const id = session.sales.dictionaries.customers.indexOf(customer, 1);
  const value = id < 1 ? null : valueRowOf(session, { ...input, filter }, fitted, id);
  if (value === null)
    throw new AppError('not-found', `No customer "${customer}" with a sale under this filter and these rules.`, {
      customer,
    });
  const path = segmentPaths(session, filter)
    .map(({ day, segment }) => ({
      day: dayText(day),
      segment: segment[id] === absent ? null : segmentIds[segment[id]],
    }))
    .reverse();
  const orders = ordersOf(session, filter, id);
  return {
    value,
    path,
    orders,
    nextProducts: nextProducts(session, filter, id, mostProducts),
    notes: profileNotes(fitted, { value, orders }),
  };
}
