import type { DateOrder } from '../../../src-shared/domain.ts';
import { epochSeconds, secondsPerDay } from '../../engine/sales/sale-lines.ts';
import type { Cell } from './table-rows.ts';

/** How a column writes its dates beyond plain calendar text. */
export type DateStyle = 'text' | 'serial' | 'unix' | 'unix-ms';

/** What the dates of a column say about their order. */
export interface DateEvidence {
  /** Dates whose first number is above 12: day first. */
  dayFirst: number;
  /** Dates whose second number is above 12: month first. */
  monthFirst: number;
  /** Dates that fit both. */
  either: number;
  /** Dates that carry a time of day. */
  withTime: number;
  /** Months without a day. */
  monthOnly: number;
}

export const noDateEvidence = (): DateEvidence => ({
  dayFirst: 0,
  monthFirst: 0,
  either: 0,
  withTime: 0,
  monthOnly: 0,
});

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\./g, '').toLowerCase();

/** Short forms that exports use and the catalogue of languages lacks. */
const furtherNames = {
  sept: 9,
  mrz: 3,
  maerz: 3,
  janner: 1,
  jaenner: 1,
  feber: 2,
  fevr: 2,
  aout: 8,
  juil: 7,
  set: 9,
  ene: 1,
  dic: 12,
  abr: 4,
  ago: 8,
  mei: 5,
  mrt: 3,
  okt: 10,
  dez: 12,
};

/** Month names and short names of the languages exports come in, folded. */
function monthNames(): Map<string, number> {
  const names = new Map<string, number>();
  const languages = [
    'en',
    'de',
    'fr',
    'es',
    'it',
    'pt',
    'nl',
    'sv',
    'da',
    'nb',
    'fi',
    'pl',
    'cs',
    'hu',
    'ro',
    'tr',
    'id',
    'ru',
    'uk',
    'el',
  ];
  const add = (name: string, month: number): void => {
    const key = fold(name).trim();
    if (key.length >= 3 && /^\p{L}+$/u.test(key) && !names.has(key)) names.set(key, month);
  };
  for (const language of languages) {
    for (const style of ['long', 'short'] as const) {
      const alone = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' });
      const inDate = new Intl.DateTimeFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' });
      for (let month = 0; month < 12; month++) {
        const date = new Date(Date.UTC(2024, month, 1));
        add(alone.format(date), month + 1);
        add(inDate.formatToParts(date).find((part) => part.type === 'month')?.value ?? '', month + 1);
      }
    }
  }
  for (const [name, month] of Object.entries(furtherNames)) add(name, month);
  return names;
}
let months: Map<string, number> | null = null;
const monthOf = (word: string): number => {
  months ??= monthNames();
  const key = fold(word);
  return months.get(key) ?? (key.length > 3 ? (months.get(key.slice(0, 3)) ?? 0) : 0);
};

/** Days since 1970-01-01 of a calendar day; NaN where there is no such day (nothing rolls over). */
export function calendarDay(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
  const days =
    month === 2
      ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
        ? 29
        : 28
      : [4, 6, 9, 11].includes(month)
        ? 30
        : 31;
  return day > days ? Number.NaN : Math.floor(Date.UTC(year, month - 1, day) / 86_400_000);
}

const secondsOf = (year: number, month: number, day: number, ofDay: number): number => {
  if (year < 1932 || year > 2067) return Number.NaN;
  return calendarDay(year, month, day) * secondsPerDay - epochSeconds + ofDay;
};

const fullYear = (digits: string): number => {
  const year = Number(digits);
  return digits.length > 2 ? year : year < 68 ? 2000 + year : 1900 + year;
};

/** Longer texts are no times and no dates; patterns that look back and forth in them would take minutes. */
const longestTime = 100;
const longestDate = 128;

const timePattern =
  /^(?:um|at|à|a las|alle|às|om)?\s*(\d{1,2})(?:[:.h](\d{2}))?(?:[:.m](\d{2})(?:[.,:]\d+)?)?h?\s*(?:uhr)?\s*(?:([ap])\.?\s?m\.?)?\s*(?:\(?(?:z|utc|gmt|[a-z]{2,5})?\)?\s?(?:[+-]\d{2}:?\d{2}|[+-]\d{1,2})?)(?:\s?\([a-z ]+\))?$/i;

