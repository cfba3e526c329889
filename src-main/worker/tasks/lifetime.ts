/** Lifetime value in the data thread: the purchase history going out, the values of customers coming back. */
import type { Parsed } from '../../../src-shared/contract.ts';
import type { Filter, LifetimeValue, Note, Page, ValueRow, ValueSort } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import {
  type CustomerValues,
  customerValues,
  expectedOrdersOf,
  type ValueTerms,
} from '../../engine/customers/lifetime/customer-values.ts';
import type { FittedValue, ValueFits } from '../../engine/customers/lifetime/fit-value.ts';
import { type PurchaseHistory, purchaseHistory } from '../../engine/customers/lifetime/purchase-history.ts';
import { lastSecondOf } from '../../engine/sales/customer-totals.ts';
import { dayText } from '../../engine/sales/sale-lines.ts';
import { filteredMask, type ScoredCustomers, scoredCustomers, withoutSegments } from '../figures.ts';
import type { Job } from '../job.ts';
import type { Session } from '../session.ts';

const decileCount = 10;

interface Terms extends ValueTerms {
  filter: Filter;
}

/**
 * When every customer under the filter bought. The filter's segments do not narrow it: segments follow from recency and
 * frequency, and a model fitted on the frequent alone would take everybody for frequent.
 * @throws AppError 'no-data'
 */
export function purchases(session: Session, { filter }: { filter: Filter }): PurchaseHistory {
  const all = withoutSegments(filter);
  const { asOf } = scoredCustomers(session, all);
  return session.remembered(`purchases ${JSON.stringify(all)}`, () => {
    const { lines, dictionaries } = session.sales;
    const mask = filteredMask(session, all);
    return purchaseHistory(lines, mask, dictionaries.customers.length, asOf, lastSecondOf(asOf));
  });
}

function valuesOf(session: Session, terms: Terms, fitted: FittedValue, job?: Job): CustomerValues {
  const { filter, horizonDays, discountRate, factor } = terms;
  const history = purchases(session, { filter });
  // The fit stands in the key too: it may be of the data as they were before an import that came between.
  const fit = [fitted.method, fitted.purchaseFit, fitted.secondOpinion, fitted.spendFit, fitted.churn?.recalibration];
  const key = JSON.stringify({ filter: withoutSegments(filter), horizonDays, discountRate, factor, fit });
  return session.remembered(`values ${key}`, () =>
    customerValues(history, fitted, terms, (done, total) => job?.tick(done, total)),
  );
}

/** Rows of the values that belong to the scored customers; both stand in dictionary order. */
function matched(values: CustomerValues, { totals }: ScoredCustomers): Uint32Array {
  const rows = new Uint32Array(totals.ids.length);
  let at = 0;
  for (let i = 0; i < rows.length; i++) {
    while (values.ids[at] !== totals.ids[i]) at++;
    rows[i] = at;
  }
  return rows;
}

/** One customer of the chosen ones. @param i row of the totals  @param at row of the values */
function valueRow(
  session: Session,
  { asOf, totals, scores }: ScoredCustomers,
  values: CustomerValues,
  i: number,
  at: number,
): ValueRow {
  const [from, day, to] = values.next.map((days) => days[at]);
  return {
    customer: session.sales.dictionaries.customers[totals.ids[i]],
    segment: segmentIds[scores.segment[i]],
    frequency: totals.frequency[i],
    lastDay: dayText(totals.lastDay[i]),
    historic: totals.monetary[i],
    predicted: values.predicted[at],
    ifKept: values.ifKept[at],
    atStake: values.atStake[at],
    total: totals.monetary[i] + values.predicted[at],
    expectedOrders: values.expectedOrders[at],
    expectedOrder: values.expectedOrder[at],
    alive: values.alive[at],
    ownGapDays: Number.isNaN(values.ownGap[at]) ? null : values.ownGap[at],
    usualGapDays: values.usualGap[at],
    daysSince: totals.recencyDays[i],
    overdueDays: values.overdue[at] > 0 ? values.overdue[at] : null,
    churn: values.churn[at],
    next: Number.isNaN(day) ? null : { day: dayText(asOf + day), from: dayText(asOf + from), to: dayText(asOf + to) },
  };
}

