import type {
  ClusterMethodId,
  ClusterResult,
  ClusterScore,
  ClusterSettings,
  Note,
} from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { createRng, sampleIndices } from '../numeric/rng.ts';
import { elbow, scoreLabellings, silhouetteWord } from './cluster-indices.ts';
import { clusterModel, mixtureMembership } from './cluster-model.ts';
import { type OrderedClusters, orderByWorth } from './cluster-profiles.ts';
import { type Clusterer, type Clustering, distinctPoints, type Points } from './clustering/model.ts';
import { clusterers } from './clustering/registry.ts';
import { topOfTree } from './dendrogram.ts';
import { type FeatureTable, placeInSpace, type SpacedCustomers } from './feature-space.ts';
import { principalComponents } from './principal-components.ts';
import { stabilities } from './stability.ts';
import { rfmVarianceExplained } from './variance-explained.ts';

export type { FeatureTable } from './feature-space.ts';

/** Fewer customers than this are not clustered. */
const fewestCustomers = 20;
const scatterSample = 2_000;
/** A cluster below this share of the customers is named in a note. */
export const smallShare = 0.02;
const mostDistances = 200;
/** A customer of a mixture whose best membership is below this is called uncertain. */
const sureMembership = 0.6;

export interface ClusterProgress {
  tick(done: number, total: number | null, note?: string): void;
}

/** A method by its id. @throws AppError 'not-found' */
export function clustererOf(id: ClusterMethodId): Clusterer {
  const found = clusterers.find((one) => one.id === id);
  if (found) return found;
  throw new AppError('not-found', `There is no clustering method "${id}".`, { method: id });
}

/** The numbers of clusters to try, within what the customers allow. */
export function clusterCounts(
  settings: Pick<ClusterSettings, 'kMin' | 'kMax' | 'k'>,
  distinct: number,
  notes: Note[],
): number[] {
  if (settings.kMin > settings.kMax) {
    throw new AppError(
      'invalid-input',
      `The smallest number of clusters (${settings.kMin}) is above the largest (${settings.kMax}); swap them.`,
      { kMin: settings.kMin, kMax: settings.kMax },
    );
  }
  const from = Math.min(settings.kMin, settings.k ?? settings.kMin);
  const to = Math.max(settings.kMax, settings.k ?? settings.kMax);
  const asked = settings.k ?? from;
  if (asked > distinct) {
    throw new AppError(
      'not-enough-data',
      `The chosen features take only ${distinct} different values, so ${asked} clusters cannot be made; ask for at most ${distinct} or add a feature.`,
      { k: asked, distinct },
    );
  }
  if (to > distinct) notes.push({ code: 'few-distinct', params: { kMax: to, distinct }, level: 'warning' });
  const counts: number[] = [];
  for (let k = from; k <= Math.min(to, distinct); k++) counts.push(k);
  return counts;
}

/** Refuses too few customers, or customers that are all alike, saying what is missing. */
export function requireEnough(table: FeatureTable, { dropped, points, space }: SpacedCustomers): void {
  const labels = table.features.map(({ label }) => label);
  if (points.n < fewestCustomers) {
    const why = dropped > 0 ? ` (${dropped} more have no value for ${labels.join(' or ')})` : '';
    throw new AppError(
      'not-enough-data',
      `Clustering needs at least ${fewestCustomers} customers with every chosen feature, and there are ${points.n}${why}. Import more customers, or choose features that more of them have.`,
      { customers: points.n, dropped, needed: fewestCustomers },
    );
  }
  if (space.length === 0) {
    throw new AppError(
      'not-enough-data',
      `All ${points.n} customers are the same in ${labels.join(', ')}, so there is nothing to group them by; choose other features.`,
      { customers: points.n },
    );
  }
}

const unit = 1_000;
/** Progress of one step of several, as what the methods are told to tick. */
export function stepOf(
  context: ClusterProgress,
  seed: number,
  { from, size, of }: { from: number; size: number; of: number },
  note: string,
) {
  let reached = from;
  const say = () => context.tick(Math.round(unit * reached), unit * of, note);
  const tick = (done: number, total: number) => {
    reached = Math.max(reached, from + (size * done) / Math.max(1, total));
    say();
  };
  return { seed, tick, check: say };
}

interface Scored {
  fits: Clustering[];
  scores: ClusterScore[];
  sampled: number | null;
}

/** Fits and scores every k of one method; fits, silhouettes and stability are 6, 2 and 2 tenths of the progress. */
function scoreAll(points: Points, counts: number[], settings: ClusterSettings, context: ClusterProgress): Scored {
  const { method, seed } = settings;
  const clusterer = clustererOf(method);
  const fits = clusterer.fit(
    points,
    counts,
    settings,
    'full',
    stepOf(context, seed, { from: 0, size: 6, of: 10 }, clusterer.name),
  );
  const silhouette = stepOf(context, seed, { from: 6, size: 2, of: 10 }, 'silhouette');
  return { fits, ...scoreLabellings(points, fits, createRng(seed), silhouette.tick) };
}

/** What the user should know of the clusters found. */
function clusterNotes(found: Clustering, { profiles }: OrderedClusters, method: string, customers: number): Note[] {
  const notes: Note[] = [];
  const noise = profiles.find(({ cluster }) => cluster === 0);
  if (found.k === 0) notes.push({ code: 'all-noise', params: { customers }, level: 'warning' });
  if (found.k === 1) notes.push({ code: 'one-cluster', params: { noise: noise?.customers ?? 0 }, level: 'warning' });
  if (noise && found.k > 0) {
    const params = { customers: noise.customers, customerShare: noise.customerShare };
    notes.push({ code: 'noise-group', params, level: 'info' });
  }
  for (const { cluster, customerShare, customers: size } of profiles) {
    if (cluster > 0 && customerShare < smallShare)
      notes.push({ code: 'small-cluster', params: { cluster, customers: size, customerShare }, level: 'warning' });
  }
  if (found.fittedOn !== null) {
    const params = { method, fittedOn: found.fittedOn, customers };
    notes.push({ code: 'fitted-on-sample', params, level: 'warning' });
  }
  if (found.mixture && !found.mixture.converged) notes.push({ code: 'not-converged', params: {}, level: 'warning' });
  return notes;
}

