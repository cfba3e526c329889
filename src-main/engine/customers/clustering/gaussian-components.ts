import { cholesky, invertLower } from '../../numeric/linear-algebra.ts';
import type { Points } from './model.ts';

/** Added to every variance (in units of the points, which are standardised), so that no component collapses. */
const ridge = 1e-6;
/** Points worked on together: their terms and memberships stay in the processor's cache. */
const blockSize = 256;
/** Memberships below e^−30 count as none. */
const leastLog = -30;
/** A component with fewer members than this keeps its mean and its shape. */
const fewestMembers = 1e-9;

export type Covariance = 'full' | 'diagonal';

/**
 * Gaussian components as an exponential family: log(weight × density) = constant + Σ coefficient × term, the terms of a
 * point being its coordinates and their products (the squares alone for 'diagonal').
 */
export interface Components {
  k: number;
  p: number;
  covariance: Covariance;
  /** [k] */
  weights: Float64Array;
  /** [k·p] */
  means: Float64Array;
  /** [k·p·p] */
  covariances: Float64Array;
  /** [k] */
  constants: Float64Array;
  /** [k·terms] */
  coefficients: Float64Array;
}

/** Room for the terms of some points in a row and for their memberships: [terms] and [k] columns of `blockSize`. */
export interface Block {
  pairs: [number, number][];
  terms: Float64Array[];
  logs: Float64Array[];
  /** Largest log and sum of densities of each point. */
  most: Float64Array;
  sums: Float64Array;
}

/** Pairs of columns whose products are terms. */
function productPairs(p: number, covariance: Covariance): [number, number][] {
  const pairs: [number, number][] = [];
  for (let j = 0; j < p; j++) for (let m = covariance === 'full' ? 0 : j; m <= j; m++) pairs.push([j, m]);
  return pairs;
}

/** Columns in multiples of four, so that the sums below need no remainder; the added ones stay 0. */
const columns = (count: number): Float64Array[] =>
  Array.from({ length: Math.ceil(count / 4) * 4 }, () => new Float64Array(blockSize));

const termCount = (p: number, covariance: Covariance): number =>
  Math.ceil((p + productPairs(p, covariance).length) / 4) * 4;

/** Room for the steps of mixtures with k components. */
export function blockFor(k: number, p: number, covariance: Covariance): Block {
  return {
    pairs: productPairs(p, covariance),
    terms: columns(termCount(p, covariance)),
    logs: Array.from({ length: k }, () => new Float64Array(blockSize)),
    most: new Float64Array(blockSize),
    sums: new Float64Array(blockSize),
  };
}

/** Fills the terms of points from … from + size − 1. */
function fillTerms({ p, values }: Points, from: number, size: number, { pairs, terms }: Block): void {
  for (let j = 0; j < p; j++) {
    const column = terms[j];
    for (let b = 0, at = from * p + j; b < size; b++, at += p) column[b] = values[at];
  }
  pairs.forEach(([j, m], index) => {
    const [left, right, product] = [terms[j], terms[m], terms[p + index]];
    for (let b = 0; b < size; b++) product[b] = left[b] * right[b];
  });
}

/** Fills the logs of weight × density of one component over the block. O(size·terms). */
function fillLogs({ coefficients, constants }: Components, c: number, size: number, { logs, terms }: Block): void {
  const out = logs[c];
  out.fill(constants[c]);
  const own = c * terms.length;
  for (let t = 0; t < terms.length; t += 4) {
    const [t0, t1, t2, t3] = [terms[t], terms[t + 1], terms[t + 2], terms[t + 3]];
    const c0 = coefficients[own + t];
    const c1 = coefficients[own + t + 1];
    const c2 = coefficients[own + t + 2];
    const c3 = coefficients[own + t + 3];
    for (let b = 0; b < size; b++) out[b] += c0 * t0[b] + c1 * t1[b] + (c2 * t2[b] + c3 * t3[b]);
  }
}

