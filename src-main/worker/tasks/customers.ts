import type { Parsed } from '../../../src-shared/contract.ts';
import type { CustomerDetail, CustomerRow, CustomerSort, Page, RfmSummary } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { summariseRfm } from '../../engine/customers/rfm.ts';
import { lastSecondOf } from '../../engine/sales/customer-totals.ts';
import { everyLine, lineMask } from '../../engine/sales/line-mask.ts';
import { monthFigures } from '../../engine/sales/months.ts';
import { topProducts } from '../../engine/sales/products.ts';
import { dayText } from '../../engine/sales/sale-lines.ts';
import { filteredMask, requireSales, type ScoredCustomers, scoredCustomers } from '../figures.ts';
import type { Session } from '../session.ts';

const topCustomerCount = 10;
const topProductCount = 10;

function rowAt(session: Session, { totals, scores }: ScoredCustomers, row: number): CustomerRow {
  const { customers, countries } = session.sales.dictionaries;
  const country = session.mainCountries[totals.ids[row]];
  return {
    customer: customers[totals.ids[row]],
    recencyDays: totals.recencyDays[row],
    frequency: totals.frequency[row],
    monetary: totals.monetary[row],
    averageOrder: averageOrder(totals.monetary[row], totals.frequency[row]),
    firstDay: dayText(totals.firstDay[row]),
    lastDay: dayText(totals.lastDay[row]),
    r: scores.r[row],
    f: scores.f[row],
    m: scores.m[row],
    segment: segmentIds[scores.segment[row]],
    country: country === 0 ? null : countries[country],
  };
}

/** + 0 turns −0 into 0. */
const averageOrder = (monetary: number, frequency: number): number => Math.round(monetary / frequency) + 0;

/** What rows are compared by: numbers where the column has them, text (null last) elsewhere. */
function sortKey(
  session: Session,
  { totals, scores }: ScoredCustomers,
  sort: CustomerSort,
): (row: number) => number | string {
  const { customers, countries } = session.sales.dictionaries;
  const keys: Record<CustomerSort, (row: number) => number | string> = {
    customer: (row) => customers[totals.ids[row]],
    recencyDays: (row) => totals.recencyDays[row],
    frequency: (row) => totals.frequency[row],
    monetary: (row) => totals.monetary[row],
    averageOrder: (row) => averageOrder(totals.monetary[row], totals.frequency[row]),
    firstDay: (row) => totals.firstDay[row],
    lastDay: (row) => totals.lastDay[row],
    r: (row) => scores.r[row],
    f: (row) => scores.f[row],
    m: (row) => scores.m[row],
    // Best first, as everywhere.
    segment: (row) => -scores.segment[row],
    country: (row) => countries[session.mainCountries[totals.ids[row]]],
  };
  return keys[sort];
}

/** Rows in the wanted order; equal ones by customer, so that the order is the same on every run. */
function sortedRows(
  session: Session,
  scored: ScoredCustomers,
  rows: number[],
  sort: CustomerSort,
  descending: boolean,
): number[] {
  const { customers } = session.sales.dictionaries;
  const key = sortKey(session, scored, sort);
  const name = (row: number) => customers[scored.totals.ids[row]];
  const keys = new Map(rows.map((row) => [row, key(row)]));
  const sign = descending ? -1 : 1;
  const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);
  return rows.sort((a, b) => sign * compare(keys.get(a)!, keys.get(b)!) || compare(name(a), name(b)));
}

/** Recency, frequency, monetary with scores, segments and both roll-ups. @throws AppError 'no-data' */
export function rfm(session: Session, { filter }: Parsed<'customers.rfm'>): RfmSummary {
  const scored = scoredCustomers(session, filter);
  const rows = Array.from(scored.totals.ids.keys());
  return {
    ...summariseRfm(scored.totals, scored.scores),
    asOf: dayText(scored.asOf),
    topCustomers: sortedRows(session, scored, rows, 'monetary', true)
      .slice(0, topCustomerCount)
      .map((row) => rowAt(session, scored, row)),
    rules: session.settings.rules,
  };
}

/** Customers searched by name or number, sorted and paged. @throws AppError 'no-data' */
export function list(session: Session, input: Parsed<'customers.list'>): Page<CustomerRow> {
  const { filter, search, sort, descending, offset, limit } = input;
  const scored = scoredCustomers(session, filter);
  const key = `list ${JSON.stringify({ filter, search, sort, descending })}`;
  const found = session.remembered(key, () => {
    const wanted = search.trim().toLowerCase();
    const rows = Array.from(scored.totals.ids.keys()).filter((row) =>
      matchesCustomer(session, scored.totals.ids[row], wanted),
    );
    return sortedRows(session, scored, rows, sort, descending);
  });
  return {
    total: found.length,
    offset,
    rows: found.slice(offset, offset + limit).map((row) => rowAt(session, scored, row)),
  };
}

/** The search looks into the customer's number and, where a customer file brought one, the name. */
export function matchesCustomer(session: Session, id: number, wanted: string): boolean {
  if (wanted === '') return true;
  const customer = session.sales.dictionaries.customers[id];
  if (customer.toLowerCase().includes(wanted)) return true;
  const name = session.customerFile.attributes.get(customer)?.name;
  return typeof name === 'string' && name.toLowerCase().includes(wanted);
}

/** One customer with months, products and what the customer file says. @throws AppError 'not-found', 'no-data' */
export function get(session: Session, { customer, filter }: Parsed<'customers.get'>): CustomerDetail {
  requireSales(session);
  const { lines, dictionaries } = session.sales;
  const id = dictionaries.customers.indexOf(customer, 1);
  const scored = scoredCustomers(session, filter);
  const row = id < 1 ? -1 : scored.totals.ids.indexOf(id);
  if (row < 0) {
    throw new AppError('not-found', `No customer "${customer}" with a sale under this filter and these rules.`, {
      customer,
    });
  }
  const own = Uint8Array.from(dictionaries.customers, (_, at) => (at === id ? 1 : 0));
  const counted = filteredMask(session, filter);
  const lastSecond = lastSecondOf(scored.asOf);
  const mask = lineMask(lines, session.settings.rules, { ...everyLine, lastSecond, customers: own });
  for (let i = 0; i < mask.length; i++) if (counted[i] === 0) mask[i] = 0;
  return {
    ...rowAt(session, scored, row),
    months: monthFigures(lines, mask, dictionaries).map(({ month, revenue, orders }) => ({ month, revenue, orders })),
    topProducts: topProducts(lines, mask, session.catalogue, topProductCount),
    attributes: session.customerFile.attributes.get(customer) ?? {},
  };
}
