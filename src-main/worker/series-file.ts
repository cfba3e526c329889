/** The series of already-summed files: rows of one date are summed, rows an earlier file brought are not. */
import type { DailySales } from '../engine/series/calendar.ts';
import { type LedgerEntry, listImports } from '../store/import-ledger.ts';
import type { Store } from '../store/open-store.ts';
import { readSeriesRows, type SeriesFileRow } from '../store/series-points.ts';

const contentOf = ({ day, amount }: { day: number; amount: number }): string => `${day} ${amount}`;

/** Marks rows that stand in an earlier import with the same day and amount, each earlier row once. */
export function markRepeatedPoints(earlier: SeriesFileRow[], rows: { day: number; amount: number }[]): SeriesFileRow[] {
  const left = new Map<string, number>();
  for (const row of earlier) if (!row.repeated) left.set(contentOf(row), (left.get(contentOf(row)) ?? 0) + 1);
  return rows.map(({ day, amount }) => {
    const count = left.get(contentOf({ day, amount })) ?? 0;
    if (count > 0) left.set(contentOf({ day, amount }), count - 1);
    return { day, amount, repeated: count > 0 };
  });
}

/** Rows of all series files, oldest import first. */
export const allSeriesRows = (store: Store, ledger: LedgerEntry[]): SeriesFileRow[] =>
  ledger
    .filter((entry) => entry.kind === 'series')
    .flatMap((entry) => readSeriesRows(store, entry.id, entry.kept + entry.duplicates));

/** Amounts per day between two days (both included; null: open); null when there are none. */
export function loadDailySeries(store: Store, first: number | null, last: number | null): DailySales | null {
  const rows = allSeriesRows(store, listImports(store)).filter(
    ({ day, repeated }) => !repeated && (first === null || day >= first) && (last === null || day <= last),
  );
  if (rows.length === 0) return null;
  const days = rows.map(({ day }) => day);
  const firstDay = days.reduce((a, b) => Math.min(a, b));
  const length = days.reduce((a, b) => Math.max(a, b)) - firstDay + 1;
  const daily: DailySales = { firstDay, amounts: new Float64Array(length), counts: new Int32Array(length) };
  for (const { day, amount } of rows) {
    daily.amounts[day - firstDay] += amount;
    daily.counts[day - firstDay]++;
  }
  return daily;
}
