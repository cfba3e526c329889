/** Periods that do not fit, with reasons from their sale lines, the calendar and the imports. */
import type { Anomaly, Filter, SalesSeries } from '../../../src-shared/domain.ts';
import { type Reason, reasonsOf, type WeighedReason } from '../../engine/insights/anomaly-reasons.ts';
import { type Finding, type Findings, findAnomalies } from '../../engine/insights/find-anomalies.ts';
import { type PeriodSummary, linesByPeriod, summaryOf } from '../../engine/insights/period-lines.ts';
import { dayNumber, dayOf, dayText } from '../../engine/sales/sale-lines.ts';
import { periodEnd } from '../../engine/series/period-days.ts';
import { filteredMask } from '../figures.ts';
import type { Session } from '../session.ts';
import type { DataTask } from './data-task.ts';
import { series as seriesOf } from './series.ts';

/** Ordinary periods compared with: same weekdays of eight weeks before and after, six weeks or months, the window of a level. */
const sameWeekdays = 8;
const periodsAround = 6;
const levelPeriods = { day: 42, week: 13, month: 9 } as const;
/** Days before and after a holiday or event on which it is named. */
const nearDays = 2;
const daysPerYear = 365.25;
/** Closures that begin this many days apart in their years are the same one. */
const sameTimeDays = 7;

type SummaryAt = (place: number) => PeriodSummary;

const nextStart = ({ frequency, dates }: SalesSeries, place: number): number =>
  periodEnd(frequency, dayNumber(dates[place])) + 1;

/** Adds up any period's lines; each period is added up once. */
function summaries(session: Session, series: SalesSeries, filter: Filter): SummaryAt {
  const { lines } = session.sales;
  const mask = filteredMask(session, filter);
  const { productOf } = session.catalogue;
  const starts = Int32Array.from(series.dates, dayNumber);
  const { frequency, dates } = series;
  const sorted = session.remembered(`lines by ${frequency} ${dates[0]} ${dates.length}`, () =>
    linesByPeriod(lines, starts, nextStart(series, dates.length - 1)),
  );
  const known = new Map<number, PeriodSummary>();
  return (place) => {
    const found = known.get(place) ?? summaryOf(lines, sorted, place, mask, productOf);
    known.set(place, found);
    return found;
  };
}

/** Ordinary periods like one: sold, not unusual themselves, nearest first. */
function placesLike({ frequency, status }: SalesSeries, place: number, unusual: ReadonlySet<number>): number[] {
  const [step, count] = frequency === 'day' ? [7, sameWeekdays] : [1, periodsAround];
  return Array.from({ length: count }, (_, k) => [place - (k + 1) * step, place + (k + 1) * step])
    .flat()
    .filter((at) => status[at] === 'sold' && !unusual.has(at));
}

/** The periods before a lasting change, and those from it on. */
function bothSides({ frequency, status }: SalesSeries, place: number): { before: number[]; after: number[] } {
  const count = levelPeriods[frequency];
  const sold = (at: number) => status[at] === 'sold';
  return {
    before: Array.from({ length: count }, (_, k) => place - 1 - k).filter(sold),
    after: Array.from({ length: count }, (_, k) => place + k).filter(sold),
  };
}

function nameIn({ catalogue, sales }: Session) {
  const { customers, invoices } = sales.dictionaries;
  return {
    customer: (id: number) => customers[id],
    invoice: (id: number) => invoices[id],
    product: (id: number) => catalogue.descriptions[id].trim() || catalogue.codes[id],
  };
}

/** Holidays and events on the period, or on the days just before and after it. */
function marksAround(series: SalesSeries, { from, to }: Finding): WeighedReason[] {
  const [first, last] = [dayNumber(series.dates[from]), nextStart(series, to) - 1];
  const reasons: WeighedReason[] = [];
  const named = new Set<string>();
  for (const { id, name, from: begin, to: end } of series.marked) {
    const [start, stop] = [dayNumber(begin), dayNumber(end)];
    const on = start <= last && stop >= first;
    const before = !on && start > last && start - last <= nearDays && series.frequency === 'day';
    const after = !on && stop < first && first - stop <= nearDays && series.frequency === 'day';
    if (!(on || before || after) || named.has(id)) continue;
    named.add(id);
    const code = on ? 'reason-mark-on' : before ? 'reason-mark-before' : 'reason-mark-after';
    const weight = on ? 0.95 : 0.2;
    reasons.push({ weight, reason: { code, params: { name, markDay: before ? begin : end } } });
  }
  return reasons.sort((a, b) => b.weight - a.weight).slice(0, 2);
}

/** Where an import begins or ends, part of the day may stand in another file. */
function importEnds(session: Session): { first: Set<number>; last: Set<number> } {
  return session.remembered('import ends', () => {
    const { lines, imports } = session.sales;
    const ends = { first: new Set<number>(), last: new Set<number>() };
    for (const { from, to } of imports) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let i = from; i < to; i++) {
        if (lines.seconds[i] < low) low = lines.seconds[i];
        if (lines.seconds[i] > high) high = lines.seconds[i];
      }
      if (low <= high) {
        ends.first.add(dayOf(low));
        ends.last.add(dayOf(high));
      }
    }
    return ends;
  });
}

