/** One form of the family: error A|M, trend N|A|D (damped), season N|A|M. */
export interface EtsForm {
  error: 'A' | 'M';
  trend: 'N' | 'A' | 'D';
  season: 'N' | 'A' | 'M';
}

export interface EtsParameters {
  alpha: number;
  beta: number;
  gamma: number;
  phi: number;
}

export interface EtsState {
  level: number;
  slope: number;
  /** [period] seasonal states, the next period's first; empty without a season. */
  season: number[];
}

export interface EtsRun {
  /** n · log Σe² + 2 Σ log|fitted| (the latter for multiplicative errors): −2 log-likelihood up to a constant. */
  deviance: number;
  squares: number;
  state: EtsState;
}

/** Where a run ends; one object serves all runs of a fit, so that its inner loop allocates nothing. */
export interface EtsEnd {
  level: number;
  slope: number;
  squares: number;
  /** [period] seasonal states by t modulo the period; empty without a season. */
  season: Float64Array;
}

const smallest = 1e-10;
/** A product of fitted values is turned into a logarithm before it leaves the range of numbers. */
const productRange = { low: 1e-100, high: 1e100 };

/**
 * The state-space recursion over a series.
 * @param y [n]
 * @param from level and slope before the first period
 * @param startSeason [period] seasonal states of the first periods; empty without a season
 * @param end is overwritten
 * @returns the deviance (see EtsRun); Infinity where a form with multiplicative errors meets a fitted value ≤ 0
 * Reference: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, table 2.2–2.3 and eq. 5.3.
 */
export function etsDeviance(
  y: Float64Array,
  form: EtsForm,
  p: EtsParameters,
  from: { level: number; slope: number },
  startSeason: ArrayLike<number>,
  end: EtsEnd,
): number {
  const [trended, relative] = [form.trend !== 'N', form.error === 'M'];
  const [additive, multiplicative] = [form.season === 'A', form.season === 'M'];
  const { season } = end;
  const m = season.length;
  for (let k = 0; k < m; k++) season[k] = startSeason[k];
  const { alpha, gamma } = p;
  const share = p.beta / alpha;
  const phi = form.trend === 'D' ? p.phi : 1;
  let { level, slope } = from;
  let [squares, logs, product] = [0, 0, 1];
  for (let t = 0, k = 0; t < y.length; t++) {
    const growth = trended ? phi * slope : 0;
    const base = level + growth;
    const s = m > 0 ? season[k] : 0;
    const fitted = multiplicative ? base * s : base + s;
    let error = y[t] - fitted;
    if (relative) {
      if (!(fitted > smallest)) return Number.POSITIVE_INFINITY;
      error /= fitted;
      product *= fitted;
      if (product > productRange.high || product < productRange.low) {
        logs += Math.log(product);
        product = 1;
      }
    }
    squares += error * error;
    const seen = multiplicative ? y[t] / Math.max(s, smallest) : y[t] - s;
    const step = alpha * (seen - base);
    if (trended) slope = growth + share * step;
    if (additive) season[k] = s + gamma * (seen - base);
    else if (multiplicative) season[k] = s + gamma * (y[t] / Math.max(base, smallest) - s);
    level = base + step;
    if (++k === m) k = 0;
  }
  end.level = level;
  end.slope = slope;
  end.squares = squares;
  // A perfect fit is the best there is, not minus infinity: weights divide by it.
  return y.length * Math.log(Math.max(squares, Number.MIN_VALUE)) + 2 * (logs + Math.log(product));
}

/**
 * Runs a form over a series, the states set out for a continuation; Infinity as deviance where the form does not apply.
 * @param y [n]
 */
export function runEts(y: Float64Array, form: EtsForm, p: EtsParameters, start: EtsState): EtsRun {
  const end = { level: 0, slope: 0, squares: Number.POSITIVE_INFINITY, season: Float64Array.from(start.season) };
  const deviance = etsDeviance(y, form, p, start, start.season, end);
  if (deviance === Number.POSITIVE_INFINITY) return { deviance, squares: end.squares, state: start };
  const m = end.season.length;
  const season = Array.from({ length: m }, (_, k) => end.season[(y.length + k) % m]);
  return { deviance, squares: end.squares, state: { level: end.level, slope: end.slope, season } };
}

/** Continues the series: [horizon] point forecasts, and what they would be without their season. */
export function continueEts(
  { level, slope, season }: EtsState,
  form: EtsForm,
  phi: number,
  horizon: number,
): { point: Float64Array; trend: Float64Array } {
  const damping = form.trend === 'D' ? phi : 1;
  let damped = 0;
  const trend = Float64Array.from({ length: horizon }, (_, j) => {
    damped += damping ** (j + 1);
    return level + (form.trend === 'N' ? 0 : damped * slope);
  });
  if (season.length === 0) return { point: trend, trend };
  const point = trend.map((base, j) => {
    const s = season[j % season.length];
    return form.season === 'M' ? base * s : base + s;
  });
  return { point, trend };
}

/**
 * Variance of the forecast error in units of the one-step variance: 1 + Σ c², exact for additive forms; for
 * multiplicative forms the same expression in relative terms (first order).
 * Reference: Hyndman et al. 2008, table 6.1.
 */
export function varianceGrowth(form: EtsForm, p: EtsParameters, period: number, horizon: number): Float64Array {
  const growth = new Float64Array(horizon);
  let sum = 1;
  let damped = 0;
  for (let j = 0; j < horizon; j++) {
    growth[j] = sum;
    damped += form.trend === 'D' ? p.phi ** (j + 1) : 1;
    const trend = form.trend === 'N' ? 0 : p.beta * damped;
    const season = form.season !== 'N' && (j + 1) % period === 0 ? p.gamma : 0;
    sum += (p.alpha + trend + season) ** 2;
  }
  return growth;
}
