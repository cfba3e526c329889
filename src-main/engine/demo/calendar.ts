import { dayNumber, dayText } from '../sales/sale-lines.ts';
import {
  closedDays,
  demoPeriod,
  growthPerYear,
  monthFactors,
  type Promotion,
  promotions,
  startLevel,
  weekdayFactors,
} from './parameters.ts';

export const firstDay = dayNumber(demoPeriod.from);
export const lastDay = dayNumber(demoPeriod.to);

const closed = new Set(closedDays.map(dayNumber));
const promotionDays = promotions.map((promotion) => ({
  promotion,
  from: dayNumber(promotion.from),
  to: dayNumber(promotion.to),
}));

/** 0 Monday … 6 Sunday of days since 1970-01-01 (a Thursday). */
export const weekdayOf = (day: number): number => (day + 3) % 7;

/** @param day days since 1970-01-01 */
export const isOpen = (day: number): boolean => weekdayFactors[weekdayOf(day)] > 0 && !closed.has(day);

/** The promotion that runs on a day, if any. */
export function promotionOn(day: number): Promotion | null {
  return promotionDays.find(({ from, to }) => day >= from && day <= to)?.promotion ?? null;
}

/** Days since 1970-01-01 of the middle of a month; months beyond 0..11 run into the years beside. */
const middleOf = (year: number, month: number): number => Date.UTC(year, month, 15) / 86_400_000;

/** The yearly season of a day: the straight line between the middles of the months around it. */
export function seasonOf(day: number): number {
  const text = dayText(day);
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7)) - 1;
  const start = day >= middleOf(year, month) ? month : month - 1;
  const left = middleOf(year, start);
  const right = middleOf(year, start + 1);
  const before = monthFactors[(start + 12) % 12];
  const after = monthFactors[(start + 1) % 12];
  return before + ((after - before) * (day - left)) / (right - left);
}

/** Growth since the first day of the period. */
const growthOf = (day: number): number => (1 + growthPerYear) ** ((day - firstDay) / 365.25);

/**
 * Expected product sales of a day in currency units, before returns: level × growth × weekday × season × promotion.
 * 0 on closed days. Days after the period are allowed: what a perfect forecast would say.
 */
export function expectedSales(day: number): number {
  if (!isOpen(day)) return 0;
  const lift = promotionOn(day)?.lift ?? 1;
  return startLevel * growthOf(day) * weekdayFactors[weekdayOf(day)] * seasonOf(day) * lift;
}
