import type { PurchaseFit } from '../../../../src-shared/domain.ts';
import { minimise, type Slope, walled } from '../../numeric/minimise.ts';
import { digamma, logGamma } from '../../numeric/special.ts';

/**
 * BG/NBD: a customer leaves, if at all, right after a purchase other than the first; MBG/NBD: also after the first, so
 * that a one-time buyer need not be counted as alive for ever. Otherwise they are the same model.
 */
export type PurchaseModelId = PurchaseFit['model'];

/** What the models know of n customers; time in weeks, all arrays [n]. */
export interface Purchases {
  /** Purchase days after the first. */
  x: Float64Array;
  /** Age at the last purchase (0 for who bought once): BG/NBD's t_x, which is not RFM's recency. */
  lastPurchaseAge: Float64Array;
  /** Time since the first purchase. */
  T: Float64Array;
}

/** Purchases with equal customers told once, and how many they are. */
interface Grouped extends Purchases {
  weight: Float64Array;
  customers: number;
}

/** Largest slope of the mean log-likelihood at which a fit counts as converged. */
const flat = 1e-6;

function grouped({ x, lastPurchaseAge, T }: Purchases): Grouped {
  const order = Uint32Array.from(x.keys()).sort(
    (i, j) => x[i] - x[j] || T[i] - T[j] || lastPurchaseAge[i] - lastPurchaseAge[j],
  );
  const first: number[] = [];
  const weight: number[] = [];
  for (const i of order) {
    const last = first.at(-1);
    if (last !== undefined && x[last] === x[i] && T[last] === T[i] && lastPurchaseAge[last] === lastPurchaseAge[i])
      weight[weight.length - 1]++;
    else {
      first.push(i);
      weight.push(1);
    }
  }
  const pick = (values: Float64Array) => Float64Array.from(first, (i) => values[i]);
  return {
    x: pick(x),
    lastPurchaseAge: pick(lastPurchaseAge),
    T: pick(T),
    weight: Float64Array.from(weight),
    customers: x.length,
  };
}

/** The parts of a customer's log-likelihood that follow from x alone, with their derivatives by r, a and b. */
function countTerms(x: number, s: number, r: number, a: number, b: number) {
  // s = 1: one more chance to leave, after the first purchase.
  const chances = x + s;
  return {
    value:
      logGamma(r + x) - logGamma(r) + logGamma(a + b) + logGamma(b + chances) - logGamma(b) - logGamma(a + b + chances),
    byR: digamma(r + x) - digamma(r),
    byA: digamma(a + b) - digamma(a + b + chances),
    byB: digamma(a + b) + digamma(b + chances) - digamma(b) - digamma(a + b + chances),
  };
}

/** Mean negative log-likelihood and its gradient by (ln r, ln α, ln a, ln b). */
function slopeOf(group: Grouped, s: number, theta: Float64Array): Slope {
  const [r, alpha, a, b] = theta.map(Math.exp);
  const gradient = new Float64Array(4);
  let value = 0;
  let terms = countTerms(0, s, r, a, b);
  let termsOf = 0;
  const logAlpha = Math.log(alpha);
  for (let i = 0; i < group.x.length; i++) {
    const x = group.x[i];
    // The groups come by x, so each x is worked out once.
    if (x !== termsOf) {
      terms = countTerms(x, s, r, a, b);
      termsOf = x;
    }
    const weight = group.weight[i];
    const logT = Math.log(alpha + group.T[i]);
    const logLast = Math.log(alpha + group.lastPurchaseAge[i]);
    const mayBeGone = x + s > 0;
    // Odds of having left right after the last purchase against being alive at T.
    const odds = mayBeGone ? (a / (b + x + s - 1)) * Math.exp((r + x) * (logT - logLast)) : 0;
    const gone = odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds);
    const kept = 1 - gone;
    const logSum =
      odds === Number.POSITIVE_INFINITY
        ? Math.log(a / (b + x + s - 1)) - (r + x) * logLast
        : Math.log1p(odds) - (r + x) * logT;
    value -= weight * (terms.value + r * logAlpha + logSum);
    gradient[0] -= weight * r * (terms.byR + logAlpha - kept * logT - gone * logLast);
    gradient[1] -=
      weight *
      alpha *
      (r / alpha - (r + x) * (kept / (alpha + group.T[i]) + gone / (alpha + group.lastPurchaseAge[i])));
    gradient[2] -= weight * a * (terms.byA + gone / a);
    if (mayBeGone) gradient[3] -= weight * b * (terms.byB - gone / (b + x + s - 1));
  }
  return { value: value / group.customers, gradient: gradient.map((part) => part / group.customers) };
}

/** Starts around the shop's own rate of buying: spread and loyal, even and fickle, and between. */
const shapes = [
  [0.5, 0.5, 2],
  [0.25, 0.8, 2.5],
  [1, 1, 5],
  [2, 0.1, 1],
];

