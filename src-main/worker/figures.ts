/** What the data tasks share: the filter in ids, the mask, the "as of" day, the scored customers; each remembered. */
import type { Filter, Money } from '../../src-shared/domain.ts';
import { segmentIds } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { type RfmScores, scoreRfm } from '../engine/customers/rfm.ts';
import {
  type CustomerTotals,
  customerTotals,
  firstSecondOf,
  lastSecondOf,
  narrowTotals,
} from '../engine/sales/customer-totals.ts';
import { daySpan, lastSaleDay } from '../engine/sales/daily-revenue.ts';
import { kpis } from '../engine/sales/kpis.ts';
import { everyLine, type LineChoice, lineMask } from '../engine/sales/line-mask.ts';
import { dayNumber, dayText } from '../engine/sales/sale-lines.ts';
import { loadDailySeries } from './series-file.ts';
import type { Session } from './session.ts';

/** Days since 1970-01-01 of a day a caller wrote. @throws AppError 'invalid-input' for a day that is in no calendar. */
export function checkedDay(text: string): number {
  const day = dayNumber(text);
  if (Number.isNaN(day) || dayText(day) !== text) {
    throw new AppError('invalid-input', `${text} is not a day of the calendar. Write it as YYYY-MM-DD.`, { day: text });
  }
  return day;
}

const some = <T>(list: T[] | undefined): list is T[] => list !== undefined && list.length > 0;

/** The filter without its parts that say nothing, so that equal filters have equal keys. */
function plainFilter({ from, to, segments, countries, products }: Filter): Filter {
  return {
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(some(segments) ? { segments: [...segments].sort() } : {}),
    ...(some(countries) ? { countries: [...countries].sort() } : {}),
    ...(some(products) ? { products: [...products].sort() } : {}),
  };
}

export const withoutSegments = ({ segments: _segments, ...filter }: Filter): Filter => filter;
export const withoutDates = ({ from: _from, to: _to, ...filter }: Filter): Filter => filter;

/** Refuses where there is no sale line at all, and says what to do. @throws AppError 'no-data' */
export function requireSales(session: Session): void {
  if (session.sales.lines.length > 0) return;
  const series = loadDailySeries(session.store, null, null) !== null;
  const message = series
    ? 'The imported series has dates and amounts only: it can be forecast, but it has no orders and customers. Import a file of sale lines for these figures.'
    : 'There are no sales yet. Import a file of sales first, or open the demo company.';
  throw new AppError('no-data', message, { series });
}

function choiceOf(session: Session, filter: Filter): LineChoice {
  const { countries } = session.sales.dictionaries;
  const wantedCountries = new Set(filter.countries);
  return {
    firstSecond: filter.from ? firstSecondOf(checkedDay(filter.from)) : everyLine.firstSecond,
    lastSecond: filter.to ? lastSecondOf(checkedDay(filter.to)) : everyLine.lastSecond,
    countries: filter.countries
      ? Uint8Array.from(countries, (name, id) => (id > 0 && wantedCountries.has(name) ? 1 : 0))
      : null,
    products: filter.products ? chosenProducts(session, new Set(filter.products)) : null,
    customers: null,
  };
}

/** [entries] of the product dictionary: 1 where the code is wanted. The catalogue costs a pass over the lines. */
function chosenProducts({ catalogue }: Session, wanted: ReadonlySet<string>): Uint8Array {
  const chosen = Uint8Array.from(catalogue.codes, (code, id) => (id > 0 && wanted.has(code) ? 1 : 0));
  return Uint8Array.from(catalogue.productOf, (product) => chosen[product]);
}

/**
 * The lines under the settings' rules and a filter.
 * @param customers 1 by dictionary id where the customer is chosen; `key` names the choice
 */
function maskOf(
  session: Session,
  filter: Filter,
  customers: Uint8Array | null,
  key: string,
  rules = session.settings.rules,
): Uint8Array {
  return session.remembered(`mask ${key} ${JSON.stringify(rules)}`, () =>
    lineMask(session.sales.lines, rules, { ...choiceOf(session, filter), customers }),
  );
}

