import type { SpendFit } from '../../../../src-shared/domain.ts';
import { minimise, type Slope, walled } from '../../numeric/minimise.ts';
import { digamma, logGamma } from '../../numeric/special.ts';

/** What the model knows of n customers; both arrays [n]. */
export interface Spending {
  /** Purchases, ≥ 1. */
  x: Float64Array;
  /** Mean value of them in currency units, > 0. */
  value: Float64Array;
}

const flat = 1e-6;

/** Mean negative log-likelihood and its gradient by (ln p, ln q, ln γ). */
function slopeOf({ x, value }: Spending, theta: Float64Array): Slope {
  const [p, q, gamma] = theta.map(Math.exp);
  const gradient = new Float64Array(3);
  let sum = 0;
  // What follows from x alone is worked out once per x.
  const known = new Map<number, [number, number, number]>();
  const ofX = (count: number): [number, number, number] => {
    const found = known.get(count);
    if (found) return found;
    const both = digamma(p * count + q);
    const made: [number, number, number] = [
      logGamma(p * count + q) - logGamma(p * count) - logGamma(q) + q * Math.log(gamma) + p * count * Math.log(count),
      count * (both - digamma(p * count) + Math.log(count)),
      both - digamma(q) + Math.log(gamma),
    ];
    known.set(count, made);
    return made;
  };
  for (let i = 0; i < x.length; i++) {
    const [constant, byP, byQ] = ofX(x[i]);
    const logValue = Math.log(value[i]);
    const whole = gamma + x[i] * value[i];
    const logWhole = Math.log(whole);
    sum -= constant + (p * x[i] - 1) * logValue - (p * x[i] + q) * logWhole;
    gradient[0] -= p * (byP + x[i] * (logValue - logWhole));
    gradient[1] -= q * (byQ - logWhole);
    gradient[2] -= q - ((p * x[i] + q) * gamma) / whole;
  }
  return { value: sum / x.length, gradient: gradient.map((part) => part / x.length) };
}

/** Pearson's correlation; 0 where one of the two is constant. */
function correlationOf({ x, value }: Spending): number {
  const n = x.length;
  const meanOf = (values: Float64Array) => values.reduce((sum, one) => sum + one, 0) / n;
  const [mx, mv] = [meanOf(x), meanOf(value)];
  let [xx, vv, xv] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    xx += (x[i] - mx) ** 2;
    vv += (value[i] - mv) ** 2;
    xv += (x[i] - mx) * (value[i] - mv);
  }
  return xx > 0 && vv > 0 ? xv / Math.sqrt(xx * vv) : 0;
}

/**
 * Fits the Gamma-Gamma model of spending per purchase by maximum likelihood, in log space, from several fixed starts.
 * @param spending [n] n ≥ 1 returning customers
 * @returns p and q without unit, γ in currency units. O(starts · iterations · n).
 * Reference: Fader & Hardie 2013, "The Gamma-Gamma Model of Monetary Value" (note 025), eq. (1a).
 */
export function fitSpending(spending: Spending, tick: () => void = () => {}): SpendFit {
  const n = spending.x.length;
  const unit = spending.value.reduce((sum, one) => sum + one, 0) / n;
  // In units of the mean value all three parameters are of like size.
  const scaled: Spending = { x: spending.x, value: spending.value.map((one) => one / unit) };
  const objective = (theta: Float64Array): Slope => walled(slopeOf(scaled, theta), theta, 1 / n);
  const starts = [
    [1, 2, 1],
    [6, 4, 0.5],
    [2, 10, 4],
  ];
  const found = minimise(
    objective,
    starts.map((start) => start.map(Math.log)),
    tick,
  );
  const [p, q, gamma] = found.x.map(Math.exp);
  return {
    p,
    q,
    gamma: gamma * unit,
    logLikelihood: -(slopeOf(scaled, found.x).value + Math.log(unit)) * n,
    converged: found.slope <= flat,
    customers: n,
    correlation: correlationOf(spending),
  };
}

/**
 * Expected value of a customer's next purchases: the own mean, drawn towards the shop's by as much as it is uncertain.
 * @param purchases n ≥ 0  @param value mean of them in the unit of γ
 * Reference: Fader & Hardie 2013, eq. (5). Needs q > 1, or n large enough.
 */
export const expectedSpend = (fit: Pick<SpendFit, 'p' | 'q' | 'gamma'>, purchases: number, value: number): number =>
  (fit.p * (fit.gamma + purchases * value)) / (fit.p * purchases + fit.q - 1);
