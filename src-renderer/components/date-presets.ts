import type { Day } from '../../src-shared/domain.ts';

/** Choices of period; they count from the last day of data, not from the calendar on the wall. */
export const presets = ['all', 'lastMonth', 'last3Months', 'last12Months', 'thisYear', 'lastYear', 'own'] as const;
export type Preset = (typeof presets)[number];

const text = (date: Date): Day => date.toISOString().slice(0, 10);
const at = (year: number, month: number, day: number): Day => text(new Date(Date.UTC(year, month, day)));

/** From and to of a preset; null for the user's own dates. @param lastDay last day of data */
export function presetDates(preset: Preset, lastDay: Day): { from: Day | null; to: Day | null } | null {
  const [year, month, day] = lastDay.split('-').map(Number);
  const monthIsWhole = at(year, month - 1, day + 1).slice(5, 7) !== lastDay.slice(5, 7);
  // The last whole month ends in this month or in the one before.
  const end = monthIsWhole ? month : month - 1;
  const whole = (months: number) => ({ from: at(year, end - months, 1), to: at(year, end, 0) });
  const known = {
    all: { from: null, to: null },
    lastMonth: whole(1),
    last3Months: whole(3),
    last12Months: whole(12),
    thisYear: { from: at(year, 0, 1), to: lastDay },
    lastYear: { from: at(year - 1, 0, 1), to: at(year - 1, 11, 31) },
    own: null,
  }[preset];
  return known;
}