/** Turns the logs of the block into memberships; answers the sum of the points' log-likelihoods. O(size·k). */
function normalise({ logs, most, sums }: Block, size: number): number {
  most.set(logs[0]);
  for (let c = 1; c < logs.length; c++) {
    const own = logs[c];
    for (let b = 0; b < size; b++) if (own[b] > most[b]) most[b] = own[b];
  }
  sums.fill(0);
  for (let c = 0; c < logs.length; c++) {
    const own = logs[c];
    for (let b = 0; b < size; b++) {
      const gap = own[b] - most[b];
      const density = gap < leastLog ? 0 : Math.exp(gap);
      own[b] = density;
      sums[b] += density;
    }
  }
  let total = 0;
  for (let b = 0; b < size; b++) {
    total += most[b] + Math.log(sums[b]);
    sums[b] = 1 / sums[b];
  }
  for (let c = 0; c < logs.length; c++) {
    const own = logs[c];
    for (let b = 0; b < size; b++) own[b] *= sums[b];
  }
  return total;
}

/** Adds the block's memberships and terms to the sums of one component: [0] members, then [terms]. O(size·terms). */
function addSums(sums: Float64Array, own: number, members: Float64Array, terms: Float64Array[], size: number): void {
  let total = 0;
  for (let b = 0; b < size; b++) total += members[b];
  sums[own] += total;
  for (let t = 0; t < terms.length; t += 4) {
    const [t0, t1, t2, t3] = [terms[t], terms[t + 1], terms[t + 2], terms[t + 3]];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let b = 0; b < size; b++) {
      const member = members[b];
      s0 += member * t0[b];
      s1 += member * t1[b];
      s2 += member * t2[b];
      s3 += member * t3[b];
    }
    const at = own + 1 + t;
    sums[at] += s0;
    sums[at + 1] += s1;
    sums[at + 2] += s2;
    sums[at + 3] += s3;
  }
}

/** Fills constants and coefficients; a covariance that is not positive definite gets a larger ridge until it is one. */
function prepare(components: Components): Components {
  const { coefficients, constants, covariance, covariances, k, means, p, weights } = components;
  const pairs = productPairs(p, covariance);
  const terms = termCount(p, covariance);
  for (let c = 0; c < k; c++) {
    const own = covariances.subarray(c * p * p, (c + 1) * p * p);
    let factor = cholesky(own, p);
    for (let more = ridge; factor === null; more *= 10) {
      for (let j = 0; j < p; j++) own[j * p + j] += more;
      factor = cholesky(own, p);
    }
    const inverse = invertLower(factor, p);
    const precision = (j: number, m: number): number => {
      let sum = 0;
      for (let row = Math.max(j, m); row < p; row++) sum += inverse[row * p + j] * inverse[row * p + m];
      return sum;
    };
    let log = Math.log(weights[c]) - (p / 2) * Math.log(2 * Math.PI);
    for (let j = 0; j < p; j++) {
      let linear = 0;
      for (let m = 0; m < p; m++) linear += precision(j, m) * means[c * p + m];
      coefficients[c * terms + j] = linear;
      log -= Math.log(factor[j * p + j]) + 0.5 * linear * means[c * p + j];
    }
    pairs.forEach(([j, m], index) => {
      coefficients[c * terms + p + index] = (j === m ? -0.5 : -1) * precision(j, m);
    });
    constants[c] = log;
  }
  return components;
}

/** M-step: weights, means and regularised covariances of the sums. Bishop (9.24)–(9.26). */
function maximise(n: number, sums: Float64Array, components: Components): Components {
  const { covariance, covariances, k, means, p, weights } = components;
  const pairs = productPairs(p, covariance);
  const width = termCount(p, covariance) + 1;
  for (let c = 0; c < k; c++) {
    const own = c * width;
    const members = sums[own];
    weights[c] = Math.max(members, fewestMembers) / n;
    if (members <= fewestMembers) continue;
    for (let j = 0; j < p; j++) means[c * p + j] = sums[own + 1 + j] / members;
    pairs.forEach(([j, m], index) => {
      const value = sums[own + 1 + p + index] / members - means[c * p + j] * means[c * p + m];
      const kept = j === m ? Math.max(0, value) + ridge : value;
      covariances[(c * p + j) * p + m] = kept;
      covariances[(c * p + m) * p + j] = kept;
    });
  }
  return prepare(components);
}

