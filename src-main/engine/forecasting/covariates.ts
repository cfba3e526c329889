import type { Frequency, MarkedDays } from '../../../src-shared/domain.ts';
import { dayNumber } from '../sales/sale-lines.ts';
import { periodEnd } from '../series/period-days.ts';

/** How much of each period a holiday or an event covers. */
export interface Regressor {
  /** Such as 'holiday:easter' or 'event:12'. */
  id: string;
  part: 'holidays' | 'events';
  /** [n] share of the period's days, 0..1 (1 for every covered day of a daily series). */
  values: Float64Array;
}

/** What the calendar knows of a stretch of periods, past or future. */
export interface Covariates {
  frequency: Frequency;
  /** [n] first day of each period, days since 1970-01-01; closed weekdays are left out. */
  days: Int32Array;
  regressors: Regressor[];
}

const regressorId = ({ id, kind }: MarkedDays): string => `${kind === 'holiday' ? 'holiday' : 'event'}:${id}`;

/**
 * Covariates of given periods; closures are no regressors, they make a period closed. O(periods · marks).
 * @param days [n] first day of each period, days since 1970-01-01
 * @param marked spans with their ids: all spans of one id are one regressor
 */
export function covariatesOf(frequency: Frequency, days: Int32Array, marked: MarkedDays[]): Covariates {
  const regressors = new Map<string, Regressor>();
  for (const mark of marked) {
    if (mark.kind === 'closed') continue;
    const id = regressorId(mark);
    const part = mark.kind === 'holiday' ? 'holidays' : 'events';
    const known = regressors.get(id) ?? { id, part, values: new Float64Array(days.length) };
    regressors.set(id, known);
    const [from, to] = [dayNumber(mark.from), dayNumber(mark.to)];
    for (let t = 0; t < days.length; t++) {
      const end = periodEnd(frequency, days[t]);
      const covered = Math.min(to, end) - Math.max(from, days[t]) + 1;
      if (covered > 0) known.values[t] = Math.min(1, known.values[t] + covered / (end - days[t] + 1));
    }
  }
  return { frequency, days, regressors: [...regressors.values()] };
}

/**
 * The marks whose effect can be learned: those of an id that touches at least one of the given periods. The same marks
 * go into the fit and the forecast, so that both have the same regressors.
 * @param days [n] first day of each period of the training part
 */
export function learnableMarks(frequency: Frequency, days: Int32Array, marked: MarkedDays[]): MarkedDays[] {
  const touched = covariatesOf(frequency, days, marked).regressors.filter(({ values }) => values.some((v) => v > 0));
  const ids = new Set(touched.map(({ id }) => id));
  return marked.filter((mark) => ids.has(regressorId(mark)));
}

/** The covariates of periods from … to − 1. */
export const sliceCovariates = ({ frequency, days, regressors }: Covariates, from: number, to: number): Covariates => ({
  frequency,
  days: days.slice(from, to),
  regressors: regressors.map((one) => ({ ...one, values: one.values.slice(from, to) })),
});
