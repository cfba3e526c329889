import type { EventEffect, EventEffects, MarkedDays, Note, SalesSeries } from '../../../src-shared/domain.ts';
import { createRng } from '../numeric/rng.ts';
import { median, robustRegression } from '../numeric/robust-regression.ts';
import { ascending, quantile } from '../numeric/statistics.ts';
import { dayNumber, dayText } from '../sales/sale-lines.ts';
import { salesDrivers } from './sales-drivers.ts';
import { designOf, hasTwoYears, type SalesInput, salesInputs } from './sales-inputs.ts';
import { expectedSum, type OrdinaryDays, stretchRatios } from './stretch-errors.ts';
import { type UsablePeriods, usablePeriods } from './usable-periods.ts';

/** 1/10 000 currency unit. */
const moneyPerUnit = 10_000;
/** An effect is stated where nothing special would sell as much in fewer than 1 in 20 cases; the band shown is 4 in 5. */
const shownBand = [0.1, 0.9];
const statedBand = [0.025, 0.975];
/** Ordinary stretches beside each other that the error of a sum must have been seen on. */
const leastStretches = 8;
/** Of the normal distribution, at 0.9. */
const shownQuantile = 1.2816;
const draws = 4000;
/** More would bend into the gap that an event leaves every year; the level of the days around follows the rest. */
const seasonWaves = 3;

type Reason = EventEffect['reason'];

/** One time an event happened: the places of its days in the series of usable days. */
interface Occurrence {
  from: number;
  to: number;
  /** Days of this event alone. */
  at: number[];
  /** Days it shares with other events. */
  shared: number;
}

interface EventDays {
  marks: MarkedDays[];
  occurrences: Occurrence[];
  /** The name of an event on the same days. */
  beside: string | null;
  /** Open days of the event, with sales known. */
  days: number;
  sold: number;
}

const isInside = (mark: MarkedDays, day: number): boolean => dayNumber(mark.from) <= day && day <= dayNumber(mark.to);

/** All spans of one id, with the usable days inside them. */
function eventDays(marks: MarkedDays[], periods: UsablePeriods): EventDays {
  const others = periods.marked.filter((one) => one.id !== marks[0].id && one.kind !== 'closed');
  const found: EventDays = { marks, occurrences: [], beside: null, days: 0, sold: 0 };
  for (const mark of marks) {
    const inside = Array.from(periods.days.keys()).filter(
      (t) => periods.known[t] === 1 && isInside(mark, periods.days[t]),
    );
    if (inside.length === 0) continue;
    found.days += inside.length;
    found.sold += inside.filter((t) => periods.values[t] !== 0).length;
    const besides = inside.map((t) => others.find((other) => isInside(other, periods.days[t])));
    found.beside ??= besides.find((one) => one !== undefined)?.name ?? null;
    const at = inside.filter((_, k) => besides[k] === undefined);
    found.occurrences.push({
      from: inside[0],
      to: inside[inside.length - 1],
      at,
      shared: inside.length - at.length,
    });
  }
  return found;
}

/** Season and trend fitted on the days outside all events, and which days those are. */
function ordinaryDays(periods: UsablePeriods): { days: OrdinaryDays; slow: number } {
  const { y, values, scale, days, marked, learned } = periods;
  const events = marked.filter(({ kind }) => kind !== 'closed');
  const ordinary = learned.map((one, t) => (one === 1 && !events.some((mark) => isInside(mark, days[t])) ? 1 : 0));
  const inputs = salesInputs(periods, seasonWaves).filter(({ id }) => id !== 'holidays' && id !== 'events');
  const { X, penalty } = designOf(inputs, y.length);
  const { residuals } = robustRegression(X, y, ordinary, penalty);
  return { days: { levelled: residuals, y, values, ordinary, scale }, slow: slowColumns(inputs) };
}

interface Judged {
  actual: number;
  /** Middle, and the quantiles of `shownBand` and `statedBand`, of what ordinary days would have sold. */
  expected: number;
  shown: [number, number];
  stated: [number, number];
}

/** Ratios of ordinary stretches of a length, made wider for what the fit took from them; null: too few to tell. */
type Errors = (length: number) => Float64Array | null;