/** The k-distance curve, at most 200 points of it, first and last included. */
function densityOf({ density }: Clustering): ClusterResult['density'] {
  if (!density) return null;
  const { eps, kDistances, minPoints } = density;
  const count = Math.min(mostDistances, kDistances.length);
  const thinned = Array.from({ length: count }, (_, i) =>
    count < 2 ? kDistances[0] : kDistances[Math.round((i * (kDistances.length - 1)) / (count - 1))],
  );
  return { eps, minPoints, kDistances: thinned };
}

/** The chosen clustering with everything that explains it. */
function explainedClusters(
  table: FeatureTable,
  spaced: SpacedCustomers,
  found: Clustering,
  { method, seed }: ClusterSettings,
) {
  const { own, points, rows } = spaced;
  const { n, p, values } = points;
  const ordered = orderByWorth(spaced, found, table.revenue);
  const model = clusterModel(points, found, ordered, seed);
  const membershipOf = model.kind === 'mixture' ? mixtureMembership(model) : null;
  const pointAt = (i: number) => Array.from(values.subarray(i * p, i * p + p));
  const principal = principalComponents(points);
  let uncertain = 0;
  if (membershipOf) for (let i = 0; i < n; i++) if (Math.max(...membershipOf(pointAt(i))) < sureMembership) uncertain++;
  const labels = new Array<number>(table.customers.length).fill(-1);
  rows.forEach((row, i) => {
    labels[row] = ordered.labels[i] + 1;
  });
  const notes = clusterNotes(found, ordered, clustererOf(method).name, n);
  return {
    noise: ordered.labels.reduce((count, label) => count + (label < 0 ? 1 : 0), 0),
    fittedOn: found.fittedOn,
    rfmExplained: table.rfm ? rfmVarianceExplained(table.rfm, rows, ordered.labels) : null,
    profiles: ordered.profiles,
    centroids: ordered.order.map((c) => Array.from(found.centroids.subarray(c * p, c * p + p))),
    model,
    labels,
    components: principal.components,
    sample: Array.from(sampleIndices(n, scatterSample, createRng(seed)), (i) => ({
      customer: table.customers[rows[i]],
      cluster: ordered.labels[i] + 1,
      values: Array.from(own.subarray(i * p, i * p + p)),
      components: principal.of(i),
      membership: membershipOf?.(pointAt(i)) ?? null,
    })),
    dendrogram: found.tree && topOfTree(found.tree),
    density: densityOf(found),
    mixture: found.mixture && {
      meanLogLikelihood: found.mixture.meanLogLikelihood,
      bic: found.mixture.bic,
      converged: found.mixture.converged,
      uncertain,
    },
    notes: ordered.note ? [ordered.note, ...notes] : notes,
  };
}

/**
 * Clusters of the customers by one method, for every k from kMin to kMax with its indices; profiles, model, stability
 * and views of the chosen k.
 *
 * k is settings.k, or the best silhouette (ties to fewer clusters); DBSCAN finds its own, which may be 0 or 1: an answer
 * with the note `all-noise` or `one-cluster`. Clusters are numbered by value: mean revenue; where there are no sales mean
 * income × mean spending score (or the one of them that was chosen); else the mean of the first feature; noise is 0 and
 * stands last. Means, centroids, samples and the values of the one-customer form stand in the order of `space`, which is
 * the table's order without constant and repeated features.
 * @param table [n] customers × [p] features, n ≥ 20 complete ones
 * @throws AppError 'not-enough-data' under 20 customers, all alike, or fewer different points than clusters;
 *   'invalid-input' when kMin > kMax; what `context.tick` throws. Same table and seed: same bits.
 */
export function clusterCustomers(
  table: FeatureTable,
  settings: ClusterSettings,
  context: ClusterProgress,
): ClusterResult {
  const spaced = placeInSpace(table, settings);
  requireEnough(table, spaced);
  const { points, space } = spaced;
  const notes = [...spaced.notes];
  const clusterer = clustererOf(settings.method);
  const most = Math.max(settings.kMax, settings.k ?? 0);
  const counts = clusterer.takesK ? clusterCounts(settings, distinctPoints(points, most), notes) : [];
  const { fits, scores, sampled } = scoreAll(points, counts, settings, context);

  const best = scores.reduce((top, score) => (score.silhouette > top.silhouette ? score : top));
  const chosen = (clusterer.takesK && scores.find(({ k }) => k === settings.k)) || best;
  const found = fits[scores.indexOf(chosen)];
  const step = stepOf(context, settings.seed, { from: 8, size: 2, of: 10 }, 'stability');
  const [stability] = stabilities(points, clusterer, [found], settings, settings.seed, step);
  const { notes: more, ...explained } = explainedClusters(table, spaced, found, settings);
  return {
    settings,
    space,
    customers: points.n,
    dropped: spaced.dropped,
    scores,
    k: chosen.k,
    elbowK: elbow(scores),
    silhouette: chosen.silhouette,
    word: silhouetteWord(chosen.silhouette),
    silhouetteSample: sampled,
    stability,
    ...explained,
    notes: [...notes, ...more],
  };
}
