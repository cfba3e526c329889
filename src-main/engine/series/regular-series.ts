import type { Frequency, MarkedDays, Note, PeriodStatus, SalesSeries } from '../../../src-shared/domain.ts';
import { dayText } from '../sales/sale-lines.ts';
import {
  closedDays,
  type DailySales,
  dayStatuses,
  findGrain,
  findOpenWeekdays,
  type Grain,
  monthOf,
  monthStart,
  trailingEmptyDays,
  weekdayOf,
  weekOf,
  weekStart,
} from './calendar.ts';

/** A month that begins up to this many open days before the first sale still counts as whole (New Year's Day). */
const toleratedOpenDays = 1;
const trailingWarning = 5;

/** What is known of the business beside its sales. */
export interface KnownCalendar {
  /** [7] the user's open weekdays, Monday first; null: as the data say. */
  openWeekdays: boolean[] | null;
  /** Holidays, events and closures, of the past and ahead. */
  marked: MarkedDays[];
}

const nothingKnown: KnownCalendar = { openWeekdays: null, marked: [] };

/** What the daily data say, before they are summed into periods. */
interface Ledger {
  daily: DailySales;
  status: PeriodStatus[];
  openWeekdays: boolean[];
  /** Days since 1970-01-01 marked as closed. */
  closures: ReadonlySet<number>;
  grain: Grain;
  lastDay: number;
}

/**
 * Regular series of net revenue with its calendar, from the first day with a sale to `lastDay`.
 * @param daily net revenue and line count per calendar day
 * @param lastDay last day of the data, in days since 1970-01-01; later days of `daily` are ignored
 * @param calendar closures in it are closed days where nothing sold; it is handed on from the series' first day
 * @returns values in 1/10 000 currency unit, one status a period; an empty series (with a note) without any sale
 */
export function regularSeries(
  daily: DailySales,
  frequency: Frequency,
  lastDay: number,
  calendar: KnownCalendar = nothingKnown,
): SalesSeries {
  const ledger = readLedger(daily, lastDay, calendar);
  if (ledger === null) {
    const notes: Note[] = [{ code: 'series-empty', params: {}, level: 'warning' }];
    return {
      frequency,
      dates: [],
      values: [],
      status: [],
      openWeekdays: new Array(7).fill(true),
      lastDay: null,
      marked: [],
      notes,
    };
  }
  const periods = frequency === 'day' ? daysOf(ledger) : summedPeriods(ledger, frequency);
  const firstDate = dayText(ledger.daily.firstDay);
  const marked = calendar.marked.filter(({ to }) => to >= firstDate);
  return {
    frequency,
    ...periods,
    openWeekdays: ledger.openWeekdays,
    lastDay: dayText(lastDay),
    marked,
    notes: [...notesOf(ledger, frequency, periods.status), ...markNotes(marked)],
  };
}

/** What the forecast will make of the calendar: holidays and events it learns from, and how many it closes on. */
function markNotes(marked: MarkedDays[]): Note[] {
  const count = (wanted: (mark: MarkedDays) => boolean) => new Set(marked.filter(wanted).map(({ id }) => id)).size;
  const found = {
    'series-holidays': count(({ kind }) => kind === 'holiday'),
    'series-events': count(({ kind }) => kind === 'promotion' || kind === 'special'),
    'series-closures': count(({ kind }) => kind === 'closed'),
  };
  return Object.entries(found)
    .filter(([, n]) => n > 0)
    .map(([code, n]) => ({ code, params: { count: n }, level: 'info' }));
}

/** Cuts the data to first sale … last day and reads the calendar; null without any sale. */
function readLedger(daily: DailySales, lastDay: number, calendar: KnownCalendar): Ledger | null {
  const available = Math.min(daily.counts.length, lastDay - daily.firstDay + 1);
  let first = 0;
  while (first < available && daily.counts[first] === 0) first++;
  if (first >= available) return null;
  const length = lastDay - daily.firstDay - first + 1;
  const cut: DailySales = {
    firstDay: daily.firstDay + first,
    amounts: new Float64Array(length),
    counts: new Int32Array(length),
  };
  cut.amounts.set(daily.amounts.subarray(first, available));
  cut.counts.set(daily.counts.subarray(first, available));
  const grain = findGrain(cut);
  const dailyKept = grain === 'day';
  const traded = tradedDays(cut);
  const openWeekdays = dailyKept
    ? (calendar.openWeekdays ?? findOpenWeekdays(traded))
    : new Array<boolean>(7).fill(true);
  const closures = dailyKept ? closedDays(calendar.marked) : new Set<number>();
  const status = dayStatuses(traded, openWeekdays, closures).map((one, i) =>
    // A run of written zeros is no hole in the data.
    one === 'missing' && cut.counts[i] > 0 ? 'zero' : one,
  );
  return { daily: cut, status, openWeekdays, closures, grain, lastDay };
}

/** A row that says 0 tells of a day on which nothing sold, as a day without a row does: many tills write closed days so. */
const tradedDays = (daily: DailySales): DailySales => ({
  ...daily,
  counts: daily.counts.map((count, i) => (daily.amounts[i] === 0 ? 0 : count)),
});