/** Seconds of the day of a time as text (13:05, 1:05 PM, 13h05, 130501Z …); the zone is left aside: wall-clock time. NaN if it is none. */
export function parseTime(text: string): number {
  const trimmed = text.trim().replace(/[\u202f\u00a0]/g, ' ');
  const match = trimmed.length > longestTime ? null : timePattern.exec(trimmed);
  if (!match) return Number.NaN;
  let hour = Number(match[1]);
  if (match[2] === undefined && match[4] === undefined) return Number.NaN;
  const half = match[4]?.toLowerCase();
  if (half !== undefined) {
    if (hour < 1 || hour > 23) return Number.NaN;
    if (hour <= 12) hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  const minute = Number(match[2] ?? 0);
  const second = Number(match[3] ?? 0);
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return Number.NaN;
  return hour * 3600 + minute * 60 + Math.min(second, 59);
}

const numeric = /^(\d{1,4})\s?([-/.\s])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?(?:[T,\s]+(?:-\s+)?(.+))?$/;
const dayMonthYear =
  /^(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s\-/.,]*(?:de |of )?(\p{L}{3,})[.\s\-/,]*(?:del? )?['’]?(\d{4}|\d{2})(?![\d:])(?:[T,\s]+(.+))?$/iu;
const monthDayYear =
  /^(\p{L}{3,})\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|[\s\-/]+)(\d{4}|\d{2})(?![\d:])(?:[T,\s]+(.+))?$/iu;
const yearMonthDay = /^(\d{4})[\s\-/.]*(\p{L}{3,})\.?[\s\-/]*(\d{1,2})(?:[T,\s]+(.+))?$/u;
const nameYear = /^(\p{L}{3,})\.?[\s\-/,]*(?:de )?['’]?(\d{4}|\d{2})$/iu;
const yearMonth = /^(?:(\d{4})[-/. ](\d{1,2})|(\d{1,2})[-/.](\d{4})|(\d{4})M(\d{2}))$/;
const compact = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?Z?)?$/;

/** Reads the dates of one column under one decision about their order. */
export class DateReader {
  readonly order: DateOrder;
  readonly style: DateStyle;
  /** A month without a day is its first day (only for series). */
  readonly months: boolean;
  readonly evidence = noDateEvidence();
  private lastText = '';
  private lastSeconds = Number.NaN;

  constructor(order: DateOrder, style: DateStyle = 'text', monthsAllowed = false) {
    this.order = order;
    this.style = style;
    this.months = monthsAllowed;
  }

  /** Wall-clock seconds since 2000-01-01 of a date with or without time; NaN where the text is no date that exists. */
  parse(cell: Cell): number {
    if (typeof cell === 'number') return this.fromNumber(cell);
    if (cell === this.lastText) return this.lastSeconds;
    const seconds =
      this.style === 'text' ? this.fromText(cell) : this.fromNumber(Number(cell.trim().replace(',', '.')));
    if (cell.length < 64) {
      this.lastText = cell;
      this.lastSeconds = seconds;
    }
    return seconds;
  }

  private fromNumber(value: number): number {
    if (this.style === 'unix' || this.style === 'unix-ms') {
      this.evidence.withTime++;
      return inRange(Math.floor(this.style === 'unix' ? value : value / 1000) - epochSeconds);
    }
    if (value > 19_000_101 && Number.isInteger(value)) return this.fromText(String(value));
    if (!(value >= 11_689 && value < 61_400)) return Number.NaN;
    // Excel's day 25 569 is 1970-01-01.
    const seconds = Math.round((value - 25_569) * secondsPerDay);
    if (!Number.isInteger(value)) this.evidence.withTime++;
    return inRange(seconds - epochSeconds);
  }

  private fromText(cell: string): number {
    const iso = isoSeconds(cell);
    if (iso !== -1) {
      if (cell.length > 10) this.evidence.withTime++;
      return iso;
    }
    const text = cell.trim().replace(/[\u00a0\u202f\u2009]/g, ' ');
    if (text.length > longestDate) return Number.NaN;
    const weekday = /^\p{L}{2,}\.?,?\s+(?=\S)/u.exec(text)?.[0] ?? '';
    return (
      this.fromWords(text) ?? (weekday === '' ? undefined : this.fromWords(text.slice(weekday.length))) ?? Number.NaN
    );
  }

  private fromWords(text: string): number | undefined {
    return this.fromNumbers(text) ?? this.fromCompact(text) ?? this.fromNames(text) ?? this.fromMonth(text);
  }

  private withTime(year: number, month: number, day: number, time: string | undefined): number {
    if (time === undefined || time === '') return secondsOf(year, month, day, 0);
    const ofDay = parseTime(time);
    if (!Number.isNaN(ofDay)) this.evidence.withTime++;
    return secondsOf(year, month, day, ofDay);
  }

  private fromNumbers(text: string): number | undefined {
    const match = numeric.exec(text);
    if (!match) return undefined;
    const [, first, , second, third, time] = match;
    if (first.length > 2) {
      return first.length === 4 && third.length <= 2
        ? this.withTime(Number(first), Number(second), Number(third), time)
        : Number.NaN;
    }
    if (third.length === 1 || third.length === 3) return Number.NaN;
    const a = Number(first);
    const b = Number(second);
    if (third.length === 2 && (this.order === 'ymd' || a > 31))
      return this.withTime(fullYear(first), b, Number(third), time);
    if (a > 12 && b <= 12) this.evidence.dayFirst++;
    else if (b > 12 && a <= 12) this.evidence.monthFirst++;
    else if (a !== b) this.evidence.either++;
    return this.order === 'mdy'
      ? this.withTime(fullYear(third), a, b, time)
      : this.withTime(fullYear(third), b, a, time);
  }

  private fromCompact(text: string): number | undefined {
    const match = compact.exec(text);
    if (!match) return undefined;
    const time = match[4] === undefined ? undefined : `${match[4]}:${match[5]}:${match[6] ?? '00'}`;
    return this.withTime(Number(match[1]), Number(match[2]), Number(match[3]), time);
  }

  private fromNames(text: string): number | undefined {
    let match = dayMonthYear.exec(text);
    if (match) return this.named(match[3], match[2], match[1], match[4]);
    match = monthDayYear.exec(text);
    if (match) return this.named(match[3], match[1], match[2], match[4]);
    match = yearMonthDay.exec(text);
    if (match) return this.named(match[1], match[2], match[3], match[4]);
    return undefined;
  }

  private named(year: string, month: string, day: string, time: string | undefined): number {
    return this.withTime(fullYear(year), monthOf(month), Number(day), time);
  }

  private fromMonth(text: string): number | undefined {
    const name = nameYear.exec(text);
    const digits = name ? null : yearMonth.exec(text);
    if (!name && !digits) return undefined;
    const month = name ? monthOf(name[1]) : Number(digits?.[2] ?? digits?.[3] ?? digits?.[6]);
    const year = name ? fullYear(name[2]) : Number(digits?.[1] ?? digits?.[4] ?? digits?.[5]);
    const seconds = secondsOf(year, month, 1, 0);
    if (Number.isNaN(seconds)) return seconds;
    this.evidence.monthOnly++;
    return this.months ? seconds : Number.NaN;
  }
}

const inRange = (seconds: number): number =>
  seconds >= -2_147_483_648 && seconds <= 2_147_483_647 ? seconds : Number.NaN;

const two = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
};

