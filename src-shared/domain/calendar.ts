import type { Day, Money, Note } from './base.ts';
import type { Frequency, MarkedDays } from './forecasts.ts';

export const eventKinds = ['promotion', 'special', 'closed'] as const;
export type EventKind = (typeof eventKinds)[number];

/** Something the user marked: a promotion, a special day, a closure. */
export interface CalendarEvent {
  id: number;
  name: string;
  kind: EventKind;
  from: Day;
  to: Day;
  /** Happens again on the same dates every year, from the first time on. */
  everyYear: boolean;
  /** File it came from; '' when typed. */
  source: string;
}

/** An event as a file or a person states it. */
export type EventRow = Omit<CalendarEvent, 'id' | 'source'>;
export const longestEventName = 200;

/** What the business did on one holiday in the years of the data. */
export interface HolidayHabit {
  id: string;
  name: string;
  /** Last date in the data and next one after it; null without. */
  last: Day | null;
  next: Day | null;
  sold: number;
  /** Times without a sale on a weekday that is otherwise open. */
  empty: number;
  /** closed: the forecast is 0; sells: its effect is learned; unknown: the data do not tell. */
  habit: 'closed' | 'sells' | 'unknown';
}

export interface BusinessCalendar {
  firstDay: Day | null;
  lastDay: Day | null;
  /** Monday first: what the data say, and what holds (the user's choice where there is one). */
  foundOpenWeekdays: boolean[];
  openWeekdays: boolean[];
  ownOpenWeekdays: boolean;
  /** ISO 3166 code of a country or region; null: no holidays. */
  country: string | null;
  countries: { code: string; name: string }[];
  holidays: HolidayHabit[];
  events: CalendarEvent[];
  /** Everything that marks the days of the data and the year after them. */
  marked: MarkedDays[];
  /** Days of the data by status. */
  counts: { sold: number; zero: number; closed: number; missing: number };
}

/** What promotions and special days were worth. */
export interface EventEffect {
  /** Same id as the marks'. */
  id: string;
  name: string;
  kind: EventKind | 'holiday';
  /** Times it happened in the data. */
  times: number;
  days: number;
  from: Day;
  to: Day;
  actual: Money;
  /** What the same days would have sold without it. */
  expected: Money;
  effect: Money;
  low80: Money;
  high80: Money;
  /** effect / expected; null where nothing was expected. */
  lift: number | null;
  /** Sales missing before and after (bought earlier or later); null where it cannot be told. */
  pulledForward: Money | null;
  verdict: 'more' | 'less' | 'cannot-tell';
  /** Why, as a note. */
  reason: { code: string; params: Record<string, string | number | null> };
}

export interface EventEffects {
  effects: EventEffect[];
  /** Inputs ranked by how much they move sales: weekday, time of year, trend, holidays, events, what is left. */
  drivers: { id: string; share: number; money: Money }[];
  notes: Note[];
}

/** A period that does not fit its neighbours. */
export interface Anomaly {
  date: Day;
  actual: Money;
  expected: Money;
  low: Money;
  high: Money;
  kind: 'spike' | 'drop' | 'level-up' | 'level-down' | 'missing';
  /** Distance from what was expected, in robust standard deviations. */
  score: number;
  /** Likely reasons, strongest first; never empty: 'reason-unknown' when nothing explains it. */
  reasons: { code: string; params: Record<string, string | number | null> }[];
}

export interface Anomalies {
  frequency: Frequency;
  dates: Day[];
  actual: Money[];
  expected: (Money | null)[];
  low: (Money | null)[];
  high: (Money | null)[];
  rows: Anomaly[];
  notes: Note[];
}
