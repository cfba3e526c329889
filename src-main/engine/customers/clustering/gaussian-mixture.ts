import { createRng } from '../../numeric/rng.ts';
import {
  blockFor,
  type Components,
  type Covariance,
  componentsOf,
  emStep,
  keepComponents,
  likeliest,
} from './gaussian-components.ts';
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

/** Above this many points the mixture is fitted on a seeded sample of this size; its densities label all points. */
const largestFit = 20_000;
/** The starts are compared on at most this many points, a seeded sample. */
const searchSample = 2_000;
/** Never fewer than ten starts; small tables can afford more. */
const startsFor = (n: number): number => Math.max(10, Math.min(60, Math.round(20_000 / n)));
/** So many of them climb on, and the best of these to the end on all points. */
const finalists = 3;

/**
 * A climb ends when a step gains less than the tolerance in mean log-likelihood, or after so many steps. The last climb
 * has 3·10⁻⁶ where scikit-learn's default is 10⁻³. No tolerance makes the split itself comparable between programs: on
 * figures that tie (one purchase each) the likelihood has many optima, and along its flat ridges the silhouette wanders
 * by a tenth of its value, in scikit-learn from seed to seed as well. So likelihood and BIC are compared, not the split.
 */
interface Until {
  tolerance: number;
  steps: number;
}
const loose: Until = { tolerance: 1e-3, steps: 200 };
const fine: Until = { tolerance: 1e-4, steps: 100 };
const tight: Until = { tolerance: 3e-6, steps: 300 };
const quick: Until = { tolerance: 1e-3, steps: 20 };

interface Climbed {
  components: Components;
  meanLogLikelihood: number;
  converged: boolean;
}

/** Expectation–maximisation from given components, which it changes. */
function climb(points: Points, components: Components, { steps, tolerance }: Until, check: () => void): Climbed {
  const block = blockFor(components.k, components.p, components.covariance);
  let before = -Infinity;
  let converged = false;
  for (let step = 0; ; step++) {
    check();
    const settled = (mean: number): boolean => {
      converged = mean - before < tolerance;
      return converged || step === steps;
    };
    const meanLogLikelihood = emStep(points, components, block, settled);
    if (converged || step === steps) return { components, meanLogLikelihood, converged };
    before = meanLogLikelihood;
  }
}

/** The best of several starts: the K-Means answer, and single K-Means runs with seeds of their own. */
function search(
  points: Points,
  k: number,
  covariance: Covariance,
  effort: Effort,
  context: ClusteringContext,
): Climbed {
  const { check, seed, tick } = context;
  const first = componentsOf(points, kmeansOf(points, k, 'quick', { seed, check, tick: check }).labels, k, covariance);
  if (effort === 'quick') return climb(points, first, quick, check);
  const rng = createRng(seed);
  const rows = affordableRows(points.n, searchSample, searchSample, rng);
  const part = rows ? takeRows(points, rows) : points;
  const starts = startsFor(points.n);
  const found = [climb(part, first, loose, check)];
  for (let start = 1; start < starts; start++) {
    tick(start, starts + 1);
    const labels = labelsOfOneStart(part, k, rng, context);
    found.push(climb(part, componentsOf(part, labels, k, covariance), loose, check));
  }
  const likelier = (a: Climbed, b: Climbed) => b.meanLogLikelihood - a.meanLogLikelihood;
  const ahead = found.sort(likelier).slice(0, finalists);
  const [best] = ahead.map(({ components }) => climb(part, components, fine, check)).sort(likelier);
  return climb(points, best.components, tight, check);
}

/** Mean 0 and standard deviation 1 in every column, where the sums of products lose no digits. */
function standardised({ n, p, values }: Points): { points: Points; shift: Float64Array; scale: Float64Array } {
  const shift = new Float64Array(p);
  const scale = new Float64Array(p);
  for (let at = 0; at < n * p; at++) shift[at % p] += values[at] / n;
  for (let at = 0; at < n * p; at++) scale[at % p] += (values[at] - shift[at % p]) ** 2 / n;
  for (let j = 0; j < p; j++) scale[j] = Math.sqrt(scale[j]) || 1;
  const own = values.map((value, at) => (value - shift[at % p]) / scale[at % p]);
  return { points: { n, p, values: own }, shift, scale };
}

/** Free parameters: weights, means, covariances. */
const parameters = (k: number, p: number, covariance: Covariance): number =>
  k - 1 + k * p + (covariance === 'full' ? (k * p * (p + 1)) / 2 : k * p);

/** The mixture in the units of the points before they were standardised. */
function mixtureOf(
  { covariance, covariances, k, means, p, weights }: Components,
  { shift, scale }: { shift: Float64Array; scale: Float64Array },
  fitted: { n: number; meanLogLikelihood: number; converged: boolean },
): Mixture {
  const meanLogLikelihood = fitted.meanLogLikelihood - scale.reduce((sum, unit) => sum + Math.log(unit), 0);
  return {
    weights,
    means: means.map((mean, at) => mean * scale[at % p] + shift[at % p]),
    covariances: covariances.map((value, at) => value * scale[at % p] * scale[Math.floor(at / p) % p]),
    meanLogLikelihood,
    bic: -2 * fitted.n * meanLogLikelihood + parameters(k, p, covariance) * Math.log(fitted.n),
    converged: fitted.converged,
  };
}

function clusteringOf(
  points: Points,
  k: number,
  covariance: Covariance,
  effort: Effort,
  context: ClusteringContext,
): Clustering {
  requireDistinct(points, k);
  const placed = standardised(points);
  const rows = affordableRows(points.n, largestFit, largestFit, createRng(context.seed));
  const part = rows ? takeRows(placed.points, rows) : placed.points;
  if (rows) requireDistinct(part, k);
  const found = search(part, k, covariance, effort, context);
  let { components } = found;
  let { labels, meanLogLikelihood } = likeliest(placed.points, components);
  for (let owners = new Set(labels); owners.size < components.k; owners = new Set(labels)) {
    // A component that no point belongs to most is no cluster: it is left out, and the rest share its weight.
    components = keepComponents(
      components,
      [...owners].sort((a, b) => a - b),
    );
    ({ labels, meanLogLikelihood } = likeliest(placed.points, components));
  }
  return {
    ...plainClustering(components.k, labels, centroidsOf(points, labels, components.k)),
    fittedOn: rows ? rows.length : null,
    mixture: mixtureOf(components, placed, { n: points.n, meanLogLikelihood, converged: found.converged }),
  };
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
    counts.map((k, index) => clusteringOf(points, k, covariance, effort, partOf(context, index, counts.length))),
});