/** Ten groups by predicted value, the highest first; fewer where there are fewer customers. */
function decilesOf({ totals }: ScoredCustomers, values: CustomerValues, rows: Uint32Array): LifetimeValue['deciles'] {
  const order = Uint32Array.from(rows.keys()).sort(
    (i, j) => values.predicted[rows[j]] - values.predicted[rows[i]] || i - j,
  );
  const edge = (k: number) => Math.round((k * order.length) / decileCount);
  return Array.from({ length: decileCount }, (_, k) => order.subarray(edge(k), edge(k + 1)))
    .filter((own) => own.length > 0)
    .map((own) => ({
      customers: own.length,
      predicted: own.reduce((sum, i) => sum + values.predicted[rows[i]], 0),
      historic: own.reduce((sum, i) => sum + totals.monetary[i], 0),
    }));
}

function segmentsOf(
  { totals, scores }: ScoredCustomers,
  values: CustomerValues,
  rows: Uint32Array,
): LifetimeValue['segments'] {
  const sums = segmentIds.map(() => ({
    customers: 0,
    historic: 0,
    predicted: 0,
    ifKept: 0,
    atStake: 0,
    alive: 0,
    churn: 0,
    overdue: 0,
  }));
  rows.forEach((at, i) => {
    const own = sums[scores.segment[i]];
    own.customers++;
    own.historic += totals.monetary[i];
    own.predicted += values.predicted[at];
    own.ifKept += values.ifKept[at];
    own.atStake += values.atStake[at];
    own.alive += values.alive[at];
    own.churn += values.churn[at];
    own.overdue += values.overdue[at] > 0 ? 1 : 0;
  });
  return sums.map(({ customers, historic, predicted, ifKept, atStake, alive, churn, overdue }, index) => ({
    segment: segmentIds[index],
    customers,
    historic,
    predicted,
    ifKept,
    atStake,
    averagePredicted: customers > 0 ? Math.round(predicted / customers) : 0,
    meanAlive: customers > 0 ? alive / customers : 0,
    meanChurn: customers > 0 ? churn / customers : null,
    overdue,
  }));
}

function valueNotes(
  values: CustomerValues,
  history: PurchaseHistory,
  { horizonDays }: Terms,
  { secondOpinion }: FittedValue,
): Note[] {
  const notes: Note[] = [];
  const info = (code: string, params: Note['params']) => notes.push({ code, params, level: 'info' });
  const days = history.days.reduce((least, day) => Math.min(least, day), history.asOf);
  const known = history.asOf - days;
  if (known < horizonDays)
    notes.push({ code: 'value-horizon-long', params: { horizonDays, days: known }, level: 'warning' });
  if (!values.gapsKnown) notes.push({ code: 'value-no-gaps', params: {}, level: 'warning' });
  if (secondOpinion?.model === 'mbg-nbd' && values.once > 0) info('value-once', { customers: values.once });
  if (values.lifted > 0) info('value-lifted', { customers: values.lifted, liftedMoney: values.liftedMoney });
  if (values.returnedMore > 0) info('value-returned-more', { customers: values.returnedMore });
  return notes;
}

/** The fitted models' answer for all chosen customers, with roll-ups. @throws AppError 'no-data', 'cancelled' */
export function valueSummary(
  session: Session,
  { input, fits }: { input: Parsed<'customers.value'>; fits: ValueFits },
  job: Job,
): LifetimeValue {
  const { filter, horizonDays, discountRate, factor } = input;
  const scored = scoredCustomers(session, filter);
  const history = purchases(session, { filter });
  const values = valuesOf(session, input, fits, job);
  const rows = matched(values, scored);
  const sum = (value: (at: number, i: number) => number) => rows.reduce((all, at, i) => all + value(at, i), 0);
  const { secondOpinion: other, notes, ...fitted } = fits;
  const second = other && expectedOrdersOf(history, other, horizonDays);
  return {
    asOf: dayText(scored.asOf),
    horizonDays,
    discountRate,
    factor,
    ...fitted,
    secondOpinion: other && second && { ...other, expectedOrders: sum((at) => second[at]) },
    customers: rows.length,
    historic: sum((_, i) => scored.totals.monetary[i]),
    predicted: sum((at) => values.predicted[at]),
    expectedOrders: sum((at) => values.expectedOrders[at]),
    aliveCustomers: sum((at) => values.alive[at]),
    overdueCustomers: sum((at) => (values.overdue[at] > 0 ? 1 : 0)),
    overdueValue: sum((at) => (values.overdue[at] > 0 ? values.predicted[at] : 0)),
    deciles: decilesOf(scored, values, rows),
    segments: segmentsOf(scored, values, rows),
    notes: [...notes, ...valueNotes(values, history, input, fits)],
  };
}

