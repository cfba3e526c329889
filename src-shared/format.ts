/** Numbers, money and dates as people read them: the one place for the screen, the report and the charts. */
import type { Day, Money, Note, Share } from './domain.ts';

/** What stands where there is no number. */
export const noValue = '–';

type Maybe<T> = T | null | undefined;

export interface FormatSettings {
  /** BCP 47. */
  locale: string;
  /** ISO 4217; null: money is written as a plain number with two decimals. */
  currency: string | null;
}

export interface Format {
  readonly locale: string;
  readonly currency: string | null;
  /** Full amount with the currency's own decimals: '£1,234.50', '¥1,235'. */
  money(amount: Maybe<Money>): string;
  /** Every stored decimal that is not zero, at least the currency's own: '£0.055'. */
  moneyExact(amount: Maybe<Money>): string;
  /** For axes and tight places, three significant digits: '£1.25M'. */
  moneyShort(amount: Maybe<Money>): string;
  /** Grouped, at most three decimals. */
  number(value: Maybe<number>): string;
  /** The size of a file: '340 kB', '1.2 MB'. */
  bytes(size: Maybe<number>): string;
  /** Grouped, exactly `digits` decimals. */
  decimal(value: Maybe<number>, digits: number): string;
  /** A share 0..1 as percent, at most one decimal. */
  share(value: Maybe<Share>): string;
  /** A share with its sign, for changes: '+4.2%', '−3%'. */
  change(value: Maybe<Share>): string;
  /** '9 Dec 2011' */
  day(day: Maybe<Day>): string;
  /** An ISO time as the day it was where the reader is. */
  localDay(time: Maybe<string>): string;
  /** An ISO time as the time of day it was where the reader is: '18:02' */
  localTime(time: Maybe<string>): string;
  /** '9 Dec' */
  dayShort(day: Maybe<Day>): string;
  /** 'YYYY-MM' or a day → 'Dec 2011' */
  month(month: Maybe<string>): string;
  /** 'YYYY-MM' or a day → 'December 2011' */
  monthLong(month: Maybe<string>): string;
  /** A whole calendar month reads as that month, anything else as a range of days. */
  period(from: Maybe<Day>, to: Maybe<Day>): string;
  /** Name of a weekday: of a day, or of its number (0 = Monday). */
  weekday(of: Maybe<Day | number>): string;
}

const missing = (value: Maybe<number>): value is null | undefined => value == null || !Number.isFinite(value);
const utc = (day: string): number => Date.parse(`${day.length === 7 ? `${day}-01` : day}T00:00:00Z`);

/**
 * Exact decimal text for files: 173747862680 → '17374786.268'.
 * @param amount whole 1/10 000 currency units; a fraction of one is rounded half up
 */
export function moneyToDecimal(amount: Money): string {
  const whole = Math.round(amount);
  const digits = String(Math.abs(whole)).padStart(5, '0');
  const decimals = digits.slice(-4).replace(/0+$/, '');
  return `${whole < 0 ? '-' : ''}${digits.slice(0, -4)}${decimals ? `.${decimals}` : ''}`;
}

/** Relative change as a share; null where there is nothing to compare with. */
export function changeOf(now: Maybe<number>, before: Maybe<number>): Share | null {
  return missing(now) || missing(before) || before <= 0 ? null : (now - before) / before;
}

/**
 * The formats of one business.
 * @throws RangeError for a locale or currency that is not well formed
 */
export function createFormat({ locale, currency }: FormatSettings): Format {
  return { locale, currency, ...moneyFormats(locale, currency), ...numberFormats(locale), ...dateFormats(locale) };
}

