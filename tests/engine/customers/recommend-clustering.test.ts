import { describe, expect, it } from 'vitest';
import { type MeasuredCandidate, recommend } from '../../../src-main/engine/customers/recommend-clustering.ts';
import type { ClusterMethodId, Stability } from '../../../src-shared/domain.ts';

const stability = (meanAri: number): Stability => ({
  meanAri,
  sdAri: 0.01,
  resamples: 20,
  sampleSize: 100,
  word: meanAri >= 0.9 ? 'stable' : 'fair',
});

/** [method, k, silhouette, Davies–Bouldin, Calinski–Harabasz, smallest share, stability] */
type Row = [ClusterMethodId, number, number, number, number, number?, number?];
const candidates = (...rows: Row[]): MeasuredCandidate[] =>
  rows.map(([method, k, silhouette, daviesBouldin, calinskiHarabasz, smallestShare = 0.1, meanAri = 0.95]) => ({
    method,
    k,
    silhouette,
    silhouetteError: null,
    daviesBouldin,
    calinskiHarabasz,
    bic: null,
    smallestShare,
    noise: 0,
    stability: stability(meanAri),
  }));
const winner = (...rows: Row[]) => {
  const found = recommend(candidates(...rows)).filter(({ recommended }) => recommended);
  expect(found.length).toBeLessThan(2);
  return found[0] && [found[0].method, found[0].k];
};

describe('the written rule', () => {
  it('takes the best mean rank of the three indices, not the best silhouette', () => {
    expect(winner(['kmeans', 2, 0.5, 1.2, 100], ['kmeans', 3, 0.4, 0.8, 300], ['kmeans', 4, 0.3, 1.0, 200])).toEqual([
      'kmeans',
      3,
    ]);
  });
  it('gives mean ranks, equal values sharing their places', () => {
    const judged = recommend(
      candidates(['kmeans', 2, 0.5, 1, 100], ['kmeans', 3, 0.5, 2, 300], ['ward', 2, 0.3, 2, 200]),
    );
    // Silhouette 1.5, 1.5, 3; Davies–Bouldin 1, 2.5, 2.5; Calinski–Harabasz 3, 1, 2.
    expect(judged.map(({ meanRank }) => meanRank)).toEqual([5.5 / 3, 5 / 3, 7.5 / 3]);
    expect(judged.map(({ recommended }) => recommended)).toEqual([false, true, false]);
  });
  it('passes over small clusters, unstable settings and single clusters, and ranks the others without them', () => {
    const judged = recommend(
      candidates(
        ['kmeans', 2, 0.9, 0.1, 900, 0.004],
        ['kmeans', 3, 0.8, 0.2, 800, 0.1, 0.89],
        ['kmeans', 4, 0.7, 0.3, 700, 0.01, 0.2],
        ['kmeans', 5, 0.2, 1.5, 100, 0.02, 0.9],
        ['dbscan', 1, 0, 0, 0, 1, 1],
        ['dbscan', 0, 0, 0, 0, 0, 1],
      ),
    );
    expect(judged.map(({ refused }) => refused)).toEqual([
      ['small-cluster'],
      ['unstable'],
      ['small-cluster', 'unstable'],
      [],
      ['one-cluster'],
      ['one-cluster'],
    ]);
    expect(judged.map(({ meanRank }) => meanRank)).toEqual([null, null, null, 1, null, null]);
    expect(judged[3].recommended).toBe(true);
  });
  it('breaks ties by fewer clusters, then by the order of the methods', () => {
    expect(winner(['kmeans', 4, 0.5, 1, 100], ['ward', 3, 0.5, 1, 100])).toEqual(['ward', 3]);
    expect(winner(['kmeans', 3, 0.5, 1, 100], ['ward', 3, 0.5, 1, 100])).toEqual(['kmeans', 3]);
  });
  it('recommends nothing where nothing passes', () => {
    expect(winner(['kmeans', 3, 0.5, 1, 100, 0.001])).toBeUndefined();
    expect(winner()).toBeUndefined();
  });
});
