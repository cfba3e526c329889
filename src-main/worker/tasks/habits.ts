/** Habits of the customers: cohorts, visits, concentration, distributions. */
import type { Output, Parsed } from '../../../src-shared/contract.ts';
import { type Filter, segmentIds } from '../../../src-shared/domain.ts';
import { distributions as describeAll } from '../../engine/customers/distributions.ts';
import { cohortTriangle } from '../../engine/sales/cohorts.ts';
import { concentration as concentrationOf } from '../../engine/sales/concentration.ts';
import { dayNumber } from '../../engine/sales/sale-lines.ts';
import { addGroups, frequencyClasses, monthlyVisits, visitsOf } from '../../engine/sales/visit-habits.ts';
import { monthOf, monthStart } from '../../engine/series/calendar.ts';
import {
  asOfDay,
  checkedDay,
  dataSpan,
  filteredMask,
  requireSales,
  scoredCustomers,
  timelessMask,
} from '../figures.ts';
import { reachOf } from '../periods.ts';
import type { Session } from '../session.ts';
import { featureTable } from './features.ts';

/** Last day that the answer looks at: of the data, of the filter, of the "as of" setting; days since 1970-01-01. */
function reachDay(session: Session, filter: Filter): number {
  const { asOf } = session.settings;
  const last = reachOf(session).to;
  return Math.min(last, ...(filter.to ? [checkedDay(filter.to)] : []), ...(asOf ? [checkedDay(asOf)] : []));
}

/**
 * Cohort triangle. First purchases are looked for in all dates, under the filter's countries, products and segments: a
 * customer who bought before the filter's first day is not new. Purchases count up to the filter's last day.
 * @throws AppError 'no-data'
 */
export function cohorts(session: Session, { filter, unit }: Parsed<'customers.cohorts'>): Output<'customers.cohorts'> {
  requireSales(session);
  requireLines(session);
  const { lines, dictionaries } = session.sales;
  const asOf = asOfDay(session, filter);
  return cohortTriangle(lines, timelessMask(session, filter), dictionaries.customers.length, {
    unit,
    fromDay: filter.from ? checkedDay(filter.from) : null,
    dataFirstDay: dataSpan(session)?.first ?? asOf,
    toDay: filter.to ? Math.min(checkedDay(filter.to), asOf) : asOf,
    reachDay: reachDay(session, filter),
  });
}

/** Refuses where the cleaning rules leave no line, in the words of the customers' other figures. @throws AppError 'no-data' */
function requireLines(session: Session): void {
  if (dataSpan(session) === null) scoredCustomers(session, {});
}

/** Which months stand only in part in the answer: at the edges of the data, or cut by the filter or the "as of" day. */
function partialMonths(session: Session, filter: Filter, months: string[]): boolean[] {
  const reach = reachOf(session);
  const from = Math.max(reach.from, filter.from ? checkedDay(filter.from) : reach.from);
  const to = reachDay(session, filter);
  return months.map((month) => {
    const first = dayNumber(`${month}-01`);
    return from > first || to < monthStart(monthOf(first) + 1) - 1;
  });
}

/**
 * Visits and basket per month, for all customers with a sale and for each segment as it is now; how often they bought.
 * Sales without a customer stand in no line. @throws AppError 'no-data'
 */
export function habits(session: Session, { filter }: Parsed<'customers.habits'>): Output<'customers.habits'> {
  const { totals, scores, asOf } = scoredCustomers(session, filter);
  const { lines, dictionaries } = session.sales;
  const outside = segmentIds.length;
  const groupOf = new Uint8Array(dictionaries.customers.length).fill(outside);
  for (let row = 0; row < totals.ids.length; row++) groupOf[totals.ids[row]] = scores.segment[row];
  const mask = filteredMask(session, filter);
  const { months, groups } = monthlyVisits(lines, mask, dictionaries, groupOf, segmentIds.length, asOf);
  const present = new Set(scores.segment);
  return {
    months,
    partial: partialMonths(session, filter, months),
    segments: [
      visitsOf('all', addGroups(groups, months.length)),
      ...segmentIds.flatMap((segment, i) => (present.has(i) ? [visitsOf(segment, groups[i])] : [])),
    ],
    frequency: frequencyClasses(totals.frequency, totals.monetary),
  };
}

/** How unevenly revenue is spread over the customers. @throws AppError 'no-data' */
export function concentration(
  session: Session,
  { filter }: Parsed<'customers.concentration'>,
): Output<'customers.concentration'> {
  return concentrationOf(scoredCustomers(session, filter).totals.monetary);
}

/** Statistics, histograms and correlation of the chosen figures of the customers. @throws AppError 'not-found', 'no-data' */
export function distributions(
  session: Session,
  { filter, features }: Parsed<'customers.distributions'>,
): Output<'customers.distributions'> {
  const table = featureTable(session, { filter, features });
  const n = table.customers.length;
  const p = table.features.length;
  const measures = table.features.map(({ id, label }, column) => ({
    id,
    label,
    values: Float64Array.from({ length: n }, (_, row) => table.values[row * p + column]),
  }));
  // The same figure asked for twice is told once.
  const once = measures.filter(({ id }, i) => measures.findIndex((other) => other.id === id) === i);
  return describeAll(once, n);
}
