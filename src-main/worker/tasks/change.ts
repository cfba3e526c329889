/** Why revenue differs between two periods. */
import type { Output, Parsed } from '../../../src-shared/contract.ts';
import type { Note, Period, RevenueChange, RevenueSide } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { changeOf } from '../../../src-shared/format.ts';
import { firstSecondOf, lastSecondOf } from '../../engine/sales/customer-totals.ts';
import { boughtBefore, customerVisits, type PeriodVisits } from '../../engine/sales/customer-visits.ts';
import { daySpan } from '../../engine/sales/daily-revenue.ts';
import { contributors, salesFactors, splitSales, unitsTell, whoChanged } from '../../engine/sales/revenue-change.ts';
import { checkedDay, dataSpan, filteredMask, requireSales, timelessMask } from '../figures.ts';
import { currentDays, type Days, isWholeMonth, justBefore, periodOf, reachOf, yearEarlier } from '../periods.ts';
import type { Session } from '../session.ts';

const contributorCount = 15;

const warning = (code: string, params: Note['params'] = {}): Note => ({ code, params, level: 'warning' });
const info = (code: string, params: Note['params'] = {}): Note => ({ code, params, level: 'info' });

function checkedPeriod({ from, to }: Period): Days {
  const days = { from: checkedDay(from), to: checkedDay(to) };
  if (days.from > days.to) {
    throw new AppError(
      'invalid-input',
      `The period begins on ${from}, after its end on ${to}. Write the earlier day first.`,
      {
        from,
        to,
      },
    );
  }
  return days;
}

/** @throws AppError 'invalid-input' for reversed days or a period that is compared with a later one */
function periodsOf(session: Session, { filter, current, against }: Parsed<'overview.change'>) {
  const { lines } = session.sales;
  const span = daySpan(lines, filteredMask(session, filter)) ?? dataSpan(session)!;
  const own = checkedPeriod(
    periodOf({
      from: filter.from ? checkedDay(filter.from) : span.first,
      to: filter.to ? checkedDay(filter.to) : span.last,
    }),
  );
  const now = current ? checkedPeriod(current) : currentDays(filter, own, reachOf(session));
  const then =
    against === 'previous' ? justBefore(now) : against === 'year' ? yearEarlier(now) : checkedPeriod(against);
  if (then.from > now.from) {
    throw new AppError(
      'invalid-input',
      `The period to compare with begins on ${periodOf(then).from}, after the period itself (${periodOf(now).from}). Choose an earlier one.`,
      { current: periodOf(now), against: periodOf(then) },
    );
  }
  return { now, then };
}

/**
 * The change of revenue from one period to another, its parts, and who and what it came from.
 * @throws AppError 'no-data' where no line counts in either period, 'invalid-input'
 */
export function change(session: Session, input: Parsed<'overview.change'>): Output<'overview.change'> {
  requireSales(session);
  if (dataSpan(session) === null)
    throw new AppError('no-data', 'No sale passes the cleaning rules. Change the rules to compare periods.');
  const { now, then } = periodsOf(session, input);
  const { lines, dictionaries } = session.sales;
  const mask = timelessMask(session, input.filter);
  const visitsOf = ({ from, to }: Days) =>
    customerVisits(lines, mask, dictionaries, session.catalogue, {
      firstSecond: firstSecondOf(from),
      lastSecond: lastSecondOf(to),
    });
  const before = visitsOf(then);
  const after = visitsOf(now);
  requireLines(session, { now, then }, before, after);
  const split = splitSales(before, after);
  const earlier = boughtBefore(lines, mask, dictionaries.customers.length, firstSecondOf(now.from));
  return {
    current: sideOf(now, after),
    previous: sideOf(then, before),
    change: after.revenue - before.revenue,
    changeShare: changeOf(after.revenue, before.revenue),
    parts: [
      ...salesFactors.map((id) => ({ id, money: split[id] })),
      { id: 'returns', money: after.returns - before.returns },
      { id: 'anonymous', money: after.anonymous - before.anonymous },
    ],
    who: whoChanged(before, after, earlier),
    ...contributorsOf(session, before, after),
    notes: notesOf(session, { now, then }, before, after),
  };
}

const sideOf = (days: Days, { revenue, customers, visits, items, returns, anonymous }: PeriodVisits): RevenueSide => ({
  period: periodOf(days),
  revenue,
  customers,
  visits,
  items,
  returns,
  anonymous,
});

const isEmpty = ({ lines }: PeriodVisits): boolean => lines === 0;

function requireLines(
  session: Session,
  { now, then }: { now: Days; then: Days },
  before: PeriodVisits,
  after: PeriodVisits,
) {
  if (!isEmpty(before) || !isEmpty(after)) return;
  const [a, b, data] = [now, then, reachOf(session)].map(periodOf);
  throw new AppError(
    'no-data',
    `There is no sale from ${a.from} to ${a.to}, nor from ${b.from} to ${b.to}, under this filter and these rules. The data reach from ${data.from} to ${data.to}.`,
    { current: a, against: b },
  );
}

function contributorsOf(
  { catalogue, sales }: Session,
  before: PeriodVisits,
  after: PeriodVisits,
): Pick<RevenueChange, 'products' | 'countries'> {
  const { codes, descriptions } = catalogue;
  const { countries } = sales.dictionaries;
  return {
    products: contributors(before.productMoney, after.productMoney, contributorCount).map(({ id, ...money }) => ({
      product: id === null ? '' : codes[id],
      description: id === null ? '' : descriptions[id],
      ...money,
    })),
    countries: contributors(before.countryMoney, after.countryMoney, contributorCount).map(({ id, ...money }) => ({
      country: id === null ? '' : countries[id],
      ...money,
    })),
  };
}

const lengthOf = ({ from, to }: Days): number => to - from + 1;

function notesOf(
  session: Session,
  { now, then }: { now: Days; then: Days },
  before: PeriodVisits,
  after: PeriodVisits,
): Note[] {
  const notes: Note[] = [];
  const reach = reachOf(session);
  const data = periodOf(reach);
  for (const days of [now, then]) {
    const { from, to } = periodOf(days);
    if (days.from < reach.from || days.to > reach.to)
      notes.push(warning('changePartial', { fromDay: from, toDay: to, firstDay: data.from, lastDay: data.to }));
  }
  const emptyParams = ({ from, to }: Days) => ({
    fromDay: periodOf({ from, to }).from,
    toDay: periodOf({ from, to }).to,
  });
  if (isEmpty(before)) notes.push(warning('changeNothingBefore', emptyParams(then)));
  if (isEmpty(after)) notes.push(warning('changeNothingNow', emptyParams(now)));
  if (then.to >= now.from) notes.push(warning('changeOverlap', { n: then.to - now.from + 1 }));
  const wholeMonths = isWholeMonth(now) && isWholeMonth(then);
  if (lengthOf(now) !== lengthOf(then) && !wholeMonths)
    notes.push(warning('changeLength', { current: lengthOf(now), previous: lengthOf(then) }));
  if (before.customers + after.customers === 0) notes.push(warning('changeNoCustomers'));
  else if (!unitsTell(before, after)) notes.push(warning('changeNoItems'));
  if (session.sales.dictionaries.invoices.length <= 1) notes.push(info('changeNoInvoices'));
  return notes;
}