/** Slow columns of the season and a constant: each takes one stretch's worth of what the stretches could tell. */
const slowColumns = (inputs: SalesInput[]): number =>
  inputs.reduce((sum, { id, columns }) => sum + (id === 'weekday' ? 0 : columns.length), 1);

/**
 * As `stretchRatios`, spread further around their middle: the fit has seen these days, the level of a new stretch is
 * not known exactly, and a band of few separate stretches is too narrow (Student's quantile for the normal one).
 */
function widened(ratios: Float64Array, length: number, slow: number): Float64Array | null {
  const separate = ratios.length / length;
  const freedom = separate - slow;
  if (freedom < leastStretches) return null;
  const student = 1 + (shownQuantile ** 2 + 1) / (4 * freedom);
  const factor = student * Math.sqrt((separate + 1) / freedom);
  const middle = median(ratios);
  return ratios.map((ratio) => middle + factor * (ratio - middle));
}

/** The sum of several stretches against what they would ordinarily sell; a reason where it cannot be told. */
function judge(days: OrdinaryDays, occurrences: Occurrence[], errors: Errors): Judged | Reason {
  const expected = occurrences.map(({ from, to, at }) => expectedSum(days, from, to, at));
  if (expected.some((one) => one === null)) return { code: 'effect-no-days-around', params: {} };
  const ratios = occurrences.map(({ at }) => errors(at.length));
  const longest = Math.max(...occurrences.map(({ at }) => at.length));
  if (!ratios.every((list) => list !== null)) return { code: 'effect-data-short', params: { n: longest } };
  const rng = createRng(1);
  const sums = Float64Array.from({ length: draws }, () =>
    ratios.reduce((sum, list, i) => sum + (expected[i] as number) * list[rng.below(list.length)], 0),
  );
  const sorted = ascending(sums);
  const actual = occurrences.reduce((sum, { at }) => sum + at.reduce((all, t) => all + days.values[t], 0), 0);
  const band = ([low, high]: number[]): [number, number] => [quantile(sorted, low), quantile(sorted, high)];
  return { actual, expected: quantile(sorted, 0.5), shown: band(shownBand), stated: band(statedBand) };
}

/** As many usable days after each time, where all of them are known, ordinary and inside the data; else null. */
function daysAfter(days: OrdinaryDays, { occurrences }: EventDays): Occurrence[] | null {
  const after = occurrences.map(({ from, to, at }): Occurrence => {
    const places = at.map((_, k) => to + 1 + k);
    // The level is told by the days around both, not by those of the event.
    return { from, to: to + at.length, at: places, shared: 0 };
  });
  return after.every(({ at }) => at.every((t) => days.ordinary[t] === 1)) ? after : null;
}

const money = (amount: number): number => Math.round(amount * moneyPerUnit);

/** Sales that a gainful event took from the days after it; null where that cannot be told from chance. */
function pulledForward(days: OrdinaryDays, event: EventDays, errors: Errors): number | null {
  const after = daysAfter(days, event);
  if (after === null) return null;
  const judged = judge(days, after, errors);
  if ('code' in judged || judged.actual >= judged.stated[0]) return null;
  return money(judged.expected) - money(judged.actual);
}

/** Why an event cannot be judged before its sales are looked at; null where it can. */
function obstacle({ marks, occurrences, beside, days, sold }: EventDays, series: SalesSeries): Reason | null {
  if (occurrences.length === 0) {
    const inData = marks.some(({ to }) => to >= series.dates[0]);
    return { code: marks[0].kind === 'closed' || inData ? 'effect-closed' : 'effect-no-data', params: {} };
  }
  if (sold === 0) return { code: 'effect-closed', params: {} };
  const own = occurrences.reduce((sum, { at }) => sum + at.length, 0);
  if (own < days / 2) return { code: 'effect-coincides', params: { name: beside } };
  return null;
}

const cannotTell = (reason: Reason) => ({
  actual: 0,
  expected: 0,
  effect: 0,
  low80: 0,
  high80: 0,
  lift: null,
  pulledForward: null,
  verdict: 'cannot-tell' as const,
  reason,
});