/**
 * The components of hard labels: sizes, means and covariances of the clusters.
 * @param points standardised @param labels [n] 0 … k − 1
 */
export function componentsOf(points: Points, labels: Int32Array, k: number, covariance: Covariance): Components {
  const { n, p } = points;
  const block = blockFor(k, p, covariance);
  const { logs, terms } = block;
  const sums = new Float64Array(k * (terms.length + 1));
  for (let from = 0; from < n; from += blockSize) {
    const size = Math.min(blockSize, n - from);
    fillTerms(points, from, size, block);
    for (let c = 0; c < k; c++) {
      for (let b = 0; b < size; b++) logs[c][b] = labels[from + b] === c ? 1 : 0;
      addSums(sums, c * (terms.length + 1), logs[c], terms, size);
    }
  }
  const covariances = new Float64Array(k * p * p);
  for (let c = 0; c < k; c++) for (let j = 0; j < p; j++) covariances[(c * p + j) * p + j] = ridge;
  return maximise(n, sums, {
    k,
    p,
    covariance,
    weights: new Float64Array(k),
    means: new Float64Array(k * p),
    covariances,
    constants: new Float64Array(k),
    coefficients: new Float64Array(k * terms.length),
  });
}

/**
 * One step of expectation–maximisation: answers the mean log-likelihood of the components as they were, and changes
 * them unless `settled` says of that figure that they shall stay. O(n·k·p²); O(n·k·p) for diagonal covariances.
 */
export function emStep(
  points: Points,
  components: Components,
  block: Block,
  settled: (meanLogLikelihood: number) => boolean,
): number {
  const { n } = points;
  const { k } = components;
  const width = block.terms.length + 1;
  const sums = new Float64Array(k * width);
  let logLikelihood = 0;
  for (let from = 0; from < n; from += blockSize) {
    const size = Math.min(blockSize, n - from);
    fillTerms(points, from, size, block);
    for (let c = 0; c < k; c++) fillLogs(components, c, size, block);
    logLikelihood += normalise(block, size);
    for (let c = 0; c < k; c++) addSums(sums, c * width, block.logs[c], block.terms, size);
  }
  const mean = logLikelihood / n;
  if (!settled(mean)) maximise(n, sums, components);
  return mean;
}

/** The likeliest component of every point (ties to the first), and the mean log-likelihood of all. O(n·k·p²). */
export function likeliest(points: Points, components: Components): { labels: Int32Array; meanLogLikelihood: number } {
  const { n, p } = points;
  const block = blockFor(components.k, p, components.covariance);
  const labels = new Int32Array(n);
  let total = 0;
  for (let from = 0; from < n; from += blockSize) {
    const size = Math.min(blockSize, n - from);
    fillTerms(points, from, size, block);
    for (let c = 0; c < components.k; c++) fillLogs(components, c, size, block);
    total += normalise(block, size);
    for (let b = 0; b < size; b++) {
      for (let c = 1; c < components.k; c++)
        if (block.logs[c][b] > block.logs[labels[from + b]][b]) labels[from + b] = c;
    }
  }
  return { labels, meanLogLikelihood: total / n };
}

/** The named components alone, with weights that add to 1 again. */
export function keepComponents(components: Components, kept: number[]): Components {
  const { covariance, covariances, means, p, weights } = components;
  const pick = (source: Float64Array, size: number) =>
    Float64Array.from(kept.flatMap((c) => Array.from(source.subarray(c * size, (c + 1) * size))));
  const shares = pick(weights, 1);
  const total = shares.reduce((sum, share) => sum + share, 0);
  return prepare({
    k: kept.length,
    p,
    covariance,
    weights: shares.map((share) => share / total),
    means: pick(means, p),
    covariances: pick(covariances, p * p),
    constants: new Float64Array(kept.length),
    coefficients: new Float64Array(kept.length * termCount(p, covariance)),
  });
}
