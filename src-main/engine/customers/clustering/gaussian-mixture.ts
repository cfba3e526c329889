import { cholesky, invertLower } from '../../numeric/linear-algebra.ts';
import { createRng } from '../../numeric/rng.ts';
import { kmeansOf, labelsOfOneStart } from './kmeans.ts';
import { type Clustering, type ClusteringContext, defineClusterer, type Mixture, type Points } from './model.ts';
import {
  affordableRows,
  centroidsOf,
  type Effort,
  partOf,
  plainClustering,
  requireDistinct,
  takeRows,
} from './partition.ts';

/** Added to every variance, so that a component never collapses on a line or a point (as scikit-learn's reg_covar). */
const ridge = 1e-6;
/** Above this many points the mixture is fitted on a seeded sample of this size; its densities label all points. */
const largestFit = 20_000;
/** Starts are compared at the loose tolerance (gain in mean log-likelihood per step); the best go on to the tight one. */
const loose = { tolerance: 1e-3, steps: 200 };
const tight = { tolerance: 1e-6, steps: 500 };
const quick = { tolerance: 1e-4, steps: 100 };
const starts = 10;
const polished = 2;
const searchSample = 3_000;
/** Memberships below this add nothing to a component's sums. */
const negligible = 1e-12;

type Covariance = 'full' | 'diagonal';

/** A mixture with what a density needs: log weights and the inverse Cholesky factors of the covariances. */
interface Components {
  k: number;
  p: number;
  covariance: Covariance;
  weights: Float64Array;
  /** [k·p] */
  means: Float64Array;
  /** [k·p·p] */
  covariances: Float64Array;
  /** [k·p·p] lower triangular: y = whiten·(x − mean) has unit variance. */
  whiten: Float64Array;
  /** [k] log of weight × the normalising factor of the density. */
  constant: Float64Array;
}

/** Sums over the points, weighted by membership, of the deviations from the old means. */
interface Moments {
  /** [k] */
  total: Float64Array;
  /** [k·p] */
  first: Float64Array;
  /** [k·p·p] lower triangle; the diagonal alone for diagonal covariances. */
  second: Float64Array;
}

const emptyMoments = (k: number, p: number): Moments => ({
  total: new Float64Array(k),
  first: new Float64Array(k * p),
  second: new Float64Array(k * p * p),
});

/** Fills whiten and constant; a covariance that is not positive definite gets a larger ridge until it is one. */
function prepare(components: Components): Components {
  const { constant, covariances, k, p, weights, whiten } = components;
  for (let c = 0; c < k; c++) {
    const own = covariances.subarray(c * p * p, (c + 1) * p * p);
    let factor = cholesky(own, p);
    for (let more = ridge; factor === null; more *= 10) {
      for (let j = 0; j < p; j++) own[j * p + j] = Math.max(own[j * p + j], 0) + more;
      factor = cholesky(own, p);
    }
    whiten.set(invertLower(factor, p), c * p * p);
    let logDeterminant = 0;
    for (let j = 0; j < p; j++) logDeterminant += Math.log(factor[j * p + j]);
    constant[c] = Math.log(weights[c]) - logDeterminant - (p / 2) * Math.log(2 * Math.PI);
  }
  return components;
}

/** Room for one point: deviations from the means [k·p], and logs of weight × density, then memberships [k]. */
interface Workspace {
  gaps: Float64Array;
  logs: Float64Array;
}

const workspaceFor = ({ k, p }: Components): Workspace => ({
  gaps: new Float64Array(k * p),
  logs: new Float64Array(k),
});

/** Fills the workspace for point i; answers the largest of the logs. O(k·p²), O(k·p) for diagonal covariances. */
function fillLogs(components: Components, values: Float64Array, i: number, { gaps, logs }: Workspace): number {
  const { constant, covariance, k, means, p, whiten } = components;
  const full = covariance === 'full';
  const start = i * p;
  let most = -Infinity;
  let mean = 0;
  let row = 0;
  for (let c = 0; c < k; c++) {
    const own = mean;
    let square = 0;
    for (let j = 0; j < p; j++, mean++, row += p) {
      gaps[mean] = values[start + j] - means[mean];
      let y = whiten[row + j] * gaps[mean];
      if (full) for (let m = 0; m < j; m++) y += whiten[row + m] * gaps[own + m];
      square += y * y;
    }
    const log = constant[c] - 0.5 * square;
    logs[c] = log;
    if (log > most) most = log;
  }
  return most;
}