/** Which customers are in the filter's segments, by dictionary id; null: the filter names none. */
function customersInSegments(session: Session, filter: Filter): Uint8Array | null {
  const { segments } = plainFilter(filter);
  if (!segments) return null;
  const { totals, scores } = scoredCustomers(session, withoutSegments(filter));
  const wanted = Uint8Array.from(segmentIds, (id) => (segments.includes(id) ? 1 : 0));
  const chosen = new Uint8Array(session.sales.dictionaries.customers.length);
  for (let row = 0; row < totals.ids.length; row++) chosen[totals.ids[row]] = wanted[scores.segment[row]];
  return chosen;
}

/**
 * Mask of the lines under the rules and the filter: 0 out, 1 a sale, 2 a netted return.
 * @param rules other rules than those of the settings; segments always follow the settings
 */
export function filteredMask(session: Session, filter: Filter, rules = session.settings.rules): Uint8Array {
  const plain = plainFilter(filter);
  return maskOf(session, plain, customersInSegments(session, plain), JSON.stringify(plain), rules);
}

/** The same mask for all dates; segments stay those of the filter with its dates. */
export function timelessMask(session: Session, filter: Filter): Uint8Array {
  const plain = plainFilter(filter);
  const customers = customersInSegments(session, plain);
  if (customers === null) return filteredMask(session, withoutDates(plain));
  return maskOf(session, withoutDates(plain), customers, `all dates ${JSON.stringify(plain)}`);
}

/** First and last day with a line in use, under no filter; null without any. */
export const dataSpan = (session: Session): { first: number; last: number } | null =>
  session.remembered('span', () => daySpan(session.sales.lines, filteredMask(session, {})));

/**
 * The day that recency counts to: the setting, else the day after the last sale (of the filter's dates, so that a
 * past period is seen as it stood at its end). Days since 1970-01-01.
 */
export function asOfDay(session: Session, filter: Filter): number {
  const { asOf } = session.settings;
  if (asOf) return checkedDay(asOf);
  const upTo: Filter = filter.to ? { to: filter.to } : {};
  return session.remembered(`as of ${upTo.to ?? ''}`, () => {
    const last = lastSaleDay(session.sales.lines, filteredMask(session, upTo)) ?? dataSpan(session)?.last ?? 0;
    return last + 1;
  });
}

export interface ScoredCustomers {
  asOf: number;
  totals: CustomerTotals;
  scores: RfmScores;
}

/**
 * Customers under a filter with their scores. Scores and segments come from the filter without its segments, so that
 * choosing a segment shows its customers and never splits them anew.
 * @throws AppError 'no-data'
 */
export function scoredCustomers(session: Session, filter: Filter): ScoredCustomers {
  requireSales(session);
  const plain = plainFilter(filter);
  return session.remembered(`customers ${JSON.stringify(plain)}`, () =>
    plain.segments
      ? narrowed(scoredCustomers(session, withoutSegments(plain)), plain.segments)
      : scored(session, plain),
  );
}

function scored(session: Session, filter: Filter): ScoredCustomers {
  const { lines, dictionaries } = session.sales;
  const asOf = asOfDay(session, filter);
  const totals = customerTotals(lines, filteredMask(session, filter), dictionaries, asOf);
  return { asOf, totals, scores: scoreRfm(totals, session.settings.cuts) };
}

function narrowed({ asOf, totals, scores }: ScoredCustomers, segments: string[]): ScoredCustomers {
  const rows = Uint32Array.from(totals.ids.keys()).filter((row) => segments.includes(segmentIds[scores.segment[row]]));
  if (rows.length === 0)
    throw new AppError('no-data', 'No customer is in the chosen segments under this filter.', { segments });
  const pick = (values: Uint8Array) => Uint8Array.from(rows, (row) => values[row]);
  const { cuts, r, f, m, segment } = scores;
  return {
    asOf,
    totals: narrowTotals(totals, rows),
    scores: { cuts, r: pick(r), f: pick(f), m: pick(m), segment: pick(segment) },
  };
}

/** Revenue over everything, under the settings' rules. */
export const revenueOf = (session: Session): Money =>
  session.remembered('revenue', () => {
    const { lines, dictionaries } = session.sales;
    return kpis(lines, filteredMask(session, {}), dictionaries, everyLine.firstSecond, everyLine.lastSecond).revenue;
  });