type Periods = Pick<SalesSeries, 'dates' | 'values' | 'status'>;

function daysOf({ daily, status }: Ledger): Periods {
  const dates = status.map((_, i) => dayText(daily.firstDay + i));
  return { dates, values: Array.from(daily.amounts, Math.round), status };
}

/** Sums days into ISO weeks (Monday first) or calendar months. */
function summedPeriods(ledger: Ledger, frequency: 'week' | 'month'): Periods {
  const { daily, lastDay } = ledger;
  const month = frequency === 'month';
  const keyOf = (day: number) => (month ? monthOf(day) : weekOf(day));
  const startOf = (key: number) => (month ? monthStart(key) : weekStart(key));
  const periods: Periods = { dates: [], values: [], status: [] };
  for (let key = keyOf(daily.firstDay); startOf(key) <= lastDay; key++) {
    const start = startOf(key);
    const from = Math.max(start, daily.firstDay) - daily.firstDay;
    const to = Math.min(startOf(key + 1) - 1, lastDay) - daily.firstDay;
    let amount = 0;
    for (let i = from; i <= to; i++) amount += daily.amounts[i];
    periods.dates.push(dayText(start));
    periods.values.push(Math.round(amount));
    periods.status.push(periodStatus(ledger, { start, end: startOf(key + 1) - 1, from, to, frequency }));
  }
  return periods;
}

interface Span {
  /** First and last calendar day of the period. */
  start: number;
  end: number;
  /** First and last index of the daily data inside it. */
  from: number;
  to: number;
  frequency: 'week' | 'month';
}

/**
 * partial: the data begin after, or end before, an open day of the period; missing: more than half of its open days
 * are missing, so that the sum would speak of a fraction of the period.
 */
function periodStatus(ledger: Ledger, span: Span): PeriodStatus {
  const { daily, status, grain, lastDay } = ledger;
  let sold = 0;
  let open = 0;
  let missing = 0;
  for (let i = span.from; i <= span.to; i++) {
    if (status[i] === 'sold') sold++;
    if (status[i] === 'missing') missing++;
    if (status[i] !== 'closed') open++;
  }
  const summed = grain === 'month' || grain === span.frequency;
  if (summed) return sold > 0 ? 'sold' : 'missing';
  const tolerated = span.frequency === 'month' ? toleratedOpenDays : 0;
  if (openDaysBetween(ledger, span.start, daily.firstDay - 1) > tolerated) return 'partial';
  if (openDaysBetween(ledger, lastDay + 1, span.end) > 0) return 'partial';
  if (missing > open / 2) return 'missing';
  return sold > 0 ? 'sold' : open === 0 ? 'closed' : 'zero';
}

function openDaysBetween({ openWeekdays, closures }: Ledger, from: number, to: number): number {
  let count = 0;
  for (let day = from; day <= to; day++) if (openWeekdays[weekdayOf(day)] && !closures.has(day)) count++;
  return count;
}

function notesOf(ledger: Ledger, frequency: Frequency, status: PeriodStatus[]): Note[] {
  const { daily, openWeekdays, grain } = ledger;
  const notes: Note[] = [];
  const openDays = openWeekdays.filter(Boolean).length;
  if (openDays < 7) notes.push({ code: 'series-open-weekdays', params: { openDays }, level: 'info' });
  const exceptions = soldWhileClosed(ledger);
  if (exceptions.count > 0 && frequency === 'day') {
    notes.push({
      code: 'series-sold-while-closed',
      params: { count: exceptions.count, soldMoney: exceptions.money },
      level: 'info',
    });
  }
  const missing = status.filter((one) => one === 'missing').length;
  if (missing > 0) notes.push({ code: `series-missing-${frequency}`, params: { count: missing }, level: 'warning' });
  if (status[0] === 'partial') notes.push({ code: 'series-partial-first', params: {}, level: 'info' });
  if (status.length > 1 && status.at(-1) === 'partial')
    notes.push({ code: 'series-partial-last', params: {}, level: 'info' });
  const coarser = (grain === 'month' && frequency !== 'month') || (grain === 'week' && frequency === 'day');
  if (coarser) notes.push({ code: `series-summed-by-${grain}`, params: {}, level: 'warning' });
  const silent = trailingEmptyDays(ledger.status);
  if (grain === 'day' && silent >= trailingWarning) {
    notes.push({ code: 'series-silent-end', params: { count: silent }, level: 'warning' });
  }
  const negative = daily.amounts.reduce((count, amount) => count + (amount < 0 ? 1 : 0), 0);
  if (negative > 0) notes.push({ code: 'series-negative-days', params: { count: negative }, level: 'info' });
  return notes;
}

function soldWhileClosed({ daily, status, openWeekdays }: Ledger): { count: number; money: number } {
  let count = 0;
  let money = 0;
  for (let i = 0; i < status.length; i++) {
    if (status[i] !== 'sold' || openWeekdays[weekdayOf(daily.firstDay + i)]) continue;
    count++;
    money += daily.amounts[i];
  }
  return { count, money };
}
