/** Revenue of products, categories, countries or segments in the periods of a series, for their forecasts. */
import type { Filter, PartKind, SalesSeries } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { PartSums } from '../../engine/forecasting/parts/forecast-parts.ts';
import { firstSecondOf } from '../../engine/sales/customer-totals.ts';
import { firstSaleDay, type PartKey, partTotals, slotRevenue } from '../../engine/sales/part-revenue.ts';
import { dayNumber } from '../../engine/sales/sale-lines.ts';
import { monthOf, weekOf } from '../../engine/series/calendar.ts';
import { filteredMask, requireSales, scoredCustomers } from '../figures.ts';
import type { Session } from '../session.ts';

/** Parts are ranked by what they sold in so many days before the end of the data. */
const rankedDays = 365;

interface NamedKey extends PartKey {
  names: { id: string; name: string }[];
}

function productKey({ sales, catalogue }: Session): NamedKey {
  const { productOf, codes, descriptions } = catalogue;
  return {
    ids: sales.lines.product,
    partOf: Int32Array.from(productOf, (product) => product - 1),
    parts: codes.length - 1,
    names: codes.slice(1).map((id, i) => ({ id, name: descriptions[i + 1] || id })),
  };
}

function categoryKey({ sales }: Session): NamedKey {
  const found = new Map<string, number>();
  const partOf = Int32Array.from(sales.dictionaries.products, ({ category }) => {
    const name = category.trim();
    if (name === '') return -1;
    const known = found.get(name) ?? found.size;
    found.set(name, known);
    return known;
  });
  return {
    ids: sales.lines.product,
    partOf,
    parts: found.size,
    names: [...found.keys()].map((id) => ({ id, name: id })),
  };
}

function countryKey({ sales }: Session): NamedKey {
  const { countries } = sales.dictionaries;
  return {
    ids: sales.lines.country,
    partOf: Int32Array.from(countries, (_, id) => id - 1),
    parts: countries.length - 1,
    names: countries.slice(1).map((id) => ({ id, name: id })),
  };
}

/** Customers as they are grouped now, under the filter. */
function segmentKey(session: Session, filter: Filter): NamedKey {
  const { totals, scores } = scoredCustomers(session, filter);
  const partOf = new Int32Array(session.sales.dictionaries.customers.length).fill(-1);
  for (let row = 0; row < totals.ids.length; row++) partOf[totals.ids[row]] = scores.segment[row];
  const names = segmentIds.map((id) => ({ id, name: id }));
  return { ids: session.sales.lines.customer, partOf, parts: segmentIds.length, names };
}

function keyOf(session: Session, by: PartKind, filter: Filter): NamedKey {
  if (by === 'segment') return segmentKey(session, filter);
  return { product: productKey, category: categoryKey, country: countryKey }[by](session);
}

/** Period of each day from `firstDay` to the end of the series. */
function periodsOfDays({ frequency, dates, lastDay }: SalesSeries, firstDay: number): Int32Array {
  const number = { day: (day: number) => day, week: weekOf, month: monthOf }[frequency];
  const origin = number(dayNumber(dates[0]));
  return Int32Array.from({ length: dayNumber(lastDay!) - firstDay + 1 }, (_, i) => number(firstDay + i) - origin);
}

/**
 * Sums the sale lines into the periods of a series, one row a part; the parts beyond `limit` and lines without a part
 * are one row together, so that the rows add up to the series.
 * @throws AppError 'no-data' without sale lines, or where no line has such a part
 */
export function partSums(
  session: Session,
  { filter, by, limit, series }: { filter: Filter; by: PartKind; limit: number; series: SalesSeries },
): PartSums {
  requireSales(session);
  const { lines } = session.sales;
  const mask = filteredMask(session, filter);
  const key = keyOf(session, by, filter);
  const firstDay = firstSaleDay(lines, mask)!;
  const { revenue, seen } = partTotals(lines, mask, key, firstSecondOf(dayNumber(series.lastDay!) - rankedDays + 1));
  const order = Array.from(seen.keys())
    .filter((part) => seen[part] === 1)
    .sort((a, b) => revenue[b] - revenue[a] || (key.names[a].id < key.names[b].id ? -1 : 1));
  if (order.length === 0) {
    throw new AppError('no-data', `These sales name no ${by}, so they cannot be forecast by ${by}.`, { by });
  }
  const listed = order.slice(0, limit);
  const slotOfPart = new Int32Array(key.parts).fill(-1);
  listed.forEach((part, slot) => {
    slotOfPart[part] = slot;
  });
  const slotOf = key.partOf.map((part) => (part < 0 ? -1 : slotOfPart[part]));
  return {
    by,
    parts: listed.map((part) => key.names[part]),
    sums: slotRevenue(lines, mask, key.ids, slotOf, listed.length, firstDay, periodsOfDays(series, firstDay)),
    count: order.length,
  };
}
