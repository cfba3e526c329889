/**
 * Silhouette, Davies–Bouldin, Calinski–Harabasz, elbow. Expected values: worked out by hand in the comments, and
 * scikit-learn 1.2.1 on the iris flowers (Fisher 1936), made by tests/fixtures/clustering/make.py.
 */
import { describe, expect, it } from 'vitest';
import {
  elbow,
  scoreLabellings,
  silhouetteWord,
  stratifiedSample,
} from '../../src-main/engine/customers/cluster-indices.ts';
import { kmeans } from '../../src-main/engine/customers/clustering/kmeans.ts';
import { silhouettes } from '../../src-main/engine/customers/silhouette.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import iris from '../fixtures/clustering/iris.json' with { type: 'json' };

const quiet = () => {};
const pointsOf = (rows: number[][]) => ({ n: rows.length, p: rows[0].length, values: Float64Array.from(rows.flat()) });
const labelling = (k: number, labels: number[]) => ({ k, labels: Int32Array.from(labels) });
const scoresOf = (rows: number[][], k: number, labels: number[]) =>
  scoreLabellings(pointsOf(rows), [labelling(k, labels)], createRng(1), quiet).scores[0];

describe('by hand', () => {
  // Clusters {0, 2} and {10, 14}: means 1 and 12, the mean of all 6.5.
  const line = [[0], [2], [10], [14]];
  const score = scoresOf(line, 2, [0, 0, 1, 1]);

  it('inertia: 1 + 1 + 4 + 4', () => {
    expect(score.inertia).toBe(10);
  });
  it('silhouette: (1 − 2/12 + 1 − 2/10 + 1 − 4/9 + 1 − 4/13) / 4', () => {
    expect(score.silhouette).toBeCloseTo((4 - 2 / 12 - 2 / 10 - 4 / 9 - 4 / 13) / 4, 14);
  });
  it('Davies–Bouldin: spreads 1 and 2 over the distance 11', () => {
    expect(score.daviesBouldin).toBeCloseTo(3 / 11, 14);
  });
  it('Calinski–Harabasz: (2 · 5.5² + 2 · 5.5²) / 1 over 10 / 2', () => {
    expect(score.calinskiHarabasz).toBeCloseTo(121 / 5, 12);
  });
  it('a cluster of one point has silhouette 0', () => {
    // Points 0 and 1 against 4: 1 − 1/4 and 1 − 1/3, and 0 for the lonely one.
    expect(scoresOf([[0], [1], [4]], 2, [0, 0, 1]).silhouette).toBeCloseTo((3 / 4 + 2 / 3) / 3, 14);
  });
  it('gives no NaN where all points of a cluster or all points at all are the same', () => {
    const perfect = scoresOf([[1], [1], [5], [5]], 2, [0, 0, 1, 1]);
    const rest = { silhouetteError: null, bic: null, smallestShare: 0.5 };
    expect(perfect).toEqual({ k: 2, inertia: 0, silhouette: 1, daviesBouldin: 0, calinskiHarabasz: 0, ...rest });
    expect(scoresOf([[1], [1], [1], [1]], 2, [0, 0, 1, 1])).toEqual({
      k: 2,
      inertia: 0,
      silhouette: 0,
      daviesBouldin: 0,
      calinskiHarabasz: 0,
      ...rest,
    });
  });
  it('the elbow is the point deepest below the chord', () => {
    // Chord from (2, 100) to (6, 20): 100, 80, 60, 40, 20. Depths 0, 35, 25, 15, 0.
    const curve = [100, 45, 35, 25, 20].map((inertia, index) => ({ k: index + 2, inertia }));
    expect(elbow(curve)).toBe(3);
    expect(elbow([{ k: 4, inertia: 9 }])).toBe(4);
    expect(elbow([30, 20, 10].map((inertia, index) => ({ k: index + 2, inertia })))).toBe(2);
  });
  it('says clear above 0.5, moderate from 0.25, weak below', () => {
    expect([0.51, 0.5, 0.25, 0.2499, -0.1].map(silhouetteWord)).toEqual([
      'clear',
      'moderate',
      'moderate',
      'weak',
      'weak',
    ]);
  });
});

describe('against scikit-learn on iris', () => {
  const points = pointsOf(iris.points);

  it('scores all nine labellings in one pass as scikit-learn scores them one by one', () => {
    const labellings = iris.runs.map(({ k, labels }) => labelling(k, labels));
    const { scores, sampled } = scoreLabellings(points, labellings, createRng(1), quiet);
    expect(sampled).toBeNull();
    scores.forEach((score, index) => {
      const { daviesBouldin, calinskiHarabasz, inertia, silhouette } = iris.runs[index];
      expect(score.inertia / inertia).toBeCloseTo(1, 10);
      expect(score.silhouette).toBeCloseTo(silhouette, 10);
      expect(score.daviesBouldin).toBeCloseTo(daviesBouldin, 10);
      expect(score.calinskiHarabasz / calinskiHarabasz).toBeCloseTo(1, 10);
    });
  });

  it('K-Means reaches the inertia of the best of 500 starts', () => {
    for (const { inertia, k } of iris.runs) {
      const params = { covariance: 'full', eps: null, minPoints: null } as const;
      const [found] = kmeans.fit(points, [k], params, 'full', { seed: 1, tick: quiet, check: quiet });
      const score = scoreLabellings(points, [found], createRng(1), quiet).scores[0];
      expect(score.inertia / inertia, `k = ${k}`).toBeLessThan(1.0005);
    }
  });
});

describe('sampled silhouette', () => {
  const rng = createRng(3);
  const n = 12_000;
  // Two wide clusters and a third of 30 points, which a plain sample of 1 in 100 might miss.
  const labels = Int32Array.from({ length: n }, (_, i) => (i < 30 ? 2 : i % 2));
  const values = Float64Array.from({ length: 2 * n }, (_, at) => rng.normal() + 3 * labels[at >> 1]);
  const points = { n, p: 2, values };

  it('keeps every cluster and its share', () => {
    const rows = stratifiedSample({ k: 3, labels }, 1_000, createRng(5));
    const counts = [0, 0, 0];
    for (const row of rows) counts[labels[row]]++;
    expect(counts).toEqual([499, 499, 3]);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('comes close to the exact value and says how many points it took', () => {
    const exact = silhouettes(points, [{ k: 3, labels }], quiet)[0].mean;
    const { scores, sampled } = scoreLabellings(points, [{ k: 3, labels }], createRng(1), quiet);
    expect(sampled).toBeGreaterThan(9_990);
    expect(sampled).toBeLessThan(10_010);
    expect(Math.abs(scores[0].silhouette - exact)).toBeLessThan(0.005);
    expect(scores[0].silhouette).not.toBe(exact);
  });
});
