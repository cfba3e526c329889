import type { ForecastPoint, ForecastResult, ForecastTotal } from '../../../src-shared/domain.ts';
import { dayText } from '../sales/sale-lines.ts';
import type { FuturePeriod } from './future-periods.ts';
import { type Bands, bandRule, measuredCoverage, totalHalfWidths } from './intervals.ts';
import type { Tested } from './leader-board.ts';
import type { Trial } from './scores.ts';
import { moneyPerUnit, type TrainingInput } from './training-input.ts';
import type { BacktestPlan } from './backtest.ts';

/** A chosen model's answer for the open periods ahead, in currency units. */
export interface Answer {
  future: FuturePeriod[];
  /** [open periods] */
  point: Float64Array;
  bands: Bands;
  trials: Trial[];
  /** Periods of history. */
  n: number;
}

const money = (value: number): number => Math.round(value * moneyPerUnit);
const noPoint = { mean: 0, low80: 0, high80: 0, low95: 0, high95: 0 };

/** One point a period; closed ones are exactly 0. */
export function pointsOf({ future, point, bands }: Answer): ForecastPoint[] {
  let open = 0;
  return future.map(({ date, open: isOpen, closed }) => {
    const j = isOpen ? open++ : -1;
    if (closed) return { date, ...noPoint, closed };
    const low80 = money(Math.min(bands.low80[j], point[j]));
    const high80 = money(Math.max(bands.high80[j], point[j]));
    const low95 = Math.min(money(bands.low95[j]), low80);
    const high95 = Math.max(money(bands.high95[j]), high80);
    return { date, mean: money(point[j]), low80, high80, low95, high95, closed };
  });
}

/** Sum of the first `periods` points with its own bands (see totalHalfWidths): limits are never summed. */
export function totalOf(
  { future, point, bands, trials, n }: Answer,
  points: ForecastPoint[],
  periods: number,
): ForecastTotal {
  const kept: number[] = [];
  let open = 0;
  future.slice(0, periods).forEach((period) => {
    const j = period.open ? open++ : -1;
    if (!period.closed) kept.push(j);
  });
  const pick = (values: Float64Array) => Float64Array.from(kept, (j) => values[j]);
  const picked = {
    low80: pick(bands.low80),
    high80: pick(bands.high80),
    low95: pick(bands.low95),
    high95: pick(bands.high95),
  };
  const { half80, half95 } = totalHalfWidths(pick(point), picked, trials, n);
  const mean = points.slice(0, periods).reduce((sum, one) => sum + one.mean, 0);
  const outer = Math.max(half80, half95);
  return {
    mean,
    low80: Math.max(0, mean - money(half80)),
    high80: mean + money(half80),
    low95: Math.max(0, mean - money(outer)),
    high95: mean + money(outer),
  };
}

/** The chosen model's newest full trial beside what happened, with bands from the other trials where there are any. */
export function backtestOf(trials: Trial[], input: TrainingInput, plan: BacktestPlan): ForecastResult['backtest'] {
  const coverage = measuredCoverage(trials, input.frequency, input.y.length);
  const shown = trials.reduce<Trial | null>(
    (best, trial) => (best === null || trial.actual.length >= best.actual.length ? trial : best),
    null,
  );
  const others = trials.filter((trial) => trial !== shown);
  const rule = bandRule(others, input.frequency, input.y.length) ?? bandRule(trials, input.frequency, input.y.length);
  const bands = shown ? rule?.(shown.predicted) : null;
  const predicted = Array.from(shown?.actual ?? [], (actual, j) => ({
    date: dayText(input.days[shown!.origin + j]),
    actual: money(actual),
    predicted: money(shown!.predicted[j]),
    low80: money(bands?.low80[j] ?? shown!.predicted[j]),
    high80: money(bands?.high80[j] ?? shown!.predicted[j]),
  }));
  return {
    origins: trials.map(({ origin }) => dayText(input.days[origin])),
    steps: plan.steps,
    predicted,
    coverage80: coverage?.coverage80 ?? null,
    coverage95: coverage?.coverage95 ?? null,
  };
}

/** PRODUCT.md's words for the mean absolute percentage error. */
const words = [
  { below: 0.1, word: 'excellent' },
  { below: 0.2, word: 'good' },
  { below: 0.3, word: 'fair' },
  { below: Number.POSITIVE_INFINITY, word: 'poor' },
] as const;

/** A word of praise or blame wants this many held-out periods. */
const leastHeldOut = 6;

/** How far the chosen model may be believed: its word, and its gain over repeating the last season. */
export function reliabilityOf(chosen: Tested, tested: Tested[]): Pick<ForecastResult, 'skill' | 'word'> {
  const naive = tested.find(({ model }) => model.id === 'seasonal-naive')?.scores?.mae;
  const own = chosen.scores;
  const held = chosen.trials.reduce((sum, { known }) => sum + known.reduce((a, b) => a + b, 0), 0);
  const mape = held >= leastHeldOut ? (own?.mape ?? null) : null;
  return {
    skill: own && naive ? 1 - own.mae / naive : null,
    word: mape === null ? null : words.find(({ below }) => mape < below)!.word,
  };
}