/** Adds a point with these deviations from the old mean of component c, a member of the given weight. */
function addMember(moments: Moments, { covariance, p }: Components, gaps: Float64Array, c: number, weight: number) {
  const { first, second, total } = moments;
  const full = covariance === 'full';
  const own = c * p;
  total[c] += weight;
  for (let j = 0, row = own * p; j < p; j++, row += p) {
    const weighted = weight * gaps[own + j];
    first[own + j] += weighted;
    if (full) for (let m = 0; m < j; m++) second[row + m] += weighted * gaps[own + m];
    second[row + j] += weighted * gaps[own + j];
  }
}

/** E-step: the moments of all points and the mean log-likelihood. O(n·k·p²). */
function expect({ n, values }: Points, components: Components, workspace: Workspace) {
  const { k, p } = components;
  const { gaps, logs } = workspace;
  const moments = emptyMoments(k, p);
  let logLikelihood = 0;
  for (let i = 0; i < n; i++) {
    const most = fillLogs(components, values, i, workspace);
    let sum = 0;
    for (let c = 0; c < k; c++) {
      logs[c] = Math.exp(logs[c] - most);
      sum += logs[c];
    }
    logLikelihood += most + Math.log(sum);
    for (let c = 0; c < k; c++) if (logs[c] > negligible) addMember(moments, components, gaps, c, logs[c] / sum);
  }
  return { moments, meanLogLikelihood: logLikelihood / n };
}

/** M-step: weights, means and regularised covariances of the moments; a component without members keeps its shape. */
function maximise(n: number, moments: Moments, components: Components): Components {
  const { covariances, k, means, p, weights } = components;
  const { first, second, total } = moments;
  for (let c = 0; c < k; c++) {
    weights[c] = Math.max(total[c], negligible) / n;
    if (total[c] <= negligible) continue;
    for (let j = 0; j < p; j++) {
      const shift = first[c * p + j] / total[c];
      for (let m = 0; m <= j; m++) {
        const at = (c * p + j) * p + m;
        const value =
          components.covariance === 'full' || m === j
            ? second[at] / total[c] - shift * (first[c * p + m] / total[c])
            : 0;
        covariances[at] = m === j ? Math.max(0, value) + ridge : value;
        covariances[(c * p + m) * p + j] = covariances[at];
      }
    }
    for (let j = 0; j < p; j++) means[c * p + j] += first[c * p + j] / total[c];
  }
  return prepare(components);
}

/** The components of hard labels: sizes, means and covariances of the clusters. */
function componentsOf(points: Points, labels: Int32Array, k: number, covariance: Covariance): Components {
  const { n, p, values } = points;
  const components: Components = {
    k,
    p,
    covariance,
    weights: new Float64Array(k),
    means: centroidsOf(points, labels, k),
    covariances: new Float64Array(k * p * p),
    whiten: new Float64Array(k * p * p),
    constant: new Float64Array(k),
  };
  const moments = emptyMoments(k, p);
  const gaps = new Float64Array(k * p);
  for (let i = 0; i < n; i++) {
    const mean = labels[i] * p;
    for (let j = 0; j < p; j++) gaps[mean + j] = values[i * p + j] - components.means[mean + j];
    addMember(moments, components, gaps, labels[i], 1);
  }
  return maximise(n, moments, components);
}

interface Fitted {
  components: Components;
  meanLogLikelihood: number;
  converged: boolean;
}

/** EM from given components until a step gains less than the tolerance. Changes the components. */
function climb(points: Points, from: Fitted, until: typeof loose, context: ClusteringContext): Fitted {
  const { components } = from;
  const workspace = workspaceFor(components);
  let before = -Infinity;
  for (let step = 0; ; step++) {
    context.check();
    const { meanLogLikelihood, moments } = expect(points, components, workspace);
    const converged = meanLogLikelihood - before < until.tolerance;
    // The components that have this likelihood stay as they are.
    if (converged || step === until.steps) return { components, meanLogLikelihood, converged };
    before = meanLogLikelihood;
    maximise(points.n, moments, components);
  }
}

const fromLabels = (points: Points, labels: Int32Array, k: number, covariance: Covariance): Fitted => ({
  components: componentsOf(points, labels, k, covariance),
  meanLogLikelihood: -Infinity,
  converged: false,
});