/**
 * Fits BG/NBD or MBG/NBD by maximum likelihood, from several fixed starts, with the exact gradient, in log space.
 * @param purchases [n] n ≥ 1, time in weeks
 * @param near a fit of nearly the same customers, which then is the only start
 * @returns the best of the starts; `converged` says that the slope is flat there. O(n log n + starts · iterations · groups).
 * Reference: Fader, Hardie & Lee 2005, Marketing Science 24(2), eq. (6) and (7); Batislam, Denizel & Filiztekin 2007,
 * International Journal of Research in Marketing 24(3), eq. (1).
 */
export function fitPurchases(
  purchases: Purchases,
  model: PurchaseModelId,
  tick: () => void = () => {},
  near: PurchaseFit | null | undefined = null,
): PurchaseFit {
  const group = grouped(purchases);
  const s = model === 'mbg-nbd' ? 1 : 0;
  let bought = 0;
  let time = 0;
  for (let i = 0; i < group.x.length; i++) {
    bought += group.weight[i] * group.x[i];
    time += group.weight[i] * group.T[i];
  }
  const rate = Math.max(bought, 0.5) / Math.max(time, 1 / 7);
  const objective = (theta: Float64Array): Slope => walled(slopeOf(group, s, theta), theta, 1 / group.customers);
  const found = minimise(
    objective,
    near
      ? [[near.r, near.alpha, near.a, near.b].map(Math.log)]
      : shapes.map(([r, a, b]) => [r, r / rate, a, b].map(Math.log)),
    tick,
  );
  const [r, alpha, a, b] = found.x.map(Math.exp);
  return {
    model,
    r,
    alpha,
    a,
    b,
    logLikelihood: -slopeOf(group, s, found.x).value * group.customers,
    converged: found.slope <= flat,
    customers: group.customers,
  };
}

/** The parameters alone, as the formulas below take them. */
export type PurchaseParameters = Pick<PurchaseFit, 'model' | 'r' | 'alpha' | 'a' | 'b'>;

/**
 * Probability that a customer has not left.
 * @param lastPurchaseAge and T in weeks
 * Reference: Fader, Hardie & Lee 2008, "Computing P(alive) using the BG/NBD model" (note 021).
 */
export function aliveProbability(fit: PurchaseParameters, x: number, lastPurchaseAge: number, T: number): number {
  const chances = x + (fit.model === 'mbg-nbd' ? 1 : 0);
  if (chances === 0) return 1;
  const { r, alpha, a, b } = fit;
  return 1 / (1 + (a / (b + chances - 1)) * Math.exp((r + x) * Math.log((alpha + T) / (alpha + lastPurchaseAge))));
}

/** More terms than any real customer needs; beyond it the bound below is the answer. */
const mostTerms = 200_000;

/**
 * Expected purchases in the next t weeks of a customer who is alive.
 *
 * Eq. (10)'s (a + b + x − 1) / (a − 1) · [1 − (A / (A + t))^(r + x) · ₂F₁(r + x, b + x; a + b + x − 1; t / (A + t))],
 * A = α + T, is 0/0 at a = 1 and ∞ − ∞ below a + b = 1. Expanding ₂F₁ and summing by parts gives the same as
 * Σ_j P(more than j purchases) · P(not left after j of them), a negative binomial tail times a ratio of Beta functions:
 * every term is positive, so nothing cancels and no parameter is special.
 * @param shape r + x  @param rate α + T  @param a,stay the Beta distribution of the chance to leave, stay = b + x (+ 1)
 * Reference: Fader, Hardie & Lee 2005, eq. (10). O(shape · t / rate).
 */
export function expectedIfAlive(shape: number, rate: number, a: number, stay: number, t: number): number {
  if (t <= 0 || shape <= 0) return 0;
  const bound = (shape * t) / rate;
  if (a === 0) return bound;
  const u = t / (rate + t);
  const spread = Math.sqrt(bound / (1 - u));
  // Fewer purchases than this are out of the question; starting here keeps the first probability above underflow.
  const from = Math.max(0, Math.floor(bound - 12 * spread - 10));
  let sum = 0;
  let stays = 1;
  for (let j = 0; j < from; j++) {
    sum += stays;
    stays *= (stay + j) / (a + stay + j);
  }
  let exactly = Math.exp(
    logGamma(shape + from) - logGamma(shape) - logGamma(from + 1) + from * Math.log(u) + shape * Math.log1p(-u),
  );
  let more = 1 - exactly;
  for (let j = from; more > 1e-13 && j < mostTerms; j++) {
    const term = stays * more;
    sum += term;
    // The rest is at most this term times what is still expected.
    if (term * (1 + spread) < 1e-12 * sum) break;
    stays *= (stay + j) / (a + stay + j);
    exactly *= ((shape + j) / (j + 1)) * u;
    more -= exactly;
  }
  return Math.min(sum, bound);
}

/**
 * Expected purchases in the next t weeks: alive or not.
 * Reference: Fader, Hardie & Lee 2005, eq. (10).
 */
export function expectedPurchases(
  fit: PurchaseParameters,
  x: number,
  lastPurchaseAge: number,
  T: number,
  t: number,
): number {
  const stay = fit.b + x + (fit.model === 'mbg-nbd' ? 1 : 0);
  return aliveProbability(fit, x, lastPurchaseAge, T) * expectedIfAlive(fit.r + x, fit.alpha + T, fit.a, stay, t);
}
