import type { Parsed } from '../../../src-shared/contract.ts';
import type { Filter, FilterOptions, MonthRow, Overview, Period, PeriodKpis } from '../../../src-shared/domain.ts';
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
import { regularSeries } from '../../engine/series/regular-series.ts';
import { asOfDay, dataSpan, filteredMask, requireSales, timelessMask } from '../figures.ts';
import type { Session } from '../session.ts';

const topProductCount = 10;
const topCountryCount = 10;

/** Days since 1970-01-01, both included. */
interface Days {
  from: number;
  to: number;
}

const periodOf = ({ from, to }: Days): Period => ({ from: dayText(from), to: dayText(to) });

/** How far the data reach: whole months at their edges count from the month's first to its last day. */
function reachOf(session: Session): Days & { partialMonths: Set<string> } {
  return session.remembered('reach', () => {
    const { lines } = session.sales;
    const span = dataSpan(session)!;
    const series = regularSeries(dailyRevenue(lines, filteredMask(session, {})), 'month', span.last);
    const partialMonths = new Set(
      series.dates.filter((_, i) => series.status[i] === 'partial').map((date) => date.slice(0, 7)),
    );
    const whole = (day: number) => !partialMonths.has(dayText(day).slice(0, 7));
    return {
      from: whole(span.first) ? monthStart(monthOf(span.first)) : span.first,
      to: whole(span.last) ? monthStart(monthOf(span.last) + 1) - 1 : span.last,
      partialMonths,
    };
  });
}

const isWholeMonth = ({ from, to }: Days): boolean =>
  from === monthStart(monthOf(from)) && to === monthStart(monthOf(from) + 1) - 1;

/** The same dates a year earlier; 29 February becomes the 28th, and a month's last day stays its last. */
function yearEarlier(days: Days): Days {
  const from = sameDateEarlier(days.from);
  if (isWholeMonth(days)) return { from, to: monthStart(monthOf(from) + 1) - 1 };
  return { from, to: sameDateEarlier(days.to) };
}

function sameDateEarlier(day: number): number {
  const month = monthOf(day) - 12;
  return Math.min(monthStart(month) + day - monthStart(month + 12), monthStart(month + 1) - 1);
}

/** The month before a month, else as many days just before. */
function justBefore(days: Days): Days {
  if (isWholeMonth(days)) return { from: monthStart(monthOf(days.from) - 1), to: days.from - 1 };
  return { from: days.from - (days.to - days.from + 1), to: days.from - 1 };
}

/** What the arrows compare: the filter's own dates, else the last month that the data cover whole. */
function currentDays(filter: Filter, period: Days, reach: Days): Days {
  if (filter.from || filter.to) return period;
  const lastMonth = monthOf(reach.to);
  const month = reach.to === monthStart(lastMonth + 1) - 1 ? lastMonth : lastMonth - 1;
  const days = { from: monthStart(month), to: monthStart(month + 1) - 1 };
  return days.from >= reach.from ? days : period;
}

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
