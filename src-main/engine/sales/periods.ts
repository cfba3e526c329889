import { monthOf, monthStart } from '../series/calendar.ts';
import { firstSecondOf } from './customer-totals.ts';
import { monthText } from './months.ts';
import { dayOf } from './sale-lines.ts';

export type PeriodUnit = 'month' | 'quarter';

const monthsIn: Record<PeriodUnit, number> = { month: 1, quarter: 3 };

/** Months or quarters since 1970 of days since 1970-01-01. */
export const periodOf = (day: number, unit: PeriodUnit): number => Math.floor(monthOf(day) / monthsIn[unit]);

/** First day of a month or quarter, in days since 1970-01-01. */
export const periodStart = (period: number, unit: PeriodUnit): number => monthStart(period * monthsIn[unit]);

/** 'YYYY-MM' of a month, or of the first month of a quarter. */
export const periodText = (period: number, unit: PeriodUnit): string => monthText(period * monthsIn[unit]);

/**
 * Finds the period of wall-clock seconds, counted from a first one. Lines come mostly by date, so the last period found
 * is tried first; else a table by day answers, so that lines in any order cost the same.
 */
export class PeriodFinder {
  private begin = 0;
  private end = 0;
  private found = 0;
  private readonly ofDay: Int32Array;
  private readonly unit: PeriodUnit;
  private readonly firstDay: number;
  private readonly origin: number;

  /** @param firstDay lastDay days since 1970-01-01 between which all lines lie; @param origin the period that gets 0 */
  constructor(unit: PeriodUnit, firstDay: number, lastDay: number, origin: number) {
    this.unit = unit;
    this.firstDay = firstDay;
    this.origin = origin;
    this.ofDay = new Int32Array(Math.max(0, lastDay - firstDay + 1));
    let period = periodOf(firstDay, unit);
    let next = periodStart(period + 1, unit);
    for (let i = 0; i < this.ofDay.length; i++) {
      if (firstDay + i >= next) next = periodStart(++period + 1, unit);
      this.ofDay[i] = period - origin;
    }
  }

  at(seconds: number): number {
    if (seconds >= this.begin && seconds < this.end) return this.found;
    this.found = this.ofDay[dayOf(seconds) - this.firstDay];
    this.begin = firstSecondOf(periodStart(this.found + this.origin, this.unit));
    this.end = firstSecondOf(periodStart(this.found + this.origin + 1, this.unit));
    return this.found;
  }
}