/** What rows are compared by. */
function sortKey(session: Session, { totals, scores }: ScoredCustomers, values: CustomerValues, rows: Uint32Array) {
  const { customers } = session.sales.dictionaries;
  const keys: Record<ValueSort, (i: number) => number | string> = {
    customer: (i) => customers[totals.ids[i]],
    // Best first, as everywhere.
    segment: (i) => -scores.segment[i],
    frequency: (i) => totals.frequency[i],
    lastDay: (i) => totals.lastDay[i],
    historic: (i) => totals.monetary[i],
    predicted: (i) => values.predicted[rows[i]],
    total: (i) => totals.monetary[i] + values.predicted[rows[i]],
    expectedOrders: (i) => values.expectedOrders[rows[i]],
    alive: (i) => values.alive[rows[i]],
    overdueDays: (i) => values.overdue[rows[i]],
    churn: (i) => values.churn[rows[i]],
  };
  return keys;
}

function orderedRows(
  session: Session,
  scored: ScoredCustomers,
  values: CustomerValues,
  rows: Uint32Array,
  { search, overdueOnly, sort, descending }: Parsed<'customers.valueList'>,
): Uint32Array {
  const { customers } = session.sales.dictionaries;
  const name = (i: number) => customers[scored.totals.ids[i]];
  const wanted = search.trim().toLowerCase();
  const found = Uint32Array.from(rows.keys()).filter(
    (i) => (!overdueOnly || values.overdue[rows[i]] > 0) && (wanted === '' || isCalled(session, name(i), wanted)),
  );
  const key = sortKey(session, scored, values, rows)[sort];
  const keys = new Array<number | string>(rows.length);
  for (const i of found) keys[i] = key(i);
  const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);
  const sign = descending ? -1 : 1;
  return found.sort((i, j) => sign * compare(keys[i], keys[j]) || compare(name(i), name(j)));
}

/** The customer's number or, where a customer file brought one, the name holds the searched text. */
function isCalled(session: Session, customer: string, wanted: string): boolean {
  if (customer.toLowerCase().includes(wanted)) return true;
  const known = session.customerFile.attributes.get(customer)?.name;
  return typeof known === 'string' && known.toLowerCase().includes(wanted);
}

/** Customers with their value; sorted, searched, paged. @throws AppError 'no-data', 'cancelled' */
export function valueRows(
  session: Session,
  { input, fitted }: { input: Parsed<'customers.valueList'>; fitted: FittedValue },
  job: Job,
): Page<ValueRow> {
  const scored = scoredCustomers(session, input.filter);
  const values = valuesOf(session, input, fitted, job);
  const rows = matched(values, scored);
  const { offset, limit, ...question } = input;
  const found = session.remembered(`value list ${JSON.stringify(question)}`, () =>
    orderedRows(session, scored, values, rows, input),
  );
  const shown = Array.from(found.subarray(offset, offset + limit));
  return { total: found.length, offset, rows: shown.map((i) => valueRow(session, scored, values, i, rows[i])) };
}

/** One customer's value row. @returns null where the customer has no sale under the filter */
export function valueRowOf(session: Session, terms: Terms, fitted: FittedValue, customerId: number): ValueRow | null {
  const scored = scoredCustomers(session, terms.filter);
  const i = scored.totals.ids.indexOf(customerId);
  if (i < 0) return null;
  const values = valuesOf(session, terms, fitted);
  return valueRow(session, scored, values, i, values.ids.indexOf(customerId));
}