function importBoundary(session: Session, series: SalesSeries, { anomaly, from }: Finding): WeighedReason[] {
  if (anomaly.kind !== 'drop' || series.frequency !== 'day' || session.sales.lines.length === 0) return [];
  const day = dayNumber(series.dates[from]);
  const { first, last } = importEnds(session);
  if (last.has(day)) return [{ weight: 0.45, reason: { code: 'reason-import-end', params: {} } }];
  return first.has(day) ? [{ weight: 0.45, reason: { code: 'reason-import-start', params: {} } }] : [];
}

function missingReasons(series: SalesSeries, finding: Finding, runs: Finding[]): WeighedReason[] {
  const { from, to } = finding;
  const start = (run: Finding) => dayNumber(series.dates[run.from]);
  const again = runs.some((other) => {
    const years = Math.round((start(other) - start(finding)) / daysPerYear);
    return years !== 0 && Math.abs(start(other) - start(finding) - years * daysPerYear) <= sameTimeDays;
  });
  const days = { fromDay: series.dates[from], toDay: dayText(nextStart(series, to) - 1) };
  const n = series.status.slice(from, to + 1).filter((one) => one === 'missing').length;
  return [
    { weight: 1, reason: { code: `reason-missing-${series.frequency}`, params: { n, ...days } } },
    ...(again ? [{ weight: 0.99, reason: { code: 'reason-missing-yearly', params: {} } }] : []),
  ];
}

/** Whether a day without a sale was one, and what the lines say of the others. */
function lineReasons(
  session: Session,
  series: SalesSeries,
  finding: Finding,
  at: SummaryAt,
  unusual: ReadonlySet<number>,
): WeighedReason[] {
  const { anomaly, from } = finding;
  const names = nameIn(session);
  if (anomaly.kind === 'level-up' || anomaly.kind === 'level-down') {
    const { before, after } = bothSides(series, from);
    return levelReasons(before.map(at), after.map(at), finding);
  }
  const like = placesLike(series, from, unusual).map(at);
  return reasonsOf(at(from), like, anomaly.actual - anomaly.expected, names, series.frequency === 'day');
}

/** The periods from a lasting change on as one, beside those before it: only number and size of orders can last. */
function levelReasons(before: PeriodSummary[], after: PeriodSummary[], { anomaly }: Finding): WeighedReason[] {
  const middle = after.filter(({ orders }) => orders > 0).sort((a, b) => a.revenue - b.revenue)[after.length >> 1];
  if (!middle) return [];
  const quiet = { ...middle, invoices: new Map(), customers: new Map(), products: new Map(), cancelled: new Map() };
  const change = anomaly.kind === 'level-up' ? 1 : -1;
  const unnamed = { customer: String, invoice: String, product: String };
  return reasonsOf(quiet, before, change, unnamed, false).filter(({ reason }) =>
    reason.code.startsWith('reason-order'),
  );
}

function allReasons(
  session: Session,
  series: SalesSeries,
  findings: Findings,
  finding: Finding,
  at: SummaryAt | null,
  unusual: ReadonlySet<number>,
): Reason[] {
  const { anomaly, changeShare } = finding;
  const weighed: WeighedReason[] = [];
  if (anomaly.kind === 'missing') {
    weighed.push(
      ...missingReasons(
        series,
        finding,
        findings.rows.filter((row) => row.anomaly.kind === 'missing'),
      ),
    );
  } else {
    if (changeShare !== null) {
      const code = changeShare > 0 ? 'reason-level-up' : 'reason-level-down';
      weighed.push({ weight: 9, reason: { code, params: { changeShare: Math.abs(changeShare) } } });
    }
    if (series.status[finding.from] === 'zero')
      weighed.push({ weight: 1, reason: { code: 'reason-no-sale', params: {} } });
    else if (at) weighed.push(...lineReasons(session, series, finding, at, unusual));
    weighed.push(...importBoundary(session, series, finding));
  }
  weighed.push(...marksAround(series, finding));
  if (weighed.length === 0) return [{ code: at ? 'reason-unknown' : 'reason-no-lines', params: {} }];
  return weighed.sort((a, b) => b.weight - a.weight).map(({ reason }) => reason);
}

/**
 * Days, weeks or months that do not fit, with likely reasons, strongest first.
 * @throws AppError 'no-data' as series.get
 */
export const anomalies: DataTask<'anomalies.list'> = (session, { filter, frequency }) => {
  const series = seriesOf(session, { filter, frequency });
  const findings = findAnomalies(series);
  const hasLines = session.sales.lines.length > 0;
  const at = hasLines && findings.rows.length > 0 ? summaries(session, series, filter) : null;
  const unusual = new Set(
    findings.rows.filter(({ anomaly }) => !anomaly.kind.startsWith('level')).map(({ from }) => from),
  );
  const rows = findings.rows.map(
    (finding): Anomaly => ({
      ...finding.anomaly,
      reasons: allReasons(session, series, findings, finding, at, unusual),
    }),
  );
  return { ...findings, rows };
};
