import type { ClusterResult } from '../../../src-shared/domain.ts';
import { symmetricEigen } from '../numeric/symmetric-eigen.ts';
import type { Points } from './clustering/model.ts';

const mostComponents = 3;

export interface PrincipalComponents {
  components: ClusterResult['components'];
  /** Coordinates of point i on the components. */
  of(i: number): number[];
}

/**
 * Principal components of the points: directions of the largest variance, each with its largest loading positive.
 * @param points as the clustering sees them; means are taken off, nothing is scaled anew
 * @returns at most three; shares of the variance, 0 where the points have none. O(n·p² + p³).
 * Reference: Pearson 1901, Philosophical Magazine 2(11); Jolliffe 2002, Principal Component Analysis, chapter 2.
 */
export function principalComponents({ n, p, values }: Points): PrincipalComponents {
  const means = new Float64Array(p);
  for (let at = 0; at < n * p; at += p) for (let j = 0; j < p; j++) means[j] += values[at + j] / n;
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < p; a++) {
      const difference = values[i * p + a] - means[a];
      for (let b = 0; b <= a; b++) covariance[a * p + b] += (difference * (values[i * p + b] - means[b])) / n;
    }
  }
  for (let a = 0; a < p; a++) for (let b = a + 1; b < p; b++) covariance[a * p + b] = covariance[b * p + a];
  const eigen = symmetricEigen(covariance, p);
  const total = eigen.values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const components = Array.from({ length: Math.min(p, mostComponents) }, (_, c) => ({
    explained: total > 0 ? Math.max(0, eigen.values[c]) / total : 0,
    loadings: Array.from(eigen.vectors.subarray(c * p, c * p + p)),
  }));
  return {
    components,
    of: (i) =>
      components.map(({ loadings }) =>
        loadings.reduce((sum, loading, j) => sum + loading * (values[i * p + j] - means[j]), 0),
      ),
  };
}
