/** How forecasts that were frozen did once their periods were over. */
import type {
  Day,
  ForecastAdjustment,
  LedgerHistory,
  LedgerPoint,
  LedgerScore,
  Money,
  PeriodStatus,
  SalesSeries,
} from '../../../src-shared/domain.ts';

/** A period of a published forecast, as it was frozen. */
export type FrozenPoint = Omit<LedgerPoint, 'adjusted' | 'actual'>;
export type FrozenAdjustment = Omit<ForecastAdjustment, 'gain'>;

/** A period that is over and known whole; a partial or missing one counts nowhere. */
const over: ReadonlySet<PeriodStatus> = new Set(['sold', 'zero', 'closed']);

/** Sales of the periods that are over, by first day; after the last day of the data there are none. */
export const actualsOf = ({ dates, values, status }: SalesSeries): Map<Day, Money> =>
  new Map(dates.flatMap((date, i) => (over.has(status[i]) ? [[date, values[i]] as const] : [])));

/** A period belongs to an adjustment when it begins on one of its days. */
export const isCovered = ({ date }: Pick<LedgerPoint, 'date'>, { from, to }: { from: Day; to: Day }): boolean =>
  date >= from && date <= to;

/** The mean after a change by hand: never below 0; what is 0 stays 0, so closed days do. */
const changed = (mean: Money, change: number): Money => Math.max(0, Math.round(mean * (1 + change)));

/** Lays a frozen forecast beside what happened; adjustments act one after the other, each on what the one before left. */
export function ledgerPoints(
  frozen: FrozenPoint[],
  adjustments: FrozenAdjustment[],
  actuals: ReadonlyMap<Day, Money>,
): LedgerPoint[] {
  return frozen.map((point) => ({
    ...point,
    adjusted: adjustments.reduce((mean, one) => (isCovered(point, one) ? changed(mean, one.change) : mean), point.mean),
    actual: actuals.get(point.date) ?? null,
  }));
}

/** Each adjustment with its gain: mean absolute error before it less the one after it, over the scored periods it covers. */
export function judgeAdjustments(points: LedgerPoint[], adjustments: FrozenAdjustment[]): ForecastAdjustment[] {
  const means = points.map(({ mean }) => mean);
  return adjustments.map((one) => {
    let gained = 0;
    let scored = 0;
    points.forEach((point, i) => {
      if (!isCovered(point, one)) return;
      const after = changed(means[i], one.change);
      if (point.actual !== null) {
        gained += Math.abs(means[i] - point.actual) - Math.abs(after - point.actual);
        scored++;
      }
      means[i] = after;
    });
    return { ...one, gain: scored > 0 ? Math.round(gained / scored) : null };
  });
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

type Known = LedgerPoint & { actual: Money };

/** A day that was forecast closed and sold nothing says nothing about the bands. */
const isJudged = ({ actual, high95 }: Known): boolean => actual !== 0 || high95 > 0;

function shareInside(known: Known[], edges: (point: Known) => [Money, Money]): number | null {
  const judged = known.filter(isJudged);
  const inside = judged.filter((point) => point.actual >= edges(point)[0] && point.actual <= edges(point)[1]);
  return ratio(inside.length, judged.length);
}

/**
 * Scores over the periods that are over; null where a score would divide by zero.
 * WAPE: sum of absolute errors / sum of |actual|; MAPE over periods with sales only. Reference: Hyndman & Koehler 2006,
 * International Journal of Forecasting 22(4). Bands are judged on all periods but those forecast closed that sold nothing.
 * @param adjusted whether any adjustment by hand was made
 */
export function ledgerScore(points: LedgerPoint[], adjusted: boolean): LedgerScore {
  const known = points.filter((point): point is Known => point.actual !== null);
  const size = sum(known.map(({ actual }) => Math.abs(actual)));
  const actual = sum(known.map((point) => point.actual));
  const forecast = sum(known.map(({ mean }) => mean));
  const wapeOf = (said: (point: Known) => Money) =>
    ratio(sum(known.map((point) => Math.abs(said(point) - point.actual))), size);
  const sold = known.filter((point) => point.actual > 0);
  return {
    scored: known.length,
    actual,
    forecast,
    wape: wapeOf(({ mean }) => mean),
    mape: ratio(sum(sold.map((point) => Math.abs(point.mean - point.actual) / point.actual)), sold.length),
    bias: ratio(forecast - actual, actual),
    hits80: shareInside(known, ({ low80, high80 }) => [low80, high80]),
    hits95: shareInside(known, ({ low95, high95 }) => [low95, high95]),
    naiveWape: known.some(({ naive }) => naive === null) ? null : wapeOf(({ naive }) => naive!),
    adjustedWape: adjusted ? wapeOf((point) => point.adjusted) : null,
  };
}

/** Scores of all scored periods of all forecasts, by month of the first day of the period, oldest first. */
export function scoresByMonth(points: LedgerPoint[]): LedgerHistory['months'] {
  const scored = points.filter(({ actual }) => actual !== null);
  return [...Map.groupBy(scored, ({ date }) => date.slice(0, 7))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, of]) => {
      const { scored: periods, wape, naiveWape, bias, hits80, hits95 } = ledgerScore(of, false);
      return { month, periods, wape, naiveWape, bias, hits80, hits95 };
    });
}