/** The best of several starts on at most `searchSample` points, climbed to the end on all. */
function search(points: Points, k: number, covariance: Covariance, effort: Effort, context: ClusteringContext): Fitted {
  const first = fromLabels(points, kmeansOf(points, k, 'quick', context).labels, k, covariance);
  if (effort === 'quick') return climb(points, first, quick, context);
  const rng = createRng(context.seed);
  const rows = affordableRows(points.n, searchSample, searchSample, rng);
  const part = rows ? takeRows(points, rows) : points;
  const found = [climb(part, first, loose, context)];
  for (let start = 1; start < starts; start++) {
    context.tick(start, starts + polished);
    const labels = labelsOfOneStart(part, k, rng, context);
    found.push(climb(part, fromLabels(part, labels, k, covariance), loose, context));
  }
  const best = found.sort((a, b) => b.meanLogLikelihood - a.meanLogLikelihood).slice(0, polished);
  const ends = best.map((start) => climb(points, start, tight, context));
  return ends.reduce((top, end) => (end.meanLogLikelihood > top.meanLogLikelihood ? end : top));
}

/** The likeliest component of every point, and the mean log-likelihood of all. */
function label({ n, values }: Points, components: Components): { labels: Int32Array; meanLogLikelihood: number } {
  const workspace = workspaceFor(components);
  const { logs } = workspace;
  const labels = new Int32Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const most = fillLogs(components, values, i, workspace);
    let sum = 0;
    for (let c = 0; c < components.k; c++) sum += Math.exp(logs[c] - most);
    labels[i] = logs.indexOf(most);
    total += most + Math.log(sum);
  }
  return { labels, meanLogLikelihood: total / n };
}

/** The components that are the likeliest of at least one point, with weights that add to 1 again. */
function owned({ k, p, covariance, weights, means, covariances }: Components, labels: Int32Array): Components {
  const kept = Array.from({ length: k }, (_, c) => c).filter((c) => labels.includes(c));
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
    whiten: new Float64Array(kept.length * p * p),
    constant: new Float64Array(kept.length),
  });
}

/** Free parameters: weights, means, covariances. */
const parameters = (k: number, p: number, covariance: Covariance): number =>
  k - 1 + k * p + (covariance === 'full' ? (k * p * (p + 1)) / 2 : k * p);

function fit(
  points: Points,
  k: number,
  covariance: Covariance,
  effort: Effort,
  context: ClusteringContext,
): Clustering {
  const { n, p } = points;
  requireDistinct(points, k);
  const rows = affordableRows(n, largestFit, largestFit, createRng(context.seed));
  const part = rows ? takeRows(points, rows) : points;
  if (rows) requireDistinct(part, k);
  const found = search(part, k, covariance, effort, context);
  let { components } = found;
  let { labels, meanLogLikelihood } = label(points, components);
  while (new Set(labels).size < components.k) {
    // A component that no point belongs to most is no cluster: it is left out, and the rest share its weight.
    components = owned(components, labels);
    ({ labels, meanLogLikelihood } = label(points, components));
  }
  const mixture: Mixture = {
    weights: components.weights,
    means: components.means,
    covariances: components.covariances,
    meanLogLikelihood,
    bic: -2 * n * meanLogLikelihood + parameters(components.k, p, covariance) * Math.log(n),
    converged: found.converged,
  };
  const own = plainClustering(components.k, labels, centroidsOf(points, labels, components.k));
  return { ...own, fittedOn: rows && rows.length, mixture };
}

/**
 * Gaussian mixture by expectation–maximisation, in logarithms throughout. The number of clusters is smaller than asked
 * where a component is nobody's likeliest.
 */
export const gaussianMixture = defineClusterer({
  id: 'mixture',
  name: 'Gaussian mixture',
  about: 'Sees groups as overlapping clouds of any size and direction, and says how surely a customer belongs to each.',
  reference:
    'Dempster, Laird & Rubin 1977, J. R. Stat. Soc. B 39; equations: Bishop 2006, Pattern Recognition and Machine Learning, (9.23)–(9.28); BIC: Schwarz 1978, Ann. Stat. 6(2)',
  takesK: true,
  fit: (points, counts, { covariance }, effort, context) =>
    counts.map((k, index) => fit(points, k, covariance, effort, partOf(context, index, counts.length))),
});
