import type { ClusterModel, ClusterResult } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { cholesky, invertLower } from '../numeric/linear-algebra.ts';
import { createRng, sampleIndices } from '../numeric/rng.ts';
import type { Clustering, Points } from './clustering/model.ts';

const mostCores = 2_000;

const squareRows = (flat: Float64Array, from: number, p: number): number[][] =>
  Array.from({ length: p }, (_, row) => Array.from(flat.subarray(from + row * p, from + row * p + p)));

/**
 * How a new customer finds the cluster.
 * @param order place c holds the clustering's own number of cluster c + 1
 * @param labels [n] in that order, −1 noise
 * @param seed of the sample of core customers, where there are more than 2,000
 */
export function clusterModel(
  points: Points,
  found: Clustering,
  { order, labels }: { order: number[]; labels: Int32Array },
  seed: number,
): ClusterModel {
  const { p, values } = points;
  if (found.mixture) {
    const { covariances, means, weights } = found.mixture;
    return {
      kind: 'mixture',
      weights: order.map((c) => weights[c]),
      means: order.map((c) => Array.from(means.subarray(c * p, c * p + p))),
      covariances: order.map((c) => squareRows(covariances, c * p * p, p)),
    };
  }
  if (found.density) {
    const { core, eps } = found.density;
    const cores = Int32Array.from(core.keys()).filter((i) => core[i] === 1 && labels[i] >= 0);
    const chosen = sampleIndices(cores.length, mostCores, createRng(seed));
    return {
      kind: 'density',
      eps,
      cores: Array.from(chosen, (at) => ({
        cluster: labels[cores[at]] + 1,
        point: Array.from(values.subarray(cores[at] * p, cores[at] * p + p)),
      })),
    };
  }
  return { kind: 'centroids', centroids: order.map((c) => Array.from(found.centroids.subarray(c * p, c * p + p))) };
}

type MixtureModel = Extract<ClusterModel, { kind: 'mixture' }>;

/**
 * Prepares a mixture for many points: probability of each cluster for a point in scaled units, adding to 1.
 * Reference: Bishop 2006, Pattern Recognition and Machine Learning, equation (9.13), in logarithms.
 */
export function mixtureMembership({ covariances, means, weights }: MixtureModel): (point: number[]) => number[] {
  const p = means[0].length;
  const inverses = covariances.map((covariance) => {
    const lower = cholesky(Float64Array.from(covariance.flat()), p);
    if (lower) return invertLower(lower, p);
    throw new AppError('internal', 'A covariance of the mixture has no inverse.');
  });
  const constants = inverses.map((inverse, c) => {
    let logRoot = 0;
    for (let j = 0; j < p; j++) logRoot += Math.log(inverse[j * p + j]);
    return Math.log(weights[c]) + logRoot;
  });
  return (point) => {
    const logs = inverses.map((inverse, c) => {
      let square = 0;
      for (let j = 0; j < p; j++) {
        let part = 0;
        for (let m = 0; m <= j; m++) part += inverse[j * p + m] * (point[m] - means[c][m]);
        square += part * part;
      }
      return constants[c] - square / 2;
    });
    const top = Math.max(...logs);
    const parts = logs.map((log) => Math.exp(log - top));
    const whole = parts.reduce((sum, part) => sum + part, 0);
    return parts.map((part) => part / whole);
  };
}

const distanceSquare = (a: number[], b: number[]): number => a.reduce((sum, at, j) => sum + (at - b[j]) ** 2, 0);

/**
 * The cluster of a point in scaled units, and the probabilities of all of them where the model has them.
 * @returns cluster 1 … k; 0 (noise) where a density has no core customer within eps, or there is no cluster at all
 */
export function assignCluster(
  point: number[],
  model: ClusterResult['model'],
): { cluster: number; membership: number[] | null } {
  if (model.kind === 'mixture') {
    const membership = mixtureMembership(model)(point);
    return { cluster: membership.indexOf(Math.max(...membership)) + 1, membership };
  }
  const density = model.kind === 'density';
  const places = density ? model.cores : model.centroids.map((at, c) => ({ cluster: c + 1, point: at }));
  let cluster = 0;
  let least = density ? model.eps ** 2 : Number.POSITIVE_INFINITY;
  for (const one of places) {
    const square = distanceSquare(point, one.point);
    if (density ? square <= least : square < least) {
      if (square < least || cluster === 0) cluster = one.cluster;
      least = square;
    }
  }
  return { cluster, membership: null };
}
