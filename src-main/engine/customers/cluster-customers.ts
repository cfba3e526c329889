import type { ClusterProfile, ClusterResult, ClusterSettings, Note } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { createRng, sampleIndices } from '../numeric/rng.ts';
import { elbow, scoreLabellings, silhouetteWord } from './cluster-indices.ts';
import { kmeans } from './clustering/kmeans.ts';
import { type Clustering, distinctPoints } from './clustering/model.ts';
import { type FeatureTable, placeInSpace, type SpacedCustomers } from './feature-space.ts';

export type { FeatureTable } from './feature-space.ts';

/** Fewer customers than this are not clustered. */
const fewestCustomers = 20;
const scatterSample = 2_000;
/** A cluster below this share of the customers is named in a note. */
const smallShare = 0.02;

interface Context {
  tick(done: number, total: number | null, note?: string): void;
}

/** The numbers of clusters to try, within what the customers allow. */
function clusterCounts(settings: ClusterSettings, distinct: number, notes: Note[]): number[] {
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

/** What a cluster is worth: the figure that orders the labels, the largest first. */
function clusterWorth(profiles: ClusterProfile[], { space }: SpacedCustomers): { worth: number[]; note: Note } {
  if (profiles[0].revenue !== null) {
    return {
      worth: profiles.map(({ customers, revenue }) => revenue! / customers),
      note: { code: 'ordered-by-revenue', params: {}, level: 'info' },
    };
  }
  // Without sales, income × spending score stands for the money a customer is good for; one of them alone stands for itself.
  const named = space.flatMap(({ id }, index) => (id === 'income' || id === 'spendingScore' ? [index] : []));
  const used = named.length > 0 ? named : [0];
  const feature = used.map((index) => space[index].label).join(' × ');
  return {
    worth: profiles.map(({ means }) => used.reduce((product, index) => product * means[index], 1)),
    note: { code: 'ordered-by-feature', params: { feature }, level: 'info' },
  };
}

/** Sizes, means in the features' own units and revenue of each cluster, in the order of the labels. */
function profilesOf(
  { own, points, rows }: SpacedCustomers,
  { k, labels }: Clustering,
  revenue: Float64Array | null,
): ClusterProfile[] {
  const { n, p } = points;
  const profiles: ClusterProfile[] = Array.from({ length: k }, (_, c) => ({
    cluster: c + 1,
    customers: 0,
    customerShare: 0,
    means: new Array(p).fill(0),
    revenue: revenue && 0,
  }));
  for (let i = 0; i < n; i++) {
    const profile = profiles[labels[i]];
    profile.customers++;
    for (let j = 0; j < p; j++) profile.means[j] += own[i * p + j];
    if (revenue) profile.revenue = profile.revenue! + revenue[rows[i]];
  }
  for (const profile of profiles) {
    profile.customerShare = profile.customers / n;
    profile.means = profile.means.map((sum) => sum / profile.customers);
  }
  return profiles;
}

/** The clusters renumbered by worth, so that a rerun never swaps them: label 0 becomes the most valuable. */
function orderByWorth(spaced: SpacedCustomers, found: Clustering, revenue: Float64Array | null) {
  const { p } = spaced.points;
  const unordered = profilesOf(spaced, found, revenue);
  const { worth, note } = clusterWorth(unordered, spaced);
  const firstDifference = (a: number[], b: number[]): number =>
    a.map((value, j) => value - b[j]).find((gap) => gap !== 0) ?? 0;
  const order = worth
    .map((_, c) => c)
    .sort(
      (a, b) =>
        worth[b] - worth[a] ||
        unordered[b].customers - unordered[a].customers ||
        firstDifference(unordered[a].means, unordered[b].means),
    );
  const rank = new Int32Array(found.k);
  order.forEach((c, place) => {
    rank[c] = place;
  });
  return {
    labels: found.labels.map((label) => rank[label]),
    profiles: order.map((c, place) => ({ ...unordered[c], cluster: place + 1 })),
    centroids: order.map((c) => Array.from(found.centroids.subarray(c * p, c * p + p))),
    note,
  };
}

/** Fits and scores every k; progress counts one step per k and two for the silhouettes. */
function scoreAll(spaced: SpacedCustomers, counts: number[], seed: number, context: Context) {
  const steps = counts.length + 2;
  const share = (part: number) => Math.round(part * 1_000);
  const fits = counts.map((k, index) =>
    kmeans.fit(spaced.points, k, {
      seed,
      tick: (done, total) => context.tick(share(index + done / total), share(steps), `k = ${k}`),
      check: () => context.tick(share(index), share(steps), `k = ${k}`),
    }),
  );
  const { scores, sampled } = scoreLabellings(spaced.points, fits, createRng(seed), (done, total) =>
    context.tick(share(counts.length + (2 * done) / total), share(steps), 'silhouette'),
  );
  return { fits, scores, sampled };
}

/** Refuses too few customers, or customers that are all alike, saying what is missing. */
function requireEnough(table: FeatureTable, { dropped, points, space }: SpacedCustomers): void {
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

/**
 * K-Means of the customers for every k from kMin to kMax with its indices, and the profiles of the chosen k.
 *
 * k is settings.k, or the best silhouette (ties to fewer clusters). Clusters are numbered by value: mean revenue; where
 * there are no sales mean income × mean spending score (or the one of them that was chosen); else the mean of the first
 * feature. Means, centroids, samples and the values of the one-customer form stand in the order of `space`, which is the
 * table's order without constant features.
 * @param table [n] customers × [p] features, n ≥ 20 complete ones
 * @throws AppError 'not-enough-data' under 20 customers, all alike, or fewer different points than clusters;
 *   'invalid-input' when kMin > kMax; what `context.tick` throws. Same table and seed: same bits.
 */
export function clusterCustomers(table: FeatureTable, settings: ClusterSettings, context: Context): ClusterResult {
  const spaced = placeInSpace(table, settings);
  requireEnough(table, spaced);
  const { own, points, rows, space } = spaced;
  const notes = [...spaced.notes];
  const most = Math.max(settings.kMax, settings.k ?? 0);
  const counts = clusterCounts(settings, distinctPoints(points, most), notes);
  const { fits, scores, sampled } = scoreAll(spaced, counts, settings.seed, context);

  const best = scores.reduce((top, score) => (score.silhouette > top.silhouette ? score : top));
  const chosen = scores.find(({ k }) => k === settings.k) ?? best;
  const { centroids, labels, note, profiles } = orderByWorth(spaced, fits[counts.indexOf(chosen.k)], table.revenue);
  notes.push(note);
  for (const { cluster, customerShare, customers } of profiles) {
    if (customerShare < smallShare)
      notes.push({ code: 'small-cluster', params: { cluster, customers, customerShare }, level: 'warning' });
  }
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
    profiles,
    centroids,
    sample: Array.from(sampleIndices(points.n, scatterSample, createRng(settings.seed)), (i) => ({
      customer: table.customers[rows[i]],
      cluster: labels[i] + 1,
      values: Array.from(own.subarray(i * points.p, (i + 1) * points.p)),
    })),
    notes,
  };
}