function moneyFormats(locale: string, currency: string | null): Pick<Format, 'money' | 'moneyExact' | 'moneyShort'> {
  // 'negative': an amount that rounds to zero is written without a sign.
  const style: Intl.NumberFormatOptions = {
    signDisplay: 'negative',
    ...(currency ? { style: 'currency', currency } : { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  };
  const full = new Intl.NumberFormat(locale, style);
  const own = full.resolvedOptions().maximumFractionDigits ?? 2;
  const exact = new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: own, maximumFractionDigits: 4 });
  const short = new Intl.NumberFormat(locale, {
    ...(currency ? { style: 'currency', currency } : {}),
    notation: 'compact',
    maximumSignificantDigits: 3,
  });
  // Intl takes decimal text exactly; a binary fraction would round 1.005 down.
  const write = (format: Intl.NumberFormat) => (amount: Maybe<Money>) =>
    missing(amount) ? noValue : format.format(moneyToDecimal(amount) as `${number}`);
  return { money: write(full), moneyExact: write(exact), moneyShort: write(short) };
}

/** Steps of a thousand, as disks are sold: two digits that count below ten of a step, whole numbers above. */
function bytesIn(locale: string): Format['bytes'] {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map((unit) => {
    const style = { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short' } as const;
    return [1, 0].map((digits) => new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: digits }));
  });
  return (size) => {
    if (missing(size)) return noValue;
    const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(size, 1)) / 3)));
    const value = size / 1000 ** step;
    return units[step][value < 10 ? 0 : 1].format(value);
  };
}

function numberFormats(locale: string): Pick<Format, 'number' | 'bytes' | 'decimal' | 'share' | 'change'> {
  const plain = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  const fixed = new Map<number, Intl.NumberFormat>();
  const withDigits = (digits: number): Intl.NumberFormat => {
    let format = fixed.get(digits);
    if (!format) {
      format = new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        // Never "-0.00".
        signDisplay: 'negative',
      });
      fixed.set(digits, format);
    }
    return format;
  };
  return {
    number: (value) => (missing(value) ? noValue : plain.format(value)),
    bytes: bytesIn(locale),
    decimal: (value, digits) => (missing(value) ? noValue : withDigits(digits).format(value)),
    share: (value) => (missing(value) ? noValue : percent.format(value)),
    change: (value) => (missing(value) ? noValue : signed.format(value)),
  };
}

function dateFormats(
  locale: string,
): Pick<Format, 'day' | 'localDay' | 'localTime' | 'dayShort' | 'month' | 'monthLong' | 'period' | 'weekday'> {
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', calendar: 'gregory', ...options });
  const full = make({ day: 'numeric', month: 'short', year: 'numeric' });
  const local = make({ day: 'numeric', month: 'short', year: 'numeric', timeZone: undefined });
  const time = make({ hour: 'numeric', minute: '2-digit', timeZone: undefined });
  const short = make({ day: 'numeric', month: 'short' });
  const month = make({ month: 'short', year: 'numeric' });
  const monthLong = make({ month: 'long', year: 'numeric' });
  const weekday = make({ weekday: 'long' });
  const write = (format: Intl.DateTimeFormat) => (day: Maybe<string>) => (day ? format.format(utc(day)) : noValue);
  return {
    day: write(full),
    localDay: (moment) => (moment ? local.format(Date.parse(moment)) : noValue),
    localTime: (moment) => (moment ? time.format(Date.parse(moment)) : noValue),
    dayShort: write(short),
    month: write(month),
    monthLong: write(monthLong),
    period: (from, to) => {
      if (!from || !to) return noValue;
      return isWholeMonth(from, to) ? monthLong.format(utc(from)) : full.formatRange(utc(from), utc(to));
    },
    // 2024-01-01 was a Monday.
    weekday: (of) =>
      of == null ? noValue : weekday.format(typeof of === 'number' ? Date.UTC(2024, 0, 1 + of) : utc(of)),
  };
}

function isWholeMonth(from: Day, to: Day): boolean {
  const [year, month] = from.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return from.endsWith('-01') && to === lastDay;
}

/** A note's parameters as text, each by the ending of its name: `…Money`, `…Share`, `…Day`; other numbers grouped. */
export function noteParams(params: Note['params'], format: Format): Record<string, string> {
  const write = (name: string, value: string | number | null): string => {
    if (value === null) return noValue;
    if (typeof value === 'string') return name.endsWith('Day') ? format.day(value) : value;
    if (name.endsWith('Money')) return format.money(value);
    return name.endsWith('Share') ? format.share(value) : format.number(value);
  };
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, write(name, value)]));
}
