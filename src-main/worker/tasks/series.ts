import type { Parsed } from '../../../src-shared/contract.ts';
import type { SalesSeries } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { dailyRevenue } from '../../engine/sales/daily-revenue.ts';
import { type KnownCalendar, regularSeries } from '../../engine/series/regular-series.ts';
import { knownBusiness } from '../business-calendar.ts';
import { checkedDay, dataSpan, filteredMask } from '../figures.ts';
import { loadDailySeries } from '../series-file.ts';
import type { Session } from '../session.ts';

/**
 * Regular series of net revenue under a filter, up to the last day of the data (or of the filter). With sale lines in
 * the store they are the series; an imported series speaks only where there are none, and only dates can filter it.
 * @throws AppError 'no-data'
 */
export function series(session: Session, { filter, frequency }: Parsed<'series.get'>): SalesSeries {
  const { calendar } = knownBusiness(session, frequency, filter.to ? checkedDay(filter.to) : null);
  const { lines } = session.sales;
  if (lines.length === 0) return importedSeries(session, { filter, frequency }, calendar);
  const daily = dailyRevenue(lines, filteredMask(session, filter));
  const lastDay = lastDayOf(filter.to, dataSpan(session)?.last ?? 0);
  return regularSeries(daily, frequency, lastDay, calendar);
}

const lastDayOf = (to: string | null | undefined, last: number): number => (to ? Math.min(checkedDay(to), last) : last);

function importedSeries(
  { store }: Session,
  { filter, frequency }: Parsed<'series.get'>,
  calendar: KnownCalendar,
): SalesSeries {
  if (filter.segments?.length || filter.countries?.length || filter.products?.length) {
    throw new AppError(
      'no-data',
      'The imported series has dates and amounts only, so it cannot be filtered by segment, country or product. Take these filters away.',
    );
  }
  const all = loadDailySeries(store, null, null);
  const daily = loadDailySeries(
    store,
    filter.from ? checkedDay(filter.from) : null,
    filter.to ? checkedDay(filter.to) : null,
  );
  if (!all)
    throw new AppError('no-data', 'There are no sales yet. Import a file of sales first, or open the demo company.');
  if (!daily) throw new AppError('no-data', 'The imported series has no amount between these dates. Widen the filter.');
  return regularSeries(daily, frequency, lastDayOf(filter.to, all.firstDay + all.counts.length - 1), calendar);
}
