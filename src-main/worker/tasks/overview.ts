import type { Parsed } from '../../../src-shared/contract.ts';
import type { Filter, FilterOptions, MonthRow, Overview, PeriodKpis } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { countryRevenue } from '../../engine/sales/countries.ts';
import { firstSecondOf, lastSecondOf } from '../../engine/sales/customer-totals.ts';
import { dailyRevenue, daySpan } from '../../engine/sales/daily-revenue.ts';
import { kpis } from '../../engine/sales/kpis.ts';
import { everyLine } from '../../engine/sales/line-mask.ts';
import { monthFigures } from '../../engine/sales/months.ts';
import { topProducts } from '../../engine/sales/products.ts';
import { dayNumber, dayText } from '../../engine/sales/sale-lines.ts';
import { monthOf, monthStart } from '../../engine/series/calendar.ts';
import { asOfDay, dataSpan, filteredMask, requireSales, timelessMask } from '../figures.ts';
import { currentDays, type Days, justBefore, periodOf, reachOf, yearEarlier } from '../periods.ts';
import type { Session } from '../session.ts';

const topProductCount = 10;
const topCountryCount = 10;

/**
 * The overview under a filter.
 * @throws AppError 'no-data' without sale lines, or where none passes the filter and the rules
 */
export function overview(session: Session, { filter }: Parsed<'overview.get'>): Overview {
  requireSales(session);
  const { lines, dictionaries } = session.sales;
  const mask = filteredMask(session, filter);
  const span = daySpan(lines, mask);
  if (span === null) {
    throw new AppError(
      'no-data',
      'No sale passes the filter and the cleaning rules. Widen the filter or change the rules.',
    );
  }
  const period: Days = {
    from: filter.from ? dayNumber(filter.from) : span.first,
    to: filter.to ? dayNumber(filter.to) : span.last,
  };
  const reach = reachOf(session);
  const current = currentDays(filter, period, reach);
  const allDates = timelessMask(session, filter);
  const kpisOf = (days: Days): PeriodKpis => ({
    period: periodOf(days),
    kpis: kpis(lines, allDates, dictionaries, firstSecondOf(days.from), lastSecondOf(days.to)),
  });
  const covered = (days: Days) => (days.from >= reach.from && days.to <= reach.to ? kpisOf(days) : null);
  const total = kpis(lines, mask, dictionaries, everyLine.firstSecond, everyLine.lastSecond);
  return {
    period: periodOf(period),
    total,
    current: kpisOf(current),
    previous: covered(justBefore(current)),
    lastYear: covered(yearEarlier(current)),
    months: monthRows(session, mask, filter, reach.partialMonths),
    topProducts: topProducts(lines, mask, session.catalogue, topProductCount),
    topCountries: countryRevenue(lines, mask, dictionaries.countries)
      .slice(0, topCountryCount)
      .map(({ country, revenue }) => ({ country, revenue, share: total.revenue > 0 ? revenue / total.revenue : 0 })),
    tradingDays: dailyRevenue(lines, mask).counts.reduce((days, count) => days + (count > 0 ? 1 : 0), 0),
    rules: session.settings.rules,
    asOf: dayText(asOfDay(session, filter)),
  };
}

/** A month is partial where the data, or the filter's dates, begin or end inside it. */
function monthRows({ sales }: Session, mask: Uint8Array, { from, to }: Filter, partialMonths: Set<string>): MonthRow[] {
  const cutByFilter = (month: string) => {
    const first = dayNumber(`${month}-01`);
    const last = monthStart(monthOf(first) + 1) - 1;
    return (
      (from?.slice(0, 7) === month && dayNumber(from) > first) || (to?.slice(0, 7) === month && dayNumber(to) < last)
    );
  };
  return monthFigures(sales.lines, mask, sales.dictionaries).map((row) => ({
    ...row,
    partial: partialMonths.has(row.month) || cutByFilter(row.month),
  }));
}

/** What the filters can choose from, by revenue under the rules and no filter; empty without sales. */
export function filterOptions(session: Session): FilterOptions {
  return session.remembered('filter options', () => {
    const { lines, dictionaries } = session.sales;
    const mask = filteredMask(session, {});
    const span = dataSpan(session);
    return {
      firstDay: span && dayText(span.first),
      lastDay: span && dayText(span.last),
      countries: countryRevenue(lines, mask, dictionaries.countries).map(({ country, revenue }) => ({
        value: country,
        revenue,
      })),
      products: topProducts(lines, mask, session.catalogue, Number.POSITIVE_INFINITY).map(
        ({ product, description, revenue }) => ({
          value: product,
          description,
          revenue,
        }),
      ),
      segments: [...segmentIds],
    };
  });
}