/** The commonest form, 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM:SS', without a pattern; -1 where the text is another. */
function isoSeconds(text: string): number {
  if ((text.length !== 10 && text.length !== 19) || text[4] !== '-' || text[7] !== '-') return -1;
  const century = two(text, 0);
  const year = two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  if (century < 0 || year < 0 || month < 0 || day < 0) return -1;
  let ofDay = 0;
  if (text.length === 19) {
    const hour = two(text, 11);
    const minute = two(text, 14);
    const second = two(text, 17);
    if ((text[10] !== ' ' && text[10] !== 'T') || text[13] !== ':' || text[16] !== ':') return -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
    ofDay = hour * 3600 + minute * 60 + second;
  }
  return secondsOf(century * 100 + year, month, day, ofDay);
}

/** How a sample column writes its dates, by its texts and header. */
export function dateStyleOf(cells: readonly Cell[], header: string): DateStyle {
  let serial = 0;
  let unix = 0;
  let millis = 0;
  let filled = 0;
  for (const cell of cells) {
    const text = String(cell).trim();
    if (text === '') continue;
    filled++;
    if (/^[2-6]\d{4}([.,]\d+)?$/.test(text)) serial++;
    else if (/^(?:[6-9]\d{8}|1\d{9}|20\d{8})(\.\d+)?$/.test(text)) unix++;
    else if (/^(?:[6-9]\d{11}|1\d{12}|20\d{11})$/.test(text)) millis++;
  }
  if (filled === 0) return 'text';
  if (serial > filled * 0.8) return 'serial';
  const clear = /date|time|stamp|unix|epoch|created|datum|zeit|fecha|data|heure/i.test(header);
  if (clear && unix > filled * 0.95) return 'unix';
  if (clear && millis > filled * 0.95) return 'unix-ms';
  return 'text';
}
