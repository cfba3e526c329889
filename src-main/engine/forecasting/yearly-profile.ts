import { ridge } from '../numeric/ridge.ts';
import { weekdayOf } from '../series/calendar.ts';

/** A smooth factor for each time of the year. */
export interface YearlyProfile {
  /** Factor of a day, days since 1970-01-01; its logarithm has mean 0 over a year. */
  factor(day: number): number;
}

const daysPerYear = 365.25;
/** Waves a year: ten bend within eighteen days, enough for a Christmas season. */
const waves = 10;
/** Prior weight of "no season" for each wave, in observations. */
const penaltyOfWave = 5;
const fullCycles = 2;

/** Two whole years lie behind the day before `end`. */
export const hasTwoYears = (days: Int32Array, end: number): boolean =>
  days[end - 1] - days[0] + 1 >= Math.floor(fullCycles * daysPerYear);

/**
 * Yearly season of daily or weekly sales, by regression of their logarithms on a quadratic trend, the weekday and ten
 * yearly waves. Needs two full years and positive values.
 * @param y [n] currency units
 * @param days [n] first day of each period
 * @param learned [n] 0 leaves a period out
 * @returns null where the data do not allow a profile
 * Reference: Young, Pedregal & Tych 1999, Journal of Forecasting 18 (dynamic harmonic regression); FPP3 §7.4, §10.5.
 */
export function yearlyProfile(y: Float64Array, days: Int32Array, learned: Uint8Array): YearlyProfile | null {
  if (!hasTwoYears(days, y.length) || !y.every((value) => value > 0)) return null;
  const fixed = 3 + 6;
  const p = fixed + 2 * waves;
  const span = days[days.length - 1] - days[0];
  const X = new Float64Array(y.length * p);
  for (let t = 0; t < y.length; t++) {
    const row = X.subarray(t * p, (t + 1) * p);
    const time = (days[t] - days[0]) / span - 0.5;
    row.set([1, time, time * time]);
    const weekday = weekdayOf(days[t]);
    if (weekday > 0) row[2 + weekday] = 1;
    row.set(wavesOf(days[t]), fixed);
  }
  const penalty = Float64Array.from({ length: p }, (_, i) => (i < fixed ? 1e-6 : penaltyOfWave));
  const coefficients = ridge(X, y.map(Math.log), learned, penalty).subarray(fixed);
  return {
    factor: (day) => Math.exp(wavesOf(day).reduce((sum, wave, i) => sum + wave * coefficients[i], 0)),
  };
}

function wavesOf(day: number): number[] {
  const angle = (2 * Math.PI * day) / daysPerYear;
  return Array.from({ length: 2 * waves }, (_, i) => {
    const turns = (1 + (i >> 1)) * angle;
    return i % 2 === 0 ? Math.sin(turns) : Math.cos(turns);
  });
}
