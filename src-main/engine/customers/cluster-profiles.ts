import type { ClusterProfile, Note } from '../../../src-shared/domain.ts';
import type { Clustering } from './clustering/model.ts';
import type { SpacedCustomers } from './feature-space.ts';

/** What a cluster is worth: the figure that orders the labels, the largest first. */
function clusterWorth(profiles: ClusterProfile[], { space }: SpacedCustomers): { worth: number[]; note: Note } {
  if (profiles.every(({ revenue }) => revenue !== null)) {
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

/** Mean and population standard deviation of every coordinate. */
function wholeSpread({ n, p, values }: SpacedCustomers['points']): { means: Float64Array; deviations: Float64Array } {
  const means = new Float64Array(p);
  const deviations = new Float64Array(p);
  for (let at = 0; at < n * p; at += p) for (let j = 0; j < p; j++) means[j] += values[at + j] / n;
  for (let at = 0; at < n * p; at += p)
    for (let j = 0; j < p; j++) deviations[j] += (values[at + j] - means[j]) ** 2 / n;
  return { means, deviations: deviations.map(Math.sqrt) };
}

/**
 * Sizes, means in the features' own units and revenue of each cluster, in the order of the labels; noise, where there
 * is any, last as cluster 0.
 */
function profilesOf(
  spaced: SpacedCustomers,
  { k, labels }: Clustering,
  revenue: Float64Array | null,
): { clusters: ClusterProfile[]; noise: ClusterProfile | null } {
  const { own, points, rows } = spaced;
  const { n, p, values } = points;
  const whole = wholeSpread(points);
  const profiles = Array.from({ length: k + 1 }, (_, c) => ({
    cluster: c < k ? c + 1 : 0,
    customers: 0,
    customerShare: 0,
    means: new Array<number>(p).fill(0),
    relative: new Array<number>(p).fill(0),
    revenue: revenue && 0,
  }));
  for (let i = 0; i < n; i++) {
    const profile = profiles[labels[i] < 0 ? k : labels[i]];
    profile.customers++;
    for (let j = 0; j < p; j++) {
      profile.means[j] += own[i * p + j];
      profile.relative[j] += values[i * p + j] - whole.means[j];
    }
    if (revenue) profile.revenue = profile.revenue! + revenue[rows[i]];
  }
  for (const profile of profiles) {
    const size = Math.max(1, profile.customers);
    profile.customerShare = profile.customers / n;
    profile.means = profile.means.map((sum) => sum / size);
    profile.relative = profile.relative.map((sum, j) => sum / size / whole.deviations[j]);
  }
  const noise = profiles.pop()!;
  return { clusters: profiles, noise: noise.customers > 0 ? noise : null };
}

export interface OrderedClusters {
  /** [k] place c holds the clustering's own number of the cluster. */
  order: number[];
  /** [n] 0 … k − 1 by worth, −1 noise. */
  labels: Int32Array;
  profiles: ClusterProfile[];
  note: Note | null;
}

/** The clusters renumbered by worth, so that a rerun never swaps them: label 0 becomes the most valuable. */
export function orderByWorth(
  spaced: SpacedCustomers,
  found: Clustering,
  revenue: Float64Array | null,
): OrderedClusters {
  const { clusters, noise } = profilesOf(spaced, found, revenue);
  if (clusters.length === 0) return { order: [], labels: found.labels, profiles: noise ? [noise] : [], note: null };
  const { worth, note } = clusterWorth(clusters, spaced);
  const firstDifference = (a: number[], b: number[]): number =>
    a.map((value, j) => value - b[j]).find((gap) => gap !== 0) ?? 0;
  const order = worth
    .map((_, c) => c)
    .sort(
      (a, b) =>
        worth[b] - worth[a] ||
        clusters[b].customers - clusters[a].customers ||
        firstDifference(clusters[a].means, clusters[b].means),
    );
  const rank = new Int32Array(found.k);
  order.forEach((c, place) => {
    rank[c] = place;
  });
  const profiles = order.map((c, place) => ({ ...clusters[c], cluster: place + 1 }));
  return {
    order,
    labels: found.labels.map((label) => (label < 0 ? -1 : rank[label])),
    profiles: noise ? [...profiles, noise] : profiles,
    note,
  };
}
