/** Public holidays of a country or region, worked out offline. The package loads when a country is first asked for. */
import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import type { HolidaysTypes } from 'date-holidays';
import type { MarkedDays } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { dayNumber, dayText } from '../engine/sales/sale-lines.ts';
import { holidayCorrections } from './holiday-corrections.ts';

/** The class, once it is loaded: a third of a second and 33 MB that a business without holidays never pays. */
let loaded: typeof Holidays | null = null;
const load = (): typeof Holidays => {
  loaded ??= createRequire(import.meta.url)('date-holidays') as typeof Holidays;
  return loaded;
};

/** A holiday that begins or ends within the day (Christmas Eve from 14:00) is a trading day; summer time takes an hour. */
const toleratedHours = 4;
const hourMs = 3_600_000;

/** Regions of the Cook Islands have names for codes; they are not told apart. */
const regionCode = /^[A-Z0-9]{1,3}$/;

let countriesKnown: { code: string; name: string }[] | null = null;

/** ISO 3166-1 code of each country, 3166-2 of each of its regions that has holidays of its own, with English names. */
export function holidayCountries(): { code: string; name: string }[] {
  countriesKnown ??= readCountries();
  return countriesKnown;
}

function readCountries(): { code: string; name: string }[] {
  const all = new (load())();
  const countries = Object.entries(all.getCountries('en')).sort(([, a], [, b]) => a.localeCompare(b, 'en'));
  return countries.flatMap(([code, name]) => {
    const regions = Object.entries(all.getStates(code, 'en') ?? {})
      .filter(([region]) => regionCode.test(region))
      .sort(([, a], [, b]) => a.localeCompare(b, 'en'));
    return [
      { code, name },
      ...regions.map(([region, own]) => ({ code: `${code}-${region}`, name: `${name}: ${own}` })),
    ];
  });
}

/** @throws AppError 'invalid-input' for a code without holidays */
export function checkHolidayCountry(code: string): void {
  if (holidayCountries().some((one) => one.code === code)) return;
  throw new AppError(
    'invalid-input',
    `No holidays are known for “${code}”. Choose a country such as GB or DE, or a region such as GB-SCT or DE-BY.`,
    { country: code },
  );
}

/** 'New Year's Day (substitute day)' → 'new-year-s-day-substitute-day': the same holiday of every year. */
const idOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** Whole days of a holiday; none where it takes only a part of its day. */
function daysOf({ date, start, end }: HolidaysTypes.Holiday): number {
  if (!/ 00:00/.test(date) && date.length > 10) return 0;
  return Math.floor(((end.getTime() - start.getTime()) / hourMs + toleratedHours) / 24);
}

/** Neighbouring days of one holiday in one year are one span. */
function joined(marks: MarkedDays[]): MarkedDays[] {
  const spans: MarkedDays[] = [];
  for (const mark of marks) {
    const before = spans.findLast(({ id }) => id === mark.id);
    if (before && dayNumber(mark.from) <= dayNumber(before.to) + 1)
      before.to = mark.to > before.to ? mark.to : before.to;
    else spans.push({ ...mark });
  }
  return spans;
}

const found = new Map<string, MarkedDays[]>();
const keptRanges = 12;

/**
 * Public and bank holidays of the years first … last, with English names, in order of their first day. Spans of one id
 * are the same holiday; a substitute day is one of its own, as a business may keep one and not the other.
 * @param code ISO 3166-1, or 3166-2 for a region
 */
export function holidaysOf(code: string, firstYear: number, lastYear: number): MarkedDays[] {
  const key = `${code} ${firstYear} ${lastYear}`;
  const known = found.get(key);
  if (known) return known;
  const [country, region] = code.split('-');
  const Dates = load();
  const dates = region ? new Dates(country, region, { languages: ['en'] }) : new Dates(country, { languages: ['en'] });
  const marks: MarkedDays[] = [];
  for (let year = firstYear; year <= lastYear; year++) {
    for (const entry of dates.getHolidays(year, 'en')) {
      if (entry.type !== 'public' && entry.type !== 'bank') continue;
      const days = daysOf(entry);
      const from = entry.date.slice(0, 10);
      const to = dayText(dayNumber(from) + days - 1);
      if (days > 0) marks.push({ id: idOf(entry.name), name: entry.name, kind: 'holiday', from, to });
    }
  }
  for (const { instead, day, name } of holidayCorrections[country] ?? []) {
    const at = marks.findIndex(({ from }) => from === instead);
    if (at >= 0) marks.splice(at, 1);
    const year = Number(day.slice(0, 4));
    if (year >= firstYear && year <= lastYear)
      marks.push({ id: idOf(name), name, kind: 'holiday', from: day, to: day });
  }
  marks.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const spans = joined(marks);
  found.set(key, spans);
  if (found.size > keptRanges) found.delete(found.keys().next().value as string);
  return spans;
}
