import type { Frequency, MarkedDays, Note, SalesSeries } from '../../../src-shared/domain.ts';
import { dayNumber } from '../sales/sale-lines.ts';
import { weekdayOf } from '../series/calendar.ts';
import { type AmountScale, amountScale } from './amount-scale.ts';

/** 1/10 000 currency unit. */
const moneyPerUnit = 10_000;

/** The periods that can be judged, without closed days and periods that are not over. */
export interface UsablePeriods {
  frequency: Frequency;
  /** [n] place of each period in the series. */
  index: Int32Array;
  /** [n] first day, days since 1970-01-01. */
  days: Int32Array;
  /** [n] currency units. */
  values: Float64Array;
  /** [n] the values on the scale on which sales are compared. */
  y: Float64Array;
  scale: AmountScale;
  /** [n] 1: sales are known (0: the data are missing). */
  known: Uint8Array;
  /** [n] 1: an ordinary model may learn from it. */
  learned: Uint8Array;
  marked: MarkedDays[];
}

const leastPeriods: Record<Frequency, number> = { day: 28, week: 16, month: 18 };
/** A business that sells on at least this share of its open periods did not choose to sell nothing on the others. */
const denseShare = 0.9;
/** Below this share of positive amounts among the sold periods, logarithms would leave too much out. */
const positiveShare = 0.95;

/** Days on weekdays that are otherwise closed are exceptions, not part of the season. */
const isOpen = ({ frequency, dates, openWeekdays }: SalesSeries, i: number): boolean =>
  frequency !== 'day' || openWeekdays[weekdayOf(dayNumber(dates[i]))];

/** Why nothing can be said about these data; null where it can. */
function refusal(series: SalesSeries, learned: number): Note | null {
  const summedBy = (note: string) => series.notes.some(({ code }) => code === note);
  if (summedBy('series-summed-by-month')) return { code: 'insights-summed-by-month', params: {}, level: 'warning' };
  if (summedBy('series-summed-by-week')) return { code: 'insights-summed-by-week', params: {}, level: 'warning' };
  const needed = leastPeriods[series.frequency];
  if (learned >= needed) return null;
  return { code: `insights-too-short-${series.frequency}`, params: { needed, n: learned }, level: 'warning' };
}

/** Picks the periods of a series that can be judged, or says in a note why there are too few of them. */
export function usablePeriods(series: SalesSeries): UsablePeriods | Note {
  const judged = ['sold', 'zero', 'missing'];
  const index = Int32Array.from(
    series.status.flatMap((status, i) => (judged.includes(status) && isOpen(series, i) ? [i] : [])),
  );
  const status = Array.from(index, (i) => series.status[i]);
  const values = Float64Array.from(index, (i) => series.values[i] / moneyPerUnit);
  const sold = values.filter((_, t) => status[t] === 'sold');
  const open = status.filter((one) => one !== 'missing').length;
  const dense = sold.length >= denseShare * open;
  const positive = sold.filter((value) => value > 0).length >= positiveShare * sold.length;
  const scale = amountScale(dense && positive ? 'log' : 'root', sold);
  const isLearned = (t: number) =>
    status[t] === 'sold' ? scale.id === 'root' || values[t] > 0 : status[t] === 'zero' && !dense;
  const learned = Uint8Array.from(index, (_, t) => (isLearned(t) ? 1 : 0));
  const note = refusal(
    series,
    learned.reduce((sum, one) => sum + one, 0),
  );
  if (note) return note;
  return {
    frequency: series.frequency,
    index,
    days: Int32Array.from(index, (i) => dayNumber(series.dates[i])),
    values,
    y: values.map(scale.to),
    scale,
    known: Uint8Array.from(status, (one) => (one === 'missing' ? 0 : 1)),
    learned,
    marked: series.marked,
  };
}
