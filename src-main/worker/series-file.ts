/** The series of already-summed files: rows of one date are summed, rows an earlier file brought are not. */
import type { SeriesPoint } from '../engine/sales/parsed-import.ts';
import type { DailySales } from '../engine/series/calendar.ts';
import { readRows } from '../store/import-rows.ts';
import type { Store } from '../store/open-store.ts';

/** Amounts per day between two days (both included; null: open); null when there are none. */
export function loadDailySeries(store: Store, first: number | null, last: number | null): DailySales | null {
  const rows = readRows<SeriesPoint>(store, 'series')
    .filter(({ repeated }) => !repeated)
    .map(({ row }) => row)
    .filter(({ day }) => (first === null || day >= first) && (last === null || day <= last));
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
