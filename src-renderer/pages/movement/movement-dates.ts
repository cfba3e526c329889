import type { Day } from '../../../src-shared/domain.ts';

export const datePresets = ['quarter', 'halfYear', 'year', 'own'] as const;
export type DatePreset = (typeof datePresets)[number];

const monthsOf = { quarter: 3, halfYear: 6, year: 12 } as const;

/** The same day of the month some months earlier; a month's last day stays a last day. */
export function earlierDate(day: Day, preset: Exclude<DatePreset, 'own'>): Day {
  const [year, month, date] = day.split('-').map(Number);
  const last = (months: number) => new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  const wanted = date === last(0) ? last(monthsOf[preset]) : Math.min(date, last(monthsOf[preset]));
  return new Date(Date.UTC(year, month - 1 - monthsOf[preset], wanted)).toISOString().slice(0, 10);
}
