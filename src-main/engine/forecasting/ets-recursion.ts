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

const smallest = 1e-10;

/**
 * Runs the state-space recursion over a series; Infinity as deviance where a multiplicative form meets a value ≤ 0.
 * @param y [n]
 * Reference: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, table 2.2–2.3 and eq. 5.3.
 */
export function runEts(y: Float64Array, form: EtsForm, p: EtsParameters, start: EtsState): EtsRun {
  const season = start.season.slice();
  const m = season.length;
  const phi = form.trend === 'D' ? p.phi : 1;
  let { level, slope } = start;
  let squares = 0;
  let logs = 0;
  for (let t = 0, k = 0; t < y.length; t++, k = k + 1 === m ? 0 : k + 1) {
    const growth = form.trend === 'N' ? 0 : phi * slope;
    const base = level + growth;
    const s = m > 0 ? season[k] : 0;
    const fitted = form.season === 'M' ? base * s : base + s;
    let error = y[t] - fitted;
    if (form.error === 'M') {
      if (!(fitted > smallest)) return { deviance: Infinity, squares: Infinity, state: start };
      error /= fitted;
      logs += Math.log(fitted);
    }
    squares += error * error;
    const seen = form.season === 'M' ? y[t] / Math.max(s, smallest) : y[t] - s;
    const next = base + p.alpha * (seen - base);
    if (form.trend !== 'N') slope = growth + (p.beta / p.alpha) * (next - level - growth);
    if (form.season === 'A') season[k] = s + p.gamma * (y[t] - base - s);
    if (form.season === 'M') season[k] = s + p.gamma * (y[t] / Math.max(base, smallest) - s);
    level = next;
  }
  const turn = m > 0 ? y.length % m : 0;
  const state = { level, slope, season: [...season.slice(turn), ...season.slice(0, turn)] };
  return { deviance: y.length * Math.log(squares) + 2 * logs, squares, state };
}

/** Continues the series: [horizon] point forecasts. */
export function continueEts(
  { level, slope, season }: EtsState,
  form: EtsForm,
  phi: number,
  horizon: number,
): Float64Array {
  const damping = form.trend === 'D' ? phi : 1;
  let damped = 0;
  return Float64Array.from({ length: horizon }, (_, j) => {
    damped += damping ** (j + 1);
    const base = level + (form.trend === 'N' ? 0 : damped * slope);
    if (season.length === 0) return base;
    const s = season[j % season.length];
    return form.season === 'M' ? base * s : base + s;
  });
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