function toldOf(judged: Judged, event: EventDays, days: OrdinaryDays, errors: Errors) {
  const { actual, expected, shown, stated } = judged;
  const verdict = actual > stated[1] ? 'more' : actual < stated[0] ? 'less' : 'cannot-tell';
  const [all, usual] = [money(actual), money(expected)];
  const spread = expected > 0 ? (shown[1] - shown[0]) / 2 / expected : null;
  const noisy = { code: 'effect-noisy', params: { spreadShare: spread } };
  const certain = { code: `effect-${verdict}`, params: {} };
  return {
    actual: all,
    expected: usual,
    effect: all - usual,
    low80: all - money(shown[1]),
    high80: all - money(shown[0]),
    lift: expected > 0 ? (all - usual) / usual : null,
    pulledForward: verdict === 'more' ? pulledForward(days, event, errors) : null,
    verdict: verdict as EventEffect['verdict'],
    reason: verdict === 'cannot-tell' ? noisy : certain,
  };
}

/** Spans that began inside the data, by id, in order of their first day. */
function eventsInData({ marked, dates, lastDay }: SalesSeries): MarkedDays[][] {
  const byId = new Map<string, MarkedDays[]>();
  for (const mark of marked) {
    if (mark.to < dates[0] || mark.from > (lastDay ?? '')) continue;
    byId.set(mark.id, [...(byId.get(mark.id) ?? []), mark]);
  }
  const first = ([mark]: MarkedDays[]) => mark.from;
  return [...byId.values()]
    .map((marks) => marks.sort((a, b) => (a.from < b.from ? -1 : 1)))
    .sort((a, b) => (first(a) < first(b) ? -1 : 1));
}

function effectOf(
  marks: MarkedDays[],
  series: SalesSeries,
  periods: UsablePeriods,
  days: OrdinaryDays,
  errors: Errors,
) {
  const event = eventDays(marks, periods);
  const own = event.occurrences.flatMap(({ at }) => at).sort((a, b) => a - b);
  const told = (): Omit<EventEffect, 'id' | 'name' | 'kind' | 'times' | 'days' | 'from' | 'to'> => {
    const reason = obstacle(event, series);
    if (reason) return cannotTell(reason);
    const judged = judge(
      days,
      event.occurrences.filter(({ at }) => at.length > 0),
      errors,
    );
    return 'code' in judged ? cannotTell(judged) : toldOf(judged, event, days, errors);
  };
  const { id, name, kind } = marks[0];
  return {
    id,
    name,
    kind,
    times: marks.length,
    days: own.length,
    from: own.length > 0 ? dayText(periods.days[own[0]]) : marks[0].from,
    to: own.length > 0 ? dayText(periods.days[own[own.length - 1]]) : marks[marks.length - 1].to,
    ...told(),
  };
}

/**
 * What each marked promotion, special day and holiday in the data was worth: actual sales of its own open days against
 * what they would have sold without it, by a model that never saw a marked day. The band is that of equally long
 * ordinary stretches predicted in the same way, so it knows that good days follow good days. An effect is stated only
 * where fewer than 1 in 20 ordinary stretches are as far off; days shared with another event count for neither.
 * @param series a daily series with its marks, values in 1/10 000 currency unit
 * @returns effects by date, drivers ranked; notes say what could not be told
 * Reference: MacKinlay 1997, Journal of Economic Literature 35(1) (event studies); Efron & Tibshirani 1993, An
 * Introduction to the Bootstrap, §8.6 (blocks for dependent data).
 */
export function eventEffects(series: SalesSeries): EventEffects {
  const periods = usablePeriods(series);
  if ('code' in periods) return { effects: [], drivers: [], notes: [periods] };
  const notes: Note[] = hasTwoYears(periods) ? [] : [{ code: 'drivers-no-year', params: {}, level: 'info' }];
  const { days, slow } = ordinaryDays(periods);
  const known = new Map<number, Float64Array | null>();
  const errors: Errors = (length) => {
    if (!known.has(length)) known.set(length, widened(stretchRatios(days, length), length, slow));
    return known.get(length) as Float64Array | null;
  };
  const events = eventsInData(series);
  const effects = events.map((marks) => effectOf(marks, series, periods, days, errors));
  return { effects, drivers: salesDrivers(periods), notes };
}
